"""A real scenario is the main program of its cell: nothing is simulated."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from typing import Any

import pytest

from threadlings.cells import faults
from threadlings.cells._descendants import Descendants
from threadlings.grading import ScenarioError, real_scenario

from .conftest import MakeSubmission, School

only_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells that nothing moves; elsewhere the deadline"
)


def negated(number: int) -> int:
    return -number


@real_scenario(negated)
def mapped(lesson: Any, method: str, numbers: list[int]) -> Any:
    import multiprocessing

    multiprocessing.set_start_method(method)
    return lesson.act(negated, numbers)


@real_scenario()
def act(lesson: Any) -> Any:
    return lesson.act()


@real_scenario(ends_when_stuck=True)
def act_or_be_stuck(lesson: Any) -> Any:
    return lesson.act()


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_processes_can_be_started_in_every_way(
    make_submission: MakeSubmission, method: str
) -> None:
    submission = make_submission(
        """
        from multiprocessing import Pool
        def act(task, numbers):
            with Pool(1) as pool:
                return pool.map(task, numbers)
        """
    )
    assert submission.run(mapped, method=method, numbers=[1, 2]) == [-1, -2]


def test_nothing_is_simulated(make_submission: MakeSubmission) -> None:
    submission = make_submission(
        """
        import _thread, sys, threading, time
        def act():
            name = sys.modules[__name__].__name__
            return [name, threading.Lock is _thread.allocate_lock or threading.Lock is _thread.lock,
                    time.sleep.__class__.__name__]
        """
    )
    assert submission.run(act) == ["tiny", True, "builtin_function_or_method"]


def test_what_the_file_imports_is_real_too(make_submission: MakeSubmission) -> None:
    submission = make_submission(
        """
        from multiprocessing import managers, shared_memory
        def act():
            with managers.SyncManager() as manager:
                return list(manager.list([1, 2]))
        """
    )
    assert submission.run(act) == [1, 2]


def test_an_exception_of_the_students_is_told_with_its_line(
    make_submission: MakeSubmission,
) -> None:
    submission = make_submission("def act():\n    return {}['key']")
    with pytest.raises(faults.Raised, match=r"KeyError: 'key' \(tiny.py:2\)"):
        submission.run(act)


def test_a_todo_is_not_started(make_submission: MakeSubmission) -> None:
    submission = make_submission("def act():\n    raise NotImplementedError('TODO 1 in tiny.py')")
    with pytest.raises(faults.NotStarted, match=r"TODO 1 in tiny\.py"):
        submission.run(act)


def test_a_program_that_ends_the_process_is_told(make_submission: MakeSubmission) -> None:
    submission = make_submission("import os\ndef act():\n    os._exit(3)")
    with pytest.raises(faults.EndedProcess, match="exit status 3"):
        submission.run(act)


def test_a_child_that_never_ends_holds_nothing_up(make_submission: MakeSubmission) -> None:
    submission = make_submission(
        """
        import time
        from multiprocessing import get_context
        def act():
            get_context("fork").Process(target=time.sleep, args=(1000,)).start()
            return "started"
        """
    )
    assert submission.run(act) == "started"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def play(): pass", "AttributeError: .* has no attribute 'act'"),
        ("def act(number): pass", r"TypeError: act\(\) missing 1 required positional argument"),
        ("act = None", "TypeError: 'NoneType' object is not callable"),
    ],
)
def test_what_the_scenario_cannot_use_is_told(
    make_submission: MakeSubmission, source: str, message: str
) -> None:
    with pytest.raises(faults.Raised, match=message):
        make_submission(source).run(act)


@only_linux
def test_a_program_that_waits_for_ever_is_told_with_its_line(
    make_submission: MakeSubmission,
) -> None:
    submission = make_submission(
        """
        from multiprocessing import Process, Queue
        def act():
            queue = Queue()
            process = Process(target=queue.put, args=(bytes(1_000_000),))
            process.start()
            process.join()
        """
    )
    with pytest.raises(faults.Stuck, match=r"waits for ever \(tiny.py:7: process.join\(\)\)"):
        submission.run(act_or_be_stuck)


def test_a_program_that_waits_with_a_timeout_is_left_alone(
    make_submission: MakeSubmission,
) -> None:
    submission = make_submission(
        """
        from multiprocessing import Queue
        from queue import Empty
        def act():
            try:
                Queue().get(timeout=5)
            except Empty:
                return "nothing came"
        """
    )
    assert submission.run(act_or_be_stuck) == "nothing came"


@only_linux
def test_only_a_program_that_does_not_move_is_still() -> None:
    below = Descendants(os.getpid())

    def still_s() -> float:
        below.look()
        return below.still_s()

    waiting = [sys.executable, "-c", "input()"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE) as waiter:
        while still_s() < 0.1:
            time.sleep(0.01)
        with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as burner:
            assert [still_s() for _ in range(100)] == [0.0] * 100
            burner.kill()
        waiter.kill()


NAMED = """
import ctypes, threading
ctypes.CDLL(None).prctl(15, {name!r}, 0, 0, 0)
for _ in range(9):
    threading.Thread(target=threading.Event().wait, daemon=True).start()
print("ready", flush=True)
input()
"""


@only_linux
@pytest.mark.parametrize("name", [b"Threads:\t1", b")" + b" " * 14])
def test_a_name_that_looks_like_an_entry_of_the_system_hides_no_thread(name: bytes) -> None:
    below = Descendants(os.getpid())
    below.look()
    others = below.threads
    words = [sys.executable, "-c", NAMED.format(name=name)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as named:
        assert named.stdout is not None
        named.stdout.readline()
        below.look()
        assert below.threads - others == 10
        named.kill()


def test_what_it_does_not_carry_is_refused() -> None:
    def uses_another(lesson: Any) -> Any:
        return negated(1)

    def looks_outside(number: int) -> Any:
        return ScenarioError

    with pytest.raises(ScenarioError, match="uses negated, which the cell does not have"):
        real_scenario()(uses_another)
    with pytest.raises(ScenarioError, match="looks_outside uses ScenarioError"):
        real_scenario(looks_outside)(uses_another)


def test_a_note_reaches_the_gradebook(school: School) -> None:
    school.set_grader(
        """
import pytest
from threadlings.grading import real_scenario

@real_scenario()
def doubled(lesson):
    return lesson.double(2)

@pytest.mark.task(1)
def test_double(submission):
    assert submission.run(doubled) == 4
    submission.note("decided for real")

@pytest.mark.task(2)
def test_nothing(submission):
    pass
"""
    )
    first, second = school.grade_source("def double(n): return 2 * n").tasks
    assert (first.points, first.notes) == (4, ("decided for real",))
    assert second.notes == ()
