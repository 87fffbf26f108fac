"""How a run ended, in words."""

from __future__ import annotations

from ..engine import MAIN, Failure, Place, Run, Spin, Step, Wait
from ..language import said


def describe(run: Run) -> str:
    """Return how a run that did not end well ended; empty if it ended well.

    A deadlock names who waits for whom, a livelock the line that goes round, an error its
    type, text and line.
    """
    if run.deadlock:
        return _deadlock(run)
    if run.livelock:
        return "\n".join([said("it never ends:"), *(f"  {_spin(spin)}" for spin in run.livelock)])
    if run.exhausted:
        return said("it was still running after very many steps")
    if run.error is not None:
        return _failure(run.error)
    if run.uncaught:
        return "\n".join(_uncaught(run))
    return ""


def busy_waits(run: Run) -> str:
    """Return the lines that burnt time instead of waiting; empty if there are none."""
    return "\n".join(f"  {_spin(spin)}" for spin in run.busy_waits)


def name_of(letter: str) -> str:
    """Return what to call a thread: its letter, or ``the main thread``."""
    return said("the main thread") if letter == MAIN else letter


def in_file(place: Place | None) -> str:
    """Return a place as ``locks.py:18``; empty for a line of ours, which is none of a file."""
    return "" if place is None or place.file.startswith("<") else str(place)


def told_step(step: Step) -> str:
    """Return what a step did: ``reads n = 0``."""
    value = f" = {step.value}" if step.value is not None else ""
    return said(f"{step.action} {said(step.what)}{value}")


def _deadlock(run: Run) -> str:
    ended = {thread.letter for thread in run.threads if thread.ended_s is not None}
    lines = [said("deadlock: nobody can go on")]
    lines += [f"  {_wait(wait, ended)}" for wait in _threads_first(run.deadlock)]
    return "\n".join([*lines, *(said(f"  before that, {told}") for told in _uncaught(run))])


def _uncaught(run: Run) -> list[str]:
    return [
        said(f"the thread {name} ended with {_failure(failure)}")
        for name, failure in run.uncaught.items()
    ]


def _threads_first(waits: list[Wait]) -> list[Wait]:
    return sorted(waits, key=lambda wait: wait.thread == MAIN)


def _wait(wait: Wait, ended: set[str]) -> str:
    where = f" ({in_file(wait.place)})" if in_file(wait.place) else ""
    text = said(f"{name_of(wait.thread)} waits for {said(wait.what)}") + where
    if wait.held_by is None:
        return said(f"{text}, and nobody is left who could end that wait")
    if wait.what.startswith("the end of"):
        return text
    since = said(f" since {in_file(wait.held_since)}") if in_file(wait.held_since) else ""
    if wait.held_by == wait.thread:
        return said(f"{text}, which it has taken itself{since}")
    if wait.held_by in ended:
        return said(f"{text}, which {name_of(wait.held_by)} took{since} and never released")
    return said(f"{text}, which {name_of(wait.held_by)} has{since}")


def _spin(spin: Spin) -> str:
    where = said(f" at {in_file(spin.place)}") if in_file(spin.place) else ""
    return said(f"{name_of(spin.thread)} goes round and round{where}, and nothing changes")


def _failure(failure: Failure) -> str:
    if "MissingName" in failure.bases:  # Which line of a test asked for it does not matter.
        return said(failure.message)
    where = said(f" at {in_file(failure.place)}") if in_file(failure.place) else ""
    if failure.message.startswith("pytest: reading from stdin"):
        return said(f"nobody can answer input() in a test{where}: take it out")
    text = f": {failure.message}" if failure.message else ""
    return f"{failure.type_name}{text}{where}"
