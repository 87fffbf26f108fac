"""``threadlings show``: a page with pictures of a lesson's runs."""

from __future__ import annotations

from ..files import write_whole
from ..language import chosen, said
from ..manifest import Lesson
from . import screen
from .course import Course, WrongUse


def show(course: Course, lesson: Lesson) -> int:
    """Write the page of a lesson into the folder of the command's own files, and say where.

    Raises:
        WrongUse: If there is nothing to draw a page of.
        OSError: If the page cannot be written.
    """
    with_pictures = [each for each in course.lessons if _has_pictures(course, each)]
    if with_pictures and lesson not in with_pictures:
        numbers = ", ".join(str(each.number) for each in with_pictures)
        raise WrongUse(said(f"{lesson.folder} has no pictures; lessons that have: {numbers}"))
    from .. import pictures  # With the engine: too slow for the other verbs.

    try:
        text = pictures.show(course.folder_of(lesson), chosen())
    except pictures.NothingToShow as error:
        raise WrongUse(str(error)) from None
    page = course.state_folder / f"{lesson.folder}.html"
    write_whole(page, text)
    screen.line(str(page))
    return 0


def _has_pictures(course: Course, lesson: Lesson) -> bool:
    return (course.folder_of(lesson) / "show.py").is_file()
