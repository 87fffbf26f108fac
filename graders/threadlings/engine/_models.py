"""Semaphores, events and queues whose operations are one step each.

The library's own code goes through a lock, a condition and its waiters, all of them steps, whose
order hardly ever matters: three threads at a ``Semaphore(2)`` took 225 runs. Here an operation
waits until it can go through, touches what it means (a permit, a flag, the order of what was put,
one item), and only then lets the library's code do it, unseen. Two releases, or a put and a get of
different items, then need no order at all.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from types import ModuleType
from typing import Any

from ._footprint import (
    ACQUIRE,
    AWAIT,
    INTENT_READ,
    INTENT_WRITE,
    PEEK,
    POST,
    READ,
    RELEASE,
    TEST,
    TRY,
    WRITE,
    Resource,
)
from ._kernel import Kernel
from ._lock_api import lock
from ._simulated_thread import SimulatedThread

Touches = list[tuple[tuple[Hashable, ...], int]]
"""Parts of a primitive, each with the modes in which it is touched."""


def install(module: ModuleType) -> None:
    """Let the primitives of a fresh ``threading`` or ``queue`` be steps of their own."""
    names = vars(module)
    if module.__name__ == "threading":
        _model_semaphore(names["Semaphore"])
        _model_semaphore(names["BoundedSemaphore"])
        _model_event(names["Event"])
        _model_barrier(names["Barrier"])
        _model_registry(module)
        _model_start(module)
    elif module.__name__ == "queue":
        _model_queue(names["Queue"], lambda q: q.mutex)
        _model_queue(names["SimpleQueue"], lambda q: lock_of(q._count))
    elif module.__name__ == "concurrent.futures._base":
        _model_future(names["Future"])


_ARRIVALS = ("arrivals",)
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

    def resource(self, part: tuple[Hashable, ...]) -> Resource:
        return (*self.lock.resource, *part)

    def begin(self) -> None:
        """Let the chooser decide, if the call is a point."""
        self._kernel.point(self._thread, self._site)

    def arrive(self) -> None:
        """Come to wait: what is over by now was missed. A point if it races with that."""
        site = self._site and ("arrives", self._site)
        self._kernel.point(self._thread, site)
        if not self.lock.is_internal:
            self._thread.touch(self.resource(_ARRIVALS), PEEK, site)

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
        if self._kernel.keeps_steps or self._kernel.is_point(self._site):
            self._kernel.record(self._thread, action, self.lock.name_in_step())

    def unseen(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call the library's own method; what it does with the primitive's lock is no step."""
        self.lock.unseen_by = self._thread
        try:
            return function(*arguments)
        finally:
            self.lock.unseen_by = None


def _modelled(
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


def _model_semaphore(owner: type) -> None:
    if "acquire" in vars(owner):

        @_modelled(owner, "acquire", lock_of)
        def acquire(
            self: Any,
            operation: Operation,
            original: Any,
            blocking: bool = True,
            timeout: float | None = None,
        ) -> Any:
            if _is_nan(timeout) or (not blocking and timeout is not None):
                return original(self, blocking, timeout)
            timeout_s = _timeout_s(blocking, timeout)
            if not operation.until(lambda: self._value > 0, timeout_s, [((), ACQUIRE)]):
                operation.touch([((), TEST)], "finds empty")
                return False
            # With more than one permit, the last release was not needed: both orders are possible.
            needed = timeout_s is None and self._value == 1
            operation.touch([((), ACQUIRE if needed else TRY)], "takes")
            return operation.unseen(original, self, False)

        owner.__enter__ = vars(owner)["acquire"]  # type: ignore[attr-defined]

    @_modelled(owner, "release", lock_of)
    def release(self: Any, operation: Operation, original: Any, n: int = 1) -> Any:
        operation.begin()
        # Near the limit it matters who comes last: that is one release too many.
        limit = vars(self).get("_initial_value")
        is_near = limit is not None and self._value + n >= limit
        operation.touch([((), POST | TRY if is_near else POST)], "releases")
        return operation.unseen(original, self, n)


def _timeout_s(blocking: bool, timeout: float | None) -> float | None:
    if not blocking:
        return 0
    return None if timeout is None else max(0.0, timeout)


def _is_nan(timeout: float | None) -> bool:
    """Return True if a timeout is no number; what comes of it the library knows best."""
    return timeout is not None and timeout != timeout


def _model_event(owner: type) -> None:
    @_modelled(owner, "is_set", lock_of)
    def is_set(self: Any, operation: Operation, original: Any) -> Any:
        operation.begin()
        found = original(self)
        operation.touch([((), PEEK if found else TEST)], "finds set" if found else "finds unset")
        return found

    @_modelled(owner, "set", lock_of)
    def set_(self: Any, operation: Operation, original: Any) -> Any:
        operation.begin()
        operation.touch([((), POST)], "sets")
        self._times_set = vars(self).get("_times_set", 0) + 1
        if self._flag:
            self._was_set_again = True
        return operation.unseen(original, self)

    @_modelled(owner, "clear", lock_of)
    def clear(self: Any, operation: Operation, original: Any) -> Any:
        operation.begin()
        operation.touch([((), TRY), (_ARRIVALS, TRY)], "clears")
        self._was_set_again = False
        return operation.unseen(original, self)

    @_modelled(owner, "wait", lock_of)
    def wait(self: Any, operation: Operation, original: Any, timeout: float | None = None) -> Any:
        if _is_nan(timeout):
            return original(self, timeout)
        operation.arrive()
        times_set = vars(self).get("_times_set", 0)

        def was_set() -> bool:
            # Who waits when it is set goes on, even if it is cleared before its turn comes.
            return bool(self._flag or vars(self).get("_times_set", 0) > times_set)

        timeout_s = _timeout_s(True, timeout)
        if not operation.until(was_set, timeout_s, [((), AWAIT)]):
            operation.touch([((), TEST)], "finds unset")
            return False
        # If it was set again, the last time was not needed: both orders are possible.
        needed = timeout_s is None and not vars(self).get("_was_set_again", False)
        operation.touch([((), AWAIT if needed else PEEK)], "finds set")
        return True


def _model_barrier(owner: type) -> None:
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


def _model_registry(module: ModuleType) -> None:
    """Let a thread's start and end be seen by who asks how many there are."""
    names = vars(module)
    registry: Resource = ("lock", "threads")

    def touching(original: Callable[..., Any], modes: int, site_of: Callable[[Any], Any]) -> Any:
        @wraps(original)
        def touch(*arguments: Any) -> Any:
            kernel = names["_active_limbo_lock"]._kernel
            thread = kernel.me()
            if thread is not None and not kernel.stopping:
                site = site_of(thread)
                kernel.point(thread, site)
                thread.touch(registry, modes, site)
            return original(*arguments)

        return touch

    for name in ("active_count", "activeCount", "enumerate"):
        names[name] = touching(names[name], PEEK, lambda thread: thread.site)
    kind = names["Thread"]
    kind.start = touching(kind.start, POST, lambda thread: thread.site)
    kind._delete = touching(kind._delete, POST, lambda thread: ("end", thread.letter))


def _model_start(module: ModuleType) -> None:
    """Let it be seen whether a thread has been started, by whom this may come first or last."""
    names = vars(module)
    kind = names["Thread"]

    def told(
        original: Callable[..., Any], modes: int, ends: Callable[..., int] | None = None
    ) -> Any:
        @wraps(original)
        def tell(self: Any, *arguments: Any, **named: Any) -> Any:
            kernel = names["_active_limbo_lock"]._kernel
            thread = kernel.me()
            if thread is not None and not kernel.stopping:
                kernel.point(thread, thread.site)
                intention = INTENT_WRITE if modes == WRITE else INTENT_READ
                thread.touch(_STARTED, intention, thread.site)
                thread.touch((*_STARTED, hash(self)), modes, thread.site)
            found = original(self, *arguments, **named)
            if ends is not None and thread is not None and not kernel.stopping:
                # The library may know that a thread has ended without asking its lock again.
                _touch_end(kernel, thread, self, ends(found, *arguments, *named.values()))
            return found

        return tell

    kind.start = told(kind.start, WRITE)
    kind.join = told(kind.join, READ, _how_joined)
    kind.is_alive = told(kind.is_alive, READ, lambda found: TEST if found else PEEK)
    for name in ("ident", "native_id", "daemon"):
        known = vars(kind)[name]
        setter = told(known.fset, READ) if known.fset is not None else None
        setattr(kind, name, property(told(known.fget, READ), setter, doc=known.__doc__))


def _how_joined(_found: None, timeout: float | None = None) -> int:
    return ACQUIRE if timeout is None else TRY


def _touch_end(kernel: Kernel, thread: SimulatedThread, joined: Any, mode: int) -> None:
    """Note that a thread looks whether another has ended."""
    for other in kernel.threads:
        if other.python_thread is joined and other is not thread:
            thread.touch(("lock", "end", other.letter), mode, thread.site)


_STARTED: Resource = ("attribute", "is started")


def lock_of(primitive: Any) -> lock:
    """Return the lock of a primitive that is built on a condition."""
    return _innermost(primitive._cond._lock)


def _innermost(own: Any) -> lock:
    """Return the kernel's lock in a lock of the library's."""
    made: lock = getattr(own, "_block", own)
    return made


def seen_thread(lock: lock) -> SimulatedThread | None:
    """Return the calling thread, or None if its operations on a primitive are no steps."""
    kernel = lock._kernel
    thread = kernel.me()
    return None if thread is lock.unseen_by or kernel.stopping else thread


def _model_future(owner: Any) -> None:
    def lock_of(future: Any) -> lock:
        return _innermost(future._condition._lock)

    # What is not modelled takes the lock: the operations that change something touch that too.

    for name in ("set_result", "set_exception"):

        @_modelled(owner, name, lock_of)
        def end(self: Any, operation: Operation, original: Any, outcome: Any) -> Any:
            operation.begin()
            operation.touch([((), TRY), (("ended",), POST)], "ends")
            return operation.unseen(original, self, outcome)

    for name in ("result", "exception"):

        @_modelled(owner, name, lock_of)
        def outcome(
            self: Any, operation: Operation, original: Any, timeout: float | None = None
        ) -> Any:
            if _is_nan(timeout):
                return original(self, timeout)
            timeout_s = _timeout_s(True, timeout)
            is_done = operation.until(lambda: _is_done(self), timeout_s, [(("ended",), AWAIT)])
            modes = AWAIT if timeout_s is None else PEEK if is_done else TEST
            operation.touch([(("ended",), modes)], "finds ended" if is_done else "finds running")
            return operation.unseen(original, self, 0)

    @_modelled(owner, "done", lock_of)
    def done(self: Any, operation: Operation, original: Any) -> Any:
        operation.begin()
        found = _is_done(self)
        modes = PEEK if found else TEST
        operation.touch([(("ended",), modes)], "finds ended" if found else "finds running")
        return found

    @_modelled(owner, "set_running_or_notify_cancel", lock_of)
    def begin(self: Any, operation: Operation, original: Any) -> Any:
        operation.begin()
        operation.touch([((), TRY)], "begins")
        return operation.unseen(original, self)

    @_modelled(owner, "cancel", lock_of)
    def cancel(self: Any, operation: Operation, original: Any) -> Any:
        operation.begin()
        operation.touch([((), TRY), (("ended",), POST)], "cancels")
        return operation.unseen(original, self)


def _is_done(future: Any) -> bool:
    return future._state in ("CANCELLED", "CANCELLED_AND_NOTIFIED", "FINISHED")


class _Counts:
    """How many items were put into a queue, and how many were taken."""

    def __init__(self) -> None:
        self.put = 0
        self.taken = 0

    @classmethod
    def of(cls, queue: Any, size: int) -> _Counts:
        """Return the counts of a queue, corrected for what was changed behind its back."""
        counts: _Counts = vars(queue).setdefault("_counts", cls())
        counts.taken = counts.put - size
        return counts


def _model_queue(owner: type, lock_of: Callable[[Any], lock]) -> None:
    has_tasks = hasattr(owner, "task_done")

    def size_of(queue: Any) -> int:
        return int(queue._qsize() if has_tasks else len(queue._queue))

    def is_fifo(queue: Any) -> bool:
        kind = type(queue)
        return not has_tasks or (kind._put is owner._put and kind._get is owner._get)  # type: ignore[attr-defined]

    def ends(queue: Any) -> tuple[tuple[str], tuple[str]]:
        """Return what puts, and what gets, have to agree on: the order of each."""
        return (("puts",), ("gets",)) if is_fifo(queue) else (("order",), ("order",))

    def room(queue: Any) -> int:
        return getattr(queue, "maxsize", 0)

    def is_free(queue: Any) -> bool:
        return not lock_of(queue).held

    def is_shut(queue: Any) -> bool:
        return bool(getattr(queue, "is_shutdown", False))

    def begin(queue: Any, operation: Operation) -> None:
        """Wait until the program does not hold the queue's own lock."""
        operation.until(lambda: is_free(queue), None, [((), ACQUIRE)])

    @_modelled(owner, "put", lock_of)
    def put(
        self: Any,
        operation: Operation,
        original: Any,
        item: Any,
        block: bool = True,
        timeout: float | None = None,
    ) -> Any:
        limit, (tail, _head) = room(self), ends(self)
        if limit <= 0:
            block, timeout = True, None
        if block and timeout is not None and not timeout >= 0:
            return original(self, item, block, timeout)

        def has_room() -> bool:
            return is_free(self) and (limit <= 0 or size_of(self) < limit or is_shut(self))

        def slot() -> tuple[str, int]:
            return ("slot", _Counts.of(self, size_of(self)).put - limit)

        timeout_s = _timeout_s(block, timeout)
        wishes: Touches = [(tail, TRY), (slot(), ACQUIRE)]
        if not operation.until(has_room, timeout_s, wishes):
            operation.touch([((), PEEK), (tail, PEEK), (slot(), TEST)], "finds full")
            return operation.unseen(original, self, item, False)
        counts = _Counts.of(self, size_of(self))
        touches: Touches = [((), PEEK), (tail, TRY), (("item", counts.put), RELEASE)]
        if limit > 0:
            touches.append((slot(), ACQUIRE if timeout_s is None else TRY))
        if has_tasks:
            touches.append((("unfinished",), RELEASE))
        operation.touch(touches, "puts into")
        done = operation.unseen(original, self, item)
        counts.put += 1
        return done

    @_modelled(owner, "get", lock_of)
    def get(
        self: Any,
        operation: Operation,
        original: Any,
        block: bool = True,
        timeout: float | None = None,
    ) -> Any:
        if block and timeout is not None and not timeout >= 0:
            return original(self, block, timeout)
        _tail, head = ends(self)

        def has_item() -> bool:
            return is_free(self) and (size_of(self) > 0 or is_shut(self))

        def next_item() -> tuple[str, int]:
            return ("item", _Counts.of(self, size_of(self)).taken)

        timeout_s = _timeout_s(block, timeout)
        wishes: Touches = [(head, TRY), (next_item(), ACQUIRE)]
        if not operation.until(has_item, timeout_s, wishes):
            operation.touch([((), PEEK), (head, PEEK), (next_item(), TEST)], "finds empty")
            return operation.unseen(original, self, False)
        touches: Touches = [((), PEEK), (head, TRY)]
        touches.append((next_item(), ACQUIRE if timeout_s is None else TRY))
        if room(self) > 0:
            touches.append((("slot", next_item()[1]), RELEASE))
        operation.touch(touches, "gets from")
        return operation.unseen(original, self, False)

    @_modelled(owner, "qsize", lock_of)
    def qsize(self: Any, operation: Operation, original: Any) -> Any:
        tail, head = ends(self)
        begin(self, operation)
        operation.touch([((), PEEK), (tail, PEEK), (head, PEEK)], "looks at")
        return operation.unseen(original, self)

    @_modelled(owner, "empty", lock_of)
    def empty(self: Any, operation: Operation, original: Any) -> Any:
        _tail, head = ends(self)
        begin(self, operation)
        item = ("item", _Counts.of(self, size_of(self)).taken)
        found = operation.unseen(original, self)
        touches: Touches = [((), PEEK), (head, PEEK), (item, TEST if found else PEEK)]
        operation.touch(touches, "finds empty" if found else "finds items in")
        return found

    if not has_tasks:
        return

    @_modelled(owner, "full", lock_of)
    def full(self: Any, operation: Operation, original: Any) -> Any:
        tail, _head = ends(self)
        begin(self, operation)
        slot = ("slot", _Counts.of(self, size_of(self)).put - room(self))
        found = operation.unseen(original, self)
        touches: Touches = [((), PEEK), (tail, PEEK), (slot, TEST if found else PEEK)]
        operation.touch(touches, "finds full" if found else "finds room in")
        return found

    @_modelled(owner, "task_done", lock_of)
    def task_done(self: Any, operation: Operation, original: Any) -> Any:
        begin(self, operation)
        # At the last one it matters whether something is put before: join, or one call too many.
        modes = POST if self.unfinished_tasks > 1 else POST | TRY
        operation.touch([((), PEEK), (("unfinished",), modes)], "ends a task of")
        return operation.unseen(original, self)

    @_modelled(owner, "join", lock_of)
    def join(self: Any, operation: Operation, original: Any) -> Any:
        operation.until(
            lambda: is_free(self) and not self.unfinished_tasks, None, [(("unfinished",), AWAIT)]
        )
        operation.touch([((), PEEK), (("unfinished",), AWAIT)], "finds done")
        return operation.unseen(original, self)

    if hasattr(owner, "shutdown"):

        @_modelled(owner, "shutdown", lock_of)
        def shutdown(
            self: Any, operation: Operation, original: Any, immediate: bool = False
        ) -> Any:
            begin(self, operation)
            parts = [(), *ends(self), ("unfinished",)]
            operation.touch([(part, TRY) for part in parts], "shuts down")
            return operation.unseen(original, self, immediate)
