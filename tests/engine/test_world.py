"""What belongs to a run: logging, exit functions, finalizers; and programs that go to extremes."""

import atexit
import importlib
import logging
import os
import subprocess
import sys
import threading
import time
import weakref
from contextlib import redirect_stdout
from io import StringIO
from threading import Thread

import pytest

from threadlings.engine import Limit, load, search, simulate

from .backends import LOSES_SIGHT


def test_log_records_name_the_threads_of_the_run():
    def program():
        logging.basicConfig(format="%(threadName)s %(thread)d %(created)d %(message)s")
        thread = Thread(target=lambda: logging.warning("here"), name="worker")
        thread.start()
        thread.join()
        logging.warning("there")

    run = simulate(program)
    assert [part.text for part in run.printed] == [
        "worker 140000000004096 1700000000 here\n",
        "MainThread 140000000000000 1700000000 there\n",
    ]


def test_logging_is_executed_anew_in_every_run_that_uses_it():
    def program():
        logging.getLogger().addHandler(logging.NullHandler())
        return len(logging.getLogger().handlers)

    assert [simulate(program).value for _ in range(2)] == [1, 1]


POOL = """
import sys
from concurrent.futures import ThreadPoolExecutor

def program(callback):
    future = ThreadPoolExecutor(1).submit(int)
    future.add_done_callback(callback)
    return "logging" in sys.modules

def quiet():
    return program(lambda future: None)

def loud():
    return program(lambda future: future.missing)
"""


def test_pool_executes_logging_only_if_it_has_something_to_log(tmp_path):
    (tmp_path / "pool.py").write_text(POOL)
    script = (
        "import sys\nfrom threadlings.engine import load, simulate\n"
        "lesson = load(sys.argv[1])\n"
        "print(simulate(lambda: lesson.quiet()).value)\n"
        "for part in simulate(lambda: lesson.loud()).printed: print(part.text)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "pool.py")], capture_output=True, check=True
    )
    quiet, *loud = done.stdout.decode().splitlines()
    assert quiet == "False"
    assert loud[0].startswith("exception calling callback for <Future at 0x...")
    assert loud[-2].startswith("AttributeError")


def test_exit_functions_are_called_last_first_when_threads_have_ended():
    def program():
        def slow():
            time.sleep(1)
            print("thread")

        Thread(target=slow).start()
        atexit.register(print, "first")
        atexit.register(int, "no number")
        atexit.register(sys.exit, 3)
        atexit.register(print, "last")
        atexit.unregister(len)
        print("main")

    run = simulate(program)
    assert run.lines() == ["main", "thread", "last", "first"]
    errors = "".join(part.text for part in run.printed if part.stream == "stderr")
    assert errors.count("Exception ignored in atexit callback") == 2
    assert "no number" in errors
    assert run.error is None


def test_finalizers_of_the_process_stay_registered():
    assert simulate(lambda: weakref.finalize(Thread(), print) and None).returned
    script = (
        "import weakref\nfrom threadlings.engine import simulate\n"
        "simulate(lambda: weakref.finalize(weakref, print, 'run').detach())\n"
        "weakref.finalize(weakref, print, 'process')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.decode().split() == ["process"]


CACHED = """
import threading, time
from functools import cached_property

class Report:
    @cached_property
    def text(self):
        time.sleep(1)
        return "text"

def program():
    report, got = Report(), []
    threads = [threading.Thread(target=lambda: got.append(report.text)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got
"""


def test_switch_inside_a_cached_property_does_not_block_for_real(tmp_path):
    path = tmp_path / "cached.py"
    path.write_text(CACHED)
    script = (
        "import sys\nfrom threadlings.engine import load, search, simulate\n"
        "lesson = load(sys.argv[1])\n"
        "run = simulate(lambda: lesson.program())\n"
        "print(run.value, search(lambda: lesson.program(), max_runs=60).verdict)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, timeout=60, check=True
    )
    # 16 runs with the lock that the property has until 3.11, 34 without it.
    assert done.stdout.decode().strip() == "['text', 'text'] HOLDS"


def test_program_may_redirect_its_output():
    def program():
        with redirect_stdout(StringIO()) as text:
            print("kept")
        print("shown")
        return text.getvalue()

    run = simulate(program)
    assert (run.value, run.lines()) == ("kept\n", ["shown"])


def test_writing_something_else_than_text_is_the_programs_error():
    run = simulate(lambda: sys.stdout.write(5))
    assert run.error.type_name == "TypeError"
    assert run.error.message == "write() argument must be str, not int"


# -- extremes ---------------------------------------------------------------------------


def test_five_hundred_threads():
    def program():
        threads = [Thread(target=time.sleep, args=(1,)) for _ in range(500)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(threads)

    run = simulate(program)
    assert (run.value, run.ended_s, len(run.threads)) == (500, 1.0, 501)


def recurse(shared=None):
    def deeper():
        if shared is not None:
            shared.append(1)
        deeper()

    try:
        deeper()
    except RecursionError:
        return "caught"


def in_threads(work, count):
    got = []
    threads = [Thread(target=lambda: got.append(work())) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


@pytest.mark.parametrize("count", [1, 2])
def test_recursion_to_the_limit_in_a_thread(count):
    assert simulate(recurse).value == "caught"
    assert simulate(lambda: in_threads(recurse, count)).value == ["caught"] * count


def test_recursion_to_the_limit_through_points():
    def program():
        shared = []
        sys.setrecursionlimit(100)
        return in_threads(lambda: recurse(shared), 2)

    found = search(program, max_runs=6)
    assert [outcome.kind for outcome in found.outcomes] == ["value"]


def test_search_that_lost_sight_of_a_thread_does_not_say_holds():
    def program():
        sys.setrecursionlimit(80)
        box = [0]

        def work():
            recurse()
            box[0] += 1

        in_threads(work, 2)
        return box[0]

    found = search(program, lambda run: run.value == 2)
    assert found.verdict != "HOLDS"  # The update can be lost, seen or not.
    assert (Limit.OUT_OF_SIGHT in found.limits) == LOSES_SIGHT


def test_ten_megabytes_of_output():
    def program():
        for _ in range(1_000):
            print("x" * 9_999)
        for _ in range(10_000):
            sys.stdout.write("y" * 100)

    run = simulate(program)
    assert sum(len(part.text) for part in run.printed) == 11_000_000
    assert len(run.printed) == 1


class Difficult:
    def fail(self, *_arguments):
        raise ValueError("difficult")

    __repr__ = __eq__ = __hash__ = __bool__ = __len__ = fail


class Unwilling:
    def __del__(self):
        raise ValueError("unwilling")


class Exiting(Exception):
    def __str__(self):
        sys.exit(3)


def test_objects_whose_methods_raise():
    run = simulate(Difficult)
    assert run.returned
    found = search(Difficult)
    assert [outcome.kind for outcome in found.outcomes] == ["value"]


def test_finalizer_that_raises_is_reported_by_its_name():
    (part,) = simulate(lambda: Unwilling() and None).printed
    assert part.stream == "stderr"
    heading, *_trace = part.text.splitlines()
    assert heading in (
        "Exception ignored in: Unwilling.__del__",
        "Exception ignored while calling deallocator Unwilling.__del__:",  # from Python 3.14 on
    )
    assert "ValueError: unwilling" in part.text


def test_package_forgets_a_module_that_only_the_run_has_imported(tmp_path, monkeypatch):
    (tmp_path / "made_up").mkdir()
    for name in ("__init__", "part"):
        (tmp_path / "made_up" / f"{name}.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    package = importlib.import_module("made_up")

    def program():
        importlib.import_module("made_up.part")
        return hasattr(package, "part")

    assert simulate(program).value is True
    assert not hasattr(package, "part")
    del sys.modules["made_up"]


@pytest.mark.parametrize("value", [{(1, 2): 3}, {"a": {1, 2}}, b"", float("nan")])
def test_values_that_are_no_json(value):
    assert len(search(lambda: value).outcomes) == 1


def test_value_that_contains_itself():
    def program():
        ring = []
        ring.append(ring)
        return ring

    assert len(search(program).outcomes) == 1


def test_values_are_told_apart_without_their_addresses():
    def program():
        in_threads(time.monotonic, 2)
        return Thread.__new__(Thread.mro()[-1])

    assert len(search(program).outcomes) == 1


def test_errors_that_cannot_be_told():
    def program():
        raise Exiting

    run = simulate(program)
    assert (run.error.type_name, run.error.message) == ("Exiting", "")
    (failure,) = simulate(lambda: in_threads(program, 1)).uncaught.values()
    assert failure.type_name == "Exiting"


def test_memory_error_is_the_programs():
    def program():
        raise MemoryError("none left")

    assert simulate(program).error.type_name == "MemoryError"


def test_exit_of_the_main_thread_waits_for_the_others():
    def program():
        Thread(target=lambda: (time.sleep(1), print("worked"))).start()
        sys.exit(2)

    run = simulate(program)
    assert (run.error.message, run.lines(), run.ended_s) == ("2", ["worked"], 1.0)


def test_finally_that_waits_or_starts_threads_while_its_thread_is_ended():
    def program():
        lock = threading.Lock()
        lock.acquire()

        def waits():
            try:
                time.sleep(100)
            finally:
                lock.acquire()
                print("never")

        def starts():
            try:
                time.sleep(100)
            finally:
                Thread(target=print, args=("never",)).start()

        for body in (waits, starts):
            Thread(target=body, daemon=True).start()
        time.sleep(1)

    run = simulate(program)
    assert len(run.stopped) == 2
    assert run.printed == []


def test_program_that_breaks_the_end_of_its_run():
    def program():
        threading._shutdown = None

    assert simulate(program).error.type_name == "TypeError"


def test_standard_error_may_be_taken_away():
    def program():
        sys.stderr = None
        in_threads(lambda: os.stat("/no/such/file"), 1)

    assert len(simulate(program).uncaught) == 1


def test_lesson_may_be_read_while_another_was(tmp_path):
    path = tmp_path / "slow.py"
    path.write_text("import time\ntime.sleep(5)\nvalue = time.monotonic()\n")
    assert load(path).value == 0  # It has slept before.
