"""A lock of the simulated kernel: what ``lock`` and ``RLock`` have in common."""

from __future__ import annotations

import _thread
import sys
from collections.abc import Sequence
from dataclasses import replace
from types import FrameType
from typing import Any

from ..kernel import ACQUIRE, PEEK, RELEASE, TEST, TRY, Kernel, Resource, SimulatedThread, need_room
from ..runs import Place, Thing
from ._builtin import seconds_of
from ._fresh_modules import FRESH
from ._safe import is_safe_in_threads

_BOOKKEEPING = frozenset({"Thread.__init__", "Thread._set_tstate_lock", "<module>"})
"""Functions of the library whose locks are its own: which threads are alive, which have started.

They order nothing that a program can see (the locked counter takes 47 runs instead of 3 with
them)."""
_LOCK_MODULES = (__name__, f"{__package__}._locks")
"""Our own modules between a lock and who makes it."""
_ACTIONS = {TEST: "finds locked", PEEK: "finds free", RELEASE: "frees"}


class _Free:
    """A wait for a lock to be free."""

    def __init__(self, lock: KernelLock) -> None:
        self.lock = lock

    def is_ready(self) -> bool:
        return not self.lock.held

    def wishes(self) -> Sequence[tuple[Resource, int]]:
        return [(self.lock.resource, ACQUIRE)]


class KernelLock:
    """A lock of the simulated kernel.

    Attributes:
        held: True while somebody has it.
        holder: Who; None if it is free, or was taken where nobody looks.
        held_since: Where the holder took it.
        resource: What stands for it in footprints.
        made_at: The line of the program that made it, if there is one.
        made_by: The call of the library in that line that made it: ``Queue.__init__``.
        ends: The thread whose end the lock stands for, if it does.
        unseen_by: The thread whose operations on it are no steps just now.
        is_internal: True for a lock of the library's bookkeeping.
    """

    _kernel: Kernel  # set on the subclass that each run makes for itself

    def _set_up(self) -> None:
        """Make a free lock of it."""
        kernel = self._kernel
        maker = kernel.me()
        kernel.locks_made += 1
        self._number = kernel.locks_made
        self.held = False
        self.holder: SimulatedThread | None = None
        self.held_since: Place | None = None
        self.ends: SimulatedThread | None = None
        self.unseen_by: SimulatedThread | None = None
        self._sibling = 0
        if maker is None:
            self.resource: Resource = ("lock", "?", 0)
            self.made_at, self.made_by = None, ""
        else:
            maker.locks_made += 1
            self.resource = ("lock", maker.letter, maker.locks_made)
            self.made_at, self.made_by = kernel.place_of()
            if kernel.keep_steps:
                self._sibling = maker.locks_made_at[self.made_at]
                maker.locks_made_at[self.made_at] += 1
        self.is_internal = self.made_at is None or _is_bookkeeping(_caller())

    def __hash__(self) -> int:
        # Not the address: threading goes through sets of locks, in every run in the same order.
        return self._number

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Take the lock; return False if it could not be had in time."""
        timeout_s = checked_timeout(blocking, timeout)
        kernel = self._kernel
        thread = kernel.me()
        if thread is None or (kernel.stopping and thread.ended):
            return self._take_outside()
        if self._is_unseen_by(thread) and not self.held:
            self.held, self.holder = True, thread
            return True
        if kernel.is_unwatched and not self.held:
            self.held, self.holder = True, thread
            thread.held.append(self._number)
            return True
        need_room()  # else there might be enough to take the lock, but not to free it
        site = self._begin_call(thread)
        if timeout_s == 0:
            kernel.point(thread, site)
            return self._try(thread, site)
        must_decide = self.held or kernel.is_point(site)
        if must_decide and not kernel.wait(thread, _Free(self), timeout_s):
            self._touch(thread, TEST, site)
            return False
        self._take(thread, ACQUIRE if timeout_s is None else TRY, site)
        return True

    def _begin_call(self, thread: SimulatedThread) -> Any:
        """Return the site of the call under way if this is its first kernel operation, else None.

        A call from the program into library code is one step, however often the library takes
        locks in it: only its first operation can be a point.
        """
        if self.is_internal or not thread.is_fresh_call:
            return None
        thread.is_fresh_call = False
        return thread.site

    def _try(self, thread: SimulatedThread, site: Any) -> bool:
        if self.held:
            self._touch(thread, TEST, site)
            return False
        self._take(thread, TRY, site)
        return True

    def _take(self, thread: SimulatedThread, mode: int, site: Any) -> None:
        self._touch(thread, mode, site)
        self.held = True
        thread.held.append(self._number)
        if self._kernel.stopping:  # A stopped thread's ``finally``: who held what is told already.
            return
        self.holder = thread
        self.held_since, _call = self._kernel.place_of()

    def thing(self) -> Thing:
        """Return what the lock is to the program's author."""
        if self.ends is not None:
            return Thing("end", thread=self.ends.letter)
        kind = self.made_by.split(".")[0].lstrip("_")
        return Thing("lock" if kind in ("", "Lock", "lock") else kind, self.made_at)

    def thing_in_step(self) -> Thing:
        """Return it with a number, if the others made in that line are seen too."""
        is_alone = self.ends is not None or not self._kernel.keep_steps
        return self.thing() if is_alone else replace(self.thing(), number=self._sibling + 1)

    def _touch(self, thread: SimulatedThread, mode: int, site: Any) -> None:
        if self._is_unseen_by(thread):
            return
        # Of a call that has begun, the place where it can be held back is the call as a whole.
        # Library code changes, unseen, what its lock protects; what a program changes is seen.
        is_undone = site is not None and self.made_by == ""
        thread.touch(self.resource, mode, site or thread.site, is_undone=is_undone)
        kernel = self._kernel
        if kernel.keep_steps or (mode != RELEASE and kernel.is_point(site)):
            kernel.record(thread, _ACTIONS.get(mode, "takes"), self.thing_in_step())

    def _is_unseen_by(self, thread: SimulatedThread) -> bool:
        """Return True if what ``thread`` does with the lock is no step of the program."""
        return self.is_internal or thread is self.unseen_by or thread is self.ends

    def _take_outside(self) -> bool:
        was_free, self.held = not self.held, True
        return was_free

    def release(self) -> None:
        """Free the lock.

        Raises:
            RuntimeError: If it is not held.
        """
        kernel = self._kernel
        thread = kernel.me()
        if kernel.stopping or thread is None:
            self.held = False
            return
        if kernel.is_unwatched and self._number in thread.held:
            thread.held.remove(self._number)
            self.held, self.holder = False, None
            return
        site = self._begin_call(thread)
        release_site = site and ("release", site)
        kernel.point(thread, release_site)
        if not self.held:
            self._touch(thread, PEEK, release_site)
            raise RuntimeError("release unlocked lock")
        self._touch(thread, RELEASE, release_site)
        if self._number in thread.held:
            thread.held.remove(self._number)
        else:  # It was taken by another thread, or unseen.
            thread.own_changes += 1
            kernel.note_change(thread)
        self.held = False
        self.holder = None

    def release_at_end(self) -> None:
        """Free the lock because the thread that it belongs to has ended."""
        if self.ends is not None:
            self.ends.touch(self.resource, RELEASE, ("end", self.ends.letter))
        self.held = False
        self.holder = None

    def _is_locked(self) -> bool:
        kernel = self._kernel
        thread = kernel.me()
        if thread is not None and not kernel.stopping and self.ends is None:
            self.look(thread)
        return self.held

    def look(self, thread: SimulatedThread) -> None:
        """Note, at a point, that the program looks whether the lock is held."""
        site = self._begin_call(thread)
        self._kernel.point(thread, site)
        self._touch(thread, TEST if self.held else PEEK, site)

    def _at_fork_reinit(self) -> None:
        self.held = False
        self.holder = None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_exception: object) -> None:
        self.release()

    def _where(self) -> str:
        # No address: it would differ from run to run.
        return f"made at {self.made_at}" if self.made_at else f"at number {self._number}"


def _caller() -> FrameType | None:
    """Return the innermost frame of who makes a lock."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__") in _LOCK_MODULES:
        frame = frame.f_back
    return frame


def _is_bookkeeping(frame: FrameType | None) -> bool:
    """Return True if a function of ``_BOOKKEEPING`` makes the lock for the program."""
    while frame is not None and frame.f_globals.get("__name__") in FRESH:
        code = frame.f_code
        if code.co_qualname in _BOOKKEEPING and is_safe_in_threads(code.co_filename):
            return True
        frame = frame.f_back
    return False


def checked_timeout(blocking: bool, timeout: float) -> float | None:
    """Return the timeout in seconds, None for ever; as CPython's ``lock_acquire_parse_args``."""
    timeout_s = seconds_of(timeout)
    if not blocking:
        if timeout_s != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        return 0
    if timeout_s == -1:
        return None
    if timeout_s < 0:
        raise ValueError("timeout value must be a non-negative number")
    if timeout_s > _thread.TIMEOUT_MAX:
        raise OverflowError("timeout value is too large")
    return timeout_s
