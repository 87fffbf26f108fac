"""How a run ended, in words."""

from __future__ import annotations

from ..engine import MAIN, Failure, Place, Run, Spin, Step, Thing, Wait
from ..language import Text, lines, said

_FOUND = ("locked", "free", "set", "unset", "ended", "running", "full", "empty", "done")
_ACTIONS = (
    *("reads", "writes", "takes", "frees", "releases", "waits for", "sets", "clears"),
    *("looks at", "ends", "begins", "cancels", "puts into", "gets from", "finds items in"),
    *("finds room in", "ends a task of", "shuts down"),
)
STEPS = {
    **{action: f"{action} {{what}}" for action in _ACTIONS},
    **{f"finds {found}": f"finds {{what}} {found}" for found in _FOUND},
}
"""How to say what a step does: the one table for messages, pages and terminals."""


def describe(run: Run) -> Text:
    """Return how a run that did not end well ended; empty if it ended well.

    A deadlock names who waits for whom, a livelock the line that goes round, an error its
    type, text and line.
    """
    if run.deadlock:
        return _deadlock(run)
    if run.livelock:
        return lines(said("it never ends:"), *(Text("  ", _spin(spin)) for spin in run.livelock))
    if run.exhausted:
        return said("it was still running after very many steps")
    if run.error is not None:
        return _failure(run.error)
    return lines(*_uncaught(run))


def busy_waits(run: Run) -> Text:
    """Return the lines that burnt time instead of waiting; empty if there are none."""
    return lines(*(Text("  ", _spin(spin)) for spin in run.busy_waits))


def todo_in(run: Run) -> str | None:
    """Return the text of the TODO that a run met, or None."""
    for failure in (run.error, *run.uncaught.values()):
        if failure is not None and _is_todo(failure):
            return failure.message
    return None


def name_of(letter: str) -> str | Text:
    """Return what to call a thread: its letter, or ``the main thread``."""
    return said("the main thread") if letter == MAIN else letter


def in_file(place: Place | None) -> str:
    """Return a place as ``locks.py:18``; empty for a line of ours, which is none of a file."""
    return "" if place is None or place.file.startswith("<") else str(place)


def name_of_thing(what: str | Thing) -> str | Text:
    """Return the name of what a step is about, or of what somebody waits for."""
    if not isinstance(what, Thing):
        return what
    if what.is_end:
        return said("the end of {thread}", thread=what.thread)
    if what.made_at is not None:
        number = f" #{what.number}" if what.number is not None else ""
        place = f"{what.made_at}{number}"
        return said("the {kind} made at {place}", kind=what.kind, place=place)
    return said("a lock") if what.kind == "lock" else str(what)


def told_step(step: Step) -> Text:
    """Return what a step did: ``reads n = 0``."""
    value = f" = {step.value}" if step.value is not None else ""
    return told_action(step.action, Text(name_of_thing(step.what), value))


def told_action(action: str, what: str | Text) -> Text:
    """Return what a step does to a thing: ``finds counter.lock locked``."""
    return said(STEPS[action], what=what) if action in STEPS else Text(f"{action} ", what)


def _is_todo(failure: Failure) -> bool:
    return "NotImplementedError" in failure.bases and "TODO" in failure.message


def _deadlock(run: Run) -> Text:
    ended = {thread.letter for thread in run.threads if thread.ended_s is not None}
    waits = (Text("  ", _wait(wait, ended)) for wait in _threads_first(run.deadlock))
    before = (said("  before that, {told}", told=told) for told in _uncaught(run))
    return lines(said("deadlock: nobody can go on"), *waits, *before)


def _uncaught(run: Run) -> list[Text]:
    return [
        said("the thread {name} ended with {failure}", name=name, failure=_failure(failure))
        for name, failure in run.uncaught.items()
    ]


def _threads_first(waits: list[Wait]) -> list[Wait]:
    return sorted(waits, key=lambda wait: wait.thread == MAIN)


def _wait(wait: Wait, ended: set[str]) -> Text:
    where = f" ({in_file(wait.place)})" if in_file(wait.place) else ""
    waits = said("{who} waits for {what}", who=name_of(wait.thread), what=name_of_thing(wait.what))
    text = Text(waits, where)
    if wait.held_by is None:
        return said("{text}, and nobody is left who could end that wait", text=text)
    if wait.what.is_end:
        return text
    since = _at(" since {place}", wait.held_since)
    if wait.held_by == wait.thread:
        return said("{text}, which it has taken itself{since}", text=text, since=since)
    who = name_of(wait.held_by)
    if wait.held_by in ended:
        never = "{text}, which {who} took{since} and never released"
        return said(never, text=text, who=who, since=since)
    return said("{text}, which {who} has{since}", text=text, who=who, since=since)


def _spin(spin: Spin) -> Text:
    round_ = "{who} goes round and round{where}, and nothing changes"
    return said(round_, who=name_of(spin.thread), where=_at(" at {place}", spin.place))


def _at(key: str, place: Place | None) -> Text:
    """Return words about a place; nothing if it is in no file."""
    where = in_file(place)
    return said(key, place=where) if where else Text()


def _failure(failure: Failure) -> Text:
    if "MissingName" in failure.bases:  # Which line of a test asked for it does not matter.
        return Text(failure.message)
    where = _at(" at {place}", failure.place)
    if failure.message.startswith("pytest: reading from stdin"):
        return said("nobody can answer input() in a test{where}: take it out", where=where)
    text = f": {failure.message}" if failure.message else ""
    return Text(f"{failure.type_name}{text}", where)
