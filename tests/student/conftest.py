"""A student's copy of the course, and the command as a student runs it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from threadlings import __main__, language, manifest
from threadlings.manifest import Lesson
from threadlings.student.course import Course

ROOT = Path(__file__).parent.parent.parent
LESSONS = manifest.read()
LOCKS = "exercises/lesson08/locks.py"

Command = Callable[..., int]


class School:
    """A copy of some lessons, as a student has them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.course = Course(root, LESSONS)
        self.lesson: Lesson = next(lesson for lesson in LESSONS if lesson.number == 8)
        for folder in ("lesson01", "lesson08"):
            caches = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / "exercises" / folder, root / "exercises" / folder, ignore=caches)

    def write(self, source: Path) -> None:
        """Let the student's file of lesson 08 be another file."""
        shutil.copyfile(source, self.root / LOCKS)

    def solve(self) -> None:
        """Let the student's file be the solution."""
        self.write(ROOT / "solutions" / "lesson08" / "locks.py")

    def get_wrong(self, name: str = "no_lock") -> None:
        """Let the student's file be one of the wrong submissions."""
        self.write(ROOT / "tests" / "submissions" / "lesson08" / "wrong" / f"{name}.py")

    def git(self, *words: str) -> None:
        """Run git in the copy."""
        identity = ["-c", "user.name=student", "-c", "user.email=student@example.org"]
        command = ["git", *identity, "-c", "core.autocrlf=false", *words]
        subprocess.run(command, cwd=self.root, check=True, capture_output=True)

    def commit(self) -> None:
        """Commit everything."""
        self.git("add", "-A")
        self.git("commit", "-qm", "work")


@pytest.fixture
def school(tmp_path: Path) -> School:
    """A student's copy of lessons 01 and 08."""
    root = tmp_path / "course"
    root.mkdir()
    return School(root)


@pytest.fixture
def threadlings(school: School, monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """The command, called in the student's copy; returns the exit code."""
    monkeypatch.chdir(school.root)

    def run(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["threadlings", *words])
        return __main__.main()

    yield run
    language.choose("en")
