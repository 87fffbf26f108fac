"""The gradebook in the formats that others read.

Each export writes into a folder; equal gradebooks give equal files, except where a format wants
the time. Text of a student's never becomes a formula in a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..files import file_name, write_whole
from .grades import Gradebook, LessonGrade, SubmissionGrade, TaskGrade
from .markdown import markdown, message_for_student
from .pages import html

_FORMULA = ("=", "+", "-", "@")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_OF_ONE_SUBMISSION = ("OWNER", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL", "REVIEW_URL")

Export = Callable[[Gradebook, Path], None]


def gradebook_csv(book: Gradebook, folder: Path) -> None:
    """Write ``gradebook.csv``: a line for each submission, a column for each lesson.

    If anything was due, a last column says what was late: ``lesson08: day 2, -2``.
    """
    lessons = book.lessons
    rows = [["student", *(lesson.folder for lesson in lessons), "points", "max_points", "flags"]]
    for submission in book.submissions:
        mine = submission.points_in(lessons)
        total = [submission.points, submission.max_points] if submission.has_mark else ["", ""]
        rows.append([submission.name, *mine, *map(str, total), str(len(submission.flags))])
    if any(lesson.late for submission in book.submissions for lesson in submission.lessons):
        late = ["late", *("; ".join(_late(submission)) for submission in book.submissions)]
        rows = [[*row, told] for row, told in zip(rows, late, strict=True)]
    write_csv(folder / "gradebook.csv", rows)


def _late(submission: SubmissionGrade) -> Iterator[str]:
    for lesson in submission.lessons:
        if lesson.late and lesson.late.days:
            yield f"{lesson.folder}: day {lesson.late.days}, -{lesson.late.lost}"


def canvas_csv(book: Gradebook, folder: Path) -> None:
    """Write ``canvas.csv`` for the import into Canvas's gradebook.

    Canvas finds a student by ``ID``, ``SIS User ID`` or ``SIS Login ID``: columns of the roster
    with these names are passed on. Lessons become assignments.
    """
    who = ("ID", "SIS User ID", "SIS Login ID", "Section")
    lessons = book.lessons
    rows = [["Student", *who, *(_title(lesson) for lesson in lessons)]]
    worth = [str(lesson.max_points) for lesson in lessons]
    rows.append(["    Points Possible", *("" for _column in who), *worth])
    for submission in book.submissions:
        ids = [_column(submission, name) for name in who]
        rows.append([submission.name, *ids, *submission.points_in(lessons)])
    write_csv(folder / "canvas.csv", rows)


def moodle_csv(book: Gradebook, folder: Path) -> None:
    """Write ``moodle.csv`` for Moodle's grade import.

    Moodle finds a user by a column of the roster: ``username``, ``email`` or ``idnumber``;
    without one of them the submission's name counts as the username.
    """
    known = ("username", "email", "idnumber")
    names = [name for name in known if any(_column(s, name) for s in book.submissions)]
    lessons = book.lessons
    rows = [[*(names or ["username"]), *(_title(lesson) for lesson in lessons)]]
    for submission in book.submissions:
        ids = [_column(submission, name) for name in names] or [submission.name]
        rows.append([*ids, *submission.points_in(lessons)])
    write_csv(folder / "moodle.csv", rows)


def gradescope(book: Gradebook, folder: Path) -> None:
    """Write ``gradescope/STUDENT/results.json``: one test for each task; none without a mark."""
    for submission in book.submissions:
        path = folder / "gradescope" / file_name(submission.name) / "results.json"
        if not submission.has_mark:
            path.unlink(missing_ok=True)
            continue
        tests = [
            {
                "name": f"{lesson.folder} task {task.number}: {task.title}",
                "score": task.points,
                "max_score": task.max_points,
                "status": "passed" if task.points == task.max_points else "failed",
                "output": _told(task, submission.language),
            }
            for lesson in submission.lessons
            for task in lesson.tasks
        ]
        told = "\n".join(
            f"{g.folder}: {message_for_student(g, submission.language)}"
            for g in submission.lessons
            if g.message
        )
        data = {"score": submission.points, "output": told, "tests": tests}
        _write_json(path, data)


def classroom50(book: Gradebook, folder: Path) -> None:
    """Write ``classroom50/STUDENT/result.json`` after ``classroom50/result/v1``; none without mark.

    What only the runner knows (classroom, assignment, the addresses of commit and release) is
    taken from its environment: ``CLASSROOM``, ``ASSIGNMENT``, ``ASSIGNMENT_TYPE``, and, if there
    is one submission, ``OWNER``, ``SUBMISSION_TAG``, ``COMMIT_URL``, ``RELEASE_URL``,
    ``REVIEW_URL``.
    """
    known = dict(os.environ)
    if len(book.submissions) > 1:
        known = {name: value for name, value in known.items() if name not in _OF_ONE_SUBMISSION}
    for submission in book.submissions:
        path = folder / "classroom50" / file_name(submission.name) / "result.json"
        if submission.has_mark:
            _write_json(path, classroom50_result(submission, known))
        else:
            path.unlink(missing_ok=True)


def classroom50_result(submission: SubmissionGrade, environment: Mapping[str, str]) -> Any:
    """Return one submission's result for Classroom 50, as JSON data."""
    tests = [
        {
            "test-name": f"{lesson.folder} task {task.number}: {task.title}",
            "passed": task.points == task.max_points,
            "score": task.points,
            "max-score": task.max_points,
        }
        for lesson in submission.lessons
        for task in lesson.tasks
    ]
    commit = environment.get("COMMIT_URL", "unknown")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "schema": "classroom50/result/v1",
        "classroom": environment.get("CLASSROOM", "unknown"),
        "assignment": environment.get("ASSIGNMENT", "threadlings"),
        "assignment_type": environment.get("ASSIGNMENT_TYPE", "individual"),
        "owner": environment.get("OWNER", submission.name),
        "submission": environment.get("SUBMISSION_TAG", submission.name),
        "commit": commit,
        "release": environment.get("RELEASE_URL", commit),
        "review": environment.get("REVIEW_URL") or commit,
        "datetime": now,
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }


EXPORTS: dict[str, Export] = {
    "canvas": canvas_csv,
    "classroom50": classroom50,
    "csv": gradebook_csv,
    "gradescope": gradescope,
    "html": html,
    "markdown": markdown,
    "moodle": moodle_csv,
}
"""What ``--export`` knows, by name."""


def write_all(writes: Iterable[tuple[Path, Callable[[Path], None]]]) -> str:
    """Write all that can be written.

    Args:
        writes: Files or folders, and what writes each.
    Returns:
        What could not be written, and why; empty if all was.
    """
    failed: dict[str, dict[Path, None]] = {}
    for path, write in writes:
        try:
            write(path)
        except OSError as error:
            failed.setdefault(error.strerror or str(error), {})[path] = None
    told = [
        f"{', '.join(map(str, paths))} cannot be written: {why}" for why, paths in failed.items()
    ]
    return "; ".join(told)


def defused(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV injection).

    Some skip white space before one, and take full-width signs too.
    """
    begins = unicodedata.normalize("NFKC", cell.strip()).startswith(_FORMULA)
    if (begins or cell.startswith(("\t", "\r", "\n"))) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def write_csv(path: Path, rows: Iterable[Iterable[str]]) -> None:
    """Write rows of text as CSV (RFC 4180), in UTF-8 with the mark that Excel needs for Hangul."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    write_whole(path, "\ufeff" + text.getvalue())


def _write_json(path: Path, data: Any) -> None:
    write_whole(path, json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def _title(lesson: LessonGrade) -> str:
    return f"{lesson.folder} {lesson.title}"


def _column(submission: SubmissionGrade, name: str) -> str:
    """Return a column of the roster, whatever its letters' case."""
    columns = {key.casefold(): value for key, value in submission.columns}
    return columns.get(name.casefold(), "")


def _told(task: TaskGrade, language: str | None) -> str:
    return "\n\n".join("\n".join(reason.told(language).values()) for reason in task.reasons)
