"""``threadlings watch``: what is new after each save, and nothing else."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from threadlings.student.watching import watch
from threadlings.usage import WRONG_USAGE

from .conftest import LOCKS, Command, School

Capture = pytest.CaptureFixture[str]


def watched(school: School, capsys: Capture, *saves: str) -> list[str]:
    """Return what is printed at the beginning, and after each save."""
    told = []

    def changes() -> Iterator[None]:
        for save in saves:
            told.append(capsys.readouterr().out)
            if save == "solution":
                school.solve()
            elif save == "remark":
                with (school.root / LOCKS).open("a") as file:
                    file.write("# a remark\n")
            else:
                school.get_wrong(save)
            yield
        told.append(capsys.readouterr().out)

    assert watch(school.course, school.lesson, changes()) == 0
    return told


def test_only_what_changed_is_shown(school: School, capsys: Capture) -> None:
    school.get_wrong("no_lock")
    first, second = watched(school, capsys, "solution")
    assert first.startswith("lesson08 Lock   6 of 10 points\n")
    assert "lost an update" in first
    assert first.endswith("  watching; Ctrl-C ends it\n")
    assert second == (
        "\n  done    task 1  Counter               2/2\n"
        "  done    task 3  increment_many        2/2\n"
        "  lesson08 is done\n"
    )


def test_a_save_that_changes_nothing_says_little_or_nothing(
    school: School, capsys: Capture
) -> None:
    school.get_wrong("no_lock")
    _first, same_content, remark = watched(school, capsys, "no_lock", "remark")
    assert same_content == ""
    assert remark == "  saved; nothing has changed\n"


def test_another_story_of_the_same_task_is_news(school: School, capsys: Capture) -> None:
    school.get_wrong("no_lock")
    _first, second = watched(school, capsys, "lock_taken_twice")
    assert "Counter" not in second, "the task is broken as before"
    assert "deadlock: nobody can go on" in second


def test_without_watchfiles_it_says_what_to_install(
    threadlings: Command, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert threadlings("watch", "8") == WRONG_USAGE
    wanted = "threadlings: watch needs watchfiles: python -m pip install watchfiles\n"
    assert capsys.readouterr().err == wanted


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_the_system_announces_saves_and_ctrl_c_ends_it(school: School) -> None:
    school.get_wrong("no_lock")
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "threadlings", "watch", "8"],
        cwd=school.root,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "watching" in line:
                school.solve()
            if "lesson08 is done" in line:
                break
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
