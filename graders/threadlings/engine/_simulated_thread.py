"""A thread of the program: what it does between two decisions, waits for and goes round in."""

from __future__ import annotations

import _thread
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Protocol

from ._footprint import CHANGES, Footprint, Resource
from .run import MAIN, Place, Spin

SiteKey = Hashable
FIRST_IDENT = 140_000_000_000_000
"""As large as those of real threads, which are addresses on most systems."""


class Stop(BaseException):
    """Unwinds a simulated thread after its run is over. Nobody's business to catch."""


@dataclass
class Transition:
    """What one thread did from one scheduling decision to the next.

    ``enabled`` lists the threads among which it was chosen, or is None where there was no
    choice. ``accesses`` holds (resource, modes, site) in order; ``footprint`` their union;
    ``steps`` counts what was recorded; ``has_changed`` tells whether anything was changed but the
    locks that the thread has.
    """

    thread: int
    enabled: tuple[int, ...] | None
    started_by: int | None = None
    accesses: list[tuple[Resource, int, SiteKey | None]] = field(default_factory=list)
    footprint: Footprint = field(default_factory=dict)
    steps: int = 0
    has_changed: bool = False


@dataclass
class Lap:
    """A turn of a loop: the jump that ends it, and all that the next turn can depend on.

    ``values`` are compared by identity; ``changes`` and ``waits`` count what was written, and
    how often the thread had to wait, until then; ``held`` are the locks that it has;
    ``is_test`` tells that it may end the loop, which depends on a value that is not among these;
    ``alike`` counts the turns before that were the same.
    """

    frame: FrameType
    offset: int
    values: tuple[Any, ...]
    changes: tuple[int, int] = (0, 0)
    waits: int = 0
    held: tuple[int, ...] = ()
    is_test: bool = False
    alike: int = 0

    @property
    def key(self) -> tuple[int, int]:
        """Which jump of which call it is."""
        return id(self.frame), self.offset

    def is_like(self, other: Lap) -> bool:
        """Return True if nothing has changed from this turn to ``other``."""
        return (
            self.frame is other.frame
            and self.changes == other.changes
            and self.held == other.held
            and len(self.values) == len(other.values)
            and all(a is b for a, b in zip(self.values, other.values, strict=True))
        )


class Waiting(Protocol):
    """What a thread waits for."""

    def is_ready(self) -> bool:
        """Return True if the wait would end at once."""

    def wishes(self) -> Sequence[tuple[Resource, int]]:
        """Return what the thread would touch, and in which modes, if it could go on."""


class Sleep:
    """A wait that only time ends."""

    def is_ready(self) -> bool:
        """Return False: nobody else can end a sleep."""
        return False

    def wishes(self) -> Sequence[tuple[Resource, int]]:
        """Return nothing: a sleep waits for nobody."""
        return ()


class SimulatedThread:
    """One thread of the program, with the real thread that carries it."""

    def __init__(self, index: int, started_by: SimulatedThread | None) -> None:
        self.index = index
        self.letter = letter_of(index)
        self.ident = FIRST_IDENT + 4096 * index
        self.started_by = started_by
        self.name_in_system: str = "python" if started_by is None else started_by.name_in_system
        self.baton = _thread.allocate_lock()
        self.baton.acquire()
        self.gone = _thread.allocate_lock()
        self.gone.acquire()
        self.wait: Waiting | None = None
        self.wait_place: Place | None = None
        self.wait_call = ""
        self.deadline_s: float | None = None
        self.timed_out = False
        self.boot_parent: SimulatedThread | None = None
        self.ended = False
        self.ended_s: float | None = None
        self.transition: Transition | None = None
        self.site: Any = None
        self.is_fresh_call = False
        self.was_held = False
        self.locks_made = 0
        self.locks_made_at: Counter[Place | None] = Counter()
        self.end_lock: Any = None
        self.spinning: Spin | None = None
        self.laps = 0
        self.laps_before: dict[tuple[int, int], Lap] = {}
        self.lap_place: Place | None = None
        self.waits = 0
        self.read_clock_in_lap = False
        self.own_changes = 0
        self.held: list[int] = []
        self.held_before: tuple[int, ...] = ()
        self.closed_changes = 0
        self.noted: dict[tuple[int, int], Any] = {}
        self.working_at: dict[int, Any] = {}
        self.in_generators: list[list[Any]] = []
        self.unresolved_write: Callable[[], None] | None = None
        self.python_thread: Any = None
        self.stops = 0

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
    turn, number = divmod(index - 1, 26)
    return chr(ord("A") + number) + (str(turn) if turn else "")
