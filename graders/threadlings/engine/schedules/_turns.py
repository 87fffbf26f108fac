"""The turns of a run: its decisions, and which of them need not keep their order."""

from __future__ import annotations

from collections.abc import Sequence

from ..kernel import Footprint, Transition, depend, letter_of
from ..runs import Turn


def turns_of(transitions: Sequence[Transition]) -> list[Turn]:
    """Return the decisions of a run, each with those that must come before it.

    Turns of two threads may change places if nothing that they touch depends on their order
    (Mazurkiewicz 1977). What follows a turn without a decision belongs to it.
    """
    merged = _merged(transitions)
    turns: list[Turn] = []
    pasts: list[int] = []  # For each turn, a bit for every turn that comes before it.
    for number, (threads, footprint, steps) in enumerate(merged):
        past, after = 0, []
        for earlier in range(number - 1, -1, -1):
            if past >> earlier & 1:
                continue
            others, touched, _ = merged[earlier]
            if not threads.keys().isdisjoint(others) or depend(footprint, touched):
                past |= pasts[earlier] | 1 << earlier
                after.append(earlier)
        pasts.append(past)
        turns.append(Turn(letter_of(next(iter(threads))), steps, after[::-1]))
    return turns


def _merged(transitions: Sequence[Transition]) -> list[tuple[dict[int, None], Footprint, int]]:
    """Return of each turn its threads, who was chosen first; what it touched; its steps."""
    merged: list[tuple[dict[int, None], Footprint, int]] = []
    for transition in transitions:
        if transition.enabled is not None:
            merged.append(({}, {}, 0))
        if not merged:
            continue
        threads, footprint, steps = merged[-1]
        threads[transition.thread] = None
        for resource, modes in transition.footprint.items():
            footprint[resource] = footprint.get(resource, 0) | modes
        merged[-1] = (threads, footprint, steps + transition.steps)
    return merged
