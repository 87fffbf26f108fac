"""``threadlings watch``: checks a lesson again after each save, and tells what changed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable

from ..language import said
from ..manifest import Lesson
from ..usage import UsageError
from . import screen
from .checking import (
    NotChecked,
    arguments,
    environment,
    next_todo,
    require_tests,
    result_of,
    show_result,
    stories,
)
from .course import Course
from .overview import task_line
from .progress import Result, key_of_lesson

PLUGIN = "threadlings.pytest_plugin"
_STEP_MS = 50
_GLANCE_MS = 1000
"""How often the file is looked at even if the system announces no change, as on some network
file systems."""


class WarmChild:
    """A process that is ready to check a lesson once."""

    def __init__(self, course: Course, lesson: Lesson) -> None:
        """Start it."""
        self._course, self._lesson = course, lesson
        order = {"imports": [PLUGIN, *lesson.imports], "arguments": arguments(course, lesson)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "threadlings.student.warm_child", json.dumps(order)],
            cwd=course.root,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def check(self) -> Result:
        """Run the visible tests and return what came of them.

        Raises:
            NotChecked: If pytest did not come to a result.
        """
        output, _ = self._process.communicate(b"go\n")
        text = output.decode("utf-8", "replace")
        return result_of(self._course, self._lesson, self._process.returncode, text)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()


def watch(course: Course, lesson: Lesson, changes: Iterable[object] | None = None) -> int:
    """Check a lesson, and again after each save, until Ctrl-C.

    Args:
        course: The student's copy of the course.
        lesson: The lesson.
        changes: Yields whenever a file may have changed; None asks the system.
    Returns:
        0.
    Raises:
        UsageError: If there are no tests to run, or nothing that tells of a save.
    """
    require_tests(course, lesson)
    child = WarmChild(course, lesson)
    seen: Result | None = None
    key = ""
    try:
        for _ in _and_first(_changes(course, lesson) if changes is None else changes):
            if key == key_of_lesson(course, lesson):
                continue
            key = key_of_lesson(course, lesson)
            seen = _check_again(course, lesson, child, key, seen)
            child = WarmChild(course, lesson)
    except KeyboardInterrupt:
        pass
    finally:
        child.close()
    return 0


def _and_first(changes: Iterable[object]) -> Iterable[object]:
    """Yield once at the beginning, too."""
    yield None
    yield from changes


def _changes(course: Course, lesson: Lesson) -> Iterable[object]:
    try:
        import watchfiles
    except ImportError:
        raise UsageError(said("watch needs watchfiles: python -m pip install watchfiles")) from None
    files = {str(course.file_of(lesson)), str(course.tests_of(lesson))}
    return watchfiles.watch(
        course.folder_of(lesson),
        watch_filter=lambda _change, path: path in files,
        step=_STEP_MS,
        debounce=4 * _STEP_MS,
        rust_timeout=_GLANCE_MS,
        yield_on_timeout=True,
        recursive=False,
    )


def _check_again(
    course: Course, lesson: Lesson, child: WarmChild, key: str, seen: Result | None
) -> Result | None:
    """Check, and print what is different from what was seen before."""
    try:
        result = child.check()
    except NotChecked as error:
        if key == key_of_lesson(course, lesson):  # If not, it was saved again, and is up next.
            screen.line(str(error))
        return seen
    if seen is None:
        show_result(course, lesson, result)
        screen.line("")
        screen.line((said("  watching; Ctrl-C ends it"), "bright_black"))
    else:
        _show_changes(course, lesson, seen, result)
    return result


def _show_changes(course: Course, lesson: Lesson, before: Result, now: Result) -> None:
    changed = [
        task
        for task in lesson.tasks
        if before.outcome_of(task.number) != now.outcome_of(task.number)
    ]
    told = stories(lesson, now) or next_todo(course, lesson, now)
    is_news = told != (stories(lesson, before) or next_todo(course, lesson, before))
    if not changed and not is_news:
        screen.line((said("  saved; nothing has changed"), "bright_black"))
        return
    screen.line("")
    for task in changed:
        screen.line(*task_line(lesson, task, now))
    if is_news:
        for text in told:
            screen.line("")
            screen.line(text)
    if now.points(lesson) == lesson.points:
        screen.line((said("  {folder} is done", folder=lesson.folder), "green"))
