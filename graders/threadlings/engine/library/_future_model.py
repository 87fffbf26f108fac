"""A model of futures: whether they have ended, and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..kernel import AWAIT, PEEK, POST, TEST, TRY
from ._locks import lock
from ._operation import Operation, innermost, is_nan, modelled, timeout_s_of


def model_future(owner: Any) -> None:
    """Let the class of futures be one step an operation.

    What is not modelled takes the lock: the operations that change something touch that too.
    """
    models: dict[str, Callable[..., Any]] = {
        "set_result": _end,
        "set_exception": _end,
        "result": _outcome,
        "exception": _outcome,
        "done": _done,
        "set_running_or_notify_cancel": _begin,
        "cancel": _cancel,
    }
    for name, model in models.items():
        modelled(owner, name, _lock_of)(model)


def _lock_of(future: Any) -> lock:
    return innermost(future._condition._lock)


def _end(self: Any, operation: Operation, original: Any, outcome: Any) -> Any:
    operation.begin()
    operation.touch([((), TRY), (("ended",), POST)], "ends")
    return operation.unseen(original, self, outcome)


def _outcome(self: Any, operation: Operation, original: Any, timeout: float | None = None) -> Any:
    if is_nan(timeout):
        return original(self, timeout)
    timeout_s = timeout_s_of(True, timeout)
    is_done = operation.until(lambda: _is_done(self), timeout_s, [(("ended",), AWAIT)])
    modes = AWAIT if timeout_s is None else PEEK if is_done else TEST
    operation.touch([(("ended",), modes)], "finds ended" if is_done else "finds running")
    return operation.unseen(original, self, 0)


def _done(self: Any, operation: Operation, original: Any) -> Any:
    operation.begin()
    found = _is_done(self)
    modes = PEEK if found else TEST
    operation.touch([(("ended",), modes)], "finds ended" if found else "finds running")
    return found


def _begin(self: Any, operation: Operation, original: Any) -> Any:
    operation.begin()
    operation.touch([((), TRY)], "begins")
    return operation.unseen(original, self)


def _cancel(self: Any, operation: Operation, original: Any) -> Any:
    operation.begin()
    operation.touch([((), TRY), (("ended",), POST)], "cancels")
    return operation.unseen(original, self)


def _is_done(future: Any) -> bool:
    return future._state in ("CANCELLED", "CANCELLED_AND_NOTIFIED", "FINISHED")
