"""Finding what students handed in: folders, a folder of folders, or a roster."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..manifest import Lesson
from ._trees import CommitTree, FileError, FolderTree, Tree, is_lesson_folder, root_in
from .faults import UsageError
from .limits import Limits

__all__ = ["Checkout", "FileError", "find_checkouts"]

_ROSTER_COLUMNS = ("student", "path", "ref")
_CLASSROOM50_COLUMNS = ("username", "first_name", "last_name", "email", "section", "github_id")


@dataclass(frozen=True)
class Checkout:
    """What one student handed in.

    Attributes:
        name: What the gradebook calls it; no two of a grading are equal.
        tree: What holds its ``lessonNN`` folders; None if there is nothing.
        only: The name of the one lesson folder that was asked for, or None for all.
        columns: What else the roster says of the student: names and values.
        problem: Why there is nothing.
    """

    name: str
    tree: Tree | None
    only: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    problem: str = ""

    def has(self, lesson: Lesson) -> bool:
        """Return True if this lesson is to be graded in this checkout."""
        return self.only in (None, lesson.folder)

    def source_of(self, lesson: Lesson, limits: Limits) -> bytes:
        """Read the student's file of a lesson.

        Raises:
            FileError: If there is none, or it is not a regular file that can be read.
        """
        if self.tree is None:
            raise FileError("missing", self.problem)
        return self.tree.read(lesson.file, limits.source_bytes)


def find_checkouts(paths: Sequence[Path]) -> list[Checkout]:
    """Say what the paths of a command mean.

    A path is a checkout (with ``exercises/lessonNN``), a folder that holds ``lessonNN``
    folders, one ``lessonNN`` folder, a folder of checkouts, or a roster: a CSV file with the
    columns ``student,path`` and perhaps ``ref`` and others, or Classroom 50's ``students.csv``,
    whose students' folders are beside it and have their user names, or end in ``-USERNAME``.

    Raises:
        UsageError: If a path does not exist or holds no lesson, or a roster cannot be read.
    """
    found = [pair for path in paths for pair in _find(Path(os.path.abspath(path)), path)]
    names = _distinct([labels for labels, _checkout in found])
    return [replace(checkout, name=name) for name, (_l, checkout) in zip(names, found, strict=True)]


def _find(path: Path, given: Path) -> Iterator[tuple[list[str], Checkout]]:
    if not path.exists():
        raise UsageError(f"{given} does not exist")
    if path.is_file() and path.suffix.lower() == ".csv":
        yield from _in_roster(path, given)
        return
    if not path.is_dir():
        raise UsageError(
            f"{given} is a file: give the folder that holds the lesson folders, or a roster (.csv)"
        )
    if is_lesson_folder(path):
        yield _labels(path), Checkout("", FolderTree(path.parent), path.name)
        return
    roots = {path: root_in(path)}
    if roots[path] is None:
        roots = {inside: root_in(inside) for inside in sorted(path.iterdir()) if inside.is_dir()}
    for folder, root in roots.items():
        if root is not None:
            yield _labels(folder), Checkout("", FolderTree(root))
    if not any(roots.values()):
        raise UsageError(
            f"{given} holds nothing to grade: neither exercises/lessonNN nor lessonNN folders, "
            "nor folders that hold them"
        )


def _in_roster(roster: Path, given: Path) -> Iterator[tuple[list[str], Checkout]]:
    try:
        text = roster.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = "save it as UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise UsageError(f"the roster {given} cannot be read: {why}") from None
    try:
        rows = list(
            csv.DictReader(io.StringIO(text, newline=""), strict=True, restkey="", restval="")
        )
    except csv.Error as error:
        raise UsageError(f"the roster {given} is not CSV: {error}") from None
    there = {name.strip() for name in (rows[0] if rows else {})}
    if not rows:
        raise UsageError(f"the roster {given} has no students")
    name_column = "student" if "student" in there else "username"
    is_classroom50 = name_column == "username" and "path" not in there
    missing = {name_column} | ({"username"} if is_classroom50 else {"path"})
    for column in sorted(missing - there):
        raise UsageError(
            f"the roster {given} has no column {column!r}; it has {', '.join(sorted(there))}\n"
            f"  it needs student,path[,ref], or is a students.csv: {','.join(_CLASSROOM50_COLUMNS)}"
        )
    for number, row in enumerate(rows, start=2):
        columns = {key.strip(): (value or "").strip() for key, value in row.items() if key}
        name = columns[name_column]
        if not name:
            raise UsageError(f"the roster {given}, line {number}: no {name_column}")
        yield [name], _in_row(roster.parent, name, columns, is_classroom50)


def _in_row(folder: Path, name: str, columns: dict[str, str], is_classroom50: bool) -> Checkout:
    others = tuple((key, value) for key, value in columns.items() if key not in _ROSTER_COLUMNS)
    if is_classroom50:
        named = [folder / name, *sorted(folder.glob(f"*-{_literal(name)}"))]
        path = next((path for path in named if path.is_dir()), folder / name)
    else:
        path = folder / columns["path"]
    ref = columns.get("ref", "")
    shown = path.name if is_classroom50 else columns["path"]
    if not path.is_dir():
        return Checkout("", None, None, others, f"there is no folder {shown!r}")
    if ref:
        return Checkout("", CommitTree(path, ref), None, others)
    root = root_in(path)
    if root is None:
        problem = f"the folder {shown!r} holds neither exercises/lessonNN nor lessonNN folders"
        return Checkout("", None, None, others, problem)
    return Checkout("", FolderTree(root), None, others)


def _literal(name: str) -> str:
    """Return a pattern of ``glob`` that is only this name."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _labels(path: Path) -> list[str]:
    """Return names for a folder, from the shortest that will do to the whole path."""
    parts = path.parts
    first = 2 if is_lesson_folder(path) else 1
    labels = ["/".join(parts[-count:]) for count in range(first, len(parts))]
    return [*labels, str(path)]


def _distinct(choices: list[list[str]]) -> list[str]:
    """Choose a label for each; lengthen those that are equal, then number them."""
    chosen = [0] * len(choices)
    while True:
        names = [labels[at] for labels, at in zip(choices, chosen, strict=True)]
        counts = Counter(names)
        longer = [
            at + 1 if counts[name] > 1 and at + 1 < len(labels) else at
            for name, labels, at in zip(names, choices, chosen, strict=True)
        ]
        if longer == chosen:
            return _numbered(names)
        chosen = longer


def _numbered(names: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    numbered = []
    for name in names:
        seen[name] += 1
        numbered.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return numbered
