"""``threadlings show``: a page with pictures of a lesson's runs."""

from __future__ import annotations

from ..files import write_whole
from ..language import chosen
from ..manifest import Lesson
from . import screen
from .course import Course, WrongUse


def show(course: Course, lesson: Lesson) -> int:
    """Write the page of a lesson into the folder of the command's own files, and say where.

    Raises:
        WrongUse: If there is nothing to draw a page of.
        OSError: If the page cannot be written.
    """
    from .. import pictures  # With the engine: too slow for the other verbs.

    try:
        text = pictures.show(course.folder_of(lesson), chosen())
    except pictures.NothingToShow as error:
        raise WrongUse(str(error)) from None
    page = course.state_folder / f"{lesson.folder}.html"
    write_whole(page, text)
    screen.line(str(page))
    return 0
