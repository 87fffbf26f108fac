"""What a run leaves behind in the interpreter: nothing."""

import _thread
import atexit
import builtins
import concurrent.futures
import functools
import gc
import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
import warnings
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import pytest

from threadlings.engine import load, search, simulate
from threadlings.engine.schedules import Fair
from threadlings.engine.world._world import World

from . import programs

ROOT = Path(__file__).parent.parent.parent
MONITORING = getattr(sys, "monitoring", None)
REAL = {"interrupt_main": _thread.interrupt_main, "join": threading.Thread.join}
"""Real things in a place where a run does not look for names to bind anew."""


def meddling():
    """Change everything that a program is likely to change."""
    sys.excepthook = sys.displayhook = sys.unraisablehook = print
    threading.excepthook = print
    sys.stdin = sys.stdout = sys.stderr = None
    sys.setrecursionlimit(500)
    sys.setswitchinterval(0.1)
    sys.path.insert(0, "elsewhere")
    sys.path = [*sys.path]
    sys.argv.append("more")
    sys.meta_path.clear()
    sys.modules.pop("json", None)
    sys.modules["made_up"] = threading
    os.environ["MADE_UP"] = "1"
    os.environ.pop("PATH", None)
    os.chdir(os.path.dirname(os.getcwd()))
    random.seed(5)
    gc.enable()
    gc.set_threshold(5)
    warnings.simplefilter("ignore")
    warnings.showwarning = print
    builtins.made_up = print
    atexit.register(print)
    logging.getLogger().addHandler(logging.NullHandler())
    logging.captureWarnings(True)
    threading.settrace(print)


def racing(on_run):
    """Return a program with many schedules, which calls ``on_run`` with each run's number."""
    runs = []

    def program():
        runs.append("run")
        on_run(len(runs))
        box = [0]

        def work():
            for _ in range(4):
                box[0] += 1

        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return program


def refusing_to_end():
    """Catch everything, also what ends a thread when the run is over."""

    def refuse():
        while True:
            try:
                for _ in range(1000):
                    pass
            except BaseException:
                continue

    threading.Thread(target=refuse, daemon=True).start()
    time.sleep(1)


PROGRAMS = [
    programs.counting(programs.Counter, 2, 2),
    programs.opposite_locks,
    programs.daemon_and_not,
    programs.raising_thread,
    programs.spinning_for_ever,
    programs.pool_of_two,
    meddling,
    refusing_to_end,
]


def interpreter():
    """Return what a run could have changed."""
    return {
        "modules": dict(sys.modules),
        "packages": (concurrent.futures, concurrent.futures.thread, logging),
        "threading": (threading.Thread, threading.Lock, threading.enumerate()),
        "streams": (sys.stdin, sys.stdout, sys.stderr),
        "hooks": (sys.excepthook, sys.unraisablehook, sys.displayhook, threading.excepthook),
        "tracing": (sys.gettrace(), sys.getprofile(), threading.gettrace(), threading.getprofile()),
        "imports": (sys.meta_path[:], sys.path, sys.path[:], sys.path_hooks[:], sys.argv[:]),
        "random": random.getstate(),
        "gc": (gc.isenabled(), gc.get_threshold()),
        "limits": (sys.getrecursionlimit(), sys.getswitchinterval()),
        "process": (os.getcwd(), dict(os.environ)),
        "signals": [signal.getsignal(number) for number in signal.valid_signals()],
        "warnings": (warnings.filters, warnings.filters[:], warnings.showwarning),
        "exit functions": atexit._ncallbacks(),
        "logging": (logging.getLogger().handlers[:], logging.root),
        "builtins": dict(vars(builtins)),
        "functools": dict(vars(functools)),
        "tools": [MONITORING.get_tool(number) for number in range(6)] if MONITORING else None,
        "names": (programs.threading, programs.Lock, programs.Thread, programs.time),
    }


def wait_for_threads(count):
    """Return when so many real threads are left; never, if more stay.

    A thread that said its last word needs a moment to leave the interpreter.
    """
    while len(sys._current_frames()) > count:
        time.sleep(0)


@contextmanager
def leaving_nothing():
    """Compare the interpreter before and after."""
    simulate(programs.pool_of_two)  # what is imported once may stay
    before, threads = interpreter(), len(sys._current_frames())
    yield
    after = interpreter()
    for name, what in before.items():
        assert after[name] == what, name
    wait_for_threads(threads)


@pytest.mark.parametrize("program", PROGRAMS)
@leaving_nothing()
def test_interpreter_is_as_it_was(program):
    simulate(program)
    search(program, max_runs=50)


@leaving_nothing()
def test_error_of_holds_reaches_the_caller():
    def holds(run):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        search(programs.counting(programs.Counter, 2, 1), holds)


@leaving_nothing()
def test_budget_of_steps_ends_a_run():
    run = simulate(programs.counting(programs.Counter, 3, 100), max_decisions=50)
    assert run.exhausted


@leaving_nothing()
def test_fault_of_the_engine_reaches_the_caller(monkeypatch):
    def choose(*_arguments):
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(Fair, "choose", choose)
    with pytest.raises(ZeroDivisionError, match="ours"):
        simulate(programs.sleeping_side_by_side)


# -- interrupts -------------------------------------------------------------------------


@leaving_nothing()
def test_interrupt_during_a_run_reaches_the_caller():
    def on_run(number):
        if number == 3:
            REAL["interrupt_main"]()

    with pytest.raises(KeyboardInterrupt):
        search(racing(on_run), max_runs=10**6)


@leaving_nothing()
def test_interrupt_finds_a_thread_that_refuses_to_end():
    def program():
        REAL["interrupt_main"]()
        refusing_to_end()

    with pytest.raises(KeyboardInterrupt):
        simulate(program, max_decisions=10**9)


@pytest.mark.parametrize("moment", ["__enter__", "__exit__", "begin"])
@leaving_nothing()
def test_interrupt_while_the_world_changes_leaves_nothing(moment, monkeypatch):
    method = getattr(World, moment)

    def interrupted(*arguments):
        REAL["interrupt_main"]()
        return method(*arguments)

    monkeypatch.setattr(World, moment, interrupted)

    def run_again_and_again():
        while True:  # it may arrive a little later
            simulate(programs.counting(programs.Counter, 2, 1))

    with pytest.raises(KeyboardInterrupt):
        run_again_and_again()
    monkeypatch.undo()
    assert simulate(programs.pool_of_two).value == [0, 1]


INTERRUPTED = """
import os, signal, sys, threading
sys.path.insert(0, sys.argv[1])
from tests.engine import programs, test_manners
from threadlings.engine import search, simulate
simulate(programs.pool_of_two)
before = test_manners.interpreter()
def on_run(number):
    if number == 5:
        os.write(1, b"under way\\n")
try:
    search(test_manners.racing(on_run), max_runs=10**9)
except KeyboardInterrupt:
    os.write(1, b"interrupted\\n")
after = test_manners.interpreter()
assert before == after, [name for name in before if before[name] != after[name]]
test_manners.wait_for_threads(1)
assert simulate(programs.pool_of_two).value == [0, 1]
os.write(1, b"as it was\\n")
"""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a signal ends the process")
def test_signal_from_outside_ends_a_search():
    child = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(ROOT)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout.readline() == "under way\n"
        child.send_signal(signal.SIGINT)
        assert child.stdout.read() == "interrupted\nas it was\n"
    finally:
        child.kill()
        child.stdout.close()
        child.wait()


# -- where it runs ----------------------------------------------------------------------


@leaving_nothing()
def test_searches_in_several_threads_take_turns():
    found = {}

    def hunt(name, program):
        found[name] = search(program, max_runs=30).as_data()

    hunters = [
        threading.Thread(target=hunt, args=(number, program))
        for number, program in enumerate([programs.check_then_act, programs.opposite_locks] * 3)
    ]
    for hunter in hunters:
        hunter.start()
    for hunter in hunters:
        hunter.join()
    assert [found[0], found[1]] * 3 == [found[number] for number in range(6)]
    assert found[0] == search(programs.check_then_act, max_runs=30).as_data()


@leaving_nothing()
def test_host_may_be_traced_and_profiled():
    calls = []

    def trace(frame, event, argument):
        calls.append(event)
        return trace

    expected = search(programs.check_then_act).as_data()
    before = (sys.gettrace(), sys.getprofile())
    sys.settrace(trace)
    sys.setprofile(lambda *_arguments: None)
    threading.settrace(trace)
    profile = sys.getprofile()
    try:
        found = search(programs.check_then_act).as_data()
        assert (sys.gettrace(), sys.getprofile(), threading.gettrace()) == (trace, profile, trace)
    finally:
        sys.settrace(before[0])
        sys.setprofile(before[1])
        threading.settrace(None)
    assert calls
    assert found == expected


@pytest.fixture
def other_tools():
    """Take tool identifiers of ``sys.monitoring``; give them back in the end."""
    taken = []

    def take(numbers):
        for number in numbers:
            if MONITORING.get_tool(number) is None:
                MONITORING.use_tool_id(number, "other")
                taken.append(number)

    yield take
    for number in taken:
        MONITORING.set_events(number, 0)
        MONITORING.free_tool_id(number)


@pytest.mark.skipif(MONITORING is None, reason="sys.monitoring is of Python 3.12 and later")
def test_other_tools_see_what_they_saw(other_tools):
    other_tools([4, 3])
    lines = []
    line = MONITORING.events.LINE
    MONITORING.register_callback(4, line, lambda code, number: lines.append(number))
    code = programs.opposite_locks.__code__
    MONITORING.set_local_events(4, code, line)
    seen = []
    for _ in range(2):
        lines.clear()
        simulate(programs.opposite_locks)
        seen.append(list(lines))
    assert MONITORING.get_local_events(4, code) == line
    MONITORING.set_local_events(4, code, 0)
    assert seen[0] == seen[1] != []


@pytest.mark.skipif(MONITORING is None, reason="sys.monitoring is of Python 3.12 and later")
def test_no_tool_identifier_left_is_an_error_that_says_so(other_tools):
    other_tools(range(6))
    with pytest.raises(RuntimeError, match="every tool identifier"):
        simulate(programs.opposite_locks)


# -- what stays -------------------------------------------------------------------------


def test_real_time_is_not_waited_for():
    began_s = time.monotonic()
    assert simulate(programs.sleeping_for_years).ended_s == 1e8
    assert time.monotonic() - began_s < 1e6


@leaving_nothing()
def test_thread_that_swallows_its_end_is_ended():
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


LEFT_BEHIND = """
class Loud:
    def __init__(self):
        self.me = self
    def __del__(self):
        print("finalized")

def generate():
    try:
        yield 1
    finally:
        print("closed")

kept = Loud()
opened = generate()
next(opened)

def program():
    Loud()
    inside = generate()
    next(inside)
    globals().update(more=[inside])
"""


def test_what_a_program_leaves_behind_goes_without_a_sound(tmp_path, capfd):
    path = tmp_path / "left.py"
    path.write_text(LEFT_BEHIND)
    lesson = load(path)
    gc.collect()
    simulate(lambda: lesson.program())
    gc.collect()
    assert capfd.readouterr() == ("", "")


def test_real_threading_forgets_who_asked_it(tmp_path):
    import tempfile

    real = threading.current_thread
    before = set(threading._active)
    simulate(lambda: [real() for _ in "x"] and tempfile.gettempdir())
    assert set(threading._active) == before


@leaving_nothing()
def test_redirection_inside_and_outside_of_a_run(tmp_path):
    with (tmp_path / "out.txt").open("w+") as file:
        with redirect_stdout(file):
            run = simulate(lambda: print("inside"))
            print("outside")
        file.seek(0)
        assert file.read() == "outside\n"
    assert run.lines() == ["inside"]


GROWING = """
import gc, sys
sys.path.insert(0, sys.argv[1])
import tracemalloc
from tests.engine import programs, test_manners
from threadlings.engine import search, simulate

def rounds(count):
    for _ in range(count):
        for program in test_manners.PROGRAMS:
            simulate(program, max_decisions=2_000)
        search(programs.check_then_act, max_runs=4)

def size():
    test_manners.wait_for_threads(1)
    gc.collect()
    if not tracemalloc.is_tracing():
        return len(gc.get_objects()), 0
    return len(gc.get_objects()), sum(trace.count for trace in blocks())

def blocks():
    '''Return what is allocated; a table that has been enlarged is one block as before.'''
    return tracemalloc.take_snapshot().statistics("filename")

def resident():
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * 4096
    except OSError:
        return 0

tracemalloc.start()
rounds(20)
before = size()
tracemalloc.stop() if len(sys.argv) > 3 else None
rss = resident()
rounds(int(sys.argv[2]) // 10)
after = size()
print(after[0] - before[0], after[1] - before[1], resident() - rss)
"""


def test_many_runs_leave_memory_and_threads_flat():
    runs = int(os.environ.get("THREADLINGS_MANNERS_RUNS", "500"))
    done = subprocess.run(
        [sys.executable, "-c", GROWING, str(ROOT), str(runs)],
        capture_output=True,
        text=True,
        check=True,
    )
    objects, blocks, _resident = map(int, done.stdout.split())
    assert objects < runs / 10
    assert blocks < runs
