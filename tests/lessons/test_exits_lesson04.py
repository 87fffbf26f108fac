"""The real check of lesson 04 says by itself whether a real interpreter's exit waits."""

import importlib.util
from pathlib import Path

import pytest

from threadlings.grading import Broken
from threadlings.judging import Submission

GRADERS = Path(__file__).parent.parent.parent / "graders"
FEW_BEATS = 10

START = """
from threading import Thread
import atexit, weakref

def start(target):
    thread = Thread(target=target, daemon={daemon})
    thread.start()
    {more}
    return thread

start_background = start_foreground = start
"""


@pytest.fixture(scope="module")
def grader():
    path = GRADERS / "lesson04" / "grade_1_2_starts.py"
    spec = importlib.util.spec_from_file_location("grade_1_2_starts", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ended(grader, tmp_path):
    """Return how a real interpreter ends whose threads were started like this."""

    def end_of(name, daemon, more="pass", beats=grader.BEATS):
        source = START.format(daemon=daemon, more=more).encode()
        submission = Submission("daemon_threads", source, tmp_path)
        try:
            return grader._real_end(submission, name, beats=beats)
        finally:
            submission.close()

    return end_of


def test_background_threads_are_left_behind(ended):
    assert ended("start_background", daemon=True)["lines"] == 2


@pytest.mark.parametrize(
    ("daemon", "more"),
    [
        (False, "pass"),
        (True, "atexit.register(thread.join)"),
        (True, "weakref.finalize(thread, Thread.join, thread)"),  # Not seen in virtual time.
    ],
)
def test_an_exit_that_waits_for_a_background_thread_is_noticed(ended, daemon, more):
    with pytest.raises(Broken, match="the main thread has ended, and the program still waits"):
        ended("start_background", daemon, more, FEW_BEATS)


@pytest.mark.parametrize(
    ("daemon", "more"),
    [
        (False, "pass"),
        (True, "atexit.register(thread.join)"),
        (True, "Thread(target=thread.join, daemon=False).start()"),
    ],
)
def test_foreground_threads_are_waited_for(ended, daemon, more):
    end = ended("start_foreground", daemon, more)
    assert (end["ended"], end["lines"]) == (2, 20)


def test_a_daemon_in_the_foreground_does_not_come_to_its_end(ended):
    assert ended("start_foreground", daemon=True)["ended"] == 0


def test_a_daemon_that_inherits_does_not_come_to_its_end(ended):
    assert ended("start_foreground", daemon=None)["ended"] == 1


def test_a_call_that_does_not_return_is_noticed(ended):
    with pytest.raises(Broken, match="does not return while its target runs"):
        ended("start_background", daemon=True, more="thread.join()", beats=FEW_BEATS)


def test_an_error_is_told(ended):
    with pytest.raises(Broken, match="RuntimeError: cannot set daemon status of active thread"):
        ended("start_background", daemon=False, more="thread.daemon = True")


def test_an_exit_status_is_told(ended):
    with pytest.raises(Broken, match="status 3"):
        ended("start_background", daemon=True, more="import os; os._exit(3)")
