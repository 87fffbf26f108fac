"""What happened before what in a run, and which of it raced: vector clocks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..kernel import (
    DEPENDS,
    RACES,
    WRITE,
    Resource,
    SiteKey,
    Transition,
)


class _Access(NamedTuple):
    """One access in a trace: by whom, in which transition, and what came before it.

    ``number`` counts the accesses of the trace; ``clock`` holds, for each thread, the number
    of its last access that comes before this one in every equivalent schedule.
    """

    thread: int
    position: int
    number: int
    modes: int
    clock: dict[int, int]


class Trace:
    """What happened before what in one run.

    Clocks count accesses, not transitions: of a transition that frees a lock and goes on, only
    what it did before comes before what the next holder does.

    Args:
        transitions: What was done, in order.
        pending: Threads that were waiting when the run ended, and what they would have
            touched. It races with what was done, though it never happened.
        ended_at: How many of the transitions came before the program's end, if others came after:
            those race with what was done before, but not with each other.
    """

    def __init__(
        self,
        transitions: Sequence[Transition],
        pending: Iterable[tuple[int, Sequence[tuple[Resource, int]]]],
        ended_at: int | None = None,
    ) -> None:
        self._ended_at = len(transitions) if ended_at is None else ended_at
        self.transitions = list(transitions)
        self._wished = len(self.transitions)
        for thread, wishes in pending:
            wish = Transition(thread, None)
            for resource, modes in wishes:
                wish.footprint[resource] = modes
                wish.accesses.append((resource, modes, None))
            self.transitions.append(wish)
        self._positions: dict[int, list[int]] = {}
        self._first: list[int] = []
        self._after: list[dict[int, int]] = []
        self._races: set[tuple[int, int, Resource]] = set()
        self._read()

    def thread_of(self, position: int) -> int:
        """Return the thread of a transition."""
        return self.transitions[position].thread

    def races(self) -> list[tuple[int, int]]:
        """Return the pairs of transitions that could have happened in the other order."""
        return sorted({(earlier, later) for earlier, later, _resource in self._races})

    def racing_sites(self) -> set[SiteKey]:
        """Return the sites whose accesses race: the places where order matters."""
        sites: set[SiteKey] = set()
        for earlier, later, resource in self._races:
            before = self.transitions[earlier]
            after = self.transitions[later]
            against = RACES[after.footprint[resource]]
            sites.update(
                site
                for found, modes, site in before.accesses
                if found == resource and site and against & modes
            )
            sites.update(
                site
                for found, modes, site in after.accesses
                if found == resource
                and site
                and RACES[modes] & against & before.footprint[resource]
            )
        return sites

    def initials(self, earlier: int, later: int) -> list[int]:
        """Return the threads that can go first if ``later`` is to come before ``earlier``.

        Of the transitions after ``earlier`` that do not depend on it, and ``later``: those
        threads whose first one there depends on no other of them.
        """
        first: list[int] = []
        for positions in self._positions.values():
            # What a thread does after a transition that depends on ``earlier`` depends on it too.
            following = bisect_right(positions, earlier)
            if following < len(positions):
                position = positions[following]
                if position == later or (position < later and not self._before(earlier, position)):
                    first.append(position)
        first.sort()
        return [
            self.thread_of(position)
            for position in first
            if not any(k < position and self._before(k, position) for k in first)
        ]

    def _before(self, earlier: int, later: int) -> bool:
        """Return True if ``earlier`` happens before ``later`` in every equivalent schedule."""
        return self._after[later].get(self.thread_of(earlier), -1) >= self._first[earlier]

    def _read(self) -> None:
        shared = self._shared()
        clocks: dict[int, dict[int, int]] = {}
        history: dict[Resource, list[_Access]] = {resource: [] for resource in shared}
        number = 0
        for position, transition in enumerate(self.transitions):
            thread = transition.thread
            clock = clocks.get(thread)
            if clock is None:
                starter = transition.started_by
                clock = clocks[thread] = dict(clocks[starter]) if starter is not None else {}
            number += 1
            self._first.append(number)
            for resource, modes, _site in transition.accesses:
                if resource in shared:
                    number += 1
                    access = _Access(thread, position, number, modes, clock)
                    self._compare(access, resource, history[resource])
            clock[thread] = number
            self._after.append(dict(clock))
            self._positions.setdefault(thread, []).append(position)

    def _shared(self) -> set[Resource]:
        """Return the resources about which the order of two threads can matter."""
        by_thread: dict[Resource, dict[int, int]] = {}
        for transition in self.transitions:
            for resource, modes in transition.footprint.items():
                users = by_thread.setdefault(resource, {})
                users[transition.thread] = users.get(transition.thread, 0) | modes
        return {
            resource
            for resource, users in by_thread.items()
            if len(users) > 1
            and any(
                DEPENDS[one] & other
                for thread, one in users.items()
                for rival, other in users.items()
                if thread != rival
            )
        }

    def _compare(self, access: _Access, resource: Resource, history: list[_Access]) -> None:
        """Find with what an access races, and let its thread's clock know what it depends on."""
        thread, modes, clock = access.thread, access.modes, access.clock
        if history:
            is_lock = resource[0] == "lock"
            past = dict(clock) if is_lock else clock
            others = self._positions.keys() - {thread}
            seen_by_all = min((past.get(other, -1) for other in others), default=-1)
            for earlier in reversed(history):
                if earlier.number <= seen_by_all:
                    break
                other = earlier.thread
                if other == thread or not DEPENDS[modes] & earlier.modes:
                    continue
                # Of data, only the last racing access counts: the others are found when that one
                # was moved. With a lock, what is in between may not let itself be moved.
                is_race = RACES[modes] & earlier.modes and earlier.position < self._ended_at
                if is_race and past.get(other, -1) < earlier.number:
                    self._races.add((earlier.position, access.position, resource))
                _join(clock, earlier.clock)
        clock[thread] = access.number
        if modes & WRITE:
            # What came before it comes before all that will depend on it.
            history.clear()
        if access.position < self._wished:
            history.append(access._replace(clock=dict(clock)))


def _join(clock: dict[int, int], other: dict[int, int]) -> None:
    for thread, number in other.items():
        if clock.get(thread, -1) < number:
            clock[thread] = number
