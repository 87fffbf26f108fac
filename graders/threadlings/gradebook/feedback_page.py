"""One student's feedback as a page: what the Markdown says, and nothing that it leaves out."""

from __future__ import annotations

from functools import partial

from ..document import document
from .grades import SubmissionGrade
from .page_words import PageWords
from .telling import in_words, message_of
from .time_chart import TimeChart


def feedback_page(submission: SubmissionGrade, language: str) -> str:
    """Return the page: the points, the broken promises, and what happened instead.

    Args:
        submission: What the student earned.
        language: ``en`` or ``ko``.
    Raises:
        ValueError: If the language is another.
    """
    words = PageWords(language)
    return document(
        "gradebook/assets/feedback.html.jinja",
        words.title_of(submission, submission.name),
        language,
        styles=["pages.css"],
        words=words,
        lessons=submission.lessons,
        told=partial(in_words, language=language),
        message_of=partial(message_of, language=language),
        picture_of=partial(TimeChart.of, language=language),
    )
