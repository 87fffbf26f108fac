"""Hidden checks of lesson 06, task 4: PausableWorker beside another one, and in any order."""

from dataclasses import replace

import pytest

from threadlings.checks import (
    ended_well,
    errors_first,
    never_wrong,
    waits_of_ours,
    waits_of_students,
)
from threadlings.engine import Ending, Outcome, search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import Text, lines, said


@scenario
def two_workers(lesson):
    """Pause one of two workers, later stop the other; tell which steps each took by then."""

    def program():
        import time

        numbers, seen = [[], []], []

        def make(index):
            def step(number):
                numbers[index].append(number)

            step.__qualname__ = "step"
            return lesson.PausableWorker(step, 10)

        first, second = make(0), make(1)
        first.start()
        second.start()
        pause, stop, resume, end = first.pause, second.stop, first.resume, first.stop
        for at_s, call in [(4, pause), (34, stop), (48, resume), (74, end)]:
            time.sleep(max(0, at_s - time.monotonic()))
            seen.append([list(mine) for mine in numbers])
            call()
        return seen

    return simulate(program, max_decisions=20_000)


@pytest.mark.task(4)
def test_two_workers_know_nothing_of_each_other(submission):
    """To pause or stop one worker leaves another one alone."""
    run = errors_first(submission.run(two_workers))
    *seen, last = ended_well(run)
    seen = [[len(mine) for mine in numbers] for numbers in (*seen, last)]
    if seen != [[1, 1], [1, 4], [1, 4], [4, 4]]:
        raise Broken(
            "two workers should know nothing of each other\n"
            "  the first was paused at 4 s, resumed at 48 s, stopped at 74 s; the second stopped "
            "at 34 s\n"
            "  after 4, 34, 48, 74 s the first should have begun 1, 1, 1, 4 steps, it had "
            "{seen};\n"
            "  the second 1, 4, 4, 4, it had {seen_2}",
            shown_by=run,
            seen=", ".join(str(counts[0]) for counts in seen),
            seen_2=", ".join(str(counts[1]) for counts in seen),
        )
    for mine in last:
        if mine != list(range(len(mine))):
            raise Broken(
                "two workers should know nothing of each other\n"
                "  the steps of one should be 0, 1, 2, ...; they were {numbers}",
                shown_by=run,
                numbers=", ".join(map(str, mine)),
            )


@scenario
def prepared(lesson):
    """Prepare a worker and start it half a minute later; tell what ran before and after."""

    def program():
        import threading
        import time

        numbers = []
        worker = lesson.PausableWorker(numbers.append, 10)
        time.sleep(30)
        before = [threading.active_count() - 1, list(numbers)]
        worker.start()
        time.sleep(0.001)
        after = list(numbers)
        worker.stop()
        return [*before, after]

    return simulate(program)


@scenario
def short_lives(lesson, script, most_steps, max_runs):
    """Lead a worker through a script under every schedule; log its steps and the calls.

    A number in the script: wait for that step to begin. A worker that is not stopped could go
    on for ever, so the step after most_steps never ends: such a run tells nothing. The calls
    come from a thread, not from the main one, so that a picture shows what they do.
    """

    def program():
        from threading import Event, Thread

        log = []
        begun, never = [Event() for _ in range(most_steps)], Event()

        def step(number):
            log.append(number)
            if number in range(most_steps):
                begun[number].set()
            else:
                never.wait()

        step.__qualname__ = "step"
        worker = lesson.PausableWorker(step, 10)

        def calls():
            for action in script:
                if isinstance(action, int):
                    begun[action].wait()
                else:
                    if action == "resume":
                        log.append("resume() called")
                    getattr(worker, action)()
                    if action != "start":
                        log.append(f"{action}() returned")

        caller = Thread(target=calls)
        caller.start()
        caller.join()
        return log

    return search(program, max_runs=max_runs, max_decisions=400)


@pytest.mark.task(4)
def test_nothing_runs_before_the_start(submission):
    """A worker is only prepared when it is made; start() starts its thread, and step(0) comes."""
    threads, before, after = ended_well(submission.run(prepared))
    if threads or before:
        raise Broken(
            "a PausableWorker was made and not started, and something runs already\n"
            "  30 s later its threads: {threads}; steps that have begun: {steps}",
            threads=threads,
            steps=len(before),
        )
    if not after:
        raise Broken(
            "start() came 30 s after the worker was made, and step(0) did not come at once\n"
            "  start() starts the thread"
        )


def _wrong_life(log):
    """Return what is wrong with a log of steps and calls; a text is a complaint already."""
    if isinstance(log, Text):
        return log
    numbers = [entry for entry in log if not isinstance(entry, str)]
    if numbers != list(range(len(numbers))):
        told = ", ".join(map(str, numbers))
        return said("the steps should be 0, 1, 2, ...; they were {numbers}", numbers=told)
    held = None
    for place, entry in enumerate(log):
        if entry == "pause() returned":
            held = []
        elif entry == "resume() called":
            held = None
        elif not isinstance(entry, str):
            if "stop() returned" in log[:place]:
                return said("step({entry}) began after stop() had returned", entry=entry)
            if held is not None:
                held.append(f"step({entry})")
    if held and len(held) > 1:
        return said(
            "{held} began after pause() had returned\n"
            "  one that was about to begin may, but no other, whatever the worker was doing",
            held=" and ".join(held),
        )
    return ""


def _judged(outcome):
    """Return the outcome, a deadlock in our words; None if it tells nothing."""
    run = outcome.run
    if run.error or run.uncaught:
        return Outcome.of(errors_first(run))
    if outcome.kind != Ending.DEADLOCK:
        return outcome
    ours = waits_of_ours(run).values()
    if "step" in ours:
        return None
    waits = waits_of_students(run)
    told = said("a call never returned")
    if "calls" in ours:
        missed = said(": a signal was missed") if waits else ""
        told = said("a step never began, although the worker was not paused{missed}", missed=missed)
    return Outcome.of(replace(run, deadlock=[], value=lines(*filter(None, [told, waits]))))


def _live_well(submission, *script):
    seen = submission.run(short_lives, script=script, most_steps=2, max_runs=50)
    seen.outcomes = list(filter(None, map(_judged, seen.outcomes)))
    if seen.outcomes:
        never_wrong(seen, _wrong_life)


@pytest.mark.task(4)
def test_no_schedule_loses_a_signal(submission):
    """A worker that is resumed goes on, whatever it was doing when it was paused."""
    _live_well(submission, "start", 0, "pause", "resume", 1, "stop")


@pytest.mark.task(4)
def test_no_schedule_gets_through_a_pause(submission):
    """After pause() at most one step begins, and stop() always comes to an end."""
    _live_well(submission, "start", "pause", "stop", "stop")
