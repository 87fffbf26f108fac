"""The gradebook as pages that open from disk: one of the class, one for each student."""

from __future__ import annotations

from pathlib import Path

from .. import language
from ..files import file_name, write_whole
from .class_page import class_page
from .feedback_page import feedback_page
from .grades import Gradebook


def html(book: Gradebook, folder: Path) -> None:
    """Write ``class.html``, in the language that was chosen."""
    write_whole(folder / "class.html", class_page(book, language.chosen()))


def feedback_pages(book: Gradebook, folder: Path) -> None:
    """Write ``STUDENT.html``, in the student's language.

    What the Markdown beside it leaves out is not in it either.
    """
    for submission in book.submissions:
        page = folder / f"{file_name(submission.name)}.html"
        text = feedback_page(submission, submission.language or language.chosen())
        write_whole(page, text, sync=False)
