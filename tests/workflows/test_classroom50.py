"""The entry for Classroom 50 makes the same grades, and ends well whatever they are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

AUTOGRADER = ROOT / ".github" / "classroom50" / "autograder.py"
REQUIRED = {
    *("schema", "classroom", "assignment", "assignment_type", "owner", "submission", "commit"),
    *("release", "review", "datetime", "score", "max-score", "tests"),
}
KEPT = ("HOME", "PATH", "TMPDIR")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="grading is for Linux and macOS")


def _graded(checkout: Path, source: Path | None, assignment: str = "hw-lesson08") -> int:
    lesson = checkout / "exercises" / "lesson08"
    lesson.mkdir(parents=True)
    if source is not None:
        shutil.copyfile(source, lesson / "locks.py")
    (checkout / "threadlings.py").write_text("raise SystemExit('the student was imported')\n")
    (checkout / "csv.py").write_text("raise SystemExit('the student was imported')\n")
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment |= {"ASSIGNMENT": assignment, "CLASSROOM": "threads", "OWNER": "ada"}
    return subprocess.run(
        [sys.executable, str(AUTOGRADER)], cwd=checkout, env=environment
    ).returncode


@pytest.mark.parametrize(
    ("source", "score"),
    [
        (ROOT / "solutions" / "lesson08" / "locks.py", 10),
        (ROOT / "exercises" / "lesson08" / "locks.py", 0),
        (None, 0),
    ],
    ids=["right", "untouched", "missing"],
)
def test_it_ends_with_0_and_a_result(tmp_path: Path, source: Path | None, score: int) -> None:
    assert _graded(tmp_path, source) == 0
    result = json.loads((tmp_path / "result.json").read_text())
    assert set(result) >= REQUIRED
    assert (result["score"], result["max-score"]) == (score, 10)
    assert (result["owner"], result["assignment"]) == ("ada", "hw-lesson08")
    assert sum(test["score"] for test in result["tests"]) == score
    assert {type(test["score"]) for test in result["tests"]} == {int}


def test_a_mark_that_was_not_made_is_no_result(tmp_path: Path) -> None:
    assert _graded(tmp_path, None, "lesson99") == 2
    assert not (tmp_path / "result.json").exists()
