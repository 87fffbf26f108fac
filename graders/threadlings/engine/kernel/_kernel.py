"""The simulated kernel: real threads, of which one runs at a time, and a clock of their own.

A thread gives the processor away only here: at a *point* (before an access that the search
knows to race), when it must wait, when it goes round a loop in which nothing changes, and when
it ends. The kernel itself prefers nobody.
"""

from __future__ import annotations

import _thread
from collections.abc import Callable
from typing import Any

from ..runs import Place, Spin, Thing
from ._lap import Lap
from ._processor import Processor
from ._protocols import Chooser, Observer
from ._room import need_room
from ._simulated_thread import SimulatedThread, Stop
from ._transition import SiteKey
from ._waiting import Sleep, Waiting

LAPS_BEFORE_YIELD = 64
LAPS_BEFORE_TIME_PASSES = 160 * LAPS_BEFORE_YIELD
"""Who goes round so often burns time: those who sleep meanwhile wake up."""
LOOPS_REMEMBERED = 64
DECISIONS_AFTER_END = 200
"""How long each daemon thread is looked at after the program's end."""


class Kernel(Processor):
    """Threads, waits and the clock of one run.

    Args:
        chooser: Decides who goes next.
        observer: Looks on.
        points: Sites where a thread lets the chooser decide before it goes on.
        sleeping_orders: True for virtual time, in which a sleep ends when its time has come;
            False if a sleep, or a timeout, may end at any moment.
        max_decisions: How many decisions and laps of loops the run may take.
        keep_steps: True if also accesses that are no points are recorded.

    Attributes:
        unwatchable: What the program has used that cannot be watched: ``ctypes``, ``a socket``.
        is_importing: True while a file of the program is executed.
        clocks_begin_s: What the program's clocks show at the beginning, in seconds.
        spins: The first lap of each loop in which nothing changed, by thread and place.
        place_of: The observer's: the line of the program under way, and the library's call in it.
    """

    def __init__(
        self,
        chooser: Chooser,
        observer: Observer,
        points: frozenset[SiteKey],
        sleeping_orders: bool,
        max_decisions: int,
        keep_steps: bool = False,
    ) -> None:
        super().__init__(chooser, sleeping_orders, max_decisions)
        self._observer = observer
        self.place_of = observer.place_of
        self.points = points
        self.keep_steps = keep_steps
        self.locks_made = 0
        self.is_importing = False
        self.clocks_begin_s = 0.0
        self.laps_of_prologue = 0
        self.spins: dict[tuple[str, Place], Spin] = {}
        self.unwatchable: set[str] = set()
        self._by_ident: dict[int, SimulatedThread] = {}

    # -- threads ----------------------------------------------------------------------------

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
        child.started_at, _call = self.place_of()
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
        # Registered before anything else: until then the thread is nobody's, and what it does to a
        # lock would go past the kernel. Gone last: who unwinds waits for nothing but that.
        self._by_ident[_thread.get_ident()] = thread
        try:
            self._observer.on_thread_start()
            self._tell_switch(thread, "running")
            body()
        except Stop:
            pass
        except BaseException as error:
            self.crash = error
        finally:
            self._observer.on_thread_end()
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
        # Resolved while it has a transition; told as ended before somebody else can act.
        self.resolve(thread)
        thread.ended = True
        thread.ended_s = self.clock_s
        self._tell_switch(thread, "ended")
        self._pass_on(thread, yields=False)

    # -- giving the processor away ----------------------------------------------------------

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
            self._tell_switch(thread, "sleeping" if isinstance(waiting, Sleep) else "waiting")
        self._give_way(thread, yields=must_wait)
        in_time = waiting.is_ready()
        if not in_time and thread.deadline_s is not None:
            self.clock_s = max(self.clock_s, thread.deadline_s)
        thread.wait = None
        thread.deadline_s = None
        if must_wait:
            self._tell_switch(thread, "running")
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
        self._count_decision(thread)
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
        # after a lap in which nothing changed will it do so for ever.
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
        """Note one more lap of a loop; now and then let others go first."""
        thread.laps += 1
        if thread.laps % LAPS_BEFORE_TIME_PASSES == 0 and self.sleeping_orders:
            self._to_next_deadline()
        if thread.laps % LAPS_BEFORE_YIELD == 0 and len(self.threads) > 1:
            self._give_way(thread, yields=True)
        else:
            self._count_decision(thread)

    def note_change(self, thread: SimulatedThread) -> None:
        """Note that a thread changes what is not its own."""
        if thread.transition is not None:
            thread.transition.has_changed = True

    # -- what the observer sees --------------------------------------------------------

    def record(self, thread: SimulatedThread, action: str, what: str | Thing) -> None:
        """Let the observer see a step; what comes after the program's end is none."""
        if self.ended_at is None:
            self._observer.record(thread, action, what, self.clock_s)

    def _tell_switch(self, thread: SimulatedThread, state: str) -> None:
        if self.ended_at is None:
            self._observer.on_switch(thread, state, self.clock_s)

    # -- the end ----------------------------------------------------------------------------

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
        self._left_after_end = DECISIONS_AFTER_END * len(self.threads)
        main.ended = True
        self._pass_on(main, yields=False)
        self._park(main)

    def _unwind(self) -> None:
        self.stopping = True
        for thread in self.threads:
            if thread.gone.acquire(blocking=False):
                continue
            self._let_go(thread.baton)
            # A thread that refuses to go is left behind, parked or burning; it is a daemon of
            # the real interpreter and cannot keep the process alive.
            thread.gone.acquire(timeout=2.0)
