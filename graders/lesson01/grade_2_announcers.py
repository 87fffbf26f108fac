"""Hidden checks of lesson 01, task 2: Announcer and start_announcers."""

import pytest

from threadlings.checks import (
    Starts,
    an_object,
    ended_well,
    nothing_wrong,
    refusal,
    refused,
    same_again,
    wrong_afterwards,
    wrong_with_threads,
)
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario, scenario_with
from threadlings.language import said

LINE = "This is a thread"


@scenario_with(Starts)
def announcers(lesson, runs):
    """Start announcers: in each run, for each call, so many."""

    def program_of(counts):
        def program():
            from threading import Thread

            is_thread = issubclass(lesson.Announcer, Thread)
            books = [(Starts(), []) for _count in counts]
            for (starts, others), count in zip(books, counts, strict=True):
                starts.begin(start, count, others)
            return [
                {**starts.told(), "is_thread": is_thread, "others": others}
                for starts, others in books
            ]

        return program

    def start(count, others):
        made = lesson.start_announcers(count)
        for each in made or []:
            if not isinstance(each, lesson.Announcer):
                others.append(type(each).__name__)
        return made

    return [simulate(program_of(counts)) for counts in runs]


def _announcers(submission, count):
    """Require announcers that were made and started as they should be."""
    (run,) = submission.run(announcers, runs=[[count]])
    (seen,) = ended_well(run)
    nothing_wrong(_wrong_with_announcers(seen, count), shown_by=run)
    _printed_once_by(run, count)


def _wrong_with_announcers(seen, count):
    asked = f"start_announcers({count})"
    if not seen["is_thread"]:
        return said("Announcer is not a subclass of Thread")
    wrong = wrong_with_threads(seen, asked, count)
    if not wrong and seen["others"]:
        other = an_object(seen["others"][0])
        return said("{asked} should return announcers; one is {other}", asked=asked, other=other)
    return wrong


def _printed_once_by(run, count):
    """Require that each of the announcers printed its line, and nobody else."""
    counts = {thread.letter: run.lines(thread.letter).count(LINE) for thread in run.threads}
    if counts.pop("m"):
        raise Broken(
            "the line {line!r} was printed by the thread that made the announcer\n"
            "  __init__ and run() run where they are called; start() lets the new thread call run",
            line=LINE,
        )
    if sorted(filter(None, counts.values())) != [1] * count:
        raise Broken(
            "the line {line!r} should be printed once by each of {count} announcers\n"
            "  printed in all: {lines}",
            line=LINE,
            count=count,
            lines=run.lines()[:10],
        )


@scenario
def one_announcer(lesson):
    def program():
        announcer = lesson.Announcer()
        announcer.start()
        announcer.join()

    return simulate(program)


@pytest.mark.task(2)
def test_an_announcer_prints_its_line_in_its_own_thread(submission):
    """An Announcer that is started prints its line, in the new thread."""
    run = submission.run(one_announcer)
    ended_well(run)
    _printed_once_by(run, 1)


@pytest.mark.task(2)
def test_every_announcer_is_started(submission):
    """start_announcers() returns as many announcers as it was asked for, all started."""
    _announcers(submission, 3)
    _announcers(submission, 12)


@pytest.mark.task(2)
def test_no_announcers_are_an_empty_list(submission):
    """A count of 0 gives an empty list, and nothing is printed."""
    _announcers(submission, 0)


@pytest.mark.task(2)
def test_a_second_call_starts_announcers_of_its_own(submission):
    """A second call starts as many announcers as it is asked for, and returns these alone."""
    same_again(
        submission.run,
        announcers,
        "start_announcers",
        first=3,
        second=2,
        wrong=lambda seen: _wrong_with_announcers(seen, 2),
        afterwards=wrong_afterwards,
    )


@scenario_with(refusal)
def refusals_of_announcers(lesson, counts):
    return [simulate(lambda n=count: refusal(lesson.start_announcers, n)) for count in counts]


@pytest.mark.task(2)
def test_a_negative_count_of_announcers_is_refused(submission):
    """A negative count raises ValueError with the value, and nothing is started."""
    counts = [-3, -1]
    runs = submission.run(refusals_of_announcers, counts=counts)
    for count, run in zip(counts, runs, strict=True):
        refused(run, f"start_announcers({count})", count)
