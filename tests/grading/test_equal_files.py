"""Equal files are graded once, and each student has the grade."""

from __future__ import annotations

from pathlib import Path

import pytest

from threadlings import cli, usage
from threadlings.gradebook import LessonGrade
from threadlings.judging.grading import _Gradings
from threadlings.manifest import Lesson

from .conftest import RIGHT, STUB, School


@pytest.fixture
def graded(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The sources that a grader was asked about, as they come."""
    asked: list[bytes] = []
    real = _Gradings._graded

    def note(self: _Gradings, lesson: Lesson, source: bytes, files: list[Path]) -> LessonGrade:
        asked.append(source)
        return real(self, lesson, source, files)

    monkeypatch.setattr(_Gradings, "_graded", note)
    return asked


def _run(school: School, *words: str) -> int:
    command = ["grade", str(school.root / "class"), "--results", str(school.root / "grades")]
    return cli.main([*command, *words], lessons_file=school.lessons_file, graders=school.graders)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_untouched_stubs_of_a_class_are_graded_once(
    school: School, graded: list[bytes], jobs: str
) -> None:
    for number in range(6):
        school.hand_in(STUB, f"student{number}")
    school.hand_in(RIGHT, "ada")
    assert _run(school, "--jobs", jobs) == usage.TASKS_LEFT
    assert sorted(graded) == sorted([STUB.encode(), RIGHT.encode()])
    rows = (school.root / "grades" / "gradebook.csv").read_text("utf-8-sig").splitlines()
    assert [row.split(",")[1] for row in rows[1:]] == ["10", *["0"] * 6]
    assert len(list((school.root / "grades").glob("*.json"))) == 7


def test_a_grade_without_a_mark_is_nobody_elses(school: School, graded: list[bytes]) -> None:
    school.set_grader("1 / 0")
    for name in ("ada", "ben"):
        school.hand_in(RIGHT, name)
    assert _run(school, "--jobs", "1") == usage.OUR_FAULT
    assert len(graded) == 2
