"""Models of semaphores, events and barriers."""

from __future__ import annotations

from typing import Any

from ..kernel import ACQUIRE, AWAIT, PEEK, POST, TEST, TRY
from ._operation import (
    ARRIVALS,
    Operation,
    is_nan,
    lock_of,
    modelled,
    seen_thread,
    timeout_s_of,
)


def model_semaphore(owner: type) -> None:
    """Let a class of semaphores have permits: each ``acquire`` takes one, each ``release`` adds."""
    if "acquire" in vars(owner):
        modelled(owner, "acquire", lock_of)(_acquire)
        owner.__enter__ = vars(owner)["acquire"]  # type: ignore[attr-defined]
    modelled(owner, "release", lock_of)(_release)


def _acquire(
    self: Any,
    operation: Operation,
    original: Any,
    blocking: bool = True,
    timeout: float | None = None,
) -> Any:
    if is_nan(timeout) or (not blocking and timeout is not None):
        return original(self, blocking, timeout)
    timeout_s = timeout_s_of(blocking, timeout)
    if not operation.until(lambda: self._value > 0, timeout_s, [((), ACQUIRE)]):
        operation.touch([((), TEST)], "finds empty")
        return False
    # With more than one permit, the last release was not needed: both orders are possible.
    needed = timeout_s is None and self._value == 1
    operation.touch([((), ACQUIRE if needed else TRY)], "takes")
    return operation.unseen(original, self, False)


def _release(self: Any, operation: Operation, original: Any, n: int = 1) -> Any:
    operation.begin()
    # Near the limit it matters who comes last: that is one release too many.
    limit = vars(self).get("_initial_value")
    is_near = limit is not None and self._value + n >= limit
    operation.touch([((), POST | TRY if is_near else POST)], "releases")
    return operation.unseen(original, self, n)


def model_event(owner: type) -> None:
    """Let a class of events have a flag, and an order of who comes to wait and who clears it."""
    for name, model in (("is_set", _is_set), ("set", _set), ("clear", _clear), ("wait", _wait)):
        modelled(owner, name, lock_of)(model)


def _is_set(self: Any, operation: Operation, original: Any) -> Any:
    operation.begin()
    found = original(self)
    operation.touch([((), PEEK if found else TEST)], "finds set" if found else "finds unset")
    return found


def _set(self: Any, operation: Operation, original: Any) -> Any:
    operation.begin()
    operation.touch([((), POST)], "sets")
    self._times_set = vars(self).get("_times_set", 0) + 1
    if self._flag:
        self._was_set_again = True
    return operation.unseen(original, self)


def _clear(self: Any, operation: Operation, original: Any) -> Any:
    operation.begin()
    operation.touch([((), TRY), (ARRIVALS, TRY)], "clears")
    self._was_set_again = False
    return operation.unseen(original, self)


def _wait(self: Any, operation: Operation, original: Any, timeout: float | None = None) -> Any:
    if is_nan(timeout):
        return original(self, timeout)
    operation.arrive()
    times_set = vars(self).get("_times_set", 0)

    def was_set() -> bool:
        # Who waits when it is set goes on, even if it is cleared before its turn comes.
        return bool(self._flag or vars(self).get("_times_set", 0) > times_set)

    timeout_s = timeout_s_of(True, timeout)
    if not operation.until(was_set, timeout_s, [((), AWAIT)]):
        operation.touch([((), TEST)], "finds unset")
        return False
    # If it was set again, the last time was not needed: both orders are possible.
    needed = timeout_s is None and not vars(self).get("_was_set_again", False)
    operation.touch([((), AWAIT if needed else PEEK)], "finds set")
    return True


def model_barrier(owner: type) -> None:
    """Let it be seen who looks at a barrier; to wait at one is the library's own."""
    for name in ("n_waiting", "broken"):
        original = vars(owner)[name].fget

        def look(self: Any, original: Any = original, call: str = f"Barrier.{name}") -> Any:
            lock = lock_of(self)
            thread = seen_thread(lock)
            if thread is None:
                return original(self)
            operation = Operation(lock, call, thread)
            operation.begin()
            operation.touch([((), PEEK)], "looks at")
            return operation.unseen(original, self)

        setattr(owner, name, property(look, doc=original.__doc__))
