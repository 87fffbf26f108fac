"""Models of what is known of threads: how many there are, which were started, which have ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Any

from ..kernel import (
    ACQUIRE,
    INTENT_READ,
    INTENT_WRITE,
    PEEK,
    POST,
    READ,
    TEST,
    TRY,
    WRITE,
    Kernel,
    Resource,
    SimulatedThread,
)

STARTED_BY_TWO = "a thread that two threads start"
"""Cannot be watched: ``start`` is one step here, so that the second is always refused."""
_STARTED: Resource = ("attribute", "is started")
"""Whether a thread has been started."""


def model_registry(module: ModuleType) -> None:
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


def model_start(module: ModuleType) -> None:
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
                if modes == WRITE and _is_started_by_another(kernel, thread, self):
                    kernel.unwatchable.add(STARTED_BY_TWO)
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


def _is_started_by_another(kernel: Kernel, thread: SimulatedThread, started: Any) -> bool:
    return any(t.python_thread is started and t.started_by is not thread for t in kernel.threads)


def _how_joined(_found: None, timeout: float | None = None) -> int:
    return ACQUIRE if timeout is None else TRY


def _touch_end(kernel: Kernel, thread: SimulatedThread, joined: Any, mode: int) -> None:
    """Note that a thread looks whether another has ended."""
    for other in kernel.threads:
        if other.python_thread is joined and other is not thread:
            thread.touch(("lock", "end", other.letter), mode, thread.site)
