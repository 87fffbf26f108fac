"""A class of our own: rosters, results and repositories, without any lesson of the course."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from threadlings.gradebook import LessonGrade, TaskGrade
from threadlings.judging import Results
from threadlings.manifest import Lesson, Task

MODULES = {1: "tiny", 2: "other"}
LESSONS = tuple(
    Lesson(number, module, "adding", (Task(1, "double", 10),)) for number, module in MODULES.items()
)
MANIFEST = "".join(
    f'[[lesson]]\nnumber = {lesson.number}\nmodule = "{lesson.module}"\ntitle = "adding"\n'
    '[[lesson.task]]\nnumber = 1\ntitle = "double"\npoints = 10\n'
    for lesson in LESSONS
)


def write_class(roster: Path, students: int, columns: str = "student,path,email") -> list[str]:
    """Write a roster with so many students, and return their names."""
    names = [f"student{number:04d}" for number in range(students)]
    lines = [columns, *(f"{name},{name},{name}@example.org" for name in names)]
    roster.write_text("\n".join(lines) + "\n")
    return names


def keep(folder: Path, name: str, points: int = 10, lessons: tuple[Lesson, ...] = LESSONS) -> None:
    """Write a student's results, as a grading does."""
    results = Results(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for lesson in lessons:
        task = TaskGrade(1, "double", points, 10)
        grade = LessonGrade(lesson.number, "adding", "passed", points, 10, tasks=(task,))
        results.add(name, {"source": name, "sandbox": "yes"}, grade)
    results.write_rest()


@pytest.fixture
def lessons_file(tmp_path: Path) -> Path:
    """A manifest of two small lessons."""
    file = tmp_path / "lessons.toml"
    file.write_text(MANIFEST)
    return file


@pytest.fixture(autouse=True)
def _no_git_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("GIT_", "GITHUB_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def git(folder: Path, *words: str) -> str:
    """Run git in a folder, and return what it prints."""
    who = ("-c", "user.name=Student", "-c", "user.email=student@example.org")
    command = ["git", "-C", str(folder), *who, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def hand_in(folder: Path, source: str = "x = 1\n") -> str:
    """Make a repository with one lesson on branch main, and return its commit."""
    file = folder / "exercises" / "lesson01" / "tiny.py"
    file.parent.mkdir(parents=True)
    file.write_text(source)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", "Work")
    return git(folder, "rev-parse", "HEAD")
