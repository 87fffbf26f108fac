"""Hidden checks of lesson 01, task 3: run_and_start."""

import pytest

from threadlings.checks import (
    describe,
    ended_well,
    listed,
    never_wrong,
    nothing_wrong,
    others_alive,
    same_again,
)
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario, scenario_with
from threadlings.language import said


@scenario
def called_from(lesson, runs, every_schedule=False):
    """Call run_and_start: in each run, one call after the other, in threads of these names."""

    def call(name):
        from threading import Thread

        seen = []
        caller = Thread(target=lambda: seen.append(lesson.run_and_start()), name=name)
        caller.start()
        caller.join()
        return [list(pair) if isinstance(pair, tuple) else pair for pair in seen]

    programs = [lambda names=names: [call(name) for name in names] for names in runs]
    if every_schedule:
        return search(programs[0], max_runs=50)
    return [simulate(program) for program in programs]


def _wrong_pair(seen, name):
    """Return what is wrong with what run_and_start returned in a thread of this name."""
    if not seen:
        return said("run_and_start() did not return")
    if not isinstance(seen[0], list) or len(seen[0]) != 2:
        return said(
            "run_and_start() should return a pair of names, it returned {seen!r}", seen=seen[0]
        )
    if seen[0] == [name, "started"]:
        return ""
    ran, started = seen[0]
    told = said("  in a thread called {name!r} it returned {ran}", name=name, ran=(ran, started))
    if [started, ran] == [name, "started"]:
        return said(
            "the names are in the wrong order: first that of run(), then of start()\n{told}",
            told=told,
        )
    if ran != name:
        return said(
            "run() runs in the thread that calls it: its name comes first\n{told}", told=told
        )
    return said(
        "the second name should be 'started': the name of the thread that start() began, as "
        "it noted it itself\n"
        "{told}",
        told=told,
    )


@pytest.mark.task(3)
def test_run_stays_and_start_goes_elsewhere(submission):
    """run() runs in the thread that calls it, start() in the new one."""
    (run,) = submission.run(called_from, runs=[["my caller"]])
    (seen,) = ended_well(run)
    nothing_wrong(_wrong_pair(seen, "my caller"), shown_by=run)


@scenario_with(others_alive)
def witnesses(lesson):
    """Note which witnesses run_and_start makes while somebody else's thread is alive."""

    def program():
        import time
        from threading import Thread

        made = []

        def noted(kind, *_arguments, **_keywords):
            made.append(object.__new__(kind))
            return made[-1]

        Thread(target=time.sleep, args=(1000,), name="another", daemon=True).start()
        lesson.Witness.__new__ = noted
        lesson.run_and_start()
        is_another_over = "another" not in others_alive()
        started = [each.name for each in made if each.ident is not None]
        called = [each for each in made if each.ident is None and getattr(each, "ran_in", "")]
        return {"started": started, "called": len(called), "is_another_over": is_another_over}

    return simulate(program)


@pytest.mark.task(3)
def test_there_are_two_witnesses(submission):
    """run() is called on one Witness, start() on another one whose name is started."""
    run = submission.run(witnesses)
    seen = ended_well(run)
    if "started" not in seen["started"] or not seen["called"]:
        raise Broken(
            "run_and_start() should call run() on one Witness and start() on another, 'started'\n"
            "  started witnesses: {names}; witnesses that ran and were not started: {called}",
            names=listed(seen["started"]),
            called=seen["called"],
        )
    if seen["is_another_over"]:
        raise Broken(
            "run_and_start() waited for a thread that it did not start\n"
            "  which threads are yours to wait for?",
            shown_by=run,
        )


@pytest.mark.task(3)
def test_the_names_are_there_under_every_schedule(submission):
    """The names are looked at after both witnesses have noted them."""
    seen = submission.run(called_from, runs=[["my caller"]], every_schedule=True)
    for outcome in seen.outcomes:
        if any("ran_in" in failure.message for failure in outcome.run.uncaught.values()):
            raise Broken(
                "run_and_start() looked for ran_in before the started witness had stored it\n"
                "  {describe}\n"
                "  what tells you that a thread has ended?",
                describe=describe(outcome.run),
            )
    never_wrong(seen, lambda calls: _wrong_pair(calls[0], "my caller"))


@pytest.mark.task(3)
def test_a_second_call_has_witnesses_of_its_own(submission):
    """A second call, in another thread, returns the name of that thread."""
    same_again(
        submission.run,
        called_from,
        "run_and_start",
        first="my caller",
        second="another caller",
        wrong=lambda seen: _wrong_pair(seen, "another caller"),
    )
