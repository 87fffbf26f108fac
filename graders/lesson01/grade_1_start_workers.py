"""Hidden checks of lesson 01, task 1: start_workers."""

import pytest

from threadlings.checks import (
    Starts,
    always,
    ended_well,
    nothing_wrong,
    number_of_name,
    refusal,
    refused,
    same_again,
    wrong_afterwards,
    wrong_with_calls,
    wrong_with_threads,
    wrong_with_waiting,
)
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario, scenario_with
from threadlings.language import said


@scenario_with(Starts)
def workers(lesson, runs, meet=0):
    """Start workers: in each run, for each call, one for each time that the target takes.

    The workers of a call are still at work when the next call comes.
    """

    def program_of(calls):
        def program():
            books = [Starts(lasts_s, meet, patience_s=1000) for lasts_s in calls]
            for starts, lasts_s in zip(books, calls, strict=True):
                starts.begin(lesson.start_workers, starts.target, len(lasts_s))
            return [{**starts.told(), "apart": starts.apart} for starts in books]

        return program

    return [simulate(program_of(calls)) for calls in runs]


def _workers(submission, lasts_s, meet=0):
    """Return what was seen of workers that were made and started as they should be."""
    (run,) = submission.run(workers, runs=[[lasts_s]], meet=meet)
    (seen,) = ended_well(run)
    nothing_wrong(_wrong_with_workers(seen, len(lasts_s)), shown_by=run)
    return seen


def _wrong_with_workers(seen, count):
    asked = f"start_workers(target, {count})"
    return (
        wrong_with_threads(seen, asked, count)
        or wrong_with_waiting(seen, asked)
        or wrong_with_calls(seen, asked)
    )


@pytest.mark.task(1)
def test_the_threads_are_started_and_not_waited_for(submission):
    """start_workers() starts every thread and returns at once."""
    _workers(submission, [5, 5, 5])


@pytest.mark.task(1)
def test_the_threads_run_at_the_same_time(submission):
    """Threads that wait end together after the longest of them, not after the sum."""
    if _workers(submission, [1, 1, 1, 1], meet=4)["apart"]:
        raise Broken("the threads did not run at the same time: one ended before another began")
    over_s = _workers(submission, [3, 1, 2])["over_s"]
    if over_s > 3:
        raise Broken(
            "threads of 3, 1 and 2 s took {over_s:.1f} s together; 3.0 s is possible", over_s=over_s
        )


@pytest.mark.task(1)
def test_the_threads_are_in_the_order_in_which_they_were_made(submission):
    """The list has the threads in the order in which they were made."""
    names = _workers(submission, [1] * 12)["names"]
    numbers = [number_of_name(name) for name in names]
    if None not in numbers and numbers != sorted(numbers):
        raise Broken(
            "the threads are not in the order in which they were made: {names}", names=names
        )


@pytest.mark.task(1)
def test_no_workers_are_an_empty_list(submission):
    """A count of 0 gives an empty list."""
    _workers(submission, [])


@scenario
def two_workers(lesson):
    def program():
        calls = []
        threads = lesson.start_workers(lambda: calls.append(1), 2)
        started = sum(thread.ident is not None for thread in threads)
        for thread in threads:
            if thread.ident is not None:
                thread.join()
        return [started, len(calls)]

    return search(program, max_runs=50)


@pytest.mark.task(1)
def test_every_thread_is_started_under_every_schedule(submission):
    """Whoever comes first: both threads are started, and each calls the target once."""
    always(
        submission.run(two_workers),
        [2, 2],
        lambda seen: said(
            "{seen} of 2 threads had been started when start_workers() returned\n"
            "  the target was called {seen_2} times; once in each thread is right",
            seen=seen[0],
            seen_2=seen[1],
        ),
    )


@pytest.mark.task(1)
def test_a_second_call_starts_workers_of_its_own(submission):
    """A second call starts as many threads as it is asked for, and returns these alone."""
    same_again(
        submission.run,
        workers,
        "start_workers",
        first=[1, 1, 1],
        second=[1, 1],
        wrong=lambda seen: _wrong_with_workers(seen, 2),
        afterwards=wrong_afterwards,
    )


@scenario_with(refusal)
def refusals_of_workers(lesson, counts):
    return [simulate(lambda n=count: refusal(lesson.start_workers, print, n)) for count in counts]


@pytest.mark.task(1)
def test_a_negative_count_of_workers_is_refused(submission):
    """A negative count raises ValueError with the value, and nothing is started."""
    counts = [-3, -1]
    for count, run in zip(counts, submission.run(refusals_of_workers, counts=counts), strict=True):
        refused(run, f"start_workers(target, {count})", count)
