"""Waits are judged by what they cost, by when they end, and by what is told of them."""

import threading
import time

import pytest

from threadlings.checks import (
    Broken,
    in_time,
    only_waited,
    others_alive,
    require_answer,
    told_s,
    waits_for_a_thread,
    waits_of_ours,
    waits_of_students,
    wakings,
)
from threadlings.engine import MAIN, simulate


class Answers:
    """What a student's file could have, right and wrong."""

    @staticmethod
    def right(thread, seconds):
        thread.join(seconds)
        return not thread.is_alive()

    @staticmethod
    def hasty(thread, seconds):
        return not thread.is_alive()

    @staticmethod
    def sleeps(thread, seconds):
        time.sleep(seconds)
        return not thread.is_alive()

    @staticmethod
    def silent(thread, seconds):
        thread.join(seconds)

    @staticmethod
    def turned(thread, seconds):
        thread.join(seconds)
        return thread.is_alive()

    @staticmethod
    def spins(thread, seconds):
        until_s = time.monotonic() + seconds
        while thread.is_alive() and time.monotonic() < until_s:
            pass
        return not thread.is_alive()


IN_TIME = {"thread_s": 2, "seconds": 60}
TOO_LATE = {"thread_s": 60, "seconds": 2.5}
ENDED = {"thread_s": 1, "seconds": 30, "after_s": 3}


def judged(name, call):
    (run,) = waits_for_a_thread(Answers, name, [call])
    require_answer(run, name, **call)


@pytest.mark.parametrize("call", [IN_TIME, TOO_LATE, ENDED])
def test_a_right_answer_in_time_is_right(call):
    judged("right", call)


@pytest.mark.parametrize(
    ("name", "call", "told"),
    [
        ("hasty", TOO_LATE, r"hasty\(\) did not wait until it could know the answer"),
        ("sleeps", IN_TIME, r"sleeps\(\) waited too long: it could know the answer after 2 s"),
        ("silent", IN_TIME, r"silent\(\) returned None, True is right"),
        ("turned", TOO_LATE, r"turned\(\) should return False, it returned True"),
        ("turned", IN_TIME, r"\(thread, 60\) returned False after 2 s; the thread ended after 2 s"),
        ("turned", ENDED, "the thread had already ended"),
        ("spins", IN_TIME, r"spins\(\) waits by burning time"),
    ],
)
def test_a_wrong_answer_is_told(name, call, told):
    with pytest.raises(Broken, match=told):
        judged(name, call)


@pytest.mark.parametrize(
    ("took_s", "polling_s", "is_right"),
    [(2, 0, True), (2.05, 0, False), (2.05, 0.1, True), (1.9, 0.1, False)],
)
def test_an_answer_comes_when_it_can_be_known(took_s, polling_s, is_right):
    end = {"answer": "set", "took_s": took_s}
    told = in_time(end, "f(x)", "set", needed_s=2, fact="it was set", polling_s=polling_s)
    assert (not told) == is_right
    assert is_right or str(told).endswith(f"  f(x) returned 'set' after {took_s} s; it was set")


def test_a_program_that_only_waits_has_its_value():
    assert only_waited(simulate(lambda: time.sleep(3)), "it") is None


def test_who_goes_round_without_an_end_is_told():
    def program():
        while True:
            time.sleep(1)

    with pytest.raises(Broken, match="it still went round and round"):
        only_waited(simulate(program, max_decisions=100), "it")


def test_an_error_is_told_before_the_wait_that_follows_from_it():
    def program():
        ready = threading.Event()

        def fail():
            raise KeyError("none")

        threading.Thread(target=fail).start()
        ready.wait()

    with pytest.raises(Broken, match="KeyError"):
        only_waited(simulate(program), "it")


SCENARIO = """
def program():
    held = threading.Event()
    thread = threading.Thread(target=wait_of_a_student, args=(held,))
    thread.start()
    thread.join()
"""


def wait_of_a_student(event):
    event.wait()


def test_waits_of_a_scenario_are_told_apart_from_a_students():
    names = {"threading": threading, "wait_of_a_student": wait_of_a_student}
    exec(compile(SCENARIO, "<check>", "exec"), names)
    run = simulate(names["program"])
    assert waits_of_ours(run) == {MAIN: "program"}
    told = str(waits_of_students(run))
    assert "A waits for Event.wait()" in told
    assert "main" not in told
    assert not waits_of_students(simulate(lambda: None))


def test_others_alive_are_named():
    def program():
        threading.Thread(target=time.sleep, args=(1,), name="helper").start()
        now = others_alive()
        time.sleep(2)
        return now, others_alive()

    assert simulate(program).value == (["helper"], [])


def test_wakings_count_how_often_somebody_looked_again():
    def look():
        for _ in range(7):
            time.sleep(0.2)

    count, where = wakings(simulate(look))
    assert count == 7
    assert "test_waiting.py" in where
    assert wakings(simulate(lambda: None)) == (0, "")


@pytest.mark.parametrize(("moment_s", "told"), [(4.0, "4 s"), (31.5, "31.5 s"), (2.00049, "2 s")])
def test_moments_are_told_in_seconds(moment_s, told):
    assert told_s(moment_s) == told
