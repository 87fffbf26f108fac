"""What a run leaves behind in the interpreter: nothing."""

import gc
import os
import random
import subprocess
import sys
import threading
import time

import pytest

from threadlings.engine import load, search, simulate

from . import programs

PROGRAMS = [
    programs.counting(programs.Counter, 2, 2),
    programs.opposite_locks,
    programs.daemon_and_not,
    programs.raising_thread,
    programs.spinning_for_ever,
    programs.pool_of_two,
]


def interpreter():
    """Return what a run could have changed."""
    return {
        "modules": dict(sys.modules),
        "threading": (threading.Thread, threading.Lock, threading.enumerate()),
        "streams": (sys.stdout, sys.stderr),
        "hooks": (sys.excepthook, threading.excepthook, sys.gettrace(), sys.getprofile()),
        "finders": list(sys.meta_path),
        "random": random.getstate(),
        "gc": gc.isenabled(),
        "tools": [sys.monitoring.get_tool(n) for n in range(6)]
        if hasattr(sys, "monitoring")
        else 0,
        "names": (programs.threading, programs.Lock, programs.Thread, programs.time),
    }


@pytest.mark.parametrize("program", PROGRAMS)
def test_interpreter_is_as_it_was(program):
    simulate(programs.pool_of_two)  # what is imported once may stay
    before = interpreter()
    simulate(program)
    search(program, max_runs=50)
    assert interpreter() == before


def test_threads_of_the_operating_system_end():
    before = len(sys._current_frames())
    for program in PROGRAMS:
        search(program, max_runs=20)
    assert len(sys._current_frames()) == before


def test_error_of_holds_reaches_the_caller_and_leaves_nothing():
    before = interpreter()

    def holds(run):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        search(programs.counting(programs.Counter, 2, 1), holds)
    assert interpreter() == before


def test_real_time_is_not_waited_for():
    began_s = time.monotonic()
    assert simulate(programs.sleeping_for_years).ended_s == 1e8
    assert time.monotonic() - began_s < 1e6


def test_thread_that_swallows_its_end_is_left_behind():
    assert simulate(programs.stubborn_daemon).stopped == ["stubborn"]


def test_lesson_is_executed_anew_in_every_run(tmp_path):
    path = tmp_path / "kept.py"
    path.write_text("from threading import Lock\nseen = []\nlock = Lock()\n")
    lesson = load(path)

    def program():
        lesson.seen.append("run")
        lesson.lock.acquire()
        return len(lesson.seen)

    assert [simulate(program).value for _ in range(3)] == [1, 1, 1]
    assert lesson.seen == []


SCRIPT = """
import json, sys
sys.path.insert(0, {folder!r})
from tests.engine import programs
from threadlings.engine import search
for name in ("check_then_act", "opposite_locks", "emptying_a_queue", "pool_of_two"):
    print(json.dumps(search(getattr(programs, name), max_runs=40).as_data()))
"""


def test_results_are_equal_in_every_process_whatever_the_hash_seed():
    folder = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    script = SCRIPT.format(folder=folder)
    answers = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "12345")
    }
    assert len(answers) == 1
