"""Graders are forks of a warm process: none has a say in the next, and it outlives them all."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from threadlings.judging.grader import GraderProcess, end_free, give_back, take

from .conftest import School

Told = Callable[[str], tuple[str, str]]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="graders are no forks here")

GRADER = """
import ctypes, os, sys
import pytest
from threadlings.grading import scenario

@scenario
def what(lesson):
    return lesson.WHAT

@pytest.mark.task(1)
@pytest.mark.task(2)
def test_what(submission):
    '''It does what the file says.'''
    what_to_do = submission.run(what)
    exec(what_to_do)
"""


@pytest.fixture(autouse=True)
def warm() -> Iterator[GraderProcess]:
    """The only process that is free."""
    end_free()
    process = take()
    give_back(process)
    yield process
    end_free()


@pytest.fixture
def told(school: School) -> Told:
    """Grade a file that asks its grader to do something; return the status and the message."""
    school.set_grader(GRADER)

    def told(what: str) -> tuple[str, str]:
        lesson = school.grade_source(f"WHAT = {what!r}\n")
        reasons = [reason.told()["message"] for task in lesson.tasks for reason in task.reasons]
        return lesson.status, "\n".join([str(lesson.message), *reasons])

    return told


def test_a_process_grades_one_submission_after_another(told: Told, warm: GraderProcess) -> None:
    for _ in range(3):
        assert told(f"assert os.getppid() == {warm._process.pid}") == ("passed", "")


def test_what_a_grader_leaves_behind_is_not_seen_by_the_next(told: Told) -> None:
    leaves = "assert not hasattr(sys, 'left'), 'seen'\nsys.left = os.environ['LEFT'] = '1'"
    for _ in range(2):
        assert told(f"{leaves}\nassert 'LEFT' not in os.listdir()\nopen('LEFT', 'w')") == (
            "passed",
            "",
        )


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("os.kill(os.getpid(), 9)", "the grader ended with -9"),
        ("print('last words', file=sys.__stderr__, flush=True); os._exit(7)", "last words"),
        ("os._exit(7)", "the grader ended with 7"),
    ],
)
def test_a_grader_that_ends_early_takes_nobody_with_it(
    told: Told, warm: GraderProcess, what: str, message: str
) -> None:
    status, text = told(what)
    assert (status, message in text) == ("grader error", True)
    assert told(f"assert os.getppid() == {warm._process.pid}") == ("passed", "")
    assert "last words" not in told("os._exit(3)")[1]


def test_a_process_that_has_died_is_replaced(told: Told, warm: GraderProcess) -> None:
    warm._process.kill()
    warm._process.wait()
    assert told("pass") == ("passed", "")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it ends with its next line")
def test_a_process_that_dies_takes_its_grader_with_it(told: Told, warm: GraderProcess) -> None:
    status, text = told("os.kill(os.getppid(), 9); os.read(os.pipe()[0], 1)")
    assert (status, "the grader ended with -9" in text) == ("grader error", True)
    assert told("pass") == ("passed", "")


def test_a_grader_has_the_environment_of_its_command(
    told: Told, warm: GraderProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", "secret")
    assert told("assert 'TOKEN' not in os.environ") == ("passed", "")
    assert told("assert os.environ.get('LC_ALL') != 'C.UTF-8'") == ("passed", "")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert told("assert os.environ['LC_ALL'] == 'C.UTF-8'") == ("passed", "")
    assert warm._process.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_nobody_may_trace_a_grader(told: Told) -> None:
    assert told("assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0") == ("passed", "")


def test_orders_at_a_time_have_a_process_each() -> None:
    first, second = take(), take()
    assert first is not second
    give_back(first)
    give_back(second)
    assert {take(), take()} == {first, second}
    first.end()
    second.end()


def test_a_grader_is_interrupted_although_its_command_ignores_that(
    told: Told, tmp_path: Path
) -> None:
    """As a command does that a shell has started in the background. Killed, it would say -9."""
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        end_free()
        process = take()
        give_back(process)
    finally:
        signal.signal(signal.SIGINT, handler)
    os.mkfifo(tmp_path / "begun")
    with ThreadPoolExecutor() as pool:
        grading = pool.submit(
            told, f"open({str(tmp_path / 'begun')!r}, 'w').close(); os.read(os.pipe()[0], 1)"
        )
        (tmp_path / "begun").read_bytes()
        process.interrupt()
        assert "the grader ended with 2" in grading.result()[1]
