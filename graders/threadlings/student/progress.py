"""What is remembered between commands: results of the last checks, and the hints shown.

Each lesson has a file of its own in ``.threadlings``. A file that is damaged, or written by
another version, counts as not there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..files import write_whole
from ..manifest import Lesson
from .course import Course

PASSED, FAILED, TODO = "passed", "failed", "todo"
_VERSION = 1


@dataclass(frozen=True)
class Checked:
    """What came of one visible test; ``story`` says it to the student, empty if it passed."""

    test: str
    task: int
    outcome: str
    story: str = ""


@dataclass(frozen=True)
class Result:
    """The last check of a lesson; ``key`` is that of the files that were checked."""

    key: str
    checks: tuple[Checked, ...]

    def outcome_of(self, task: int) -> str:
        """Return how a task stands: passed if all its tests did, todo if only TODOs were met."""
        outcomes = {check.outcome for check in self.checks if check.task == task}
        if FAILED in outcomes:
            return FAILED
        return PASSED if outcomes == {PASSED} else TODO

    def done(self, lesson: Lesson) -> list[int]:
        """Return the numbers of the tasks that passed."""
        return [t.number for t in lesson.tasks if self.outcome_of(t.number) == PASSED]

    def points(self, lesson: Lesson) -> int:
        """Return the points of the tasks that passed."""
        done = self.done(lesson)
        return sum(task.points for task in lesson.tasks if task.number in done)


def key_of(files: Sequence[Path]) -> str:
    """Return a key that changes when one of the files does; a missing file is one more."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest() if file.is_file() else b"-")
    return digest.hexdigest()


def key_of_lesson(course: Course, lesson: Lesson) -> str:
    """Return the key of what a check of a lesson depends on: the student's file and the tests."""
    return key_of([course.file_of(lesson), course.tests_of(lesson)])


def last_result(course: Course, lesson: Lesson) -> Result | None:
    """Return the last check of a lesson, None if there is none."""
    data = _read(_result_file(course, lesson))
    try:
        checks = tuple(Checked(**check) for check in data["checks"])
        if not all(_is_whole(check) for check in checks) or not isinstance(data["key"], str):
            return None
        return Result(data["key"], checks)
    except (KeyError, TypeError):
        return None


def keep_result(course: Course, lesson: Lesson, result: Result) -> None:
    """Remember a check of a lesson.

    Raises:
        OSError: If it cannot be written.
    """
    _write(_result_file(course, lesson), asdict(result))


def hints_shown(course: Course, lesson: Lesson, task: int) -> int:
    """Return how many hints of a task were shown."""
    count = _read(_hint_file(course, lesson)).get(str(task))
    return count if type(count) is int and count > 0 else 0


def keep_hints_shown(course: Course, lesson: Lesson, task: int, count: int) -> None:
    """Remember how many hints of a task were shown.

    Raises:
        OSError: If it cannot be written.
    """
    file = _hint_file(course, lesson)
    _write(file, _read(file) | {str(task): count})


def _is_whole(check: Checked) -> bool:
    texts = (check.test, check.outcome, check.story)
    return type(check.task) is int and all(isinstance(text, str) for text in texts)


def _result_file(course: Course, lesson: Lesson) -> Path:
    return course.state_folder / f"{lesson.folder}-result.json"


def _hint_file(course: Course, lesson: Lesson) -> Path:
    return course.state_folder / f"{lesson.folder}-hints.json"


def _read(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or data.get("version") != _VERSION:
        return {}
    return data


def _write(file: Path, data: dict[str, Any]) -> None:
    write_whole(file, json.dumps({"version": _VERSION, **data}, ensure_ascii=False))
