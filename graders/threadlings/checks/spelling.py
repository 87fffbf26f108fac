"""An order of accesses that a student spells in letters, found among the runs of a search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..engine import MAIN, Ending, Run, Search, Step, Thing
from ..feedback import describe, picture
from ..feedback.words import in_file, told_step
from ..language import Text, lines, said
from .promises import Broken

LETTERS = "AB"
_LONGEST_SHOWN = 40


def spelled(seen: Search, letters: object, *, name: str, what: str) -> list[Run]:
    """Return the runs that go as a student's letters say.

    Each letter lets that thread make one read or write of the shared attribute; nothing else
    counts. Runs that differ only in the order of accesses of which none writes are one run of
    the search: it is found under each of their spellings. Reads behind the last write may be
    left out: they come too late to matter. A write through a ``__setattr__`` of the program's
    own counts twice, where it is asked for and where it is made.

    Args:
        seen: A search with ``keep_runs`` of a program that starts two threads.
        letters: What the student wrote.
        name: The name under which it was written.
        what: The shared attribute. If nothing of that name is accessed (it may be a property),
            all that the threads share counts.
    Returns:
        The runs, their steps the accesses that count, in the order of the letters. None if the
        search did not come to them and has not seen all.
    Raises:
        Broken: If it is no string of ``A`` and ``B``, no run can go so, or a write is left out;
            its text has the first letter that cannot be followed, or what is still to come.
    """
    text = _text_of(letters, name)
    ended = [run for run in seen.kept if run.ending != Ending.EXHAUSTED]
    runs = list(_runs_with_accesses_only(ended, what))
    longest = max((len(run.steps) for run in runs), default=0)
    if runs and longest == 0:
        raise Broken(
            "no letter of {name} can be followed: the threads never get in each other's way\n"
            "  every access to {what} is behind a lock; the bug needs one that is not",
            name=name,
            what=what,
        )
    found: list[Run] = []
    for length in range(min(len(text), longest), -1, -1):
        found = list(_following(runs, text[:length]))
        if found:
            break
    if not found:
        return []
    followed = len(found[0].schedule)
    if followed < len(text):
        if not seen.is_complete:
            return []
        raise Broken(_cannot_go_on(found, text, name, what))
    for run in found:
        if any(step.action == "writes" for step in run.steps[followed:]):
            raise Broken(_too_short(run, name, what))
    return found


def story_of(run: Run) -> Text:
    """Return what happened in a run that :func:`spelled` found, to stand behind other words."""
    told = Text("\n  ", describe(run)) if describe(run) else Text()
    drawn = picture(run)
    return Text(told, "\n\n", drawn) if drawn else told


def _text_of(letters: object, name: str) -> str:
    if not isinstance(letters, str):
        raise Broken(
            "{name} should be a string of the letters A and B\n  it is of type {type}",
            name=name,
            type=type(letters).__name__,
        )
    for number, letter in enumerate(letters, start=1):
        if letter not in LETTERS:
            raise Broken(
                "{name} should have no letters but A and B, in capitals\n"
                "  it is {shown}; number {number} is {letter!r}",
                name=name,
                shown=_shown(letters),
                number=number,
                letter=letter,
            )
    return letters


def _runs_with_accesses_only(kept: Sequence[Run], what: str) -> Iterator[Run]:
    """Yield the runs, their steps those of the two threads that count as letters."""
    steps = [[step for step in run.steps if _is_access(step)] for run in kept]
    names = {step.what for mine in steps for step in mine}
    counted = {name for name in names if _means(name, what)} or names
    for run, mine in zip(kept, steps, strict=True):
        yield replace(run, steps=[step for step in mine if step.what in counted])


def _is_access(step: Step) -> bool:
    return step.thread != MAIN and step.action in ("reads", "writes")


def _means(name: str | Thing, what: str) -> bool:
    """Return True for ``n``, ``_n`` and ``['n']``, in which a property of that name may be."""
    return name in (what, repr([what])) or str(name).endswith(f"_{what}")


def _following(runs: Sequence[Run], letters: str) -> Iterator[Run]:
    """Yield the runs that can begin with these letters; their steps are put in that order."""
    for run in runs:
        rest = list(enumerate(run.steps))
        begun = []
        for letter in letters:
            following = next((pair for pair in rest if pair[1].thread == letter), None)
            if following is None:
                break
            rest.remove(following)
            begun.append(following)
        if len(begun) == len(letters) and _is_the_same_run([*begun, *rest]):
            yield replace(run, steps=[step for _, step in [*begun, *rest]], schedule=letters)


def _is_the_same_run(order: Sequence[tuple[int, Step]]) -> bool:
    """Return True if no two accesses have changed places of which one writes what both access."""
    return not any(
        earlier[0] > later[0] and _depend(earlier[1], later[1])
        for number, earlier in enumerate(order)
        for later in order[number + 1 :]
    )


def _depend(one: Step, other: Step) -> bool:
    return one.what == other.what and "writes" in (one.action, other.action)


def _cannot_go_on(runs: Sequence[Run], text: str, name: str, what: str) -> Text:
    """Say which letter cannot be followed, and why."""
    followed = len(runs[0].schedule)
    letter = text[followed]
    done = text[:followed].count(letter)
    mine = [[step for step in run.steps if step.thread == letter] for run in runs]
    headline = said(
        "{name} = {shown}: letter {followed}, {letter}, cannot be followed",
        name=name,
        shown=_shown(text),
        followed=followed + 1,
        letter=letter,
    )
    if any(len(steps) > done for steps in mine):
        why = said("  {letter} cannot go on there: it waits for the other thread", letter=letter)
        return lines(headline, why)
    no_more = said(
        "  {letter} has made all its accesses to {what} by then; they are {done}:",
        letter=letter,
        what=what,
        done=done,
    )
    return lines(headline, no_more, *(_told(step) for step in mine[0]))


def _too_short(run: Run, name: str, what: str) -> Text:
    """Say what has no letter."""
    has_letters = said(
        "  it has letters for {spelled} of {made} accesses to {what}; still to come, in "
        "some order:",
        spelled=len(run.schedule),
        made=len(run.steps),
        what=what,
    )
    return lines(
        said("{name} = {shown} ends before the last write", name=name, shown=_shown(run.schedule)),
        has_letters,
        *(_told(step, with_value=False) for step in run.steps[len(run.schedule) :]),
        said("  each letter is one read or one write"),
    )


def _told(step: Step, *, with_value: bool = True) -> Text:
    where = f"   {in_file(step.place)}" if in_file(step.place) else ""
    told = told_step(step if with_value else replace(step, value=None))
    return Text(f"  {step.thread} ", told, where)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}...")
