"""Handles to join threads by, as CPython has them since 3.13."""

from __future__ import annotations

from collections.abc import Callable

from ..kernel import Kernel, SimulatedThread
from ._locks import lock


class Handle:
    """The simulated ``_thread._ThreadHandle`` of Python 3.13."""

    _kernel: Kernel
    _new_lock: Callable[[], lock]

    def __init__(self) -> None:
        self.ident: int | None = None
        self._end_lock: lock | None = None
        self._done = False

    def _begin(self, thread: SimulatedThread) -> None:
        self.ident = thread.ident
        self._end_lock = thread.end_lock

    def is_done(self) -> bool:
        """Return True if the thread has ended."""
        if self._end_lock is not None and not self._done:
            thread = self._kernel.me()
            if thread is not None and not self._kernel.stopping:
                self._end_lock.look(thread)
            self._done = not self._end_lock.held
        return self._done

    def join(self, timeout: float | None = None) -> None:
        """Wait for the thread to end, at most ``timeout`` seconds."""
        if self._done:
            return
        if self._end_lock is None:
            raise RuntimeError("thread not started")
        thread = self._kernel.me()
        if thread is not None and self.ident == thread.ident:
            raise RuntimeError("Cannot join current thread")
        if timeout is None or timeout < 0:
            ended = self._end_lock.acquire()
        else:
            ended = self._end_lock.acquire(timeout != 0, -1 if timeout == 0 else timeout)
        if ended:
            self._done = True
            self._end_lock.release()

    def _set_done(self) -> None:
        if self._end_lock is None:
            raise RuntimeError("thread not started")
        self._done = True
        if self._end_lock.held:
            self._end_lock.release()  # who joins goes on
