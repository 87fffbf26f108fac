"""From the results of the checks to points."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from .. import gradebook
from ..feedback import Finding
from ..flags import MAX_FLAGS, Flag
from ..gradebook import Gradebook, LessonGrade, Reason, TaskGrade, clean, mapped
from ..language import Text, said
from ..manifest import Lesson, Task
from ..usage import UsageError
from .orders import NO_CELL, PASSED, CheckResult, LessonChecks

_MAX_FLAGS = 2 * (MAX_FLAGS + 1)
"""What the source has, and what was seen at the end."""


def mark(lesson: Lesson, checks: LessonChecks) -> LessonGrade:
    """Give points for a lesson: for each task all, if all its checks passed, or none."""
    return replace(_marked(lesson, checks), flags=_flags(checks.results))


def _marked(lesson: Lesson, checks: LessonChecks) -> LessonGrade:
    faults = _grader_faults(lesson, checks)
    if faults:
        return grader_error(lesson, "\n".join(faults), _status_of_fault(checks))
    tasks = tuple(_task_grade(task, checks) for task in lesson.tasks)
    points = sum(task.points for task in tasks)
    status, message = _status(points, lesson, checks.results)
    return LessonGrade(lesson.number, lesson.title, status, points, lesson.points, message, tasks)


def without_file(lesson: Lesson, status: str, message: Text) -> LessonGrade:
    """Return the grade of a lesson whose file could not be taken."""
    tasks = tuple(TaskGrade(task.number, task.title, 0, task.points) for task in lesson.tasks)
    return LessonGrade(lesson.number, lesson.title, status, 0, lesson.points, message, tasks)


def unread(lesson: Lesson, status: str, message: Text) -> LessonGrade:
    """Return the grade of a lesson that nobody has seen: no mark, which is not a zero."""
    return LessonGrade(lesson.number, lesson.title, status, None, lesson.points, message)


def missing_as_zero(book: Gradebook, lessons: Iterable[Lesson]) -> Gradebook:
    """Return the gradebook with 0 points for what was not found; what was not read stays unmarked.

    Raises:
        UsageError: If nothing of anybody was found, which is hardly the students' doing.
    """
    graded = [grade for submission in book.submissions for grade in submission.lessons]
    if len(book.submissions) > 1 and all(grade.status == gradebook.NOT_FOUND for grade in graded):
        raise UsageError(
            f"nothing of any of the {len(book.submissions)} students was found: --missing-is-zero "
            "would give 0 to all\n  look at the paths or repositories in the roster"
        )
    by_number = {lesson.number: lesson for lesson in lessons}
    why = said("nothing of yours was found")

    def with_zero(grade: LessonGrade) -> LessonGrade:
        if grade.status != gradebook.NOT_FOUND:
            return grade
        return without_file(by_number[grade.number], gradebook.MISSING, why)

    return book.with_lessons(with_zero)


def grader_error(lesson: Lesson, message: str, status: str = gradebook.GRADER_ERROR) -> LessonGrade:
    """Return the grade of a lesson that could not be marked: no points were lost."""
    return unread(lesson, status, Text(clean(message)))


def _status_of_fault(checks: LessonChecks) -> str:
    """Return which of our faults it is: all checks must have the same, or it is the grader's."""
    if checks.is_silent:
        return gradebook.SILENT
    faults = {result.outcome for result in checks.results} & {*gradebook.FAULTS}
    return (
        gradebook.NO_CELL if faults == {NO_CELL} and not checks.errors else gradebook.GRADER_ERROR
    )


def _grader_faults(lesson: Lesson, checks: LessonChecks) -> list[str]:
    faults = list(checks.errors)
    for result in checks.results:
        if result.outcome in gradebook.FAULTS:
            faults.append(f"{result.promise}\n{result.finding.text}")
    if len(checks.results) < checks.expected:
        faults.append(f"the grader ended after {len(checks.results)} of {checks.expected} checks")
    for task in lesson.tasks:
        if not faults and not any(task.number in result.tasks for result in checks.results):
            faults.append(f"no check counts for task {task.number}")
    return faults


def _flags(results: Iterable[CheckResult]) -> tuple[Flag, ...]:
    """Return what was flagged in any check, each once, in the order of its lines."""
    flags = {replace(flag, what=clean(flag.what)) for result in results for flag in result.flags}
    return tuple(sorted(flags, key=lambda flag: (flag.file, flag.line, flag.what)))[:_MAX_FLAGS]


def _task_grade(task: Task, checks: LessonChecks) -> TaskGrade:
    mine = [result for result in checks.results if task.number in result.tasks]
    lost = [result for result in mine if result.outcome != PASSED]
    data = [Reason(result.promise, _finding(result)).as_data() for result in lost]
    reasons = [Reason.from_data(mapped(clean, each)) for each in _each_once(data)]
    notes = dict.fromkeys(clean(note) for result in mine for note in result.notes)
    points = 0 if lost else task.points
    stood_in = checks.stood_in.get(task.number, ())
    return TaskGrade(
        task.number, task.title, points, task.points, tuple(reasons), tuple(notes), stood_in
    )


def _finding(result: CheckResult) -> Finding:
    if result.outcome != gradebook.NOT_STARTED:
        return result.finding
    return Finding(said("not started: {message}", message=result.finding.text))


def _each_once(data: Iterable[Any]) -> Iterable[Any]:
    return {json.dumps(each, sort_keys=True): each for each in data}.values()


def _status(points: int, lesson: Lesson, results: list[CheckResult]) -> tuple[str, Text]:
    """Return a lesson's status, and its message where one thing is true of all its checks."""
    if points == lesson.points:
        return gradebook.PASSED, Text()
    lost = [result for result in results if result.outcome != PASSED]
    outcomes = {result.outcome for result in lost}
    if points == 0 and outcomes == {gradebook.NOT_STARTED}:
        return gradebook.NOT_STARTED, said("every task still has its TODO")
    if points == 0 and outcomes in ({gradebook.UNUSABLE}, {gradebook.NOT_TEXT}):
        message = Text.from_data(mapped(clean, lost[0].finding.text.as_data()))
        return outcomes.pop(), message
    return gradebook.FAILED, Text()
