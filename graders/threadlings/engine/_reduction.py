"""Which schedules are worth running: dynamic partial order reduction.

Source sets with sleep sets, after Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial
order reduction" (POPL 2014), algorithm 1; the idea of finding backtracking points from the races
of a run is Flanagan and Godefroid's (POPL 2005). Two schedules that differ only in the order of
steps that do not depend on each other have the same outcome; of each such class at least one is
run.

Steps are not known before they are executed, so races are looked for after the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ._footprint import (
    ACQUIRE,
    DEPENDS,
    RACES,
    RELEASE,
    TRY,
    WRITE,
    Footprint,
    Resource,
    coarse,
    depend,
    rivals,
)
from ._kernel import Kernel, SiteKey, Transition


@dataclass
class _Node:
    """A decision on the path under way.

    ``asleep`` holds, by thread, the next step of threads whose schedules from here were
    already run; ``backtrack`` the threads that must be tried here, ``done`` those that were.
    """

    enabled: tuple[int, ...]
    asleep: dict[int, Footprint]
    chosen: int
    backtrack: set[int] = field(default_factory=set)
    done: set[int] = field(default_factory=set)


class Exploration:
    """A depth-first walk over schedules; the chooser of every run of it."""

    def __init__(self) -> None:
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
            chosen = _preferred(kernel, awake, current, yields)
            node = _Node(tuple(enabled), dict(self._asleep), chosen, {chosen}, set())
            self._path.append(node)
        self._depth += 1
        self._asleep.pop(node.chosen, None)
        return node.chosen

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
            left = sorted(node.backtrack - node.done - node.asleep.keys())
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
    ready = [t for t in awake if _is_ready(kernel, t)]
    if ready:
        after = [t for t in ready if t > current] if current in ready else []
        return (after or ready)[0]
    return min(awake, key=lambda t: (kernel.threads[t].deadline_s or 0.0, t))


def _is_ready(kernel: Kernel, index: int) -> bool:
    wait = kernel.threads[index].wait
    return wait is None or wait.is_ready()


class Trace:
    """What happened before what in one run.

    Args:
        transitions: What was done, in order.
        pending: Threads that were waiting when the run ended, and for which resource. What
            they wanted to do races with what was done, though it never happened.
    """

    def __init__(
        self, transitions: Sequence[Transition], pending: Iterable[tuple[int, Resource]]
    ) -> None:

        self.transitions = list(transitions)
        self._wished = len(self.transitions)
        for thread, resource in pending:
            wish = Transition(thread, None)
            wish.footprint[resource] = ACQUIRE
            wish.accesses.append((resource, ACQUIRE, None))
            self.transitions.append(wish)
        self._clocks: list[dict[int, int]] = []
        self._races: list[tuple[int, int, Resource]] = []
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
            against = rivals(after.footprint[resource])
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
        run = [k for k in range(earlier + 1, later) if not self._before(earlier, k)]
        run.append(later)
        first: dict[int, int] = {}
        for position in run:
            first.setdefault(self.thread_of(position), position)
        return [
            thread
            for thread, position in first.items()
            if not any(k < position and self._before(k, position) for k in run)
        ]

    def _before(self, earlier: int, later: int) -> bool:
        """Return True if ``earlier`` happens before ``later`` in every equivalent schedule."""
        return self._clocks[later].get(self.thread_of(earlier), -1) >= earlier

    def _read(self) -> None:
        last_of_thread: dict[int, int] = {}
        accessed: dict[Resource, list[tuple[int, int]]] = {}
        for position, transition in enumerate(self.transitions):
            thread = transition.thread
            past: dict[int, int] = {}
            if thread in last_of_thread:
                past = dict(self._clocks[last_of_thread[thread]])
            elif transition.started_by is not None:
                _join(past, self._clocks[last_of_thread[transition.started_by]])
            clock, locks = dict(past), list[Resource]()
            for resource, modes in transition.footprint.items():
                history = accessed.setdefault(resource, [])
                self._compare(position, resource, modes, history, past, clock, locks)
                if modes & WRITE:
                    # What came before it comes before all that will depend on it.
                    history.clear()
                if position < self._wished:
                    history.append((position, modes))
                if modes & (ACQUIRE | TRY):
                    past = self._under_lock(past, history, thread)
                    locks.append(resource)
            clock[thread] = position
            self._clocks.append(clock)
            last_of_thread[thread] = position

    def _under_lock(
        self, past: dict[int, int], history: list[tuple[int, int]], thread: int
    ) -> dict[int, int]:
        """Return what comes before the rest of a step that has just taken a lock.

        All that was done before the steps that freed it; of these steps themselves, see
        :func:`_is_guarded`.
        """
        past = dict(past)
        for earlier, modes in history:
            other = self.thread_of(earlier)
            if other != thread and modes & RELEASE:
                _join(past, {**self._clocks[earlier], other: earlier - 1})
        return past

    def _compare(
        self,
        position: int,
        resource: Resource,
        modes: int,
        history: list[tuple[int, int]],
        past: dict[int, int],
        clock: dict[int, int],
        locks: list[Resource],
    ) -> None:
        """Find with whom an access races, and add to ``clock`` what it depends on.

        ``past`` is what came before the access, ``locks`` what the step had taken until then.
        """
        racing: dict[int, int] = {}
        thread = self.thread_of(position)
        for earlier, earlier_modes in reversed(history):
            other = self.thread_of(earlier)
            if other == thread:
                continue
            may_race = (
                rivals(modes) & earlier_modes
                and past.get(other, -1) < earlier
                and not _is_guarded(self.transitions[earlier], resource, locks)
            )
            # Of data, only the last racing step of a thread counts; the others are found when
            # that one was moved. With a lock, what is in between may not let itself be moved.
            if may_race and (
                resource[0] == "lock" or self._is_last(earlier, racing, modes, resource)
            ):
                racing[other] = earlier
                self._races.append((earlier, position, resource))
            if DEPENDS[modes] & earlier_modes:
                _join(clock, self._clocks[earlier])

    def _is_last(
        self, earlier: int, racing: dict[int, int], modes: int, resource: Resource
    ) -> bool:
        """Return True if no racing step that was found already comes after ``earlier``."""
        return self.thread_of(earlier) not in racing and not any(
            self._before(earlier, k)
            for k in racing.values()
            if RACES[modes] & self.transitions[k].footprint.get(resource, 0)
        )


def _is_guarded(transition: Transition, resource: Resource, locks: Iterable[Resource]) -> bool:
    """Return True if a step freed one of ``locks`` after its last access to ``resource``."""
    for accessed, modes, _site in reversed(transition.accesses):
        if accessed == resource:
            return False
        if modes == RELEASE and accessed in locks:
            return True
    return False


def _join(clock: dict[int, int], other: dict[int, int]) -> None:
    for thread, position in other.items():
        if clock.get(thread, -1) < position:
            clock[thread] = position
