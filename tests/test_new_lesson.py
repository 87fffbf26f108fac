"""A new lesson: made by the command, completed with submissions, checked and published."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from threadlings import manifest, new_lesson
from threadlings.usage import UsageError

ROOT = Path(__file__).parent.parent
NUMBER = max(lesson.number for lesson in manifest.read()) + 1
HEAD = "from threading import Thread\n\n\ndef started(target):\n"
RIGHT = {
    "daemon": "made = Thread(target=target, daemon=True)\nmade.start()\nreturn made",
    "lambda": "made = Thread(target=lambda: target())\nmade.start()\nreturn made",
    "arguments": (
        "made = Thread(target=lambda call: call(), args=(target,))\nmade.start()\nreturn made"
    ),
}
WRONG = {
    "nothing": ("AttributeError", "pass"),
    "not_started": ("RuntimeError", "return Thread(target=target)"),
    "called_here": ("RuntimeError", "target()\nreturn Thread(target=target)"),
    "called_twice": (
        "called as",
        "def twice():\n    target()\n    target()\n\nmade = Thread(target=twice)\nmade.start()\n"
        "return made",
    ),
    "run_for_start": ("RuntimeError", "made = Thread(target=target)\nmade.run()\nreturn made"),
    "called_with_something": (
        "TypeError",
        "made = Thread(target=target, args=(1,))\nmade.start()\nreturn made",
    ),
    "never_called": ("called as []", "made = Thread()\nmade.start()\nreturn made"),
    "result_of_start": ("AttributeError", "return Thread(target=target).start()"),
    "waits_a_while": (
        "started() waited 1 s",
        "made = Thread(target=target)\nmade.start()\nmade.join(1)\nreturn made",
    ),
}


def program_of(body):
    return HEAD + "".join(f"    {line}\n" if line else "\n" for line in body.split("\n"))


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A clone with one more lesson, as somebody makes it who follows the recipe."""
    root = tmp_path_factory.mktemp("new") / "course"
    _done(["git", "clone", "-q", str(ROOT), str(root)], ROOT)
    changed = _done(["git", "ls-files", "-co", "--exclude-standard"], ROOT).split("\n")
    for name in filter(None, changed):  # What is not committed yet is tested too.
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes((ROOT / name).read_bytes())
    _threadlings(root, "new-lesson", str(NUMBER), "barrier", "--title", "a barrier")
    kept = root / "tests" / "submissions" / f"lesson{NUMBER:02d}"
    for name, body in RIGHT.items():
        (kept / "right" / f"{name}.py").write_text(program_of(body))
    for name, (reason, body) in WRONG.items():
        text = f"# task: 1; reason: {reason}\n{program_of(body)}"
        (kept / "wrong" / f"{name}.py").write_text(text)
    _done(["git", "add", "-A"], root)
    identity = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org"]
    _done(["git", *identity, "commit", "-q", "-m", "a lesson"], root)
    return root


def _done(command, folder, **environment):
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _threadlings(root, *words):
    command = [sys.executable, "-m", "threadlings", *words]
    return _done(command, root, PYTHONPATH=str(root / "graders"))


def test_it_is_complete_and_every_verdict_is_right(repository):
    assert "problems: 0" in _threadlings(repository, "self-check", "--lesson", str(NUMBER))


def test_its_files_are_as_the_tools_want_them(repository):
    for tool in (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]):
        _done([sys.executable, "-m", *tool], repository)


def test_it_is_published_without_a_leak(repository):
    assert "nothing was written" in _threadlings(repository, "publish", "--dry-run")


@pytest.mark.parametrize(
    "name",
    [
        *("test_manifest.py", "test_repository.py", "language", "lessons/test_guide.py"),
        "promises",
        *(f"student/{path.name}" for path in sorted(ROOT.glob("tests/student/test_*.py"))),
    ],
)
def test_no_test_knows_how_many_lessons_there_are(repository, name):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/{name}"]
    _done(command, repository, PYTHONPATH=str(repository / "graders"))


def test_the_examples_on_its_pages_run(repository):
    pages = ["tests/lessons/test_page_examples.py", "-k", f"lesson{NUMBER}"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *pages]
    assert "3 passed" in _done(command, repository, PYTHONPATH=str(repository / "graders"))


@pytest.mark.parametrize(
    ("number", "module", "title", "why"),
    [
        (0, "barrier", "a barrier", "1 to 99, not 0"),
        (100, "barrier", "a barrier", "1 to 99, not 100"),
        (1, "barrier", "a barrier", "lesson 1 is there already"),
        (NUMBER, "locks", "locks again", "the module locks is that of lesson 8"),
        (NUMBER, "my-barrier", "a barrier", "'my-barrier' is no name of a module"),
        (NUMBER, "class", "a class", "'class' is no name of a module"),
        (NUMBER, "barrier", 'a "barrier"', "a title has no quotes"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(tmp_path, number, module, title, why):
    with pytest.raises(UsageError, match=why):
        new_lesson.make(tmp_path, number, module, title, manifest.read())
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays(tmp_path):
    skeleton = tmp_path / ".github" / "skeleton"
    for source in new_lesson._TARGETS:
        (skeleton / source).parent.mkdir(parents=True, exist_ok=True)
        (skeleton / source).write_text("$module")
    there = tmp_path / "solutions" / f"lesson{NUMBER:02d}" / "barrier.py"
    there.parent.mkdir(parents=True)
    there.write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        new_lesson.make(tmp_path, NUMBER, "barrier", "a barrier", [])
    assert there.read_text() == "mine"
    assert not (tmp_path / "exercises").exists()
