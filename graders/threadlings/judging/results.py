"""The folder of results: what was graded is kept, and is not graded again while nothing changes.

One file for each submission, ``STUDENT.json``, written anew after each of its lessons, whole or
not at all. A grading that was killed leaves the lessons that it had finished.

The files have the schema ``threadlings/results/v2``::

    schema      "threadlings/results/v2"
    name        the submission's name
    columns     what else the roster says: [[name, value], ...]
    points, max_points
    lessons     as in a gradebook, each with
        graded  all that the verdict depends on: SHA-256 of source, grader with reference,
                lesson (its entry in the manifest), limits and package (the parts of it that
                decide); the version of Python; the platform; whether
                in a sandbox. Searches are seeded with 0.
        digest  SHA-256 of all these; a lesson that was damaged or edited is graded again
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import threadlings

from ..cells import Limits
from ..files import file_name, remove_parts, write_whole
from ..gradebook import LessonGrade, SubmissionGrade
from ..manifest import Lesson
from ..usage import UsageError

if sys.platform != "win32":
    import fcntl

SCHEMA = "threadlings/results/v2"

_DECIDING = (
    *("cells", "checks", "engine", "feedback", "flags", "judging", "language"),
    *("gradebook/cleaning.py", "gradebook/grades.py", "grading.py", "manifest.py"),
)
"""What a verdict and what shows it are made by. Pages, exports, verbs and the student's command
are not, nor is a catalogue: they only tell it."""

Graded = dict[str, str]
Lessons = dict[int, tuple[Graded, LessonGrade]]
"""What is known of a submission: its lessons by number."""


def what_is_graded(
    source: bytes,
    graders: Iterable[Path],
    limits: Limits,
    lesson: Lesson,
    *,
    is_sandboxed: bool,
) -> Graded:
    """Return all that a lesson's verdict depends on, part by part.

    A language is none of it: what is kept has none, and is told in any.
    """
    return {
        "source": _digest([source]),
        "grader": _digest(path.read_bytes() for path in graders),
        "lesson": _digest([repr(lesson).encode()]),
        "limits": _digest([repr(limits).encode()]),
        "package": _package_digest(),
        "python": sys.version,
        "platform": sys.platform,
        "sandbox": "yes" if is_sandboxed else "no",
    }


class Results:
    """What is known of the submissions of a grading.

    Args:
        folder: Where it is kept; made if it is not there. None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._known: dict[str, Lessons] = {}
        self._columns: dict[str, tuple[tuple[str, str], ...]] = {}
        self._unwritten: set[str] = set()

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Keep other gradings out of the folder.

        Raises:
            UsageError: If one is at work in it, or it cannot be written.
        """
        if self._folder is None:
            yield
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = open(self._folder / ".lock", "ab")  # noqa: SIM115 - closed below
        except OSError as error:
            raise UsageError(f"{self._folder} cannot be written: {error.strerror}") from None
        with file:
            if sys.platform != "win32":
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise UsageError(
                        f"another grading is at work in {self._folder}: wait for it, or choose "
                        "another folder with --results"
                    ) from None
                except OSError as error:
                    raise UsageError(f"{self._folder} cannot be locked: {error.strerror}") from None
            remove_parts(self._folder)
            yield

    def known(self, name: str, lesson: int, graded: Graded) -> LessonGrade | None:
        """Return the grade of a lesson of which nothing has changed; None if it is to be graded."""
        with self._lock:
            found = self._of(name).get(lesson)
        if found is None or found[0] != graded or found[1].points is None:
            return None
        return found[1]

    def add(
        self,
        name: str,
        graded: Graded,
        grade: LessonGrade,
        columns: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Keep a lesson's grade; if there is no room for it now, :meth:`write_rest` tries again."""
        with self._lock:
            self._of(name)[grade.number] = (graded, grade)
            self._columns[name] = columns
            with suppress(OSError):
                self._write(name)

    def write_rest(self) -> None:
        """Write what could not be written when it was graded.

        Raises:
            OSError: If it still cannot be.
        """
        with self._lock:
            for name in sorted(self._unwritten):
                self._write(name)

    def _write(self, name: str) -> None:
        if self._folder is None:
            return
        self._unwritten.add(name)
        write_whole(self._file(name), _text(name, self._columns[name], self._of(name)))
        self._unwritten.discard(name)

    def _of(self, name: str) -> Lessons:
        if name not in self._known:
            self._known[name] = {} if self._folder is None else read_result(self._file(name), name)
        return self._known[name]

    def _file(self, name: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{file_name(name)}.json"


def write_result(
    folder: Path, name: str, lessons: Lessons, columns: tuple[tuple[str, str], ...]
) -> None:
    """Write a submission's file; what it says is also elsewhere, so nobody waits for the disk.

    Raises:
        OSError: If it cannot be written.
    """
    file = folder / f"{file_name(name)}.json"
    write_whole(file, _text(name, columns, lessons, indent=None), sync=False)


def read_result(path: Path, name: str) -> Lessons:
    """Return what a submission's file holds: nothing if it is damaged, or another's."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["schema"] != SCHEMA or data["name"] != name:
            return {}
        return {lesson["number"]: _lesson_of(lesson) for lesson in data["lessons"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _data_of(graded: Graded, grade: LessonGrade) -> dict[str, Any]:
    data = {**grade.as_data(), "graded": graded}
    return {**data, "digest": _digest_of(data)}


def _lesson_of(data: dict[str, Any]) -> tuple[Graded, LessonGrade]:
    if data.pop("digest") != _digest_of(data):
        raise ValueError("the lesson was damaged")
    graded = data.pop("graded")
    return graded, LessonGrade.from_data(data)


def _digest_of(data: dict[str, Any]) -> str:
    return _digest([json.dumps(data, sort_keys=True).encode()])


def _text(
    name: str,
    columns: tuple[tuple[str, str], ...],
    lessons: Lessons,
    indent: int | None = 2,
) -> str:
    ordered = [lessons[number] for number in sorted(lessons)]
    submission = SubmissionGrade(name, tuple(grade for _graded, grade in ordered), columns)
    data = {
        "schema": SCHEMA,
        "name": name,
        "columns": columns,
        "points": submission.points,
        "max_points": submission.max_points,
        "lessons": [_data_of(graded, grade) for graded, grade in ordered],
    }
    return json.dumps(data, indent=indent, ensure_ascii=False) + "\n"


def deciding(package: Path) -> list[Path]:
    """Return the files in Python that a verdict, and what is said of it, is made by."""
    files = [file for name in _DECIDING for file in _python_in(package / name)]
    return sorted(files)


def _python_in(path: Path) -> list[Path]:
    return [path] if path.suffix else list(path.rglob("*.py"))


@cache
def _package_digest() -> str:
    root = Path(os.path.dirname(threadlings.__file__))
    files = deciding(root)
    parts = ((file.relative_to(root).as_posix().encode(), file.read_bytes()) for file in files)
    return _digest(part for pair in parts for part in pair)


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
