"""``multiprocessing.pool.ThreadPool`` without the threads and pipes that only hand things on.

In the library a task goes from the caller through a thread to the workers, and its result through
another thread back. Here the caller puts the task where the workers take it, and the worker stores
its result: one step each. What waits is the library's own. Results are stored one at a time, as in
the library, so that callbacks never overlap. Only what an iterator yields piece by piece is still
put by the library's thread: it may come late, or never end.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from types import ModuleType
from typing import Any

from ..kernel import ACQUIRE, PEEK, POST, TRY
from ._operation import Operation, lock_of, seen_thread

_RUN, _CLOSE, _TERMINATE = "RUN", "CLOSE", "TERMINATE"  # the library's own words
_STATE = ("state",)
"""The part of a pool that says whether it takes tasks."""


def simplify(module: ModuleType) -> None:
    """Replace the parts of a fresh ``multiprocessing.pool`` that hand things on."""
    names = vars(module)
    names.update(mapstar=mapstar, starmapstar=starmapstar)
    kind = names["ThreadPool"]
    kind._names = names
    for member in (__init__, __del__, _check_running, close, terminate, join):
        setattr(kind, member.__name__, member)
    for name in ("imap", "imap_unordered"):
        setattr(kind, name, _noting_what_comes_late(getattr(kind, name)))


def mapstar(part: tuple[Callable[[Any], Any], Iterable[Any]]) -> list[Any]:
    """Do one part of a ``map``; here, and not in C, each call is a step of its own."""
    function, items = part
    results = []
    for item in items:  # A comprehension would share its function with all threads, to the eye.
        results.append(function(item))
    return results


def starmapstar(part: tuple[Callable[..., Any], Iterable[Any]]) -> list[Any]:
    """Do one part of a ``starmap``."""
    function, items = part
    results = []
    for item in items:
        results.append(function(*item))
    return results


THREAD_BODIES = (mapstar.__code__, starmapstar.__code__)
"""What a worker can be in between two calls of the program."""


def __init__(  # noqa: N807 - becomes ThreadPool.__init__
    self: Any,
    processes: int | None = None,
    initializer: Callable[..., object] | None = None,
    initargs: Iterable[Any] = (),
) -> None:
    """Start ``processes`` threads; as many as there are cores if it is None."""
    self._pool, self._state = [], "INIT"
    processes = (os.cpu_count() or 1) if processes is None else processes
    if processes < 1:
        raise ValueError("Number of processes must be at least 1")
    if initializer is not None and not callable(initializer):
        raise TypeError("initializer must be a callable")
    self._processes, self._cache, self._ctx = processes, {}, None
    self._initializer, self._initargs, self._maxtasksperchild = initializer, initargs, None
    queue = self._names["queue"]
    self._inqueue, self._outqueue, self._taskqueue = queue.SimpleQueue(), _Results(self), None
    self._late, self._comes_late, self._feeder = queue.SimpleQueue(), False, None
    self._taskqueue = _Tasks(self)
    self._storing = self._names["threading"].RLock()
    self._repopulate_pool()
    self._state = _RUN


def __del__(_self: Any) -> None:  # noqa: N807 - becomes ThreadPool.__del__
    """Do not warn of a pool that is still running: a run that is given up leaves it so."""


def _touch_state(pool: Any, call: str, modes: int, action: str) -> None:
    """Begin a call of a pool that looks at its state, or changes it."""
    thread = seen_thread(pool._storing)
    if thread is not None:
        operation = Operation(pool._storing, f"ThreadPool.{call}", thread)
        operation.begin()
        operation.touch([(_STATE, modes)], action)


def _check_running(self: Any) -> None:
    _touch_state(self, "submit", PEEK, "asks")
    if self._state != _RUN:
        raise ValueError("Pool not running")


def close(self: Any) -> None:
    """Take no more tasks; the workers end when they have done those that there are."""
    _touch_state(self, "close", TRY, "closes")
    if self._state == _RUN:
        self._state = _CLOSE
        _say_that_no_more_come(self)


def _say_that_no_more_come(pool: Any) -> None:
    if pool._feeder is not None:
        pool._late.put(None)  # It tells the workers when it has put the last task.
        return
    for _worker in pool._pool:
        pool._inqueue.put(None)


def terminate(self: Any) -> None:
    """Drop the tasks that nobody has begun, and the results of the others."""
    with self._storing:
        if self._state == _TERMINATE:
            return
        _touch_state(self, "terminate", TRY, "ends")
        self._state = _TERMINATE
        if self._feeder is not None:
            self._feeder._state = _TERMINATE
            self._late.put(None)
        self._help_stuff_finish(self._inqueue, self._feeder, len(self._pool))
    if self._feeder is not None and self._feeder is not self._names["threading"].current_thread():
        self._feeder.join()


def join(self: Any) -> None:
    """Wait for the workers to end."""
    if self._state not in (_CLOSE, _TERMINATE):
        raise ValueError("Pool is still running")
    for thread in (self._feeder, *self._pool):
        if thread is not None:
            thread.join()


def _noting_what_comes_late(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def method(self: Any, func: Any, iterable: Any, chunksize: int = 1) -> Any:
        kind = type(iterable)
        is_at_hand = kind.__module__ in ("builtins", "collections") and hasattr(kind, "__len__")
        self._comes_late = self._comes_late or not is_at_hand
        return original(self, func, iterable, chunksize)

    return method


class _Tasks:
    """Where a pool's methods put their tasks."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    def put(self, item: tuple[Iterable[Any], Callable[[int], None] | None]) -> None:
        """Hand tasks to the workers, or to the thread for those that come late."""
        pool = self._pool
        if pool._comes_late:
            pool._feeder = pool._feeder or self._start_feeder()
            pool._late.put(item)
            return
        tasks, set_length = item
        put = [pool._inqueue.put(task) for task in tasks]
        if set_length is not None:
            set_length(len(put))

    def _start_feeder(self) -> Any:
        pool, names = self._pool, self._pool._names
        nowhere = names["queue"].SimpleQueue()
        feeder = names["threading"].Thread(
            target=names["Pool"]._handle_tasks,
            args=(pool._late, pool._inqueue.put, nowhere, pool._pool, pool._cache),
            daemon=True,
        )
        feeder._state = _RUN
        feeder.start()
        return feeder


class _Results:
    """Where the workers put their results."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._is_broken = False

    def put(self, item: tuple[int, int, tuple[bool, Any]]) -> None:
        """Store a result; it is dropped if the pool was terminated."""
        pool, (job, _number, (is_good, _value)) = self._pool, item
        goal, lock = pool._cache.get(job), pool._storing
        thread = seen_thread(lock)
        event = getattr(goal, "_event", None)
        # Nobody can tell in which order results of one map or of several were stored, unless by a
        # callback, by an iterator that hands them on, or because the first error counts.
        if thread is None or event is None or goal._callback is not None or not is_good:
            with lock:
                self._store(goal, item)
            return
        operation = Operation(lock, "ThreadPool.result", thread)
        operation.until(lambda: not lock.held, None, [((), ACQUIRE)])
        operation.touch([((), PEEK)], "stores a result in")
        self._store(goal, item)

    def _store(self, goal: Any, item: tuple[int, int, tuple[bool, Any]]) -> None:
        if goal is None or self._is_broken or self._pool._state == _TERMINATE:
            return
        _let_who_waits_come_after(goal)
        try:
            goal._set(*item[1:])
        except Exception:  # In the library it ends the thread that stores results.
            self._is_broken = True
            threading = self._pool._names["threading"]
            details = (*sys.exc_info(), threading.current_thread())
            threading.excepthook(threading.ExceptHookArgs(details))


def _let_who_waits_come_after(goal: Any) -> None:
    """Note that a part of a result was stored; only the last of them sets the event."""
    event = getattr(goal, "_event", None)
    thread = None if event is None else seen_thread(lock_of(event))
    if thread is not None:
        Operation(lock_of(event), "ThreadPool.result", thread).touch([((), POST)], "adds to")
