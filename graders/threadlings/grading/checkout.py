"""Finding what a student handed in: a folder, and in it one regular file for each lesson."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..manifest import Lesson
from .faults import UsageError
from .limits import Limits

_LESSON_FOLDER = re.compile(r"lesson\d\d")


class FileError(Exception):
    """There is no file to grade; ``status`` is the lesson's, the text is for the student."""

    def __init__(self, status: str, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Checkout:
    """What one student handed in.

    Attributes:
        name: What the gradebook calls it; no two of a grading are equal.
        root: The folder that holds ``lessonNN`` folders.
        only: The name of the one lesson folder that was asked for, or None for all.
    """

    name: str
    root: Path
    only: str | None = None

    def has(self, lesson: Lesson) -> bool:
        """Return True if this lesson is to be graded in this checkout."""
        return self.only in (None, lesson.folder)

    def source_of(self, lesson: Lesson, limits: Limits) -> bytes:
        """Read the student's file of a lesson.

        Raises:
            FileError: If there is none, or it is not a regular file that can be read.
        """
        folder = self.root / lesson.folder
        if folder.is_symlink():
            raise FileError("unusable", f"{lesson.folder} is a symbolic link, not a folder")
        return _regular_file(folder / f"{lesson.module}.py", lesson.file, limits.source_bytes)


def find_checkouts(paths: Sequence[Path]) -> list[Checkout]:
    """Say what the paths of a command mean.

    A path is a checkout (with ``exercises/lessonNN``), a folder that holds ``lessonNN``
    folders, or one ``lessonNN`` folder.

    Raises:
        UsageError: If a path does not exist or holds no lesson.
    """
    found = [_find(Path(os.path.abspath(path)), path) for path in paths]
    names = _distinct([_labels(path) for path, _root, _only in found])
    return [
        Checkout(name, root, only) for name, (_path, root, only) in zip(names, found, strict=True)
    ]


def _find(path: Path, given: Path) -> tuple[Path, Path, str | None]:
    if not path.exists():
        raise UsageError(f"{given} does not exist")
    if not path.is_dir():
        raise UsageError(f"{given} is a file: give the folder that holds the lesson folders")
    if _LESSON_FOLDER.fullmatch(path.name):
        return path, path.parent, path.name
    for root in (path / "exercises", path):
        if not root.is_symlink() and _holds_lessons(root):
            return path, root, None
    raise UsageError(
        f"{given} holds nothing to grade: neither exercises/lessonNN nor lessonNN folders"
    )


def _holds_lessons(root: Path) -> bool:
    return root.is_dir() and any(_LESSON_FOLDER.fullmatch(entry.name) for entry in root.iterdir())


def _labels(path: Path) -> list[str]:
    """Return names for a folder, from the shortest that will do to the whole path."""
    parts = path.parts
    first = 2 if _LESSON_FOLDER.fullmatch(path.name) else 1
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


def _regular_file(path: Path, shown: str, max_bytes: int) -> bytes:
    """Read a regular file; a link, a pipe or a device is refused without being opened."""
    try:
        kind = path.lstat().st_mode
        if stat.S_ISLNK(kind):
            raise FileError("unusable", f"{shown} is a symbolic link, not a file")
        if not stat.S_ISREG(kind):
            raise FileError("unusable", f"{shown} is not a regular file")
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with open(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:
            data = file.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise FileError("missing", f"no file {shown}") from None
    except OSError as error:
        raise FileError("unusable", f"{shown} cannot be read: {error.strerror}") from None
    if len(data) > max_bytes:
        raise FileError("unusable", f"{shown} is larger than {max_bytes} bytes")
    return data
