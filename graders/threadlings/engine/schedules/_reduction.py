"""Which schedules are worth running: dynamic partial order reduction.

Source sets with sleep sets, after Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial
order reduction" (POPL 2014), algorithm 1; the idea of finding backtracking points from the races
of a run is Flanagan and Godefroid's (POPL 2005). Two schedules that differ only in the order of
steps that do not depend on each other have the same outcome; of each such class at least one is
run.

Steps are not known before they are executed, so races are looked for after the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..kernel import (
    Footprint,
    Processor,
    coarse,
    depend,
)
from ._trace import Trace


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
        is_led_astray: True if a program did something else when a schedule was run again.
    """

    def __init__(self, max_preemptions: int | None = None) -> None:
        self._max_preemptions = max_preemptions
        self.is_bounded = False
        self.is_led_astray = False
        self._path: list[_Node] = []
        self._depth = 0
        self._asleep: dict[int, Footprint] = {}

    # -- one run ---------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the next run."""
        self._depth = 0
        self._asleep = {}
        self._seen = 0

    def choose(
        self, kernel: Processor, enabled: list[int], current: int, yields: bool
    ) -> int | None:
        """Follow the path; beyond it, prefer the thread that is running."""
        self._settle(kernel)
        if self._depth < len(self._path):
            node = self._path[self._depth]
            if node.enabled != tuple(enabled):
                self.is_led_astray = True
                return None
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

    def _settle(self, kernel: Processor) -> None:
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


def _preferred(kernel: Processor, awake: Sequence[int], current: int, yields: bool) -> int:
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
