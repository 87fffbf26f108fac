"""What you can check yourself in lesson 01. Run it with: pytest exercises/lesson01"""

import pytest

from threadlings.checks import Broken, always, ended_well
from threadlings.engine import search, simulate
from threadlings.language import said


@pytest.mark.task(1)
def test_start_workers_does_not_wait_for_its_threads(lesson):
    """start_workers() returns at once, with threads that have been started."""

    def program():
        import time
        from threading import current_thread

        places = []

        def target():
            places.append(current_thread().name)
            time.sleep(60)

        threads = lesson.start_workers(target, 3)
        returned_s = time.monotonic()
        time.sleep(1)
        return {
            "returned_s": returned_s,
            "alive": sum(thread.is_alive() for thread in threads),
            "mine": places.count(current_thread().name),
        }

    run = simulate(program)
    seen = ended_well(run)
    if seen["mine"]:
        raise Broken(
            "the target ran {mine} times in the thread that called start_workers()\n"
            "  who calls it: you, or the new thread after start()?",
            shown_by=run,
            mine=seen["mine"],
        )
    if seen["returned_s"] > 0:
        raise Broken(
            "start_workers() waited for its threads\n"
            "  its targets take 60 s; it returned after {returned_s} s, not at once",
            shown_by=run,
            returned_s=seen["returned_s"],
        )
    if seen["alive"] != 3:
        raise Broken(
            "3 threads should be running the target, {alive} are\n"
            "  a thread that was made does nothing until it is started",
            shown_by=run,
            alive=seen["alive"],
        )


@pytest.mark.task(1)
def test_each_worker_calls_the_target_once(lesson):
    """Three workers call the target three times, whoever comes first."""

    def program():
        calls = []
        for thread in lesson.start_workers(lambda: calls.append(1), 3):
            thread.join()
        return len(calls)

    always(
        search(program, max_runs=50),
        3,
        lambda count: said(
            "3 workers should call the target 3 times in all, not {count} times", count=count
        ),
    )


@pytest.mark.task(1)
def test_a_negative_count_is_refused(lesson):
    """A negative count raises ValueError with the value in the message."""
    refuses_minus_one(lambda: lesson.start_workers(print, -1), "start_workers")


@pytest.mark.task(2)
def test_each_announcer_prints_its_line_itself(lesson):
    """Two announcers print their line, each in its own thread."""

    def program():
        for announcer in lesson.start_announcers(2):
            announcer.join()

    run = simulate(program)
    ended_well(run)
    lines = [
        thread.letter
        for thread in run.threads
        for line in run.lines(thread.letter)
        if line == "This is a thread"
    ]
    if "m" in lines:
        raise Broken(
            "the line was printed by the main thread\n  run() is called there; start() lets the "
            "new thread call it",
            shown_by=run,
        )
    if lines != ["A", "B"]:
        raise Broken(
            "two announcers should print 'This is a thread' once each\n"
            "  number of such lines: {count}; printed in all: {lines}",
            shown_by=run,
            count=len(lines),
            lines=run.lines(),
        )


@pytest.mark.task(2)
def test_a_negative_number_of_announcers_is_refused(lesson):
    """A negative count raises ValueError with the value in the message."""
    refuses_minus_one(lambda: lesson.start_announcers(-1), "start_announcers")


def refuses_minus_one(call, function):
    """Require that a call with -1 raises ValueError with -1 in its message."""

    def program():
        try:
            call()
        except ValueError as error:
            return str(error)
        return None

    message = ended_well(simulate(program))
    if message is None:
        raise Broken(
            "{function}() with count -1 should raise ValueError; it raised nothing",
            function=function,
        )
    if "-1" not in message:
        raise Broken(
            "the message of the ValueError should have the value -1; it is {message!r}",
            message=message,
        )


@pytest.mark.task(3)
def test_run_stays_here_and_start_goes_elsewhere(lesson):
    """run() runs in the thread that calls it, start() in the new one."""
    always(
        search(lambda: list(lesson.run_and_start()), max_runs=50),
        ["MainThread", "started"],
        lambda names: said(
            "run_and_start() should return ('MainThread', 'started'), it returned {names}\n"
            "  has the started thread noted its name before you look?",
            names=names,
        ),
    )
