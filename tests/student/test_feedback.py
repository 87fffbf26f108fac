"""``threadlings feedback``: red only where something that was started is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from threadlings.usage import OUR_FAULT

from .conftest import LOCKS, ROOT, Command, School


@pytest.fixture
def school(school: School, monkeypatch: pytest.MonkeyPatch) -> School:
    """The student's copy, of a course of two lessons."""
    lessons = tuple(lesson for lesson in school.course.lessons if lesson.number in (1, 8))
    monkeypatch.setattr("threadlings.manifest.read", lambda: lessons)
    return school


def test_an_untouched_course_is_green(
    threadlings: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert threadlings("feedback") == 0
    rows = capsys.readouterr().out.splitlines()[2:4]
    assert [row.split("|")[4].strip() for row in rows] == ["not started", "not started"]


def test_a_started_lesson_that_fails_is_red_and_says_why(
    school: School, threadlings: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    school.get_wrong()
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    assert threadlings("feedback", "--summary", str(summary)) == 1
    told = capsys.readouterr().out
    assert "broken" in told.splitlines()[3]
    assert "### lesson08" in told
    assert "### lesson01" not in told
    assert "    lesson08 task 1:" in told
    assert summary.read_text() == f"before\n{told}".removesuffix("\n")


def test_a_lesson_that_is_done_is_green(
    school: School, threadlings: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    school.solve()
    assert threadlings("feedback") == 0
    assert "10/10 | done, done" in capsys.readouterr().out


def test_a_task_that_is_still_open_is_not_red(
    school: School, threadlings: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    solved = (ROOT / "solutions" / "lesson08" / "locks.py").read_text()
    stub = (ROOT / LOCKS).read_text()
    mark = "class Account"
    (school.root / LOCKS).write_text(solved.split(mark)[0] + mark + stub.split(mark)[1])
    assert threadlings("feedback") == 0
    assert "| done, done, done, open |" in capsys.readouterr().out


def test_a_file_that_cannot_be_compiled_is_red(school: School, threadlings: Command) -> None:
    (school.root / LOCKS).write_text("def (:\n")
    assert threadlings("feedback") == 1


def test_visible_tests_that_were_taken_away_are_red(
    school: School, threadlings: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    school.solve()
    (school.root / "exercises" / "lesson08" / "test_locks.py").unlink()
    assert threadlings("feedback") == 1
    assert "put it back" in capsys.readouterr().out


def test_tests_without_a_result_are_our_fault(
    school: School, threadlings: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    school.course.tests_of(school.lesson).write_text("import nothing_of_that_name")
    assert threadlings("feedback") == OUR_FAULT
    assert "nothing_of_that_name" in capsys.readouterr().out
