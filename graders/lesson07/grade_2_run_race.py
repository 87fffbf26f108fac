"""Hidden checks of lesson 07, task 2: run_race."""

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
def races(lesson, runs, adds=1, takes_s=0):
    """Call run_race: in each run, one call after the other, with so many threads and increments."""

    def call(threads, increments):
        counter = SharedCounter(5, adds, meet=threads, takes_s=takes_s)
        return counter.seen(lesson.run_race, threads, increments)

    programs = [lambda calls=calls: [call(*each) for each in calls] for calls in runs]
    return [simulate(program) for program in programs]


def _raced(submission, threads, increments, **counter):
    """Return the run of a call of run_race, and what was seen, if nothing is wrong with it."""
    (run,) = submission.run(races, runs=[[[threads, increments]]], **counter)
    (seen,) = ended_well(run)
    nothing_wrong(_wrong_race(seen, threads, increments), shown_by=run)
    return run, seen


def _wrong_race(seen, threads, increments):
    asked = f"run_race(counter, {threads}, {increments})"
    return wrong_with_increments(seen, asked, threads, increments)


@pytest.mark.task(2)
def test_every_thread_increments_as_often_as_asked(submission):
    """The threads run at the same time, and each increments as often as asked."""
    # 101: more than the round numbers that pools are given.
    for threads, increments in ((3, 4), (0, 4), (3, 0), (101, 1)):
        run, seen = _raced(submission, threads, increments)
        if _slept_between_starts(run, seen["came_s"]):
            raise Broken(
                "the threads did not begin at the same time\n"
                "  run_race(counter, {threads}, {increments}) slept between the starts: they "
                "began after {came} s\n"
                "  a pause makes the race rare, and no less wrong",
                shown_by=run,
                threads=threads,
                increments=increments,
                came=", ".join(f"{came_s:g}" for came_s in seen["came_s"]),
            )


def _slept_between_starts(run, came_s):
    return max(came_s, default=0) > 0 and any(
        span.thread == "m" and span.state == "sleeping" and span.start_s < max(came_s)
        for span in run.timeline
    )


@pytest.mark.task(2)
def test_it_returns_what_the_race_made_of_the_counter(submission):
    """The total is counter.n, not the number that was asked for."""
    for adds in (1, 0):  # Without any, every update is lost.
        _raced(submission, 2, 3, adds=adds)


@pytest.mark.task(2)
def test_a_second_race_has_threads_of_its_own(submission):
    """A second call lets its own threads race, on the counter that it is given."""
    same_again(
        submission.run,
        races,
        "run_race",
        first=[3, 2],
        second=[2, 1],
        wrong=lambda seen: _wrong_race(seen, 2, 1),
    )


@scenario
def races_in_every_order(lesson, threads, increments):
    def program():
        from threading import Lock

        class Counter:
            def __init__(self):
                self.n = 5
                self.lock = Lock()

            def increment(self):
                with self.lock:
                    self.n += 1

        counter = Counter()
        return [lesson.run_race(counter, threads, increments), counter.n]

    return search(program, max_runs=100, max_decisions=200)


@pytest.mark.task(2)
def test_it_returns_after_every_thread_has_ended(submission):
    """The total is read after every thread has ended, however long that takes."""
    for threads, increments in ((2, 1), (2, 2), (3, 1)):
        total = 5 + threads * increments
        asked = f"run_race(counter, {threads}, {increments})"

        def told(end, asked=asked, total=total):
            facts = {"asked": asked, "total": total, "returned": end[0], "n": end[1]}
            if end[1] == total:
                return said("{asked} returned {returned}, but counter.n is {n}", **facts)
            return said(
                "run_race() returned before every increment was made\n"
                "  {asked}, with a counter that began at 5: counter.n was {n} when it returned; "
                "all increments make {total}",
                **facts,
            )

        seen = submission.run(races_in_every_order, threads=threads, increments=increments)
        always(seen, [total, total], told)
        (run,) = submission.run(races, runs=[[[threads, increments]]], takes_s=61)
        (slow,) = ended_well(run)
        if slow["n"] != total:
            raise Broken(told([slow["returned"], slow["n"]]), shown_by=run)


@scenario_with(SharedCounter, refusal)
def refusal_of_races(lesson, threads, increments):
    return simulate(lambda: refusal(lesson.run_race, SharedCounter(5), threads, increments))


@pytest.mark.task(2)
def test_run_race_refuses_negative_numbers(submission):
    """A negative number is a ValueError with the number in it, and nothing starts."""
    for threads, increments in ((-2, 3), (3, -2), (0, -7), (-7, 0)):
        run = submission.run(refusal_of_races, threads=threads, increments=increments)
        asked = f"run_race(counter, {threads}, {increments})"
        refused(run, asked, min(threads, increments))
