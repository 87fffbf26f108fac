"""The locks of the simulated ``_thread``."""

from __future__ import annotations

import _thread
from functools import cache
from typing import Any

from ._kernel_lock import KernelLock, checked_timeout


class lock(KernelLock):  # noqa: N801 - the name that programs see, as in CPython
    """The simulated ``_thread.lock``."""

    def __init__(self) -> None:
        self._set_up()

    def locked(self) -> bool:
        """Return True if somebody holds the lock."""
        return self._is_locked()

    def __repr__(self) -> str:
        state = "locked" if self.held else "unlocked"
        return f"<{state} _thread.lock object {self._where()}>"

    acquire_lock = KernelLock.acquire
    release_lock = KernelLock.release
    locked_lock = locked


class RLock(KernelLock):
    """The simulated ``_thread.RLock``: a lock that its owner may take again."""

    _count: int
    _owner: int | None

    def __new__(cls, *arguments: object, **options: object) -> RLock:
        """Make a free lock; arguments are for subclasses, as in CPython.

        Raises:
            TypeError: If there are any that no subclass takes, from Python 3.15 on.
        """
        if (arguments or options) and cls.__init__ is object.__init__ and not _takes_arguments():
            kind = "positional" if arguments else "keyword"
            raise TypeError(f"RLock() takes no {kind} arguments")
        made = super().__new__(cls)
        made._set_up()
        made._count, made._owner = 0, None
        return made

    def _me(self) -> int:
        thread = self._kernel.me()
        return _thread.get_ident() if thread is None else thread.ident

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Take the lock, once more if the caller has it; return False if not in time."""
        if self._is_owned():
            checked_timeout(blocking, timeout)
            self._count += 1
            return True
        if not super().acquire(blocking, timeout):
            return False
        self._count, self._owner = 1, self._me()
        return True

    def release(self) -> None:
        """Undo one of the times that the caller took the lock.

        Raises:
            RuntimeError: If the caller does not have it.
        """
        if not self._is_owned():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._owner = None
            super().release()

    def _is_owned(self) -> bool:
        return self._owner == self._me()

    def _recursion_count(self) -> int:
        return self._count if self._is_owned() else 0

    def _release_save(self) -> tuple[int, int | None]:
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock")
        state = (self._count, self._owner)
        self._count, self._owner = 0, None
        super().release()
        return state

    def _acquire_restore(self, state: tuple[int, int | None]) -> None:
        super().acquire()
        self._count, self._owner = state

    def _at_fork_reinit(self) -> None:
        super()._at_fork_reinit()
        self._count, self._owner = 0, None

    def __repr__(self) -> str:
        state, kind = "locked" if self._count else "unlocked", type(self)
        owner = f"owner={self._owner or 0} count={self._count}"
        return f"<{state} {kind.__module__}.{kind.__qualname__} object {owner} {self._where()}>"

    if hasattr(_thread.RLock, "locked"):  # since 3.14

        def locked(self) -> bool:
            """Return True if somebody holds the lock."""
            return self._is_locked()


@cache
def _takes_arguments() -> bool:
    """Return True if this Python's own ``RLock`` takes arguments, for nothing: until 3.14."""
    kind: Any = _thread.RLock
    try:
        kind(None)
    except TypeError:
        return False
    return True
