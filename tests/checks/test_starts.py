"""Calls that start threads: what was seen of them, and what is wrong with it."""

import threading
import time

import pytest

from threadlings.checks import (
    Starts,
    an_object,
    listed,
    number_of_name,
    wrong_afterwards,
    wrong_with_calls,
    wrong_with_threads,
    wrong_with_waiting,
)
from threadlings.engine import load

PROGRAMS = """
from threading import Thread

def made(target, count):
    return [Thread(target=target) for _ in range(count)]

def right(target, count):
    threads = made(target, count)
    for thread in threads:
        thread.start()
    return threads

def in_a_tuple(target, count):
    return tuple(right(target, count))

def one_too_few(target, count):
    return right(target, count)[1:]

def one_twice(target, count):
    return [right(target, 1)[0]] * count

def called_here(target, count):
    target()
    return right(target, count)

def waits(target, count):
    threads = right(target, count)
    threads[0].join()
    return threads

def one_calls_all(target, count):
    threads = right(lambda: None, count - 1)
    def all_calls():
        for _ in range(count):
            target()
    return threads + right(all_calls, 1)

def one_more(target, count):
    right(target, 1)
    return right(target, count)
"""


@pytest.fixture
def started(tmp_path):
    """Return what was seen when a function of the programs above started three threads."""
    file = tmp_path / "starting.py"
    file.write_text(PROGRAMS, encoding="utf-8")
    source = load(file)

    def seen(name, *, meet=0):
        from threadlings.engine import simulate

        def program():
            starts = Starts([3, 2, 1], meet, patience_s=10)
            return {**starts.seen(getattr(source, name), starts.target, 3), "apart": starts.apart}

        return simulate(program).value

    return seen


def wrong(seen):
    return str(
        wrong_with_threads(seen, "start(3)", 3)
        or wrong_with_waiting(seen, "start(3)")
        or wrong_with_calls(seen, "start(3)")
    )


def test_threads_that_were_started_are_right(started):
    seen = started("right")
    assert wrong(seen) == ""
    assert (seen["over_s"], seen["calls"], seen["in_all"]) == (3, [[[]]] * 3, 3)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("made", "threads: 3; started: 0"),
        ("in_a_tuple", "it returned an object of class tuple"),
        ("one_too_few", "things in its list: 2; threads among them: 2"),
        ("one_twice", "should return 3 different threads, not 1"),
        ("called_here", "called the target itself, not in a new thread"),
        ("waits", "it returned after 3.0 s, not at once"),
        ("one_calls_all", "in the order of the list: 0, 0, 3"),
        ("one_more", "threads: 3; calls in all: 4"),
    ],
)
def test_what_is_wrong_is_told(started, name, told):
    assert told in wrong(started(name))


def test_a_list_that_another_call_changes_is_told():
    threads = []

    def reused(count):
        threads[:] = [threading.Thread(target=int) for _ in range(count)]
        return threads

    first, second = Starts(), Starts()
    first.begin(reused, 2)
    second.begin(reused, 1)
    assert "was changed by the second" in str(wrong_afterwards(first.told()))
    assert str(wrong_afterwards(second.told())) == ""


def test_calls_wait_for_each_other(started):
    assert started("right", meet=3)["apart"] == 0
    assert started("right", meet=4)["apart"] == 3


@pytest.mark.parametrize(
    ("name", "number"),
    [("Thread-7", 7), ("Thread-12 (work)", 12), ("worker", None), ("Thread-x", None), (None, None)],
)
def test_the_number_in_a_name_of_python(name, number):
    assert number_of_name(name) == number


def test_names_are_listed_for_people():
    assert listed([]) == "nothing"
    assert listed(["a", None]) == "'a', None"
    assert listed(["a"] * 9) == ", ".join(["'a'"] * 8) + ", ..."
    assert str(an_object("NoneType")) == "None"
    assert str(an_object("dict")) == "an object of class dict"


def test_real_threads_do_as_well():
    starts = Starts()
    seen = starts.seen(lambda: [threading.Thread(target=starts.target)])
    assert "started: 0" in str(wrong_with_threads(seen, "start(1)", 1))
    assert time.monotonic() > 0
