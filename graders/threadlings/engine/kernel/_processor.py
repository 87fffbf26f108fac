"""Who has the processor of a run: one thread at a time, until it gives way.

What a thread does between two places where it gives way is one transition. Who goes next is decided
by the chooser; if nobody can go on, time passes, or the run is over.
"""

from __future__ import annotations

import _thread
import contextlib

from ._protocols import Chooser
from ._simulated_thread import SimulatedThread, Stop
from ._transition import Transition

CLOCK_TICK_S = 0.001
"""Virtual seconds that pass when every thread that can run only looks at the clock."""


class Processor:
    """The part of a kernel that decides: threads, their transitions, and the clock.

    Invariant: of the threads that have not ended all but one are parked, or about to park. Only
    that one has a transition under way, and only it touches what is here.

    Attributes:
        transitions: What was done, in order; those under way are in it.
        clock_s: Virtual seconds.
        only_laps_count: True while nothing but laps of loops has to be seen.
        is_unwatched: True once even these are not: from a prologue's many laps on, to its end.
        is_in_prologue: True while the program's files are executed, before the program itself.
        changes: How many transitions have changed something.
        ended_at: How many transitions there were when the program ended; None before.
        is_cut_short: True if a thread had still more to do some time after that.
        stopping: True once the run is over and its threads are unwound.
    """

    def __init__(self, chooser: Chooser, sleeping_orders: bool, max_decisions: int) -> None:
        self.chooser = chooser
        self.sleeping_orders = sleeping_orders
        self.threads: list[SimulatedThread] = []
        self.transitions: list[Transition] = []
        self.clock_s = 0.0
        self.changes = 0
        self.decisions_left = max_decisions
        self._left_after_end = 0
        self._over = _thread.allocate_lock()
        self._over.acquire()

        # How the run ended: at most one of these, but a chooser that crashes abandons the run too.
        self.deadlocked = False
        self.livelocked = False
        self.exhausted = False
        self.abandoned = False
        self.crash: BaseException | None = None
        self.stopping = False
        self.only_laps_count = False
        self.is_unwatched = False
        self.is_in_prologue = False
        self.ended_at: int | None = None
        self.is_cut_short = False

    def is_ready(self, index: int) -> bool:
        """Return True if a thread can go on without its sleep or timeout coming to an end."""
        wait = self.threads[index].wait
        return wait is None or wait.is_ready()

    def _give_way(self, thread: SimulatedThread, yields: bool) -> None:
        """Let whoever is next go on; return when the processor is back."""
        self._count_decision(thread)
        if self._pass_on(thread, yields):
            self._park(thread)

    def _count_decision(self, thread: SimulatedThread) -> None:
        """Count a decision, or a lap; the run ends when there were too many."""
        if self.ended_at is not None:
            self._count_after_end(thread)
            return
        self.decisions_left -= 1
        if self.decisions_left < 0:
            self.exhausted = True
            self.finish()
            self._park(thread)

    def _count_after_end(self, thread: SimulatedThread) -> None:
        self._left_after_end -= 1
        if self._left_after_end < 0:
            self.is_cut_short = True
            self.finish()
            self._park(thread)

    def _pass_on(self, thread: SimulatedThread, yields: bool) -> bool:
        """Hand the processor to whoever is next; return False if that is ``thread`` itself."""
        # Closed first: what the thread has changed lets spinning threads look again, and the
        # chooser is to see them among those that can go on.
        self._close(thread)
        # A thread that was just started comes here at the end of its first transition. To start
        # it was no decision: the processor goes back to its parent, and only once, so the field
        # is emptied before anybody runs.
        parent, thread.boot_parent = thread.boot_parent, None
        if parent is not None:
            parent.transition = self._open(parent, None)
            self._let_go(parent.baton)  # Last: from here on this is the parent's kernel.
            return True
        following = self._next(thread, yields)
        if following is thread:
            return False
        if following is not None:
            self._let_go(following.baton)
        return True

    def _next(self, thread: SimulatedThread, yields: bool) -> SimulatedThread | None:
        """Decide who is next; None if the run is over."""
        enabled = [t.index for t in self.threads if self._is_enabled(t)]
        if not enabled:
            enabled = self._wake()
        if enabled and (self.is_in_prologue or self.ended_at is not None):
            chosen = self.threads[self._in_turn(enabled, thread.index, yields)]
            chosen.transition = self._open(chosen, None)
            return chosen
        if not enabled:
            self.finish()
            return None
        try:
            index = self.chooser.choose(self, enabled, thread.index, yields)
            if index is not None and index not in enabled:
                raise RuntimeError(f"thread {index} was chosen, but only {enabled} can go on")
        except Exception as error:
            self.crash, index = error, None
        if index is None:
            self.abandoned = True
            self.finish()
            return None
        chosen = self.threads[index]
        chosen.transition = self._open(chosen, tuple(enabled))
        return chosen

    def _is_enabled(self, thread: SimulatedThread) -> bool:
        if thread.ended or thread.spinning is not None:
            return False
        if thread.wait is None or thread.timed_out or thread.wait.is_ready():
            return True
        return thread.deadline_s is not None and not self.sleeping_orders

    def _in_turn(self, enabled: list[int], current: int, yields: bool) -> int:
        """Choose who goes on where nobody searches: who runs, then those that need not wait."""
        if current in enabled and not yields:
            return current
        ready = [index for index in enabled if self.is_ready(index)] or enabled
        after = [index for index in ready if index > current]
        return (after or ready)[0]

    def _park(self, thread: SimulatedThread) -> None:
        thread.baton.acquire()
        if self.stopping:
            self._stop(thread)

    def _let_go(self, baton: _thread.LockType) -> None:
        """Free a baton.

        When a run is given up from outside, one of its threads is still running and may pass
        on the baton that is freed to unwind another.
        """
        try:
            baton.release()
        except RuntimeError:
            if not self.stopping:
                raise

    def _stop(self, thread: SimulatedThread) -> None:
        thread.stops += 1
        if thread.stops > 100:
            thread.baton.acquire()
        raise Stop

    def finish(self) -> None:
        """End the run: the host goes on and unwinds the threads that are left."""
        with contextlib.suppress(RuntimeError):  # it has ended already
            self._over.release()

    # -- time -------------------------------------------------------------------------------

    def _wake(self) -> list[int]:
        """Let time pass, or find that nobody can ever go on; return who is enabled now."""
        waiting = [t for t in self.threads if not t.ended]
        deadlines = [t.deadline_s for t in waiting if t.deadline_s is not None]
        clock_readers = [t for t in waiting if t.spinning is not None and t.read_clock_in_lap]
        if clock_readers and not deadlines:
            self.clock_s += CLOCK_TICK_S
        if self.sleeping_orders:
            self._to_next_deadline()
        for thread in waiting:
            if deadlines or thread in clock_readers:
                thread.spinning = None
        enabled = [t.index for t in waiting if self._is_enabled(t)]
        if not enabled and self.ended_at is None:
            self.livelocked = any(t.spinning is not None for t in waiting)
            self.deadlocked = bool(waiting) and not self.livelocked
        return enabled

    def _to_next_deadline(self) -> None:
        """Let time pass until the first of those who sleep, or wait with a timeout, wakes up."""
        sleepers = [
            (t.deadline_s, t) for t in self.threads if not t.ended and t.deadline_s is not None
        ]
        if sleepers:
            self.clock_s = max(self.clock_s, min(deadline_s for deadline_s, _ in sleepers))
        for deadline_s, thread in sleepers:
            thread.timed_out = deadline_s <= self.clock_s

    # -- transitions ------------------------------------------------------------------------

    def _open(self, thread: SimulatedThread, enabled: tuple[int, ...] | None) -> Transition:
        transition = Transition(thread.index, enabled)
        self.transitions.append(transition)
        return transition

    def _close(self, thread: SimulatedThread) -> None:
        self.resolve(thread)
        transition = thread.transition
        held = tuple(thread.held)
        is_seen = not (self.only_laps_count or self.is_unwatched)
        if transition is not None and (
            transition.has_changed or held != thread.held_before or not is_seen
        ):
            self._changed(thread)
        thread.held_before = held
        thread.transition = None

    def _changed(self, thread: SimulatedThread) -> None:
        """Note that shared state changed: whoever else spins may look again."""
        self.changes += 1
        thread.closed_changes += 1
        for other in self.threads:
            if other is not thread:
                other.spinning = None

    def resolve(self, thread: SimulatedThread) -> None:
        """Let a write that was recorded before it was done tell what it wrote."""
        resolve, thread.unresolved_write = thread.unresolved_write, None
        thread.item_put = None  # Others may change it from now on.
        if resolve is not None:
            resolve()
