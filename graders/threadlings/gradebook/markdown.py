"""The gradebook as Markdown: a summary for GitHub, and a page for each student."""

from __future__ import annotations

import re
from pathlib import Path

from .. import language
from ..files import file_name, write_whole
from .grades import Gradebook, LessonGrade, SubmissionGrade
from .page_words import PageWords
from .telling import in_words

_SUMMARY_BYTES = 1_000_000
"""GitHub takes 1 MiB of a step's summary, and drops all of a longer one."""


def markdown(book: Gradebook, folder: Path) -> None:
    """Write ``summary.md`` for a GitHub step summary; at most what GitHub takes."""
    write_whole(folder / "summary.md", markdown_text(book))


def markdown_text(book: Gradebook, max_bytes: int = _SUMMARY_BYTES, link: str = "") -> str:
    """Return the summary; what does not fit is left out, and a last line says how much.

    Args:
        book: The gradebook.
        max_bytes: How long it may be.
        link: Where the rest is; empty: nowhere.
    """
    lessons = book.lessons
    head = ["student", *(f"{lesson.number:02d}" for lesson in lessons), "points"]
    lines = [] if book.is_sandboxed else ["not sandboxed", ""]
    lines += [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    size, shown = sum(len(line) + 1 for line in lines) + 200 + len(link), 0
    for submission in book.submissions:
        cells = [_escaped(submission.name), *submission.points_in(lessons)]
        line = f"| {' | '.join(cells)} | {submission.sum_told} |"
        size += len(line.encode("utf-8", "backslashreplace")) + 1
        if size > max_bytes:
            break
        lines.append(line)
        shown += 1
    left = len(book.submissions) - shown
    if left:
        where = f"[the results]({link})" if link else "the results"
        lines += ["", f"{left} more students: see gradebook.csv in {where}"]
    return "\n".join(lines) + "\n"


def feedback_for_students(book: Gradebook, folder: Path) -> None:
    """Write ``STUDENT.md``: the points, the broken promises, and what happened instead.

    Nothing else: no flags, no notes, no other student.
    """
    for submission in book.submissions:
        page = folder / f"{file_name(submission.name)}.md"
        write_whole(page, feedback_text(submission), sync=False)


def feedback_text(submission: SubmissionGrade) -> str:
    """Return one student's feedback as Markdown, in the student's language."""
    words = PageWords(submission.language or language.chosen())
    lines = [f"# {words.title_of(submission, _escaped(submission.name))}"]
    for lesson in submission.lessons:
        lines += ["", f"## {lesson.folder} {lesson.title}: {words.points_of(lesson)}"]
        if words.how_late(lesson):
            lines += ["", words.how_late(lesson)]
        if lesson.message:
            lines += ["", *_as_code(message_for_student(lesson, words.language))]
        else:
            for task in lesson.tasks:
                head = words("task_head", number=task.number, title=task.title)
                got = words("lesson_points", points=task.points, worth=task.max_points)
                lines += ["", f"{head}: {got}"]
                if task.stood_in:
                    lines += ["", words("stood_in", names=", ".join(task.stood_in))]
                for reason in task.reasons:
                    told = reason.told(words.language)
                    lines += ["", _escaped(told["promise"]), "", *_as_code(told["message"])]
    return "\n".join(lines) + "\n"


def _as_code(text: str) -> list[str]:
    return [f"    {line}".rstrip() for line in text.splitlines()]


def message_for_student(lesson: LessonGrade, of_student: str | None = None) -> str:
    """Return a lesson's message for the student: not what a grader says of itself.

    Args:
        lesson: The lesson.
        of_student: The student's language; None: the one that was chosen.
    """
    if lesson.points is None:
        return PageWords(of_student or language.chosen()).why_unmarked(lesson)
    return in_words(lesson.message, of_student)


def _escaped(text: str) -> str:
    """Return text that is only text in Markdown, in one line."""
    return re.sub(r"([\\`*_{}\[\]<>()#|!~@&$])", r"\\\1", " ".join(text.split()))
