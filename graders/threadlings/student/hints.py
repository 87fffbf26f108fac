"""``threadlings hint``: the page's hints for a task, one more each time."""

from __future__ import annotations

from ..language import said
from ..manifest import Lesson
from ..usage import UsageError
from . import progress, screen
from .course import Course
from .pages import Page


def show_hint(course: Course, lesson: Lesson, task: int) -> None:
    """Print the next hint for a task; when all were shown, all of them again.

    Raises:
        UsageError: If the page has none.
    """
    page = Page(course.folder_of(lesson))
    hints = page.hints(task)
    if not hints:
        raise UsageError(
            said("{shown} has no hints for task {task}", shown=course.shown(page.path), task=task)
        )
    shown = progress.hints_shown(course, lesson, task)
    if shown < len(hints):
        _show(lesson, task, shown + 1, hints)
        progress.keep_hints_shown(course, lesson, task, shown + 1)
        return
    for number in range(1, len(hints) + 1):
        _show(lesson, task, number, hints)
        screen.line("")
    screen.line(said("these are all the hints there are"))


def _show(lesson: Lesson, task: int, number: int, hints: list[str]) -> None:
    screen.line(
        (
            said(
                "lesson{number:02} task {task}, hint {number_2} of {count}",
                number=lesson.number,
                task=task,
                number_2=number,
                count=len(hints),
            ),
            "bold",
        )
    )
    screen.line("")
    screen.markdown(hints[number - 1])
