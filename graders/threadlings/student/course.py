"""Where the student is: the folder that holds ``exercises``, and the lesson that is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..language import said
from ..manifest import Lesson
from ..usage import UsageError

EXERCISES = "exercises"
_LESSON = re.compile(r"(?:lesson)?(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Course:
    """A student's copy of the course: ``root`` is the folder that holds ``exercises``."""

    root: Path
    lessons: Sequence[Lesson]

    @property
    def state_folder(self) -> Path:
        """Where the command keeps what it remembers; it may be deleted at any time."""
        return self.root / ".threadlings"

    def folder_of(self, lesson: Lesson) -> Path:
        """Return the folder of a lesson."""
        return self.root / EXERCISES / lesson.folder

    def file_of(self, lesson: Lesson) -> Path:
        """Return the file that the student writes."""
        return self.root / EXERCISES / lesson.file

    def tests_of(self, lesson: Lesson) -> Path:
        """Return the file of the visible tests."""
        return self.folder_of(lesson) / f"test_{lesson.module}.py"

    def shown(self, path: Path) -> str:
        """Return a path as a student types it: from the root, with ``/``."""
        return path.relative_to(self.root).as_posix()

    def lesson(self, name: str) -> Lesson:
        """Return the lesson that is meant by ``7``, ``07``, ``lesson07``, or a path to it.

        Raises:
            UsageError: If there is none.
        """
        numbers = {lesson.number: lesson for lesson in self.lessons}
        is_path = _LESSON.fullmatch(name) is None and Path(name).exists()
        for part in reversed(Path(name).resolve().parts) if is_path else [name]:
            match = _LESSON.fullmatch(part)
            if match and int(match[1]) in numbers:
                return numbers[int(match[1])]
        first, last = min(numbers), max(numbers)
        raise UsageError(
            said(
                "there is no lesson {name!r}: give a number from {first} to {last}, such as 7",
                name=name,
                first=first,
                last=last,
            )
        )


def find_course(lessons: Sequence[Lesson], start: Path) -> Course:
    """Look for the course in a folder, and in the folders that it is in.

    Raises:
        UsageError: If it is in none of them.
    """
    start = start.resolve()
    for folder in [start, *start.parents]:
        if any((folder / EXERCISES / lesson.folder).is_dir() for lesson in lessons):
            return Course(folder, lessons)
    raise UsageError(
        said(
            "{start} is not in the course: go to the folder that holds exercises and try again",
            start=start,
        )
    )
