"""The simulated ``_thread`` module, on which a fresh ``threading`` is imported.

Names, arguments and errors are those of CPython's ``_thread`` (Modules/_threadmodule.c,
3.11 to 3.15), as far as the standard library's Python code and programs use them.
"""

from __future__ import annotations

import _thread
import io
import os
import signal
import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any, NoReturn

from ._builtin import add_functions
from ._kernel import Kernel
from ._lock_api import RLock, lock
from ._simulated_thread import SimulatedThread, Stop

_HAS_HANDLES = hasattr(_thread, "start_joinable_thread")  # since 3.13

OnUncaught = Callable[[BaseException, str], None]


class _Handle:
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


def thread_module(kernel: Kernel, on_uncaught: OnUncaught) -> ModuleType:
    """Return a ``_thread`` whose threads and locks are those of ``kernel``.

    Args:
        kernel: The kernel of the run.
        on_uncaught: Called with each exception that ends a thread, and the thread's name.
    """
    module = ModuleType("_thread")
    lock_type = _lock_type(kernel)
    rlock_type = type("RLock", (RLock,), {"_kernel": kernel, "__module__": "_thread"})
    hook_outside = sys.unraisablehook
    non_daemon: list[Any] = []

    def allocate_lock() -> lock:
        made = object.__new__(lock_type)
        made._set_up()
        return made

    handle_type = type(
        "_ThreadHandle", (_Handle,), {"_kernel": kernel, "_new_lock": staticmethod(allocate_lock)}
    )

    def end_lock_for(thread: SimulatedThread) -> lock:
        made = allocate_lock()
        made.ends = thread
        made.is_internal = False
        made.resource = ("lock", "end", thread.letter)
        thread.end_lock = made
        return made

    def started(
        function: Callable[..., object], args: Any, kwargs: Any, python_thread: Any
    ) -> SimulatedThread:
        if kernel.me() is None:  # a destructor, after the run
            raise RuntimeError("can't create new thread at interpreter shutdown")

        def body() -> None:
            try:
                function(*args, **kwargs)
            except (SystemExit, Stop):
                pass
            except BaseException as error:
                report(error, function)

        return kernel.start(body, python_thread)

    def report(error: BaseException, function: Callable[..., object]) -> None:
        hook: Any = sys.unraisablehook
        is_ours = str(getattr(hook, "__module__", "")).startswith(__package__)
        if hook is hook_outside or is_ours:
            on_uncaught(error, "")
            return
        kind, trace = type(error), error.__traceback__
        told = SimpleNamespace(exc_type=kind, exc_value=error, exc_traceback=trace)
        told.err_msg, told.object = "Exception ignored in thread started by", function
        if _HAS_HANDLES:
            told.err_msg, told.object = f"{told.err_msg} {function!r}", None
        hook(told)

    def allocate(_module: ModuleType) -> lock:
        """Return a lock that nobody holds."""
        return allocate_lock()

    def start_new_thread(
        _module: ModuleType, function: Any, args: Any, kwargs: Any = None, /
    ) -> int:
        """Start a thread that calls ``function(*args, **kwargs)``; return its identifier."""
        _check(callable(function), "first arg must be callable")
        _check(isinstance(args, tuple), "2nd arg must be a tuple")
        _check(kwargs is None or isinstance(kwargs, dict), "optional 3rd arg must be a dictionary")
        return started(function, args, kwargs or {}, getattr(function, "__self__", None)).ident

    def start_joinable_thread(
        _module: ModuleType, function: Any, handle: Any = None, daemon: bool = True
    ) -> Any:
        """Start a thread that calls ``function()``; return a handle to join it by."""
        _check(callable(function), "thread function must be callable")
        _check(
            handle is None or isinstance(handle, handle_type), "'handle' must be a _ThreadHandle"
        )
        handle = handle or handle_type()
        if handle.ident is not None:
            raise RuntimeError("thread already started")

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

    def make_thread_handle(_module: ModuleType, ident: int, /) -> Any:
        handle = handle_type()
        handle.ident = ident
        handle._end_lock = allocate_lock()
        handle._end_lock.held = True
        return handle

    def set_sentinel(_module: ModuleType) -> lock:
        thread = kernel.me()
        return allocate_lock() if thread is None else end_lock_for(thread)

    def shutdown(_module: ModuleType) -> None:
        for handle in non_daemon:
            handle.join()

    def get_ident(_module: ModuleType) -> int:
        """Return a number that tells the calling thread from the others that are alive."""
        thread = kernel.me()
        return _thread.get_ident() if thread is None else thread.ident

    def excepthook(module: ModuleType, arguments: Any, /) -> None:
        """Report the exception that ended a thread."""
        error = arguments.exc_value
        if arguments.exc_type in (SystemExit, Stop) or error is None:
            return
        thread = arguments.thread
        name = str(get_ident(module)) if thread is None else thread.name
        stderr = sys.stderr
        if stderr is None:  # where it was when the thread was made, or nowhere
            sys.stderr = getattr(thread, "_stderr", None) or io.StringIO()
        try:
            on_uncaught(error, name)
        finally:
            sys.stderr = stderr

    def count(_module: ModuleType) -> int:
        return sum(not thread.ended for thread in kernel.threads)

    def interrupt_main(_module: ModuleType, signum: int = signal.SIGINT, /) -> None:
        """Interrupt the main thread, if it is the caller; signals are not simulated."""
        if not 1 <= signum < signal.NSIG:
            raise ValueError("signal number out of range")
        if kernel.me() is kernel.threads[0]:
            raise KeyboardInterrupt

    def set_name(_module: ModuleType, name: str) -> None:
        """Name the calling thread for the operating system."""
        kind = type(name).__name__
        _check(isinstance(name, str), f"set_name() argument 'name' must be str, not {kind}")
        thread = kernel.me()
        if thread is not None:
            thread.name_in_system = _kept_by_system(name)

    def get_name(_module: ModuleType) -> str:
        thread = kernel.me()
        return "" if thread is None else thread.name_in_system

    sizes = [0]

    def stack_size(_module: ModuleType, size: int = 0, /) -> int:
        """Note the size of stack, in bytes, that threads should have; return the one before."""
        if size < 0:
            raise ValueError("size must be 0 or a positive value")
        if 0 < size < _SMALLEST_STACK:
            raise ValueError(f"size not valid: {size} bytes")
        sizes.append(size)
        return sizes[-2]

    functions: dict[str, Callable[..., Any]] = {
        "allocate_lock": allocate, "allocate": allocate,
        "start_new_thread": start_new_thread, "start_new": start_new_thread,
        "start_joinable_thread": start_joinable_thread, "_make_thread_handle": make_thread_handle,
        "_shutdown": shutdown, "_set_sentinel": set_sentinel, "_excepthook": excepthook,
        "get_ident": get_ident, "get_native_id": lambda module: get_ident(module),
        "_get_main_thread_ident": lambda _module: kernel.threads[0].ident,
        "_is_main_interpreter": lambda _module: True,
        "daemon_threads_allowed": lambda _module: True,
        "set_name": set_name, "_get_name": get_name,
        "_count": count, "stack_size": stack_size, "exit": _exit, "exit_thread": _exit,
        "interrupt_main": interrupt_main,
    }  # fmt: skip
    add_functions(module, functions)
    module.__dict__.update({
        "LockType": lock_type, "lock": lock_type, "RLock": rlock_type,
        "_ThreadHandle": handle_type, "_local": _thread._local,
        "_ExceptHookArgs": _thread._ExceptHookArgs,
        "error": RuntimeError, "TIMEOUT_MAX": _thread.TIMEOUT_MAX, "_NAME_MAXLEN": _NAME_MAXLEN,
    })  # fmt: skip
    return module


_SMALLEST_STACK = 32 * 1024
"""Bytes; THREAD_STACK_MIN of CPython."""


_NAME_MAXLEN: int = getattr(_thread, "_NAME_MAXLEN", 15)
"""How much of a thread's name the system keeps: bytes, but on Windows units of UTF-16."""


def _kept_by_system(name: str) -> str:
    """Return what a system keeps of a thread's name: as much as fits, to its first null."""
    if sys.platform == "win32":
        units = name.partition("\0")[0].encode("utf-16-le", "surrogatepass")
        return units[: 2 * _NAME_MAXLEN].decode("utf-16-le", "ignore")
    encoded = name.encode(sys.getfilesystemencoding(), "replace").partition(b"\0")[0]
    return os.fsdecode(encoded[:_NAME_MAXLEN])


def _exit(_module: ModuleType) -> NoReturn:
    raise SystemExit


def _lock_type(kernel: Kernel) -> type[lock]:
    """Return the type of a run's locks; programs can call it from Python 3.13 on."""

    def refuse_subclass(_subclass: type) -> None:
        raise TypeError("type '_thread.lock' is not an acceptable base type")

    def refuse_instance(_type: type, *_arguments: object) -> NoReturn:
        raise TypeError("cannot create '_thread.lock' instances")

    contents: dict[str, Any] = {"_kernel": kernel, "__module__": "_thread"}
    contents["__init_subclass__"] = classmethod(refuse_subclass)
    if not _HAS_HANDLES:
        contents["__new__"] = refuse_instance
    return type("lock", (lock,), contents)


def _check(is_right: bool, message: str) -> None:
    if not is_right:
        raise TypeError(message)
