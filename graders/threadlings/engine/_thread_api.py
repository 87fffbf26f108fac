"""The simulated ``_thread`` module, on which a fresh ``threading`` is imported.

Names, arguments and errors are those of CPython's ``_thread`` (Modules/_threadmodule.c,
3.11 to 3.14), as far as the standard library's Python code and programs use them.
"""

from __future__ import annotations

import _thread
import sys
from collections.abc import Callable, Sequence
from types import FrameType, ModuleType, SimpleNamespace
from typing import Any

from ._footprint import ACQUIRE, PEEK, RELEASE, TEST, TRY, Resource
from ._kernel import Kernel, SimulatedThread, Stop, need_room
from ._library import FRESH
from .run import Place

OnUncaught = Callable[[BaseException, str], None]


_BOOKKEEPING = frozenset({"Thread.__init__", "Thread._set_tstate_lock", "<module>"})
"""Functions of the library whose locks are its own: which threads are alive, which have started.

They order nothing that a program can see (the locked counter takes 47 runs instead of 3 with
them)."""


class _Free:
    """A wait for a lock to be free."""

    def __init__(self, lock: lock) -> None:
        self.lock = lock

    def is_ready(self) -> bool:
        return not self.lock.held

    def wishes(self) -> Sequence[tuple[Resource, int]]:
        return [(self.lock.resource, ACQUIRE)]


class lock:  # noqa: N801 - the name that programs see, as in CPython
    """A lock of the simulated kernel."""

    _kernel: Kernel  # set on the subclass that each run makes for itself

    def __init__(self) -> None:
        kernel = self._kernel
        maker = kernel.me()
        kernel.locks_made += 1
        self._number = kernel.locks_made
        self.held = False
        self.holder: SimulatedThread | None = None
        self.held_since: Place | None = None
        self.ends: SimulatedThread | None = None
        self.unseen_by: SimulatedThread | None = None
        if maker is None:
            self.resource: Resource = ("lock", "?", 0)
            self.made_at, self.made_by = None, ""
        else:
            maker.locks_made += 1
            self.resource = ("lock", maker.letter, maker.locks_made)
            self.made_at, self.made_by = kernel.place_of()
        self.is_internal = self.made_at is None or _is_bookkeeping(sys._getframe(1))

    def __hash__(self) -> int:
        # Not the address: threading goes through sets of locks, in every run in the same order.
        return self._number

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Take the lock; return False if it could not be had in time."""
        timeout_s = _checked_timeout(blocking, timeout)
        kernel = self._kernel
        thread = kernel.me()
        if thread is None or (kernel.stopping and thread.ended):
            return self._take_outside()
        need_room()  # else there might be enough to take the lock, but not to free it
        site = self._begin_call(thread)
        if timeout_s == 0:
            kernel.point(thread, site)
            return self._try(thread, site)
        must_decide = self.held or kernel.is_point(site)
        if must_decide and not kernel.wait(thread, _Free(self), timeout_s):
            self._touch(thread, TEST, site)
            return False
        self._take(thread, ACQUIRE if timeout_s is None else TRY, site)
        return True

    def _begin_call(self, thread: SimulatedThread) -> Any:
        """Return the site of the call under way if this is its first kernel operation, else None.

        A call from the program into library code is one step, however often the library takes
        locks in it: only its first operation can be a point.
        """
        if self.is_internal or not thread.is_fresh_call:
            return None
        thread.is_fresh_call = False
        return thread.site

    def _try(self, thread: SimulatedThread, site: Any) -> bool:
        if self.held:
            self._touch(thread, TEST, site)
            return False
        self._take(thread, TRY, site)
        return True

    def _take(self, thread: SimulatedThread, mode: int, site: Any) -> None:
        self._touch(thread, mode, site)
        self.held = True
        self.holder = thread
        self.held_since, _call = self._kernel.place_of()

    def name(self) -> str:
        """Return what to call the lock when speaking to the program's author."""
        if self.ends is not None:
            return f"the end of {self.ends.letter}"
        kind = self.made_by.split(".")[0].lstrip("_")
        kind = "lock" if kind in ("", "Lock", "lock") else kind
        return f"the {kind} made at {self.made_at}" if self.made_at else f"a {kind}"

    def _touch(self, thread: SimulatedThread, mode: int, site: Any) -> None:
        if self.is_internal or thread in (self.ends, self.unseen_by):
            return
        # Of a call that has begun, the place where it can be held back is the call as a whole.
        thread.touch(self.resource, mode, site or thread.site)
        if mode != RELEASE and self._kernel.is_point(site):
            action = {TEST: "finds locked", PEEK: "finds free"}.get(mode, "takes")
            self._kernel.record(thread, action, self.name())

    def _take_outside(self) -> bool:
        was_free, self.held = not self.held, True
        return was_free

    def release(self) -> None:
        """Free the lock.

        Raises:
            RuntimeError: If it is not held.
        """
        kernel = self._kernel
        thread = kernel.me()
        if kernel.stopping or thread is None:
            self.held = False
            return
        site = self._begin_call(thread)
        release_site = site and ("release", site)
        kernel.point(thread, release_site)
        if not self.held:
            self._touch(thread, PEEK, release_site)
            raise RuntimeError("release unlocked lock")
        self._touch(thread, RELEASE, release_site)
        self.held = False
        self.holder = None

    def release_at_end(self) -> None:
        """Free the lock because the thread that it belongs to has ended."""
        if self.ends is not None:
            self.ends.touch(self.resource, RELEASE, ("end", self.ends.letter))
        self.held = False
        self.holder = None

    def locked(self) -> bool:
        """Return True if somebody holds the lock."""
        kernel = self._kernel
        thread = kernel.me()
        if thread is not None and not kernel.stopping and self.ends is None:
            self.look(thread)
        return self.held

    def look(self, thread: SimulatedThread) -> None:
        """Note, at a point, that the program looks whether the lock is held."""
        site = self._begin_call(thread)
        self._kernel.point(thread, site)
        self._touch(thread, TEST if self.held else PEEK, site)

    def _at_fork_reinit(self) -> None:
        self.held = False
        self.holder = None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_exception: object) -> None:
        self.release()

    def __repr__(self) -> str:
        state = "locked" if self.held else "unlocked"
        return f"<{state} _thread.lock made at {self.made_at}>"

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked


def _is_bookkeeping(frame: FrameType | None) -> bool:
    """Return True if a function of ``_BOOKKEEPING`` makes the lock for the program."""
    while frame is not None and frame.f_globals.get("__name__") in FRESH:
        if frame.f_code.co_qualname in _BOOKKEEPING:
            return True
        frame = frame.f_back
    return False


def _checked_timeout(blocking: bool, timeout: float) -> float | None:
    """Return the timeout in seconds, None for ever; as CPython's ``lock_acquire_parse_args``."""
    if not blocking:
        if timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        return 0
    if timeout == -1:
        return None
    if timeout < 0:
        raise ValueError("timeout value must be a non-negative number")
    if timeout > _thread.TIMEOUT_MAX:
        raise OverflowError("timeout value is too large")
    return float(timeout)


class _Handle:
    """The simulated ``_thread._ThreadHandle`` of Python 3.13."""

    _kernel: Kernel
    _lock_type: type[lock]

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
        self._done = True


def thread_module(kernel: Kernel, on_uncaught: OnUncaught) -> ModuleType:
    """Return a ``_thread`` whose threads and locks are those of ``kernel``.

    Args:
        kernel: The kernel of the run.
        on_uncaught: Called with each exception that ends a thread, and the thread's name.
    """
    module = ModuleType("_thread")
    lock_type = type("lock", (lock,), {"_kernel": kernel, "__module__": "_thread"})
    handle_type = type("_ThreadHandle", (_Handle,), {"_kernel": kernel, "_lock_type": lock_type})
    non_daemon: list[Any] = []

    def end_lock_for(thread: SimulatedThread) -> lock:
        made: lock = lock_type()
        made.ends = thread
        made.is_internal = False
        made.resource = ("lock", "end", thread.letter)
        thread.end_lock = made
        return made

    def started(
        function: Callable[..., object], args: Any, kwargs: Any, python_thread: Any
    ) -> SimulatedThread:
        def body() -> None:
            try:
                function(*args, **kwargs)
            except (SystemExit, Stop):
                pass
            except BaseException as error:
                on_uncaught(error, "")

        return kernel.start(body, python_thread)

    def start_new_thread(function: Any, args: Any, kwargs: Any = None, /) -> int:
        if not callable(function):
            raise TypeError("first arg must be callable")
        return started(function, args, kwargs or {}, getattr(function, "__self__", None)).ident

    def start_joinable_thread(function: Any, handle: Any = None, daemon: bool = True) -> Any:
        handle = handle or handle_type()

        def bound() -> object:
            thread = kernel.me()
            assert thread is not None
            end_lock_for(thread).held = True
            handle._begin(thread)
            if not daemon:
                non_daemon.append(handle)
            return function()

        started(bound, (), {}, getattr(function, "__self__", None))
        return handle

    def make_thread_handle(ident: int) -> Any:
        handle = handle_type()
        handle.ident = ident
        handle._end_lock = lock_type()
        handle._end_lock.held = True
        return handle

    def set_sentinel() -> lock:
        thread = kernel.me()
        return lock_type() if thread is None else end_lock_for(thread)

    def shutdown() -> None:
        for handle in non_daemon:
            handle.join()

    def get_ident() -> int:
        thread = kernel.me()
        return _thread.get_ident() if thread is None else thread.ident

    def excepthook(arguments: Any, /) -> None:
        error = arguments.exc_value
        if arguments.exc_type in (SystemExit, Stop) or error is None:
            return
        name = arguments.thread.name if arguments.thread is not None else ""
        on_uncaught(error, name)

    contents: dict[str, Any] = {
        "LockType": lock_type, "lock": lock_type, "allocate_lock": lock_type, "allocate": lock_type,
        "error": RuntimeError, "TIMEOUT_MAX": _thread.TIMEOUT_MAX, "_local": _thread._local,
        "start_new_thread": start_new_thread, "start_new": start_new_thread,
        "start_joinable_thread": start_joinable_thread, "_make_thread_handle": make_thread_handle,
        "_ThreadHandle": handle_type, "_shutdown": shutdown, "_set_sentinel": set_sentinel,
        "_excepthook": excepthook, "_ExceptHookArgs": _except_hook_args, "get_ident": get_ident,
        "get_native_id": get_ident, "_get_main_thread_ident": lambda: kernel.threads[0].ident,
        "_is_main_interpreter": lambda: True, "daemon_threads_allowed": lambda: True,
        "_count": lambda: sum(not thread.ended for thread in kernel.threads),
        "stack_size": lambda size=0, /: 0, "exit": _exit, "exit_thread": _exit,
        "interrupt_main": lambda signum=2, /: None,
    }  # fmt: skip
    module.__dict__.update(contents)
    return module


def _exit() -> None:
    raise SystemExit


def _except_hook_args(arguments: tuple[Any, ...]) -> SimpleNamespace:
    names = ("exc_type", "exc_value", "exc_traceback", "thread")
    return SimpleNamespace(**dict(zip(names, arguments, strict=True)))
