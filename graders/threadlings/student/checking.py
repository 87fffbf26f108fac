"""``threadlings check``: the visible tests in a process of their own, told in a few lines."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ..language import VARIABLE, Text, chosen, lines, said
from ..manifest import Lesson
from ..usage import FROM, UsageError, typed
from . import screen
from .course import Course
from .overview import hint_of, task_line, title_of
from .progress import FAILED, TODO, Result, key_of_lesson, last_result
from .todos import find_todo

_ALL_PASSED, _SOME_FAILED = 0, 1
"""Exit codes of pytest: there is a result."""


class NotChecked(Exception):  # noqa: N818 - what is at fault is in its text
    """The visible tests gave no result; the text is what pytest said, and that."""


def check(course: Course, lesson: Lesson) -> Result:
    """Run the visible tests of a lesson and return what came of them.

    Raises:
        UsageError: If there are no tests to run.
        OSError: If there is no place for the result.
        NotChecked: If pytest did not come to a result.
    """
    require_tests(course, lesson)
    course.state_folder.mkdir(exist_ok=True)  # The result is left there.
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments(course, lesson)],
        cwd=course.root,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return result_of(course, lesson, done.returncode, done.stdout.decode("utf-8", "replace"))


def require_tests(course: Course, lesson: Lesson) -> None:
    """Refuse a lesson whose visible tests are not there.

    Raises:
        UsageError: If they are not.
    """
    tests = course.tests_of(lesson)
    if not tests.is_file():
        raise UsageError(said("there is no {shown}: put it back", shown=course.shown(tests)))


def arguments(course: Course, lesson: Lesson) -> list[str]:
    """Return what pytest is called with: the lesson, and nothing that would leave tests out."""
    ours = ["-p", "threadlings", "-p", "pytest_timeout", "-p", "no:cacheprovider"]
    tests = course.shown(course.tests_of(lesson))
    return [*ours, "-o", "addopts=", "--assert=plain", tests]


def environment() -> dict[str, str]:
    """Return the environment for a check: language and width of ours, no plugins but ours."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    ours = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", VARIABLE: chosen()}
    columns = str(shutil.get_terminal_size().columns)  # Of ours: the check's output is a pipe.
    ours[FROM] = str(Path.cwd())
    return kept | ours | {"PYTHONIOENCODING": "utf-8", "COLUMNS": columns}


def result_of(course: Course, lesson: Lesson, exit_code: int, said_by_pytest: str) -> Result:
    """Return what a check has left; it is that of the files as they are now.

    Raises:
        NotChecked: If it has left nothing.
    """
    result = last_result(course, lesson)
    ran = exit_code in (_ALL_PASSED, _SOME_FAILED)
    if not ran or result is None or result.key != key_of_lesson(course, lesson):
        no_result = said(
            "the tests of {folder} gave no result, pytest ended with {exit_code}: if your file "
            "ends Python, as os._exit() does, take that out",
            folder=lesson.folder,
            exit_code=exit_code,
        )
        raise NotChecked(f"{said_by_pytest}\nthreadlings: {no_result}")
    return result


def show_result(course: Course, lesson: Lesson, result: Result, task: int | None = None) -> None:
    """Print how each task stands, and what there is to say about one that is not done.

    Of the others that fail, it is said how each begins to be told.

    Args:
        course: The student's copy of the course.
        lesson: The lesson.
        result: What came of its tests.
        task: The number of the task; None: the first that is not done.
    """
    points = result.points(lesson)
    title = f"{lesson.folder} {title_of(course, lesson)}"
    screen.line(
        (title, "bold"),
        said("   {points} of {worth} points", points=points, worth=lesson.points),
    )
    screen.line("")
    for each in lesson.tasks:
        screen.line(*task_line(lesson, each, result))
    for text in stories(lesson, result, task):
        screen.line("")
        screen.story(text)
    for todo in next_todo(course, lesson, result, task):
        screen.line("")
        screen.line(todo)
    if task is None:
        _show_others(lesson, result)


def _show_others(lesson: Lesson, result: Result) -> None:
    """Print the first line of what fails in tasks behind the first that is not done."""
    first = _first_open(lesson, result)
    told = stories(lesson, result)
    for task in lesson.tasks:
        of_task = stories(lesson, result, task.number)
        if task.number == first or not of_task or _is_told(of_task[0], told):
            continue
        more = "  more   {threadlings} check {number} {task}"
        command = said(
            more, threadlings=typed("threadlings"), number=lesson.number, task=task.number
        )
        screen.line("")
        screen.line((of_task[0].splitlines()[0], "bold"))
        screen.line(command)


def _is_told(text: str, told: list[str]) -> bool:
    """Return True if a story is another task's, too: its first line but for the task's name."""
    said_of_it = text.splitlines()[0].partition(": ")[2]
    return any(each.splitlines()[0].partition(": ")[2] == said_of_it for each in told)


def stories(lesson: Lesson, result: Result, task: int | None = None) -> list[str]:
    """Return what a task got wrong, each thing once; if None, the first that is not done."""
    if task is None:
        task = _first_open(lesson, result)
    told = [c.story for c in result.checks if c.task == task and c.outcome == FAILED]
    return list(dict.fromkeys(told))


def _first_open(lesson: Lesson, result: Result) -> int | None:
    done = result.done(lesson)
    return next((task.number for task in lesson.tasks if task.number not in done), None)


def next_todo(
    course: Course, lesson: Lesson, result: Result, task: int | None = None
) -> list[Text]:
    """Return where to begin, if a task is a TODO still; if None, the first that is not done."""
    if task is None:
        task = _first_open(lesson, result)
    if task is None or result.outcome_of(task) != TODO:
        return []
    file = course.file_of(lesson)
    todo = find_todo(file, task)
    where = f"{course.shown(file)}:{todo.line}   {todo.duty}" if todo else course.shown(file)
    return [lines(said("  write  {where}", where=where), hint_of(lesson, task))]
