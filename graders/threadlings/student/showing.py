"""``threadlings show``: a page with pictures of a lesson's runs."""

from __future__ import annotations

import importlib

from ..files import write_whole
from ..language import chosen, said
from ..manifest import Lesson
from . import screen
from .course import Course, WrongUse


def show(course: Course, lesson: Lesson) -> int:
    """Write the page of a lesson into the folder of the command's own files, and say where.

    Raises:
        WrongUse: If this version cannot draw pages.
        OSError: If the page cannot be written.
    """
    try:
        pictures = importlib.import_module("threadlings.pictures")
    except ModuleNotFoundError as error:
        if error.name != "threadlings.pictures":
            raise
        raise WrongUse(said("this version cannot draw pages: install a newer one")) from None
    page = course.state_folder / f"{lesson.folder}.html"
    write_whole(page, pictures.show(course.folder_of(lesson), chosen()))
    screen.line(str(page))
    return 0
