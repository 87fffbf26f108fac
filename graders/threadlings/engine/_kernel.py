"""The simulated kernel: real threads, of which one runs at a time, and a clock of their own.

A thread gives the processor away only here: at a *point* (before an access that the search
knows to race), when it must wait, when it goes round a loop in which nothing changes, and when
it ends. What it did between two such places is one transition. Who goes next is decided by the
chooser; the kernel itself prefers nobody.
"""

from __future__ import annotations

import _thread
import contextlib
import sys
from collections.abc import Callable
from typing import Any, Protocol

from ._simulated_thread import Lap, SimulatedThread, SiteKey, Sleep, Stop, Transition, Waiting
from .run import Place, Spin

LAPS_BEFORE_YIELD = 64
LAPS_BEFORE_TIME_PASSES = 160 * LAPS_BEFORE_YIELD
"""Who goes round so often burns time: those who sleep meanwhile wake up."""
LOOPS_REMEMBERED = 64
STEPS_AFTER_END = 200
"""How long each daemon thread is looked at after the program's end."""
FRAMES_OF_ROOM = 30
"""How deep the kernel's own calls may go, with a margin."""
CLOCK_TICK_S = 0.001
"""Virtual seconds that pass when every thread that can run only looks at the clock."""


def need_room() -> None:
    """Raise the program's ``RecursionError`` now, rather than in the middle of a decision."""
    try:
        sys._getframe(sys.getrecursionlimit() // 8)
    except ValueError:  # there are not that many frames
        return
    _call_down(FRAMES_OF_ROOM)


def _call_down(frames: int) -> None:
    if frames:
        _call_down(frames - 1)


class Chooser(Protocol):
    """Decides who goes next."""

    def choose(self, kernel: Kernel, enabled: list[int], current: int, yields: bool) -> int | None:
        """Return one of ``enabled``, or None to give this run up.

        Args:
            kernel: The kernel, to look at.
            enabled: Indices of the threads that can go on, ascending, never empty.
            current: The thread that ran last; it may be among them.
            yields: True if ``current`` would rather let others go first.
        """


class Kernel:
    """Threads, waits and the clock of one run.

    Args:
        chooser: Decides who goes next.
        points: Sites where a thread lets the chooser decide before it goes on.
        sleeping_orders: True for virtual time, in which a sleep ends when its time has come;
            False if a sleep, or a timeout, may end at any moment.
        max_steps: How many decisions and laps of loops the run may take.
        keeps_steps: True if also accesses that are no points are recorded.

    Attributes:
        unwatchable: What the program has used that cannot be watched: ``ctypes``, ``a socket``.
        is_importing: True while a lesson's module is executed.
        ended_at: How many transitions there were when the program ended; None before.
        is_cut_short: True if a thread had still more to do some time after that.
    """

    def __init__(
        self,
        chooser: Chooser,
        points: frozenset[SiteKey],
        sleeping_orders: bool,
        max_steps: int,
        keeps_steps: bool = False,
    ) -> None:
        self.chooser = chooser
        self.points = points
        self.keeps_steps = keeps_steps
        self.sleeping_orders = sleeping_orders
        self.threads: list[SimulatedThread] = []
        self.transitions: list[Transition] = []
        self.clock_s = 0.0
        self.changes = 0
        self.locks_made = 0
        self.steps_left = max_steps
        self.stopping = False
        self.deadlocked = False
        self.livelocked = False
        self.exhausted = False
        self.abandoned = False
        self.is_importing = False
        self.ended_at: int | None = None
        self.is_cut_short = False
        self._steps_after_end = 0
        self.crash: BaseException | None = None
        self.spins: dict[tuple[str, Place], Spin] = {}
        self.unwatchable: set[str] = set()
        self._by_ident: dict[int, SimulatedThread] = {}
        self._over = _thread.allocate_lock()
        self._over.acquire()
        self.on_thread_start: Callable[[], None] = lambda: None
        self.on_thread_end: Callable[[], None] = lambda: None
        self.on_switch: Callable[[SimulatedThread, str], None] = lambda thread, what: None
        self.record: Callable[[SimulatedThread, str, str], None] = lambda t, action, what: None
        self.place_of: Callable[[], tuple[Place | None, str]] = lambda: (None, "")

    # -- threads -------------------------------------------------------------------

    def me(self) -> SimulatedThread | None:
        """Return the simulated thread that is calling, or None for a thread of somebody else."""
        return self._by_ident.get(_thread.get_ident())

    def is_ours(self) -> bool:
        """Return True if the calling thread belongs to this run."""
        return _thread.get_ident() in self._by_ident

    def run(self, body: Callable[[], None]) -> None:
        """Run ``body`` as the main thread until the run is over; then unwind every thread."""
        main = self._add_thread(None)
        main.transition = self._open(main, None)
        try:
            _thread.start_new_thread(self._carry, (main, body))
            self._wait_until_over()
        finally:
            self._unwind()
        if self.crash is not None:
            raise self.crash

    def _wait_until_over(self) -> None:
        # In slices, because on Windows a wait without an end cannot be interrupted.
        while not self._over.acquire(timeout=0.5):
            pass

    def start(self, body: Callable[[], None], python_thread: Any) -> SimulatedThread:
        """Start a thread and let it run up to its first point, wait or end."""
        parent = self.me()
        assert parent is not None
        if self.stopping:
            raise Stop
        need_room()
        self._close(parent)
        child = self._add_thread(parent)
        child.python_thread = python_thread
        child.boot_parent = parent
        child.transition = self._open(child, None)
        child.transition.started_by = parent.index
        _thread.start_new_thread(self._carry, (child, body))
        self._park(parent)
        return child

    def _add_thread(self, parent: SimulatedThread | None) -> SimulatedThread:
        thread = SimulatedThread(len(self.threads), parent)
        self.threads.append(thread)
        return thread

    def _carry(self, thread: SimulatedThread, body: Callable[[], None]) -> None:
        """The whole life of a real thread."""
        self._by_ident[_thread.get_ident()] = thread
        try:
            self.on_thread_start()
            self.on_switch(thread, "running")
            body()
        except Stop:
            pass
        except BaseException as error:
            self.crash = error
        finally:
            self.on_thread_end()
            try:
                self._end(thread)
            except Stop:
                pass
            except BaseException as error:
                self.crash = error
                self.finish()
            self._by_ident.pop(_thread.get_ident(), None)
            thread.gone.release()

    def _end(self, thread: SimulatedThread) -> None:
        if self.stopping:
            return
        if self.crash is not None:
            self.finish()
            return
        thread.noted.clear()  # What its lines worked on may be gone when it has been joined.
        thread.in_generators.clear()
        thread.laps_before.clear()
        if thread.end_lock is not None:
            self.point(thread, ("end", thread.letter))
            thread.end_lock.release_at_end()
        self._resolve(thread)
        thread.ended = True
        thread.ended_s = self.clock_s
        self.on_switch(thread, "ended")
        self._pass_on(thread, yields=False)

    # -- giving the processor away ---------------------------------------------------

    def point(self, thread: SimulatedThread, site: SiteKey) -> None:
        """Let the chooser decide before ``thread`` goes on, if ``site`` is a point."""
        if self.stopping:
            self._stop(thread)
        if self.is_point(site):
            need_room()
            self._give_way(thread, yields=False)

    def is_point(self, site: SiteKey) -> bool:
        """Return True if the chooser decides before ``site``."""
        return site in self.points and len(self.threads) > 1

    def wait(self, thread: SimulatedThread, waiting: Waiting, timeout_s: float | None) -> bool:
        """Stop ``thread`` until ``waiting`` is ready; return False if the time ran out first."""
        if self.stopping:
            self._stop(thread)
        need_room()
        thread.wait = waiting
        thread.wait_place, call = self.place_of()
        thread.wait_call = call or getattr(waiting, "call", "")
        thread.deadline_s = None if timeout_s is None else self.clock_s + timeout_s
        thread.timed_out = False
        must_wait = not waiting.is_ready()
        if must_wait:
            thread.waits += 1
            self.on_switch(thread, "sleeping" if isinstance(waiting, Sleep) else "waiting")
        self._give_way(thread, yields=must_wait)
        in_time = waiting.is_ready()
        if not in_time and thread.deadline_s is not None:
            self.clock_s = max(self.clock_s, thread.deadline_s)
        thread.wait = None
        thread.deadline_s = None
        if must_wait:
            self.on_switch(thread, "running")
        return in_time

    def lap(self, thread: SimulatedThread, lap: Lap, place: Place) -> None:
        """Note that ``thread`` goes round a loop; hold it if nothing has changed since last time.

        Args:
            thread: The calling thread.
            lap: Where it is and what its variables hold.
            place: The line of the loop.
        """
        if self.stopping:
            self._stop(thread)
        need_room()
        self._count_step(thread)
        lap.changes = (self.changes - thread.closed_changes, thread.own_changes)
        lap.waits = thread.waits
        lap.held = tuple(thread.held)
        before = thread.laps_before.get(lap.key)
        if len(thread.laps_before) >= LOOPS_REMEMBERED:
            thread.laps_before.clear()
        thread.laps_before[lap.key] = lap
        thread.lap_place = place
        if before is not None and before.is_like(lap):
            lap.alike = before.alike + 1
        # What a test has read may have been changed before it: only if it went round once more
        # after a turn in which nothing changed will it do so for ever.
        unchanged = lap.alike > lap.is_test
        waited = before is not None and before.waits != lap.waits
        if unchanged and not waited:
            spin = Spin(thread.letter, thread.current_name(), place)
            self.spins.setdefault((thread.letter, place), spin)
        if unchanged and not (waited and self.sleeping_orders):
            thread.spinning = Spin(thread.letter, thread.current_name(), place)
            self._give_way(thread, yields=True)
            thread.spinning = None
            thread.read_clock_in_lap = False
        else:
            self.count_lap(thread)

    def count_lap(self, thread: SimulatedThread) -> None:
        """Note one more turn of a loop; now and then let others go first."""
        thread.laps += 1
        if thread.laps % LAPS_BEFORE_TIME_PASSES == 0 and self.sleeping_orders:
            self._to_next_deadline()
        if thread.laps % LAPS_BEFORE_YIELD == 0 and len(self.threads) > 1:
            self._give_way(thread, yields=True)
        else:
            self._count_step(thread)

    def note_change(self, thread: SimulatedThread) -> None:
        """Note that a thread changes what is not its own."""
        if thread.transition is not None:
            thread.transition.has_changed = True

    def _changed(self, thread: SimulatedThread) -> None:
        """Note that shared state changed: whoever else spins may look again."""
        self.changes += 1
        thread.closed_changes += 1
        for other in self.threads:
            if other is not thread:
                other.spinning = None

    def _give_way(self, thread: SimulatedThread, yields: bool) -> None:
        self._count_step(thread)
        if self._pass_on(thread, yields):
            self._park(thread)

    def _count_step(self, thread: SimulatedThread) -> None:
        if self.ended_at is not None:
            self._count_step_after_end(thread)
            return
        self.steps_left -= 1
        if self.steps_left < 0:
            self.exhausted = True
            self.finish()
            self._park(thread)

    def _pass_on(self, thread: SimulatedThread, yields: bool) -> bool:
        """Hand the processor to whoever is next; return False if that is ``thread`` itself."""
        self._close(thread)
        parent, thread.boot_parent = thread.boot_parent, None
        if parent is not None:
            parent.transition = self._open(parent, None)
            self._let_go(parent.baton)
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
        if enabled and self.ended_at is not None:
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

    def is_ready(self, index: int) -> bool:
        """Return True if a thread can go on without its sleep or timeout coming to an end."""
        wait = self.threads[index].wait
        return wait is None or wait.is_ready()

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

    def _park(self, thread: SimulatedThread) -> None:
        thread.baton.acquire()
        if self.stopping:
            self._stop(thread)

    # -- transitions -------------------------------------------------------------------

    def _open(self, thread: SimulatedThread, enabled: tuple[int, ...] | None) -> Transition:
        transition = Transition(thread.index, enabled)
        self.transitions.append(transition)
        return transition

    def _close(self, thread: SimulatedThread) -> None:
        self._resolve(thread)
        transition = thread.transition
        held = tuple(thread.held)
        if transition is not None and (transition.has_changed or held != thread.held_before):
            self._changed(thread)
        thread.held_before = held
        thread.transition = None

    def _resolve(self, thread: SimulatedThread) -> None:
        resolve, thread.unresolved_write = thread.unresolved_write, None
        if resolve is not None:
            resolve()

    # -- the end -------------------------------------------------------------------------

    def finish(self) -> None:
        """End the run: the host goes on and unwinds the threads that are left."""
        with contextlib.suppress(RuntimeError):  # it has ended already
            self._over.release()

    def leave(self, thread: SimulatedThread) -> None:
        """End the run from inside, as the interpreter's exit does; does not return."""
        self._close(thread)
        self.finish()
        self._park(thread)

    def go_on_without(self, main: SimulatedThread) -> None:
        """Let the program end, and see what its daemon threads would have done; does not return.

        The interpreter's exit would cut them off here. What they would do races with what was
        done before: it might have come first.
        """
        self._close(main)
        self.ended_at = len(self.transitions)
        self._steps_after_end = STEPS_AFTER_END * len(self.threads)
        main.ended = True
        self.on_switch = lambda thread, what: None
        self.record = lambda thread, action, what: None
        self._pass_on(main, yields=False)
        self._park(main)

    def _count_step_after_end(self, thread: SimulatedThread) -> None:
        self._steps_after_end -= 1
        if self._steps_after_end < 0:
            self.is_cut_short = True
            self.finish()
            self._park(thread)

    def _in_turn(self, enabled: list[int], current: int, yields: bool) -> int:
        """Choose who goes on after the program's end: who runs, then those that need not wait."""
        if current in enabled and not yields:
            return current
        ready = [index for index in enabled if self.is_ready(index)] or enabled
        after = [index for index in ready if index > current]
        return (after or ready)[0]

    def _unwind(self) -> None:
        self.stopping = True
        for thread in self.threads:
            if thread.gone.acquire(blocking=False):
                continue
            self._let_go(thread.baton)
            # A thread that refuses to go is left behind, parked or burning; it is a daemon of
            # the real interpreter and cannot keep the process alive.
            thread.gone.acquire(timeout=2.0)

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
