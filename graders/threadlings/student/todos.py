"""The TODOs in a student's file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..manifest import Lesson


@dataclass(frozen=True)
class Todo:
    """A TODO: the line it stands in, from 1, and the duty that it names."""

    line: int
    duty: str


def find_todo(file: Path, task: int) -> Todo | None:
    """Return the first TODO of a task in a file; None if it has none or cannot be read."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    for number, line in enumerate(lines, start=1):
        if line.strip().startswith(f"# TODO {task}:"):
            return Todo(number, line.split(":", 1)[1].strip())
    return None


def open_todos(source: str, lesson: Lesson) -> int:
    """Count what still stands in for an answer in a lesson's file: raises and ellipses."""
    ends = (f"TODO {task.number} in exercises/{lesson.file}" for task in lesson.tasks)
    return sum(source.count(f"{end}\n") + source.count(f'{end}"') for end in ends)
