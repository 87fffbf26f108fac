"""A small instructor's repository, so that these tests need none of the course."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from threadlings import cli

STUB = '''"""Lesson 01: adding."""

# Given: do not change.
from threading import Lock


class Total:
    """A number that threads add to."""

    def add(self, amount: int) -> int:
        """Add ``amount``, and return the sum."""
        # TODO 1: nobody may come between.
        raise NotImplementedError("TODO 1 in exercises/lesson01/tiny.py")


# Given: do not change.
def shown(total: Total) -> str:
    """Return the number for people."""
    text = f"the total is {total.n}"
    print(text)
    return text
'''
SOLVED = """with self.lock:
            # The look and the change are under one lock.
            before = self.n
            self.n = before + amount
        return before + amount"""
SOLUTION = STUB.replace(
    """# TODO 1: nobody may come between.
        raise NotImplementedError("TODO 1 in exercises/lesson01/tiny.py")""",
    SOLVED,
)
VISIBLE = '''"""What you can check yourself."""


def test_sum(lesson):
    """Sums are right."""
    total = lesson.Total()
    assert total.add(2) == 2
'''
GRADER = '''"""Hidden checks."""

import pytest


def test_sum(submission):
    """Sums are right."""
    assert submission.run(sums, first=2) == 2


@pytest.mark.task(1)
def test_nobody_comes_between(submission):
    """No addition is lost."""
    for amounts in ([2, 3], [40, 2], [7, 7, 7]):
        seen = submission.run(sums, amounts=amounts)
        if max(seen) != sum(amounts):
            raise Broken(f"{amounts} gave {seen}")
'''
EXPECTED = '{\n  "amounts": [40, 2],\n  "seen": [40, 42]\n}\n'
RIGHT = """from threading import RLock


class Total:
    def __init__(self):
        self.guard = RLock()
        self.numbers = []

    def add(self, amount):
        with self.guard:
            self.numbers.append(amount)
            return sum(self.numbers)
"""
FILES = {
    ".github/DESIGN.md": "# Design\n",
    ".github/shared-lines.toml": "",
    ".github/solutions/README.md": "# Solutions\n",
    ".github/student/README.ko.md": "# 실습\n",
    ".github/student/README.md": "# Exercises\n",
    ".github/workflows/feedback.yml": "on: push\n",
    ".github/workflows/grade.yml": "on: workflow_dispatch\n",
    ".gitignore": "__pycache__/\n",
    "exercises/lesson01/README.ko.md": "# Lesson 01: 더하기\n",
    "exercises/lesson01/README.md": "# Lesson 01: adding\n",
    "exercises/lesson01/test_tiny.py": VISIBLE,
    "exercises/lesson01/tiny.py": STUB,
    "graders/lesson01/expected.json": EXPECTED,
    "graders/lesson01/grade_tiny.py": GRADER,
    "graders/threadlings/__init__.py": '"""The package."""\n',
    "graders/threadlings/py.typed": "",
    "pyproject.toml": "[project]\n",
    "solutions/lesson01/tiny.py": SOLUTION,
    "tests/__init__.py": "",
    "tests/submissions/lesson01/right/other.py": RIGHT,
    "tests/test_tool.py": "def test_the_tool_works():\n    assert True\n",
}
STUDENT_FILES = [
    ".github/workflows/feedback.yml",
    ".gitignore",
    "README.ko.md",
    "README.md",
    "exercises/lesson01/README.ko.md",
    "exercises/lesson01/README.md",
    "exercises/lesson01/test_tiny.py",
    "exercises/lesson01/tiny.py",
    "graders/threadlings/__init__.py",
    "graders/threadlings/py.typed",
    "pyproject.toml",
]
SOLUTIONS_FILES = ["README.md", "solutions/lesson01/tiny.py"]


@dataclass(frozen=True)
class Place:
    """A git repository of these tests."""

    root: Path

    def git(self, *words: str) -> str:
        """Run git in it, and return what it prints."""
        command = ["git", "-C", str(self.root), *words]
        done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
        return done.stdout.strip()

    def publish(self, *words: str) -> int:
        """Run ``threadlings publish``, and return its exit code."""
        return cli.main(["publish", *words], graders=self.root / "graders")

    def put(self, path: str, text: str) -> None:
        """Write a file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def commit(self, files: dict[str, str] | None = None) -> None:
        """Write files and commit everything."""
        for path, text in (files or {}).items():
            self.put(path, text)
        self.git("add", "-A")
        self.git("commit", "--quiet", "-m", "Change")

    def files_of(self, commit: str) -> list[str]:
        """Return the paths of a commit's files."""
        return self.git("ls-tree", "-r", "--name-only", commit).splitlines()

    def commits_of(self, branch: str) -> list[str]:
        """Return the commits of a branch, the last one first."""
        return self.git("rev-list", branch, "--").splitlines()

    def branches(self) -> dict[str, str]:
        """Return the branches and their commits."""
        listed = self.git("for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads")
        return dict(line.split() for line in listed.splitlines())

    def everything(self) -> dict[str, bytes]:
        """Return every file in the folder, git's own included."""
        paths = (path for path in self.root.rglob("*") if path.is_file())
        return {str(path.relative_to(self.root)): path.read_bytes() for path in paths}


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small repository with one commit, to be copied."""
    place = Place(tmp_path_factory.mktemp("pristine") / "course")
    place.root.mkdir()
    place.git("init", "--quiet", "--initial-branch=main")
    for path, text in FILES.items():
        place.put(path, text)
    place.git("add", "-A")
    who = ("-c", "user.name=Instructor", "-c", "user.email=instructor@example.org")
    place.git(*who, "commit", "--quiet", "-m", "Begin")
    return place.root


def use_git_as(file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let git know who the user is from ``file``, and nothing else of this machine."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    file.write_text("[user]\n\tname = Instructor\n\temail = instructor@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(file))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return file


@pytest.fixture
def git_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the user's own git configuration."""
    return use_git_as(tmp_path / "gitconfig", monkeypatch)


@pytest.fixture
def course(tmp_path: Path, pristine: Path, git_home: Path) -> Place:
    """The small repository, clean, on ``main``."""
    return Place(Path(shutil.copytree(pristine, tmp_path / "course", symlinks=True)))


@pytest.fixture
def bare(tmp_path: Path, course: Place) -> Place:
    """A bare repository that the small one knows as ``template``."""
    place = Place(tmp_path / "template.git")
    place.root.mkdir()
    place.git("init", "--quiet", "--bare", "--initial-branch=student")
    course.git("remote", "add", "template", str(place.root))
    return place
