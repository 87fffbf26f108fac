"""Finding what students handed in: folders, a folder of folders, or a roster."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from ..cells import Limits
from ..gradebook import MISSING, NOT_FOUND, NOT_READ, Lateness, clean
from ..language import Text, said
from ..manifest import Lesson
from ..usage import UsageError
from ._sources import CommitTree, FileError, FolderTree, Tree, is_lesson_folder, root_in
from .due import Extensions, extensions_in
from .pushes import PUSHES_FILE, Push, read_pushes
from .roster import language_of, numbered, others_of, read_roster

__all__ = ["Checkout", "FileError", "find_checkouts"]


@dataclass(frozen=True)
class Checkout:
    """What one student handed in.

    Attributes:
        name: What the gradebook calls it; no two of a grading are equal.
        given_name: What it would be called if nobody else were.
        tree: What holds its ``lessonNN`` folders; None if there is nothing.
        only: The name of the one lesson folder that was asked for, or None for all.
        columns: What else the roster says of the student: names and values.
        extensions: When the student's work is due, where that is not as for all.
        language: Of the student's page; None: the one that the command speaks.
        pushes: What is known of when it was pushed, the earliest first.
        problem: Why there is nothing.
        status: What that is: ``not found`` or ``not read``.
    """

    name: str
    tree: Tree | None
    only: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    problem: Text = field(default_factory=Text)
    status: str = NOT_FOUND
    extensions: Extensions = field(default_factory=dict)
    language: str | None = None
    given_name: str = ""
    pushes: tuple[Push, ...] = ()

    def has(self, lesson: Lesson) -> bool:
        """Return True if this lesson is to be graded in this checkout."""
        return self.only in (None, lesson.folder)

    def source_of(self, lesson: Lesson, limits: Limits) -> bytes:
        """Read the student's file of a lesson.

        Raises:
            FileError: If there is none, or it is not a regular file that can be read.
        """
        if self.tree is None:
            raise FileError(self.status, self.problem)
        return self.tree.read(lesson.file, limits.source_bytes)

    def handed_in(
        self, lesson: Lesson, limits: Limits, due: datetime, *, cuts_off: bool
    ) -> tuple[bytes, Lateness]:
        """Read the file of a lesson that is due, and say how it was handed in.

        Args:
            lesson: Which.
            limits: How large the file may be.
            due: When it is due for this student.
            cuts_off: True takes the file as it was then; False as it is now.
        Raises:
            FileError: If there is none, or it is not a regular file that can be read.
        """
        told = due.isoformat()
        if not isinstance(self.tree, CommitTree):
            return self.source_of(lesson, limits), Lateness(told, "nothing")
        then, is_known = self.tree.by(due, self.pushes)
        known_by = "pushes" if is_known else "commits"
        before, now = _read(then, lesson, limits), _read(self.tree, lesson, limits)
        if not cuts_off and now != before:
            source = self.source_of(lesson, limits)
            days = self.tree.days_late(lesson.file, due, self.pushes)
            return source, Lateness(told, known_by, days)
        if then is None or before is None:
            why = "nothing was handed in by {due}" if now else "no file {file}"
            raise FileError(MISSING, said(why, due=told, file=lesson.file))
        return then.read(lesson.file, limits.source_bytes), Lateness(
            told, known_by, is_cut=now != before
        )


def _read(tree: Tree | None, lesson: Lesson, limits: Limits) -> bytes | None:
    """Return a lesson's file to compare it; None if there is none."""
    try:
        return None if tree is None else tree.read(lesson.file, limits.source_bytes)
    except FileError as problem:
        return None if problem.status == MISSING else str(problem).encode()


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
    names = _distinct([[clean(label) for label in labels] for labels, _checkout in found])
    return [replace(checkout, name=name) for name, (_l, checkout) in zip(names, found, strict=True)]


def _find(path: Path, given: Path) -> Iterator[tuple[list[str], Checkout]]:
    if not os.path.exists(path):
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


def _in_roster(path: Path, given: Path) -> Iterator[tuple[list[str], Checkout]]:
    roster = read_roster(path, given, needs="path")
    names = [row[roster.name_column] for row in roster.rows]
    folders = _folders_of(names, path.parent) if roster.is_classroom50 else {}
    pushes: dict[str, list[Push]] = {}
    for push in read_pushes(path.parent / PUSHES_FILE):
        pushes.setdefault(push.student, []).append(push)
    for name, row in zip(names, roster.rows, strict=True):
        others = others_of(row)
        extensions = extensions_in(row, f"the roster {given}, {name}")
        mine = tuple(pushes.get(name, ()))
        try:
            shown = _only_folder(name, folders[name]) if roster.is_classroom50 else row["path"]
            for status, column in ((NOT_FOUND, "not_found"), (NOT_READ, "not_read")):
                if row.get(column):
                    raise FileError(status, Text(row[column]))
            tree = _tree_at(path.parent, shown, row.get("ref", ""))
        except FileError as problem:
            found = Checkout("", None, None, others, problem.text, problem.status)
        else:
            found = Checkout("", tree, None, others, extensions=extensions, pushes=mine)
        yield [name], replace(found, language=language_of(row), given_name=clean(name))


def _tree_at(folder: Path, path: str, ref: str) -> Tree:
    if not path:
        raise FileError(NOT_FOUND, said("the roster gives no path"))
    if not os.path.isdir(folder / path):
        raise FileError(NOT_FOUND, said("there is no folder {path!r}", path=path))
    if ref:
        return CommitTree(folder / path, ref)
    root = root_in(folder / path)
    if root is None:
        problem = "the folder {path!r} holds neither exercises/lessonNN nor lessonNN folders"
        raise FileError(NOT_FOUND, said(problem, path=path))
    return FolderTree(root)


def _folders_of(names: Sequence[str], folder: Path) -> dict[str, list[str]]:
    """Return the folders of each user: those with the name, or that end in ``-NAME``.

    A folder that fits several names (``x-ada`` and ``ada``) is the longest one's.
    """
    found: dict[str, list[str]] = {name: [] for name in names}
    for entry in sorted(entry.name for entry in folder.iterdir() if entry.is_dir()):
        fits = [name for name in found if f"-{entry}".casefold().endswith(f"-{name}".casefold())]
        if fits:
            found[max(fits, key=len)].append(entry)
    return found


def _only_folder(name: str, folders: list[str]) -> str:
    if not folders:
        none = "there is no folder {folder!r} or '...-{name}'"
        raise FileError(NOT_FOUND, said(none, folder=name, name=name))
    if len(folders) > 1:
        many = "there are {count} folders: {names}"
        raise FileError(NOT_FOUND, said(many, count=len(folders), names=", ".join(folders)))
    return folders[0]


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
            return numbered(names)
        chosen = longer
