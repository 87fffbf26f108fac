"""Which schedules are worth running: dynamic partial order reduction.

Source sets with sleep sets, after Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial
order reduction" (POPL 2014), algorithm 1; the idea of finding backtracking points from the races
of a run is Flanagan and Godefroid's (POPL 2005). Two schedules that differ only in the order of
steps that do not depend on each other have the same outcome; of each such class at least one is
run.

Steps are not known before they are executed, so races are looked for after the run.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ._footprint import (
    DEPENDS,
    RACES,
    WRITE,
    Footprint,
    Resource,
    coarse,
    depend,
)
from ._kernel import Kernel, SiteKey, Transition


@dataclass
class _Node:
    """A decision on the path under way.

    ``asleep`` holds, by thread, the next step of threads whose schedules from here were
    already run; ``running`` the thread that could go on and would; ``backtrack`` the threads that
    must be tried here, ``done`` those that were.
    """

    enabled: tuple[int, ...]
    asleep: dict[int, Footprint]
    running: int | None
    chosen: int
    backtrack: set[int] = field(default_factory=set)
    done: set[int] = field(default_factory=set)

    def preempts(self, thread: int) -> bool:
        """Return True if choosing ``thread`` takes the processor from one that would go on."""
        return self.running is not None and thread != self.running


class Exploration:
    """A depth-first walk over schedules; the chooser of every run of it.

    Args:
        max_preemptions: How often a schedule may take the processor from a thread that could go
            on and would (Musuvathi and Qadeer 2007), or None for any number.

    Attributes:
        is_bounded: True if a schedule was left out because of ``max_preemptions``.
    """

    def __init__(self, max_preemptions: int | None = None) -> None:
        self._max_preemptions = max_preemptions
        self.is_bounded = False
        self._path: list[_Node] = []
        self._depth = 0
        self._asleep: dict[int, Footprint] = {}

    # -- one run ---------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the next run."""
        self._depth = 0
        self._asleep = {}
        self._seen = 0

    def choose(self, kernel: Kernel, enabled: list[int], current: int, yields: bool) -> int | None:
        """Follow the path; beyond it, prefer the thread that is running."""
        self._settle(kernel)
        if self._depth < len(self._path):
            node = self._path[self._depth]
            self._asleep = dict(node.asleep)
        else:
            awake = [t for t in enabled if t not in self._asleep]
            if not awake:
                return None
            running = current if current in enabled and not yields else None
            chosen = _preferred(kernel, awake, current, yields)
            node = _Node(tuple(enabled), dict(self._asleep), running, chosen, {chosen}, set())
            if not self._is_allowed(self._path, node, chosen):
                return None
            self._path.append(node)
        self._depth += 1
        self._asleep.pop(node.chosen, None)
        return node.chosen

    def _is_allowed(self, path: Sequence[_Node], node: _Node, thread: int) -> bool:
        """Return True if ``thread`` may be chosen at ``node``, which comes after ``path``."""
        if self._max_preemptions is None or not node.preempts(thread):
            return True
        allowed = sum(n.preempts(n.chosen) for n in path) < self._max_preemptions
        self.is_bounded = self.is_bounded or not allowed
        return allowed

    def _settle(self, kernel: Kernel) -> None:
        """Wake the sleepers that depend on what was done since the last decision."""
        for transition in kernel.transitions[self._seen :]:
            if self._asleep and transition.footprint:
                done = coarse(transition.footprint)
                self._asleep = {
                    thread: step
                    for thread, step in self._asleep.items()
                    if thread != transition.thread and not depend(step, done)
                }
        self._seen = len(kernel.transitions)

    # -- between two runs --------------------------------------------------------------

    def learn(self, trace: Trace) -> None:
        """Add to the path what the races of the run that just ended call for."""
        positions = [i for i, t in enumerate(trace.transitions) if t.enabled is not None]
        depth_of = {position: depth for depth, position in enumerate(positions)}
        for earlier, later in trace.races():
            depth = depth_of.get(earlier)
            if depth is None or depth >= len(self._path):
                continue
            node = self._path[depth]
            first = [t for t in trace.initials(earlier, later) if t in node.enabled]
            if not first:
                node.backtrack.update(node.enabled)
            elif node.backtrack.isdisjoint(first):
                thread = trace.thread_of(later)
                node.backtrack.add(thread if thread in first else first[0])
        self._last = [trace.transitions[position] for position in positions]

    def advance(self) -> bool:
        """Go back to the last decision with something left to try; False if there is none."""
        while self._path:
            node = self._path[-1]
            depth = len(self._path) - 1
            if depth < len(self._last):
                node.asleep[node.chosen] = coarse(self._last[depth].footprint)
            node.done.add(node.chosen)
            left = [
                thread
                for thread in sorted(node.backtrack - node.done - node.asleep.keys())
                if self._is_allowed(self._path[:-1], node, thread)
            ]
            if left:
                node.chosen = left[0]
                self._last = self._last[:depth]
                return True
            self._path.pop()
            self._last = self._last[:depth]
        return False


def _preferred(kernel: Kernel, awake: Sequence[int], current: int, yields: bool) -> int:
    """Prefer the running thread, then those that need not wait, then who waits the shortest.

    When the running thread cannot go on, the main thread comes first, so that the schedules of
    most programs need no letter for it; when it could but would rather not, others take turns.
    """
    if current in awake and not yields:
        return current
    ready = [t for t in awake if kernel.is_ready(t)]
    if ready:
        after = [t for t in ready if t > current] if current in ready else []
        return (after or ready)[0]
    return min(awake, key=lambda t: (kernel.threads[t].deadline_s or 0.0, t))


@dataclass(frozen=True)
class _Access:
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
    """

    def __init__(
        self,
        transitions: Sequence[Transition],
        pending: Iterable[tuple[int, Sequence[tuple[Resource, int]]]],
    ) -> None:
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
            # Of data, only the last racing access counts: the others are found when that one was
            # moved. With a lock, what is in between may not let itself be moved.
            if RACES[modes] & earlier.modes and past.get(other, -1) < earlier.number:
                self._races.add((earlier.position, access.position, resource))
            _join(clock, earlier.clock)
        clock[thread] = access.number
        if modes & WRITE:
            # What came before it comes before all that will depend on it.
            history.clear()
        if access.position < self._wished:
            history.append(replace(access, clock=dict(clock)))


def _join(clock: dict[int, int], other: dict[int, int]) -> None:
    for thread, number in other.items():
        if clock.get(thread, -1) < number:
            clock[thread] = number
