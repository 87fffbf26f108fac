"""What is inside locks, queues and threads, which tell of themselves: not past their methods."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from ..effects import Made
from ..library import TELLING

_READ = {
    "Queue": {"queue", "unfinished_tasks"},
    "SimpleQueue": {"_queue", "_count"},
    "Event": {"_flag", "_cond"},
    "Semaphore": {"_value", "_cond"},
    "Condition": {"_waiters", "_lock"},
    "Barrier": {"_state", "_count", "_cond"},
    "Future": {"_state", "_result", "_exception", "_waiters", "_done_callbacks", "_condition"},
    "ThreadPoolExecutor": {"_work_queue", "_threads", "_shutdown", "_idle_semaphore"},
    "Thread": {"_started", "_is_stopped", "_tstate_lock", "_handle"},
}
"""Attributes, by the class that has them, that say what a method would have said."""
_WRITTEN = {
    "Queue": {"maxsize"},
    "Thread": {"run", "_target", "_args", "_kwargs"},
    "Timer": {"function", "args", "kwargs", "interval"},
}
"""Attributes that the library reads, where nobody sees it."""
INSIDES = frozenset().union(*_READ.values(), *_WRITTEN.values())
"""The names of all of them."""
_SHOWING = frozenset({"Event", "Semaphore", "Condition", "Barrier", "Future", "lock", "RLock"})
"""Classes whose objects say in their text how they are."""
_MOST_LOOKED_AT = 50
_MODULES = TELLING | {"_thread", "_queue"}


def is_inside(target: Any, name: str, *, writes: bool) -> bool:
    """Return True for an attribute that is a lock's, queue's or thread's own business."""
    for kind in type(target).__mro__ or ():
        if kind.__module__ in _MODULES:
            known = _READ.get(kind.__name__, set())
            if name in known or (writes and name in _WRITTEN.get(kind.__name__, ())):
                return True
    return False


def tells_in_text(value: Any) -> bool:
    """Return True if the text of a value says how a lock or its like is."""
    members: Iterable[Any] = ()
    if type(value) is Made:
        members = value.parts
    elif isinstance(value, dict):
        members = value.values()
    elif isinstance(value, list | tuple | set):
        members = value
    return any(map(_shows, [value, *islice(members, _MOST_LOOKED_AT)]))


def _shows(value: Any) -> bool:
    return any(
        kind.__module__ in _MODULES and kind.__name__ in _SHOWING
        for kind in type(value).__mro__ or ()
    )
