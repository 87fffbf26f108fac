"""The one place of a process in which runs happen, one at a time."""

from __future__ import annotations

import _thread
import gc
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from ._aside import aside
from ._changes import Change
from ._world import World

RUNS_BETWEEN_COLLECTIONS = 50
"""After so many runs, the few hundred objects of ours that each left behind are collected too."""
_Result = TypeVar("_Result")


class Stage:
    """Has at most one run on it, and keeps what runs have changed.

    Attributes:
        world: The world of the run under way, or None.
    """

    def __init__(self) -> None:
        self.world: World | None = None
        self._one_at_a_time = _thread.allocate_lock()
        self._runs = itertools.count(1)
        self._changes: dict[Change, bool] = {}

    def is_inside(self) -> bool:
        """Return True if the calling thread belongs to the run under way."""
        return self.world is not None and self.world.kernel.is_ours()

    def alone(self, work: Callable[[], _Result], give_up: Callable[[], None]) -> _Result:
        """Call ``work`` while no run is under way, and return what it returns; see :func:`aside`.

        Raises:
            RuntimeError: If called from inside a run.
            BaseException: What a signal handler raised meanwhile.
        """
        if self.is_inside():
            raise RuntimeError("a program under the engine cannot start another run")

        def work_alone() -> _Result:
            with self._one_at_a_time:
                return work()

        return aside(work_alone, give_up)

    def collect(self) -> None:
        """Collect, every so many runs, what those before have left behind."""
        if next(self._runs) % RUNS_BETWEEN_COLLECTIONS == 0:
            gc.collect(1)

    @contextmanager
    def taken_by(self, world: World) -> Iterator[None]:
        """Have a run on the stage for as long as the context lasts; its changes are noted."""
        self.world = world
        try:
            yield
        finally:
            self.world = None
            for change, is_left in world.changes.items():
                self._changes[change] = is_left or self._changes.get(change, False)

    def changes_noted(self) -> tuple[Change, ...]:
        """Return what programs have replaced in the modules of their runs, in all runs so far."""
        return tuple(self._changes)

    def changes_left(self) -> tuple[Change, ...]:
        """Return those of them that were in force while the program ran, not only in its import."""
        return tuple(change for change, is_left in self._changes.items() if is_left)


STAGE = Stage()
"""The interpreter's modules are there once in a process, and so is the stage."""
