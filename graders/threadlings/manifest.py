"""The list of lessons: number, module, title, tasks and points, from ``lessons.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

LESSONS_FILE = Path(__file__).with_name("lessons.toml")
POINTS_PER_LESSON = 10


class ManifestError(ValueError):
    """The manifest cannot be used; the text says where and why."""


@dataclass(frozen=True)
class Task:
    """One numbered TODO of a lesson, and what it is worth in points."""

    number: int
    title: str
    points: int


@dataclass(frozen=True)
class Lesson:
    """One lesson: ``module`` is the name of the student's file without ``.py``.

    ``imports`` names modules that its files import and that take long to: cells have them ready.
    ``safe`` names installed packages that threads may call at the same time. ``due`` is when it is
    due, with a time zone; it decides which commit is graded, and no verdict, so it is not in the
    text of a lesson.
    """

    number: int
    module: str
    title: str
    tasks: tuple[Task, ...]
    imports: tuple[str, ...] = ()
    safe: tuple[str, ...] = ()
    due: datetime | None = field(default=None, repr=False)

    @property
    def folder(self) -> str:
        """The name of the lesson's folder in every tree: ``lesson08``."""
        return f"lesson{self.number:02d}"

    @property
    def file(self) -> str:
        """The student's file, from the folder that holds the lessons: ``lesson08/locks.py``."""
        return f"{self.folder}/{self.module}.py"

    @property
    def points(self) -> int:
        """What the whole lesson is worth."""
        return sum(task.points for task in self.tasks)


def read(path: Path = LESSONS_FILE) -> tuple[Lesson, ...]:
    """Read and check the manifest.

    Args:
        path: A TOML file with ``[[lesson]]`` tables as in ``lessons.toml``.
    Returns:
        The lessons by number.
    Raises:
        ManifestError: If the file cannot be read, or something in it is missing, of the wrong
            type, there twice, or the points of a lesson do not sum to 10.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(f"{path.name} cannot be read: {error}") from error
    try:
        lessons = [_lesson(table) for table in _tables(data, "lesson", path.name)]
        _refuse_repeats((lesson.number for lesson in lessons), "lesson")
        _refuse_repeats((lesson.module for lesson in lessons), "module")
    except ManifestError as error:
        raise ManifestError(f"{path.name}: {error}") from None
    return tuple(sorted(lessons, key=lambda lesson: lesson.number))


def safe_packages(module: str) -> tuple[str, ...]:
    """Return the packages that threads of a lesson may call at the same time, by its module.

    The first call reads the manifest, for all modules.
    """
    return _safe_packages().get(module, ())


@cache
def _safe_packages() -> dict[str, tuple[str, ...]]:
    return {lesson.module: lesson.safe for lesson in read()}


def _lesson(table: dict[str, Any]) -> Lesson:
    number = _number(table, "number", "a lesson")
    where = f"lesson {number}"
    module = _text(table, "module", where)
    if not module.isidentifier():
        raise ManifestError(f"{where}: module {module!r} is not the name of a Python module")
    tasks = tuple(_task(entry, where) for entry in _tables(table, "task", where))
    _refuse_repeats((task.number for task in tasks), f"{where}: task")
    imports = _names(table, "imports", where)
    safe = _names(table, "safe", where)
    lesson = Lesson(
        number, module, _text(table, "title", where), tasks, imports, safe, _due(table, where)
    )
    if lesson.points != POINTS_PER_LESSON:
        raise ManifestError(
            f"{where}: the points of its tasks sum to {lesson.points}, not {POINTS_PER_LESSON}"
        )
    return lesson


def _due(table: dict[str, Any], where: str) -> datetime | None:
    found = table.get("due")
    if found is None or (isinstance(found, datetime) and found.tzinfo is not None):
        return found
    raise ManifestError(
        f"{where}: due must be a date with time and zone, such as 2026-12-01T23:59:00+09:00, "
        f"not {found!s}"
    )


def _task(table: dict[str, Any], where: str) -> Task:
    number = _number(table, "number", f"{where}: a task")
    where = f"{where}: task {number}"
    return Task(number, _text(table, "title", where), _number(table, "points", where))


def _tables(table: dict[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    found = table.get(key)
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise ManifestError(f"{where} has no [[{key}]] tables")
    return found


def _number(table: dict[str, Any], key: str, where: str) -> int:
    found = table.get(key)
    if type(found) is not int or found < 1:
        raise ManifestError(f"{where}: {key} must be a whole number above 0, not {found!r}")
    return found


def _text(table: dict[str, Any], key: str, where: str) -> str:
    found = table.get(key)
    if not isinstance(found, str) or not found.strip():
        raise ManifestError(f"{where}: {key} must be a text, not {found!r}")
    return found


def _names(table: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise ManifestError(f"{where}: {key} must be a list of texts, not {found!r}")
    return tuple(found)


def _refuse_repeats(keys: Iterable[object], what: str) -> None:
    seen: set[object] = set()
    for key in keys:
        if key in seen:
            raise ManifestError(f"{what} {key} is there twice")
        seen.add(key)
