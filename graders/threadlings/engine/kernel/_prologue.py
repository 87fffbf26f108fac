"""What comes before a program: a file of it is executed, and all that this began is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ._footprint import Resource
from ._kernel import Kernel

MAX_DECISIONS_OF_A_PROLOGUE = 100_000
"""How many decisions and laps of loops there may be in it."""
LAPS_WATCHED = 2_000
"""After so many laps of loops nobody looks any more: demos of 100,000 increments are ordinary."""
SETTLING_S = 60.0
"""Virtual seconds that threads have to end which nobody has joined."""


class _OthersEnded:
    """A wait for all other threads to end."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def is_ready(self) -> bool:
        return all(thread.ended for thread in self._kernel.threads[1:])

    def wishes(self) -> Sequence[tuple[Resource, int]]:
        return []


def looks_away(kernel: Kernel) -> bool:
    """Note a lap in a prologue; return True, and let nobody watch, if there were many.

    A thread that waits in a loop for others is not seen to do so then, and never ends.
    """
    kernel.laps_of_prologue += 1
    if kernel.laps_of_prologue <= LAPS_WATCHED:
        return False
    kernel.is_unwatched = True
    kernel._observer.look_away()
    return True


@contextmanager
def prologue(kernel: Kernel, lasts_s: float, *, settles: bool) -> Iterator[list[float]]:
    """Let the only thread do what is no part of the run: on one schedule, in virtual time.

    Afterwards only that thread is there, nothing was done, and no time has gone by. If there were
    other threads, for which other schedules count, the kernel stays in the prologue: the run is to
    be given up.

    Args:
        kernel: Of the run.
        lasts_s: How many virtual seconds it is known to last: its clocks begin so long before 0.
        settles: True to take it that threads which can end soon have ended, as on this schedule.
    Yields:
        A list that has, in the end, how many seconds it lasted; nothing if other schedules count.
    """
    (main,) = kernel.threads
    assert main.transition is not None
    transition, number = main.transition, len(kernel.transitions)
    noted = len(transition.accesses), dict(transition.footprint), transition.has_changed
    kept = kernel.points, kernel.sleeping_orders, kernel.decisions_left, kernel.clock_s
    held, spins, steps = main.held_before, dict(kernel.spins), transition.steps
    kernel.is_in_prologue = True
    kernel.laps_of_prologue = 0
    kernel.points, kernel.sleeping_orders = frozenset(), True
    kernel.decisions_left = MAX_DECISIONS_OF_A_PROLOGUE
    kernel.clocks_begin_s = -lasts_s - kernel.clock_s
    lasted: list[float] = []
    yield lasted
    if settles and len(kernel.threads) > 1:
        kernel.wait(main, _OthersEnded(kernel), SETTLING_S)
    for other in kernel.threads[1:]:
        if not (settles and other.ended):
            return
        other.gone.acquire()  # Its real thread is at its last lines, or has ended.
    kernel.is_in_prologue = kernel.is_unwatched = False
    kernel.threads[1:] = []
    kernel.resolve(main)
    kernel.transitions[number:] = []
    main.transition, main.held_before = transition, held
    transition.accesses[noted[0] :] = []
    transition.footprint, transition.has_changed, transition.steps = noted[1], noted[2], steps
    lasted.append(kernel.clock_s - kept[3])
    kernel.clocks_begin_s = 0.0
    kernel.points, kernel.sleeping_orders, kernel.decisions_left, kernel.clock_s = kept
    kernel.spins = spins
