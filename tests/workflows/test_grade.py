"""A class is graded by the jobs of grade.yml as it is by one command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from threadlings import cli, usage
from threadlings.cells import find_sandbox, why_no_sandbox

from ..grading.conftest import GRADER, MANIFEST, RIGHT, STUB
from .conftest import ROOT, Runner, commit_all

TOKEN = "github_pat_secret"
STUDENTS = 30
CHUNKS = 4
WRONG = RIGHT.replace("with self.lock:", "if True:")
pytestmark = pytest.mark.timeout(600)  # Of a busy machine; act has no limit of its own.


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """An instructor's repository whose only lesson is a small one."""
    if find_sandbox() is None:
        pytest.skip(f"grade.yml requires a sandbox: {why_no_sandbox()}")
    root = tmp_path / "course"
    ignored = shutil.ignore_patterns("__pycache__")
    package = root / "graders" / "threadlings"
    shutil.copytree(ROOT / "graders" / "threadlings", package, ignore=ignored)
    (package / "lessons.toml").write_text(MANIFEST)
    (root / "graders" / "lesson01").mkdir()
    (root / "graders" / "lesson01" / "grade_tiny.py").write_text(GRADER)
    for name in ("pyproject.toml", "README.md", ".gitignore"):
        shutil.copy2(ROOT / name, root / name)
    (root / ".github" / "workflows").mkdir(parents=True)
    shutil.copy2(ROOT / ".github" / "workflows" / "grade.yml", root / ".github" / "workflows")
    return root


def _hand_in(folder: Path, source: str | None) -> None:
    lesson = folder / "exercises" / "lesson01"
    lesson.mkdir(parents=True)
    (lesson / "README.md").write_text("# Lesson 01\n")
    if source is not None:
        (lesson / "tiny.py").write_text(source)
    commit_all(folder)


def _write_roster(course: Path, repositories: dict[str, str]) -> Path:
    roster = course / ".github" / "roster.csv"
    rows = [f"{name},{where},{name}@example.org\n" for name, where in repositories.items()]
    roster.write_text("student,repository,email\n" + "".join(rows))
    commit_all(course)
    return roster


def _in_one_go(course: Path, roster: Path, folder: Path) -> Path:
    """Grade the class with one command, and return the gradebook."""
    graders = course / "graders"
    work, book = folder / "work", folder / "gradebook.json"
    zero = "--missing-is-zero"
    assert cli.main(["fetch", str(roster), "--into", str(work), zero]) == usage.DONE
    words = ["grade", str(work / "roster.csv"), "--results", str(folder / "results"), zero]
    words += ["--json", str(book), "--export", "canvas", "--export", "moodle", "--export", "html"]
    words += ["--feedback-for-students", str(folder / "feedback")]
    lessons_file = graders / "threadlings" / "lessons.toml"
    assert cli.main(words, lessons_file=lessons_file, graders=graders) == usage.TASKS_LEFT
    return book


def test_a_class_in_chunks_has_the_gradebook_of_a_class_in_one_go(
    course: Path, tmp_path: Path, runner: Runner
) -> None:
    sources = {"right": RIGHT, "wrong": WRONG, "stub": STUB, "none": None}
    for name, source in sources.items():
        _hand_in(tmp_path / name, source)
    kinds = [*sources, "stub", "gone"]  # Of "gone" there is no repository.
    where = {f"student{n:02d}": str(tmp_path / kinds[n % len(kinds)]) for n in range(STUDENTS)}
    roster = _write_roster(course, where)

    words = ["--input", "minutes_per_job=8", "--input", "missing_is_zero=true"]
    words += ["--secret", f"STUDENTS_READ_TOKEN={TOKEN}"]
    outcome = runner.run(course, "workflow_dispatch", "grade.yml", *words)
    assert outcome.is_green, outcome.log
    chunks = sorted(path.name for path in runner.artifacts.glob("chunk-*"))
    assert chunks == [f"chunk-{n:03d}-of-{CHUNKS:03d}" for n in range(1, CHUNKS + 1)]

    whole, merged = tmp_path / "whole", runner.artifacts / "gradebook"
    whole.mkdir()
    book = _in_one_go(course, roster, whole)
    data = json.loads(book.read_text())
    assert {each["points"] for each in data["submissions"]} == {0, 4, 10}
    assert len(data["submissions"]) == STUDENTS
    for name in ("gradebook.csv", "canvas.csv", "moodle.csv", "class.html"):
        assert (merged / "results" / name).read_bytes() == (whole / "results" / name).read_bytes()
    assert (merged / "gradebook.json").read_bytes() == book.read_bytes()
    pages = {path.name: path.read_text() for path in (whole / "feedback").iterdir()}
    assert {p.name: p.read_text() for p in (merged / "feedback").iterdir()} == pages
    assert len(pages) == 2 * STUDENTS  # Markdown and HTML.
    assert "| student29 |" in outcome.summary

    uploaded = [path for path in runner.artifacts.rglob("*") if path.is_file()]
    assert not any(TOKEN.encode() in path.read_bytes() for path in uploaded)
    assert TOKEN not in outcome.log


def test_a_chunk_that_fails_leaves_the_others_and_is_told_by_name(
    course: Path, tmp_path: Path, runner: Runner
) -> None:
    _hand_in(tmp_path / "right", RIGHT)
    where = {"ada": str(tmp_path / "right"), "ben": "http://127.0.0.1:9/ben.git"}
    _write_roster(course, where)
    outcome = runner.run(course, "workflow_dispatch", "grade.yml")
    assert not outcome.is_green
    assert "ben: no mark, not read: lesson01" in outcome.summary, outcome.log
    rows = (runner.artifacts / "gradebook" / "results" / "gradebook.csv").read_text("utf-8-sig")
    assert rows.splitlines()[1].startswith("ada,10,10,10")


def test_a_schedule_does_nothing_until_it_is_asked_for(course: Path, runner: Runner) -> None:
    _write_roster(course, {"ada": "school/ada"})
    outcome = runner.run(course, "schedule", "grade.yml")
    assert outcome.is_green
    assert "Run Main Install" not in outcome.log
    asked = runner.run(course, "schedule", "grade.yml", "--var", "GRADE_ON_SCHEDULE=true", "-n")
    assert "Run Main Install" in asked.log, asked.log
