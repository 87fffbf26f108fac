"""``threadlings replay``: the student's own program under letters."""

from __future__ import annotations

import pytest

from threadlings.student.progress import last_result
from threadlings.usage import DONE, TASKS_LEFT

from .conftest import Command, School

Capture = pytest.CaptureFixture[str]


def test_the_losing_schedule_is_shown_step_by_step(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    school.get_wrong("no_lock")
    assert threadlings("replay", "8", "ABBA") == DONE
    told = capsys.readouterr().out
    assert told.startswith("lesson08 task 1: Two increments at the same time both count.\n")
    steps = [line.split() for line in told.splitlines() if line[:4].strip().isdecimal()]
    assert [step[1] for step in steps] == ["reads", "reads", "writes", "writes"]
    assert told.endswith("the program returned 1\n")
    assert last_result(school.course, school.lesson) is None, "a replay is no check"


def test_another_order_ends_in_another_way(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    school.get_wrong("no_lock")
    assert threadlings("replay", "8", "AABB") == DONE
    assert "locks.py:11\n\nthe program returned 2\n" in capsys.readouterr().out


def test_a_deadlock_is_told(school: School, threadlings: Command, capsys: Capture) -> None:
    school.get_wrong("transfer_locks_the_source_first")
    assert threadlings("replay", "8", "AB", "--lang", "ko") == DONE
    assert "deadlock: 아무도 더 나아갈 수 없습니다" in capsys.readouterr().out


def test_letters_that_no_program_follows_are_told(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    school.solve()
    assert threadlings("replay", "8", "ABABABAB") == TASKS_LEFT
    told = capsys.readouterr().out
    assert told.startswith("no program of lesson08 goes ABABABAB;")
    assert told.endswith("  threadlings check 8\n")
