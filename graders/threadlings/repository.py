"""The instructor's repository, which holds what is hidden."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import threadlings

from .language import add_messages
from .manifest import Lesson
from .usage import UsageError


def find_graders() -> Path:
    """Return the folder of the hidden graders: beside the package, in the repository.

    Raises:
        UsageError: If this is not the instructor's repository.
    """
    folder = _beside()
    if not has_graders():
        raise UsageError(
            f"{folder} has no hidden graders (lessonNN/grade_*.py): "
            "grading needs the instructor's repository, installed with pip install -e"
        )
    return folder


def has_graders() -> bool:
    """Return True in the instructor's repository."""
    return any(_beside().glob("lesson[0-9][0-9]/grade_*.py"))


def _beside() -> Path:
    return Path(threadlings.__file__).resolve().parent.parent


def know_messages(graders: Path, lessons: Iterable[Lesson]) -> None:
    """Let what the checks of lessons say be translated: what is visible, and what is hidden."""
    for lesson in lessons:
        add_messages(graders.parent / "exercises" / lesson.folder)
        add_messages(graders / lesson.folder)
