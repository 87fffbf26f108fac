"""``threadlings feedback``: every lesson checked, as a table in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..language import said
from ..manifest import Lesson
from ..usage import DONE, OUR_FAULT, TASKS_LEFT, UsageError
from . import screen
from .checking import NotChecked, check, stories
from .course import Course
from .overview import title_of
from .progress import FAILED, TODO, Result

_MOST_CHARACTERS = 20_000
"""Of what is told about a lesson: GitHub drops a summary of more than 1 MiB."""


@dataclass(frozen=True)
class Report:
    """How a lesson stands: its check, or the problem that there is none."""

    lesson: Lesson
    result: Result | None = None
    problem: str = ""
    exit_code: int = DONE


def feedback(course: Course, summary: Path | None) -> int:
    """Check all lessons, and print or add to a file how they stand.

    A task is broken if something else than a TODO came of it; a lesson is started if one of its
    tasks is broken or done.

    Args:
        course: The student's.
        summary: A file that the text is added to as well; None: no file.
    Returns:
        0; or 1 if a started lesson fails; or 3 if its tests gave no result.
    Raises:
        OSError: If the file cannot be written.
    """
    reports = [_report(course, lesson) for lesson in course.lessons]
    text = "\n".join(_lines(course, reports)) + "\n"
    screen.line(text)
    if summary is not None:
        with open(summary, "a", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
    return max(report.exit_code for report in reports)


def _report(course: Course, lesson: Lesson) -> Report:
    try:
        result = check(course, lesson)
    except UsageError as error:
        return Report(lesson, problem=str(error), exit_code=TASKS_LEFT)
    except NotChecked as error:
        return Report(lesson, problem=str(error), exit_code=OUR_FAULT)
    outcomes = {result.outcome_of(task.number) for task in lesson.tasks}
    return Report(lesson, result, exit_code=TASKS_LEFT if FAILED in outcomes else DONE)


def _lines(course: Course, reports: list[Report]) -> Iterator[str]:
    yield str(said("| lesson | | points | tasks |"))
    yield "|---|---|---|---|"
    for report in reports:
        lesson = report.lesson
        points = report.result.points(lesson) if report.result else 0
        title = title_of(course, lesson).replace("|", "\\|")
        yield f"| {lesson.number:02} | {title} | {points}/{lesson.points} | {_tasks(report)} |"
    for report in reports:
        told = report.problem
        if report.result is not None and report.exit_code:
            told = "\n\n".join(stories(report.lesson, report.result))
        if told:
            yield from ["", f"### {report.lesson.folder}", ""]
            yield from (f"    {line}".rstrip() for line in told[:_MOST_CHARACTERS].splitlines())


def _tasks(report: Report) -> str:
    if report.problem:
        return str(said("no result"))
    assert report.result is not None
    outcomes = [report.result.outcome_of(task.number) for task in report.lesson.tasks]
    if set(outcomes) == {TODO}:
        return str(said("not started"))
    return ", ".join(str(screen.MARKS[outcome][0]) for outcome in outcomes)
