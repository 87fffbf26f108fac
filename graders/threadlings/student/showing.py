"""``threadlings show``: pictures of a lesson's runs, as a page or in the terminal."""

from __future__ import annotations

from ..files import write_whole
from ..language import chosen, said
from ..manifest import Lesson
from ..usage import UsageError
from . import screen
from .course import Course


def show(course: Course, lesson: Lesson, *, as_text: bool) -> int:
    """Print the pictures of a lesson, or write its page among the command's own files.

    Raises:
        UsageError: If there is nothing to draw a picture of.
        OSError: If the page cannot be written.
    """
    with_pictures = [each for each in course.lessons if _has_pictures(course, each)]
    if with_pictures and lesson not in with_pictures:
        numbers = ", ".join(str(each.number) for each in with_pictures)
        raise UsageError(
            said(
                "{folder} has no pictures; lessons that have: {numbers}",
                folder=lesson.folder,
                numbers=numbers,
            )
        )
    from .. import pictures  # With the engine: too slow for the other verbs.

    folder = course.folder_of(lesson)
    try:
        if as_text:
            plain = not pictures.can_be_printed()
            text = pictures.show_as_text(folder, chosen(), width=pictures.room(), ascii_only=plain)
            screen.line(text)
            return 0
        text = pictures.show(folder, chosen())
    except pictures.NothingToShow as error:
        raise UsageError(said(str(error))) from None
    page = course.state_folder / f"{lesson.folder}.html"
    write_whole(page, text)
    screen.line(str(page))
    return 0


def _has_pictures(course: Course, lesson: Lesson) -> bool:
    return (course.folder_of(lesson) / "show.py").is_file()
