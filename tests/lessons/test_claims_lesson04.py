"""What the pages of lesson 04 say about Python is so."""

import subprocess
import sys
import threading
from pathlib import Path
from threading import Thread

import pytest

from threadlings.engine import load, simulate

ROOT = Path(__file__).parent.parent.parent

CUT_OFF = """
import os, threading

begun = threading.Event()

def work():
    try:
        begun.set()
        threading.Event().wait()
    finally:
        os.write(1, b"finally")

threading.Thread(target=work, daemon=True).start()
begun.wait()
os.write(1, b"last line")
"""

WAITED_FOR = """
import os, threading

def work():
    threading.main_thread().join()
    os.write(1, b", then the thread")

threading.Thread(target=work).start()
os.write(1, b"last line")
"""


def printed_by_interpreter(program):
    """Return what a program prints in an interpreter of its own, until that has ended."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode()


def test_a_daemon_is_cut_off_and_its_finally_does_not_run():
    assert printed_by_interpreter(CUT_OFF) == "last line"


def test_an_end_waits_for_a_thread_that_is_no_daemon():
    assert printed_by_interpreter(WAITED_FOR) == "last line, then the thread"


@pytest.mark.parametrize("maker_is_daemon", [True, False])
@pytest.mark.parametrize("keywords", [{}, {"daemon": None}], ids=str)
def test_a_thread_that_is_not_told_is_what_its_maker_is(maker_is_daemon, keywords):
    made = []
    maker = Thread(target=lambda: made.append(Thread(**keywords)), daemon=maker_is_daemon)
    maker.start()
    maker.join()
    assert made[0].daemon is maker_is_daemon


def test_a_daemon_can_make_a_thread_that_is_none():
    made = []
    maker = Thread(target=lambda: made.append(Thread(daemon=False)), daemon=True)
    maker.start()
    maker.join()
    assert made[0].daemon is False


def test_the_main_thread_is_no_daemon():
    assert threading.main_thread().daemon is False


def test_the_attribute_can_be_set_only_before_the_start():
    release = threading.Event()
    thread = Thread(target=release.wait)
    thread.daemon = True
    thread.start()
    with pytest.raises(RuntimeError, match="cannot set daemon status of active thread"):
        thread.daemon = False
    release.set()
    thread.join()


def test_set_daemon_is_deprecated_and_works():
    thread = Thread()
    with pytest.warns(DeprecationWarning, match=r"setDaemon\(\) is deprecated"):
        thread.setDaemon(True)
    assert thread.daemon is True


@pytest.mark.parametrize(
    ("is_daemon", "name"), [(True, "LINES_IF_DAEMON"), (False, "LINES_IF_NOT_DAEMON")]
)
def test_the_notebooks_program_prints_as_many_lines_as_the_solution_says(is_daemon, name):
    lesson = load(ROOT / "solutions" / "lesson04" / "daemon_threads.py")

    def program():
        Thread(target=lesson.tick, daemon=is_daemon).start()
        print("main thread finished")

    lines = simulate(program).lines()
    assert lines.count("I am working..") == getattr(lesson, name)
    assert lines.count("main thread finished") == 1
