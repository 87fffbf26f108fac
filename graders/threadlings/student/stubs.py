"""``threadlings reset``: the lesson's file as it was handed out, and a copy of the student's."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ..files import write_whole
from ..language import said
from ..manifest import Lesson
from ..usage import UsageError
from .course import Course
from .todos import open_todos

_MOST_VERSIONS = 500


def pristine(course: Course, lesson: Lesson) -> str:
    """Return the lesson's file as it was handed out, from the repository's history.

    Of all its committed versions that is the one with the most TODOs left, the newest of them if
    there are several: a student's own commits have fewer, an instructor's correction has not.

    Raises:
        UsageError: If there is no git, no repository, or no version with a TODO in its history.
    """
    name = course.shown(course.file_of(lesson))
    commits = _git(course, "log", f"--max-count={_MOST_VERSIONS}", "--format=%H", "--", name)
    best, most = "", 0
    for commit in commits.split():
        source = _git(course, "show", f"{commit}:./{name}")
        count = open_todos(source, lesson)
        if count > most:
            best, most = source, count
    if not best:
        raise UsageError(
            said("git has no unfinished {name}: copy it from the course's repository", name=name)
        )
    return best


def reset(file: Path, source: str) -> Path | None:
    """Put a file back, and keep what was there beside it.

    Returns:
        The copy; None if there was nothing to keep.
    Raises:
        OSError: If a file cannot be written.
    """
    copy = copied(file) if file.is_file() else None
    write_whole(file, source)
    return copy


def copied(file: Path) -> Path:
    """Copy a file to a name beside it that is not taken, and return the copy."""
    number = 1
    while (copy := file.with_name(f"{file.name}.{number}.bak")).exists():
        number += 1
    copy.write_bytes(file.read_bytes())
    return copy


def _git(course: Course, *words: str) -> str:
    """Return what git prints; empty if that version has no such file."""
    try:
        done = subprocess.run(["git", *words], cwd=course.root, capture_output=True)
    except OSError:
        raise UsageError(said("reset needs git, which is not installed here")) from None
    if done.returncode == 128 and words[0] == "log":
        raise UsageError(
            said("{root} is no git repository: clone the course with git", root=course.root)
        )
    return done.stdout.decode("utf-8", "replace").replace("\r\n", "\n")
