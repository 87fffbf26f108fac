"""One operation of a primitive as one step: it waits, touches what it means, and is done unseen."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

from ..kernel import PEEK, Resource, SimulatedThread
from ._locks import lock

Part = tuple[Hashable, ...]
"""What an operation is about: all of a primitive, ``()``, or a part of it, ``("item", 3)``."""
Touches = list[tuple[Part, int]]
"""Parts of a primitive, each with the modes in which it is touched."""
ARRIVALS = ("arrivals",)
"""The part of an event that orders who comes to wait and who clears it."""


class _Until:
    """A wait for a primitive to be ready."""

    def __init__(self, operation: Operation, ready: Callable[[], bool], wishes: Touches) -> None:
        self.is_ready = ready
        self.lock = operation.lock
        self.call = operation.call
        self._wishes = [(operation.resource(part), modes) for part, modes in wishes]

    def wishes(self) -> list[tuple[Resource, int]]:
        return self._wishes


class Operation:
    """One call of a primitive's method by a thread of the run.

    Args:
        lock: The primitive's lock, which stands for it; nobody is ever seen to hold it.
        call: What to call the operation in a story: ``Queue.get``.
        thread: The calling thread.
    """

    def __init__(self, lock: lock, call: str, thread: SimulatedThread) -> None:
        self.lock = lock
        self.call = call
        self._kernel = lock._kernel
        self._thread = thread
        self._site = lock._begin_call(thread)

    def resource(self, part: Part) -> Resource:
        """Return what stands for a part of the primitive in footprints."""
        return (*self.lock.resource, *part)

    def begin(self) -> None:
        """Let the chooser decide, if the call is a point."""
        self._kernel.point(self._thread, self._site)

    def arrive(self) -> None:
        """Come to wait: what is over by now was missed. A point if it races with that."""
        site = self._site and ("arrives", self._site)
        self._kernel.point(self._thread, site)
        if not self.lock.is_internal:
            self._thread.touch(self.resource(ARRIVALS), PEEK, site)

    def until(self, ready: Callable[[], bool], timeout_s: float | None, wishes: Touches) -> bool:
        """Wait until ``ready()``; return False if it was not in time."""
        kernel, thread = self._kernel, self._thread
        if timeout_s == 0:
            self.begin()
            return ready()
        if kernel.is_point(self._site) or not ready():
            return kernel.wait(thread, _Until(self, ready, wishes), timeout_s)
        return True

    def touch(self, touches: Touches, action: str) -> None:
        """Note what the operation touches, and record what it did."""
        if self.lock.is_internal:
            return
        site = self._site or self._thread.site
        for part, modes in touches:
            self._thread.touch(self.resource(part), modes, site)
        if self._kernel.keep_steps or self._kernel.is_point(self._site):
            self._kernel.record(self._thread, action, self.lock.thing_in_step())

    def unseen(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call the library's own method; what it does with the primitive's lock is no step."""
        self.lock.unseen_by = self._thread
        try:
            return function(*arguments)
        finally:
            self.lock.unseen_by = None


def modelled(
    owner: type, name: str, lock_of: Callable[[Any], lock]
) -> Callable[[Callable[..., Any]], None]:
    """Put a model in the place of a method; threads of somebody else get the method itself."""
    original = vars(owner)[name]
    call = f"{owner.__name__.lstrip('_').removeprefix('Py')}.{name}"

    def put(model: Callable[..., Any]) -> None:
        @wraps(original)
        def method(self: Any, *arguments: Any, **named: Any) -> Any:
            lock = lock_of(self)
            thread = seen_thread(lock)
            if thread is None:
                return original(self, *arguments, **named)
            operation = Operation(lock, call, thread)
            return model(self, operation, original, *arguments, **named)

        setattr(owner, name, method)

    return put


def lock_of(primitive: Any) -> lock:
    """Return the lock of a primitive that is built on a condition."""
    return innermost(primitive._cond._lock)


def innermost(own: Any) -> lock:
    """Return the kernel's lock in a lock of the library's."""
    made: lock = getattr(own, "_block", own)
    return made


def seen_thread(lock: lock) -> SimulatedThread | None:
    """Return the calling thread, or None if its operations on a primitive are no steps."""
    kernel = lock._kernel
    thread = kernel.me()
    return None if thread is lock.unseen_by or kernel.stopping else thread


def timeout_s_of(blocking: bool, timeout: float | None) -> float | None:
    """Return for how many seconds an operation may wait; None for ever."""
    if not blocking:
        return 0
    return None if timeout is None else max(0.0, timeout)


def is_nan(timeout: float | None) -> bool:
    """Return True if a timeout is no number; what comes of it the library knows best."""
    return timeout is not None and timeout != timeout
