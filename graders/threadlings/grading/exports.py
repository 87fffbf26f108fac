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
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ._files import file_name, write_whole
from .gradebook import Gradebook, LessonGrade, SubmissionGrade, TaskGrade

_FORMULA = ("=", "+", "-", "@")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_SUMMARY_BYTES = 1_000_000
"""GitHub takes 1 MiB of a step's summary, and drops all of a longer one."""

_OF_ONE_SUBMISSION = ("OWNER", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL", "REVIEW_URL")

Export = Callable[[Gradebook, Path], None]


def gradebook_csv(book: Gradebook, folder: Path) -> None:
    """Write ``gradebook.csv``: a line for each submission, a column for each lesson."""
    folders = _folders(book)
    rows = [["student", *folders, "points", "max_points", "flags"]]
    for submission in book.submissions:
        points = {lesson.folder: _points(lesson) for lesson in submission.lessons}
        mine = [points.get(name, "") for name in folders]
        total = [str(submission.points), str(submission.max_points), str(len(submission.flags))]
        rows.append([submission.name, *mine, *total])
    write_csv(folder / "gradebook.csv", rows)


def canvas_csv(book: Gradebook, folder: Path) -> None:
    """Write ``canvas.csv`` for the import into Canvas's gradebook.

    Canvas finds a student by ``ID``, ``SIS User ID`` or ``SIS Login ID``: columns of the roster
    with these names are passed on. Lessons become assignments.
    """
    who = ("ID", "SIS User ID", "SIS Login ID", "Section")
    lessons = _lessons(book)
    rows = [["Student", *who, *(_title(lesson) for lesson in lessons)]]
    worth = [str(lesson.max_points) for lesson in lessons]
    rows.append(["    Points Possible", *("" for _column in who), *worth])
    for submission in book.submissions:
        ids = [_column(submission, name) for name in who]
        rows.append([submission.name, *ids, *_points_of(submission, lessons)])
    write_csv(folder / "canvas.csv", rows)


def moodle_csv(book: Gradebook, folder: Path) -> None:
    """Write ``moodle.csv`` for Moodle's grade import.

    Moodle finds a user by a column of the roster: ``username``, ``email`` or ``idnumber``;
    without one of them the submission's name counts as the username.
    """
    known = ("username", "email", "idnumber")
    names = [name for name in known if any(_column(s, name) for s in book.submissions)]
    lessons = _lessons(book)
    rows = [[*(names or ["username"]), *(_title(lesson) for lesson in lessons)]]
    for submission in book.submissions:
        ids = [_column(submission, name) for name in names] or [submission.name]
        rows.append([*ids, *_points_of(submission, lessons)])
    write_csv(folder / "moodle.csv", rows)


def gradescope(book: Gradebook, folder: Path) -> None:
    """Write ``gradescope/STUDENT/results.json``: one test for each task."""
    for submission in book.submissions:
        tests = [
            {
                "name": f"{lesson.folder} task {task.number}: {task.title}",
                "score": task.points,
                "max_score": task.max_points,
                "status": "passed" if task.points == task.max_points else "failed",
                "output": _told(task),
            }
            for lesson in submission.lessons
            for task in lesson.tasks
        ]
        told = "\n".join(f"{g.folder}: {_message(g)}" for g in submission.lessons if g.message)
        data = {"score": submission.points, "output": told, "tests": tests}
        _write_json(folder / "gradescope" / file_name(submission.name) / "results.json", data)


def classroom50(book: Gradebook, folder: Path) -> None:
    """Write ``classroom50/STUDENT/result.json`` after ``classroom50/result/v1``.

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
        _write_json(path, classroom50_result(submission, known))


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


def markdown(book: Gradebook, folder: Path) -> None:
    """Write ``summary.md`` for a GitHub step summary; at most what GitHub takes."""
    write_whole(folder / "summary.md", markdown_text(book))


def markdown_text(book: Gradebook, max_bytes: int = _SUMMARY_BYTES) -> str:
    """Return the summary; what does not fit is left out, and a last line says how much."""
    folders = _folders(book)
    head = ["student", *(name.removeprefix("lesson") for name in folders), "points"]
    lines = [] if book.is_sandboxed else ["not sandboxed", ""]
    lines += [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    size, shown = sum(len(line) + 1 for line in lines) + 200, 0
    for submission in book.submissions:
        points = {lesson.folder: _points(lesson) for lesson in submission.lessons}
        cells = [_escaped(submission.name), *(points.get(name, "") for name in folders)]
        line = f"| {' | '.join(cells)} | {submission.points}/{submission.max_points} |"
        size += len(line.encode("utf-8", "backslashreplace")) + 1
        if size > max_bytes:
            break
        lines.append(line)
        shown += 1
    left = len(book.submissions) - shown
    if left:
        lines += ["", f"{left} more students: see gradebook.csv in the results"]
    return "\n".join(lines) + "\n"


def feedback_for_students(book: Gradebook, folder: Path) -> None:
    """Write ``STUDENT.md``: the points, the broken promises, and what happened instead.

    Nothing else: no flags, no notes, no other student.
    """
    for submission in book.submissions:
        write_whole(folder / f"{file_name(submission.name)}.md", feedback_text(submission))


def feedback_text(submission: SubmissionGrade) -> str:
    """Return one student's feedback as Markdown."""
    lines = [f"# {_escaped(submission.name)}: {submission.points} of {submission.max_points}"]
    for lesson in submission.lessons:
        points = (
            "not graded" if lesson.points is None else f"{lesson.points} of {lesson.max_points}"
        )
        lines += ["", f"## {lesson.folder} {lesson.title}: {points}"]
        if lesson.message:
            lines += ["", *_as_code(_message(lesson))]
        else:
            for task in lesson.tasks:
                lines += [
                    "",
                    f"Task {task.number} {task.title}: {task.points} of {task.max_points}",
                ]
                for reason in task.reasons:
                    lines += ["", _escaped(reason.promise), "", *_as_code(reason.message)]
    return "\n".join(lines) + "\n"


def _as_code(text: str) -> list[str]:
    return [f"    {line}".rstrip() for line in text.splitlines()]


EXPORTS: dict[str, Export] = {
    "canvas": canvas_csv,
    "classroom50": classroom50,
    "csv": gradebook_csv,
    "gradescope": gradescope,
    "markdown": markdown,
    "moodle": moodle_csv,
}
"""What ``--export`` knows, by name."""


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


def _lessons(book: Gradebook) -> list[LessonGrade]:
    """Return one grade of each lesson, for its title and worth."""
    found = {lesson.number: lesson for s in book.submissions for lesson in s.lessons}
    return [found[number] for number in sorted(found)]


def _folders(book: Gradebook) -> list[str]:
    return [lesson.folder for lesson in _lessons(book)]


def _points_of(submission: SubmissionGrade, lessons: Iterable[LessonGrade]) -> list[str]:
    points = {lesson.number: _points(lesson) for lesson in submission.lessons}
    return [points.get(lesson.number, "") for lesson in lessons]


def _points(lesson: LessonGrade) -> str:
    return "" if lesson.points is None else str(lesson.points)


def _title(lesson: LessonGrade) -> str:
    return f"{lesson.folder} {lesson.title}"


def _column(submission: SubmissionGrade, name: str) -> str:
    """Return a column of the roster, whatever its letters' case."""
    columns = {key.casefold(): value for key, value in submission.columns}
    return columns.get(name.casefold(), "")


def _message(lesson: LessonGrade) -> str:
    """Return a lesson's message for the student: not what a grader says of itself."""
    if lesson.points is None:
        return "the grader could not decide; that is not your fault"
    return lesson.message


def _told(task: TaskGrade) -> str:
    return "\n\n".join(f"{reason.promise}\n{reason.message}" for reason in task.reasons)


def _escaped(text: str) -> str:
    """Return text that is only text in Markdown, in one line."""
    return re.sub(r"([\\`*_{}\[\]<>()#|!~@&$])", r"\\\1", " ".join(text.split()))
