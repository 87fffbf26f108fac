"""A thread of the program: who it is, what it waits for and what it goes round in."""

from __future__ import annotations

import _thread
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from ..runs import MAIN, Place, Spin
from ._footprint import CHANGES, Resource
from ._lap import Lap
from ._transition import SiteKey, Transition
from ._waiting import Waiting

FIRST_IDENT = 140_000_000_000_000
"""As large as those of real threads, which are addresses on most systems."""


class Stop(BaseException):
    """Unwinds a simulated thread after its run is over. Nobody's business to catch."""


class SimulatedThread:
    """One thread of the program, with the real thread that carries it."""

    def __init__(self, index: int, started_by: SimulatedThread | None) -> None:
        # Who it is: the same for as long as it lives, but for its name in the system.
        self.index = index
        self.letter = letter_of(index)
        self.ident = FIRST_IDENT + 4096 * index
        self.started_by = started_by
        self.started_at: Place | None = None
        self.python_thread: Any = None
        self.name_in_system: str = "python" if started_by is None else started_by.name_in_system

        # The real thread. ``baton`` is locked for as long as it lives, but for the moment between
        # who hands it the processor and its waking; ``gone`` is freed at its very end.
        self.baton = _thread.allocate_lock()
        self.baton.acquire()
        self.gone = _thread.allocate_lock()
        self.gone.acquire()
        self.stops = 0

        # Its life. While ``boot_parent`` is set the thread is in its first transition, and who
        # started it is parked and gets the processor back before anybody else is asked.
        self.boot_parent: SimulatedThread | None = None
        self.ended = False
        self.ended_s: float | None = None
        self.end_lock: Any = None

        # Its wait. Without one, ``wait`` and ``deadline_s`` are None; the others then tell of
        # the last one. ``timed_out`` is only ever set while there is a deadline.
        self.wait: Waiting | None = None
        self.wait_place: Place | None = None
        self.wait_call = ""
        self.deadline_s: float | None = None
        self.timed_out = False
        self.waits = 0

        # Its transition under way: None while somebody else has the processor.
        self.transition: Transition | None = None
        self.unresolved_write: Callable[[], None] | None = None

        # Its place in the program. ``is_fresh_call`` is True from the call at ``site`` until the
        # first operation of the kernel in it; ``was_held`` if the chooser was asked at it.
        self.site: Any = None
        self.is_fresh_call = False
        self.was_held = False

        # Locks: ``held`` are the numbers of those that it has, in the order it took them;
        # ``held_before`` those that it had when its last transition ended.
        self.held: list[int] = []
        self.held_before: tuple[int, ...] = ()
        self.locks_made = 0
        self.locks_made_at: Counter[Place | None] = Counter()

        # Loops. ``spinning`` is set when it is held in a loop in which nothing changes; whoever
        # changes something empties it, and so does time. ``own_changes`` counts at once,
        # ``closed_changes`` the transitions of its own that the kernel has in ``changes``.
        self.spinning: Spin | None = None
        self.laps = 0
        self.laps_before: dict[tuple[int, int], Lap] = {}
        self.lap_place: Place | None = None
        self.read_clock_in_lap = False
        self.own_changes = 0
        self.closed_changes = 0

        # What the watcher knows of its frames, by the ``id`` of the frame: what instructions found,
        # by their offsets, until it returns; the site that works on something, and the generators
        # that it is in; and the item (frame, offset, container, key) that the last instruction has
        # put there and found.
        self.noted: defaultdict[int, dict[int, Any]] = defaultdict(dict)
        self.item_put: tuple[Any, int, Any, Any] | None = None
        self.working_at: dict[int, Any] = {}
        self.in_generators: list[list[Any]] = []

    def current_name(self) -> str:
        """Return the name that ``threading`` has for the thread."""
        if self.index == 0:
            return "MainThread"
        name = getattr(self.python_thread, "_name", None)
        return name if isinstance(name, str) else self.letter

    def is_daemon(self) -> bool:
        """Return True if the interpreter's exit does not wait for the thread."""
        return bool(getattr(self.python_thread, "_daemonic", self.index != 0))

    def touch(
        self,
        resource: Resource,
        modes: int,
        site: SiteKey | None = None,
        *,
        is_undone: bool = False,
    ) -> None:
        """Note an access in the transition under way.

        Args:
            resource: What is accessed.
            modes: How.
            site: Where, if the thread can be held back there.
            is_undone: True for taking or freeing a lock: no change by itself, since the two undo
                each other. Which locks a thread has is compared instead.
        """
        transition = self.transition
        if transition is not None:
            footprint = transition.footprint
            footprint[resource] = footprint.get(resource, 0) | modes
            if modes & CHANGES and not is_undone:
                self.own_changes += 1
                transition.has_changed = True
            transition.accesses.append((resource, modes, site))


def letter_of(index: int) -> str:
    """Return a thread's letter: ``m``, ``A`` to ``Z``, ``A1`` to ``Z1``, ``A2``, ..."""
    if index == 0:
        return MAIN
    cycle, number = divmod(index - 1, 26)
    return chr(ord("A") + number) + (str(cycle) if cycle else "")
