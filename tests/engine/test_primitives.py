"""Threads, locks, queues, pools and clocks do in a simulation what they do in Python."""

import sys
import textwrap
import time
from functools import partial

import pytest

from threadlings.engine import load, search, simulate

from . import programs_of_primitives as programs


def value_of(program):
    run = simulate(program)
    assert run.error is None
    assert run.returned
    return run.value


def test_thread_has_name_ident_and_life():
    before, after = value_of(programs.life_of_a_thread)
    assert before == ("worker", None, False, False)
    assert after == ("worker", True, False, True)


def test_idents_tell_threads_apart():
    assert value_of(programs.idents) == (4, True)


def test_daemon_is_inherited():
    assert value_of(programs.daemon_is_inherited) == (True, [True], False)


def test_join_waits_as_long_as_it_should():
    assert value_of(programs.join_in_time_and_not) == ((True, 1.0), (True, 2.0), (False, 3.0))


def test_subclass_of_thread_runs_its_own_method():
    squares = [("square of 1", 1), ("square of 2", 4)]
    assert value_of(programs.subclass_of_thread) == (squares, 2.0)


def test_programs_own_excepthook_is_called():
    run = simulate(programs.own_excepthook)
    assert run.value == [(ValueError, "no good", "failing", True)]
    assert not run.uncaught


def test_excepthook_that_fails_ends_only_its_thread():
    run = simulate(programs.excepthook_that_fails)
    assert run.value == "main went on"


def test_sys_exit_ends_only_its_thread():
    run = simulate(programs.leaving_a_thread)
    assert run.value == (["before"], False)
    assert run.error is None
    assert not run.uncaught


def test_timer_fires_on_time_unless_cancelled():
    assert value_of(programs.timer_fires_and_is_cancelled) == ([(1, 1.0)], 1.5)


def test_each_thread_has_its_locals():
    seen, plain, subclass = value_of(programs.locals_of_threads)
    assert seen == [False, False, (1, 11), (2, 12)]
    assert (plain, subclass) == ("main", 10)


def test_each_thread_has_its_context():
    assert value_of(programs.contexts_of_threads) == (["work", "work"], "main", "work")


def test_context_of_a_new_thread_is_that_of_this_python():
    inherits = getattr(sys.flags, "thread_inherit_context", False)  # from Python 3.14 on
    assert value_of(programs.default_context_of_a_thread) == ["main" if inherits else "none"]


def test_queues_give_in_their_order():
    assert value_of(programs.orders_of_queues) == [[2, 3, 1], [1, 3, 2], [1, 2, 3], [2, 3, 1]]


def test_queue_hands_over_between_threads():
    assert value_of(programs.queue_between_threads) == [("a", 1.0), ("b", 2.0)]


def test_clocks_agree_and_are_exact():
    found = value_of(programs.clocks)
    assert found.pop("process_time") == (0, 0)
    assert found.pop("thread_time") == (0, 0)
    assert set(found.values()) == {(0.25, 250_000_000)}


def test_calendar_follows_the_virtual_clock():
    found = value_of(programs.calendar)
    assert found.pop("moment") == "2023-11-14 22:13:21"
    assert found == dict.fromkeys(("gmtime", "localtime", "ctime", "asctime", "strftime"), True)


@pytest.mark.skipif(not hasattr(time, "clock_gettime"), reason="this system has no clock_gettime")
def test_clock_by_its_number_is_virtual():
    assert value_of(programs.clocks_by_number) == (0.5, 500_000_000)


def test_functions_do_not_become_methods():
    assert value_of(programs.functions_as_attributes) == 1.0


def test_printing_is_recorded_by_thread_and_virtual_time():
    run = simulate(programs.printing)
    told = [
        (part.thread, part.name, part.time_s, part.text.strip(), part.stream)
        for part in run.printed
        if part.text.strip()
    ]
    assert told == [
        ("m", "MainThread", 0.0, "main", "stdout"),
        ("B", "first", 1.0, "a", "stdout"),
        ("B", "first", 1.0, "A", "stderr"),
        ("A", "second", 2.0, "b", "stdout"),
        ("A", "second", 2.0, "B", "stderr"),
    ]
    assert run.lines() == ["main", "a", "b"]
    assert (run.lines("A"), run.lines("B")) == (["b"], ["a"])


def test_owner_takes_a_reentrant_lock_again():
    order, message = value_of(programs.reentrant_lock)
    assert order == ["main", "other"]
    assert message == "cannot release un-acquired lock"


def test_barrier_lets_all_go_together():
    assert value_of(programs.barrier_of_three) == (["0", "1", "2", "all"], 3.0)


def test_barrier_breaks_on_time():
    assert value_of(programs.broken_barrier) == (1.5, True)


def test_pool_works_in_virtual_time():
    assert value_of(programs.waiting_for_the_pool) == (2, 1, 4.0)


@pytest.mark.parametrize("call", programs.TIMED)
def test_timeout_takes_exactly_its_virtual_time(call):
    blocking_call, answer = programs.TIMED[call]
    assert value_of(partial(programs.giving_up, blocking_call)) == (answer, 1.5)


def test_loop_in_library_code_until_a_deadline_has_passed_ends():
    # as_completed() asks for more than its deadline: virtual time must go a little past it.
    assert value_of(programs.too_late_for_as_completed) == 1.5
    assert search(programs.too_late_for_as_completed).verdict == "HOLDS"


FILE = """
    import time
    from concurrent import futures
    from queue import Empty, Queue
    from threading import Event, Lock, Thread, current_thread
    from time import monotonic, sleep

    guard = Lock()
    seen = []

    def work(n):
        with guard:
            sleep(n)
            seen.append((n, current_thread().name, monotonic()))

    def program():
        threads = [Thread(target=work, args=(n,), name=f"t{n}") for n in (1, 2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with futures.ThreadPoolExecutor(1) as pool:
            pool.submit(sleep, 1).result()
        return seen, time.monotonic()
"""


def test_names_imported_at_the_top_of_a_file_are_the_simulated_ones(tmp_path):
    # The pool as an attribute of its package is the interpreter's own if that is not put aside.
    import concurrent.futures

    assert concurrent.futures.ThreadPoolExecutor
    file = tmp_path / "student.py"
    file.write_text(textwrap.dedent(FILE), encoding="utf-8")
    lesson = load(file)
    assert value_of(lambda: lesson.program()) == ([(1, "t1", 1.0), (2, "t2", 3.0)], 4.0)
    found = search(lambda: len(lesson.program()[0]), max_runs=20)
    assert [(outcome.kind, outcome.value) for outcome in found.outcomes] == [("value", 2)]


@pytest.mark.parametrize(
    ("seconds", "error"),
    [(-1, ValueError), (float("nan"), ValueError), (float("inf"), OverflowError), ("1", TypeError)],
)
def test_durations_that_make_no_sense_are_refused_as_in_python(seconds, error):
    def program():
        raised = []
        for call in (time.sleep, lambda s: __import__("threading").Lock().acquire(timeout=s)):
            try:
                call(seconds)
            except Exception as found:
                raised.append(type(found))
        return raised

    # To a lock, -1 means for ever.
    assert value_of(program) == ([error] if seconds == -1 else [error, error])
