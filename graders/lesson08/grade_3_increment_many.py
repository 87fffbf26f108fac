"""Hidden checks of lesson 08, task 3: increment_many."""

import pytest

from threadlings.checks import (
    SharedCounter,
    always,
    ended_well,
    nothing_wrong,
    refusal,
    refused,
    same_again,
    wrong_with_increments,
)
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario, scenario_with
from threadlings.language import said


@scenario_with(SharedCounter)
def many(lesson, runs, takes_s=0):
    """Call increment_many: in each run, one call after the other, with threads and increments."""

    def call(threads, increments):
        counter = SharedCounter(5, meet=threads, takes_s=takes_s)
        return counter.seen(lesson.increment_many, threads, increments)

    programs = [lambda calls=calls: [call(*each) for each in calls] for calls in runs]
    return [simulate(program) for program in programs]


def _wrong_many(seen, threads, increments):
    asked = f"increment_many(counter, {threads}, {increments}) with counter.n = 5"
    return wrong_with_increments(seen, asked, threads, increments)


@pytest.mark.task(3)
def test_every_thread_increments_as_often_as_asked(submission):
    """The threads run at the same time, and each increments as often as asked."""
    sizes = ((3, 4), (0, 4), (3, 0), (101, 1))  # More than pools are given by habit.
    runs = submission.run(many, runs=[[size] for size in sizes])
    for size, run in zip(sizes, runs, strict=True):
        (seen,) = ended_well(run)
        nothing_wrong(_wrong_many(seen, *size), shown_by=run)


@pytest.mark.task(3)
def test_a_second_call_has_threads_of_its_own(submission):
    """A second call lets its own threads increment the counter that it is given."""
    same_again(
        submission.run,
        many,
        "increment_many",
        first=[3, 2],
        second=[2, 1],
        wrong=lambda seen: _wrong_many(seen, 2, 1),
    )


@scenario
def many_in_every_order(lesson, threads, increments):
    def program():
        from threading import Lock

        class Counter:
            def __init__(self):
                self.n = 5
                self.lock = Lock()

            def increment(self):
                with self.lock:
                    self.n += 1

        return lesson.increment_many(Counter(), threads, increments)

    return search(program, max_runs=80, max_decisions=1_000)


@pytest.mark.task(3)
def test_it_returns_after_every_thread_has_ended(submission):
    """The total is read after every thread has ended, however long that takes."""
    for threads, increments in ((2, 1), (2, 2), (3, 1)):
        asked = f"increment_many(counter, {threads}, {increments}) with counter.n = 5"

        def told(n, asked=asked):
            return said(
                "increment_many() returned before every thread had ended\n  {asked} returned {n}",
                asked=asked,
                n=n,
            )

        seen = submission.run(many_in_every_order, threads=threads, increments=increments)
        total = 5 + threads * increments
        always(seen, total, told)
        (run,) = submission.run(many, runs=[[(threads, increments)]], takes_s=61)
        (slow,) = ended_well(run)
        if slow["n"] != total:
            raise Broken(told(slow["returned"]), shown_by=run)


@scenario_with(SharedCounter, refusal)
def refusal_of_many(lesson, threads, increments):
    return simulate(lambda: refusal(lesson.increment_many, SharedCounter(5), threads, increments))


@pytest.mark.task(3)
def test_negative_numbers_are_refused(submission):
    """A negative number is a ValueError with the number in it, and nothing starts."""
    for threads, increments in ((-2, 3), (3, -2), (0, -7), (-7, 0)):
        run = submission.run(refusal_of_many, threads=threads, increments=increments)
        asked = f"increment_many(counter, {threads}, {increments})"
        refused(run, asked, min(threads, increments))
