"""Doing something where no signal handler can interrupt it."""

from __future__ import annotations

import _thread
import contextlib
from collections.abc import Callable
from typing import TypeVar

_Result = TypeVar("_Result")


def aside(work: Callable[[], _Result], give_up: Callable[[], None]) -> _Result:
    """Call ``work`` in a real thread of its own, and return what it returns.

    Signal handlers run in the interpreter's main thread, between any two instructions, and
    many raise (``KeyboardInterrupt``, the deadline of a test). Here they find a caller that only
    waits: what ``work`` changed, it puts back itself before the exception goes on.

    Args:
        work: What to do.
        give_up: Asks ``work`` to end soon; called, perhaps more than once, if the wait was
            interrupted.
    Raises:
        BaseException: What ``work`` raised, or what interrupted the wait; then ``work`` has ended.
    """
    begun, over = _thread.allocate_lock(), _thread.allocate_lock()
    over.acquire()
    results: list[_Result] = []
    errors: list[BaseException] = []

    def carry() -> None:
        if not begun.acquire(blocking=False):
            return
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)
        finally:
            over.release()

    def wait() -> None:
        # In slices, because on Windows a wait without an end cannot be interrupted. An
        # interrupted wait may have taken the lock: what counts is what it stands for.
        while not (results or errors):
            over.acquire(timeout=0.5)

    try:
        _thread.start_new_thread(carry, ())
        wait()
    except BaseException:
        # Whoever takes ``begun`` first decides whether the work is done at all.
        while not begun.acquire(blocking=False):
            with contextlib.suppress(BaseException):
                give_up()
                wait()
                break
        raise
    if errors:
        raise errors.pop()
    return results.pop()
