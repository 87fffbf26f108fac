"""The class on one page: who has what, what fails and why, what to review."""

from __future__ import annotations

from dataclasses import dataclass

from ..document import document
from .class_figures import LostTask, lost_tasks, middle, percents, tenths
from .grades import FAILED, FAULTS, PASSED, UNREAD, Gradebook, LessonGrade, SubmissionGrade
from .page_words import PageWords
from .telling import in_words


@dataclass(frozen=True)
class Why:
    """Why ``count`` students lost a task: a promise, or the status of the whole lesson."""

    count: int
    told: str
    is_status: bool = False


def class_page(book: Gradebook, language: str) -> str:
    """Return the page.

    Args:
        book: The gradebook of the class.
        language: ``en`` or ``ko``: of the page's own words.
    Raises:
        ValueError: If the language is another.
    """
    words = PageWords(language)
    found, lessons = percents(book.submissions), book.lessons
    bars = tenths(found)
    graded = [(s, lesson) for s in book.submissions for lesson in s.lessons]
    return document(
        "gradebook/assets/class.html.jinja",
        words("class"),
        language,
        styles=["pages.css"],
        scripts=["class.js"],
        words=words,
        book=book,
        PASSED=PASSED,
        FAILED=FAILED,
        percents=found,
        middle=middle(found),
        errors=sum(lesson.status in FAULTS for _submission, lesson in graded),
        unread=sum(lesson.status in UNREAD for _submission, lesson in graded),
        bars=bars,
        highest=max(count for _range, count in bars) or 1,
        lessons=lessons,
        students=[
            (submission, _in_columns(submission, lessons)) for submission in book.submissions
        ],
        fails=[(lost, _whys(lost, words)) for lost in lost_tasks(book)],
        flagged=[(s, lesson, flag) for s, lesson in graded for flag in lesson.flags],
    )


def _in_columns(
    submission: SubmissionGrade, lessons: list[LessonGrade]
) -> list[LessonGrade | None]:
    mine = {lesson.number: lesson for lesson in submission.lessons}
    return [mine.get(lesson.number) for lesson in lessons]


def _whys(lost: LostTask, words: PageWords) -> list[Why]:
    """Return why a task was lost, what most lost it for first."""
    promises = [Why(n, in_words(promise, words.language)) for promise, n in lost.promises.items()]
    statuses = [Why(n, words(status), is_status=True) for status, n in lost.statuses.items()]
    return sorted([*statuses, *promises], key=lambda w: (-w.count, not w.is_status, w.told))
