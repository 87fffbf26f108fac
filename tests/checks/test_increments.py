"""A counter for many threads knows who incremented it, and how often."""

from threading import Thread

import pytest

from threadlings.checks import SharedCounter, wrong_with_increments
from threadlings.engine import simulate


def started(counter, threads, increments):
    def work():
        for _ in range(increments):
            counter.increment()

    workers = [Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    return workers


def right(counter, threads, increments):
    for worker in started(counter, threads, increments):
        worker.join()
    return counter.n


def serial(counter, threads, increments):
    for _ in range(threads):
        right(counter, 1, increments)
    return counter.n


def by_itself(counter, threads, increments):
    for _ in range(threads * increments):
        counter.increment()
    return counter.n


def test_an_increment_may_take_its_time():
    def gone_too_early(counter, threads, increments):
        started(counter, threads, increments)
        return counter.n

    def program(function):
        return lambda: SharedCounter(5, takes_s=9).seen(function, 2, 1)

    run = simulate(program(right))
    assert (run.value["n"], run.returned_s) == (7, 9)
    assert simulate(program(gone_too_early)).value["n"] == 5


def as_asked_for(counter, threads, increments):
    right(counter, threads, increments)
    return threads * increments


def wrong(function, meet=3):
    run = simulate(lambda: SharedCounter(5, meet=meet).seen(function, 3, 2))
    return str(wrong_with_increments(run.value, "count(3, 2)", 3, 2))


def test_as_many_increments_as_asked_are_right():
    assert wrong(right) == ""


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (serial, "all 3 threads should be able to increment before one has ended"),
        (as_asked_for, "count(3, 2) returned 6, but counter.n is 11"),
    ],
)
def test_what_is_wrong_is_told(function, told):
    assert told in wrong(function)


def test_the_caller_is_one_thread():
    assert "threads that called it: 1; calls in all: 6" in wrong(by_itself, meet=0)


def test_updates_may_all_be_lost():
    run = simulate(lambda: SharedCounter(5, adds=0).seen(right, 2, 3))
    assert (run.value["n"], run.value["returned"], run.value["calls"]) == (5, 5, [3, 3])
