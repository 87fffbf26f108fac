"""The simulated ``_thread`` module, on which a fresh ``threading`` is imported.

Names, arguments and errors are those of CPython's ``_thread`` (Modules/_threadmodule.c,
3.11 to 3.15), as far as the standard library's Python code and programs use them.
"""

from __future__ import annotations

import _thread
import io
import signal
import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any, NoReturn

from ..kernel import Kernel, SimulatedThread, Stop
from ._builtin import add_functions
from ._handles import Handle
from ._locks import RLock, lock
from ._safe import ENGINE
from ._system_names import NAME_MAXLEN, kept_by_system

_HAS_HANDLES = hasattr(_thread, "start_joinable_thread")  # since 3.13
_SMALLEST_STACK = 32 * 1024
"""Bytes; THREAD_STACK_MIN of CPython."""

OnUncaught = Callable[[BaseException, str], None]
"""Called with each exception that ends a thread, and the thread's name."""


def thread_module(kernel: Kernel, on_uncaught: OnUncaught) -> ModuleType:
    """Return a ``_thread`` whose threads and locks are those of ``kernel``.

    Args:
        kernel: The kernel of the run.
        on_uncaught: Called with each exception that ends a thread, and the thread's name.
    """
    module = ModuleType("_thread")
    functions = _ThreadFunctions(kernel, on_uncaught)
    add_functions(module, functions.by_name())
    module.__dict__.update(functions.types())
    module.__dict__.update({
        "_local": _thread._local, "_ExceptHookArgs": _thread._ExceptHookArgs,
        "error": RuntimeError, "TIMEOUT_MAX": _thread.TIMEOUT_MAX, "_NAME_MAXLEN": NAME_MAXLEN,
    })  # fmt: skip
    return module


class _ThreadFunctions:
    """The functions of the module in one run; each is called with the module first, as in C."""

    def __init__(self, kernel: Kernel, on_uncaught: OnUncaught) -> None:
        self._kernel = kernel
        self._on_uncaught = on_uncaught
        self._lock_type = _lock_type(kernel)
        contents = {"_kernel": kernel, "__module__": "_thread"}
        self._rlock_type = type("RLock", (RLock,), contents)
        contents = {"_kernel": kernel, "_new_lock": staticmethod(self._new_lock)}
        self._handle_type: Any = type("_ThreadHandle", (Handle,), contents)
        self._hook_outside = sys.unraisablehook
        self._non_daemon: list[Any] = []
        self._sizes = [0]

    def by_name(self) -> dict[str, Callable[..., Any]]:
        """Return the functions, under the names that programs see."""
        return {
            "allocate_lock": self.allocate_lock, "allocate": self.allocate_lock,
            "start_new_thread": self.start_new_thread, "start_new": self.start_new_thread,
            "start_joinable_thread": self.start_joinable_thread,
            "_make_thread_handle": self.make_thread_handle,
            "_shutdown": self.shutdown, "_set_sentinel": self.set_sentinel,
            "_excepthook": self.excepthook,
            "get_ident": self.get_ident, "get_native_id": self.get_native_id,
            "_get_main_thread_ident": self.get_main_thread_ident,
            "_is_main_interpreter": lambda _module: True,
            "daemon_threads_allowed": lambda _module: True,
            "set_name": self.set_name, "_get_name": self.get_name,
            "_count": self.count, "stack_size": self.stack_size,
            "exit": _exit, "exit_thread": _exit,
            "interrupt_main": self.interrupt_main,
        }  # fmt: skip

    def types(self) -> dict[str, type]:
        """Return the types of the module, which belong to this run alone."""
        return {
            "LockType": self._lock_type, "lock": self._lock_type, "RLock": self._rlock_type,
            "_ThreadHandle": self._handle_type,
        }  # fmt: skip

    # -- locks ---------------------------------------------------------------------------

    def _new_lock(self) -> lock:
        made = object.__new__(self._lock_type)
        made._set_up()
        return made

    def _end_lock_for(self, thread: SimulatedThread) -> lock:
        made = self._new_lock()
        made.ends = thread
        made.is_internal = False
        made.resource = ("lock", "end", thread.letter)
        thread.end_lock = made
        return made

    def allocate_lock(self, _module: ModuleType) -> lock:
        """Return a lock that nobody holds."""
        return self._new_lock()

    def set_sentinel(self, _module: ModuleType) -> lock:
        thread = self._kernel.me()
        return self._new_lock() if thread is None else self._end_lock_for(thread)

    # -- starting and joining --------------------------------------------------------------

    def start_new_thread(
        self, _module: ModuleType, function: Any, args: Any, kwargs: Any = None, /
    ) -> int:
        """Start a thread that calls ``function(*args, **kwargs)``; return its identifier."""
        _check(callable(function), "first arg must be callable")
        _check(isinstance(args, tuple), "2nd arg must be a tuple")
        _check(kwargs is None or isinstance(kwargs, dict), "optional 3rd arg must be a dictionary")
        python_thread = getattr(function, "__self__", None)
        return self._started(function, args, kwargs or {}, python_thread).ident

    def start_joinable_thread(
        self, _module: ModuleType, function: Any, handle: Any = None, daemon: bool = True
    ) -> Any:
        """Start a thread that calls ``function()``; return a handle to join it by."""
        _check(callable(function), "thread function must be callable")
        _check(
            handle is None or isinstance(handle, self._handle_type),
            "'handle' must be a _ThreadHandle",
        )
        handle = handle or self._handle_type()
        if handle.ident is not None:
            raise RuntimeError("thread already started")

        def bound() -> object:
            thread = self._kernel.me()
            assert thread is not None
            self._end_lock_for(thread).held = True
            handle._begin(thread)
            if not daemon:
                self._non_daemon.append(handle)
            return function()

        self._started(bound, (), {}, getattr(function, "__self__", None))
        return handle

    def _started(
        self, function: Callable[..., object], args: Any, kwargs: Any, python_thread: Any
    ) -> SimulatedThread:
        if self._kernel.me() is None:  # a destructor, after the run
            raise RuntimeError("can't create new thread at interpreter shutdown")

        def body() -> None:
            try:
                function(*args, **kwargs)
            except (SystemExit, Stop):
                pass
            except BaseException as error:
                self._report(error, function)

        return self._kernel.start(body, python_thread)

    def make_thread_handle(self, _module: ModuleType, ident: int, /) -> Any:
        handle = self._handle_type()
        handle.ident = ident
        handle._end_lock = self._new_lock()
        handle._end_lock.held = True
        return handle

    def shutdown(self, _module: ModuleType) -> None:
        for handle in self._non_daemon:
            handle.join()

    # -- exceptions that end threads -------------------------------------------------------

    def _report(self, error: BaseException, function: Callable[..., object]) -> None:
        hook: Any = sys.unraisablehook
        is_ours = str(getattr(hook, "__module__", "")).startswith(ENGINE)
        if hook is self._hook_outside or is_ours:
            self._on_uncaught(error, "")
            return
        kind, trace = type(error), error.__traceback__
        told = SimpleNamespace(exc_type=kind, exc_value=error, exc_traceback=trace)
        told.err_msg, told.object = "Exception ignored in thread started by", function
        if _HAS_HANDLES:
            told.err_msg, told.object = f"{told.err_msg} {function!r}", None
        hook(told)

    def excepthook(self, module: ModuleType, arguments: Any, /) -> None:
        """Report the exception that ended a thread."""
        error = arguments.exc_value
        if arguments.exc_type in (SystemExit, Stop) or error is None:
            return
        thread = arguments.thread
        name = str(self.get_ident(module)) if thread is None else thread.name
        stderr = sys.stderr
        if stderr is None:  # where it was when the thread was made, or nowhere
            sys.stderr = getattr(thread, "_stderr", None) or io.StringIO()
        try:
            self._on_uncaught(error, name)
        finally:
            sys.stderr = stderr

    # -- what is known of threads ------------------------------------------------------------

    def get_ident(self, _module: ModuleType) -> int:
        """Return a number that tells the calling thread from the others that are alive."""
        thread = self._kernel.me()
        return _thread.get_ident() if thread is None else thread.ident

    def get_native_id(self, module: ModuleType) -> int:
        return self.get_ident(module)

    def get_main_thread_ident(self, _module: ModuleType) -> int:
        return self._kernel.threads[0].ident

    def count(self, _module: ModuleType) -> int:
        return sum(not thread.ended for thread in self._kernel.threads)

    def interrupt_main(self, _module: ModuleType, signum: int = signal.SIGINT, /) -> None:
        """Interrupt the main thread, if it is the caller; signals are not simulated."""
        if not 1 <= signum < signal.NSIG:
            raise ValueError("signal number out of range")
        if self._kernel.me() is self._kernel.threads[0]:
            raise KeyboardInterrupt

    def set_name(self, _module: ModuleType, name: str) -> None:
        """Name the calling thread for the operating system."""
        kind = type(name).__name__
        _check(isinstance(name, str), f"set_name() argument 'name' must be str, not {kind}")
        thread = self._kernel.me()
        if thread is not None:
            thread.name_in_system = kept_by_system(name)

    def get_name(self, _module: ModuleType) -> str:
        thread = self._kernel.me()
        return "" if thread is None else thread.name_in_system

    def stack_size(self, _module: ModuleType, size: int = 0, /) -> int:
        """Note the size of stack, in bytes, that threads should have; return the one before."""
        if size < 0:
            raise ValueError("size must be 0 or a positive value")
        if 0 < size < _SMALLEST_STACK:
            raise ValueError(f"size not valid: {size} bytes")
        self._sizes.append(size)
        return self._sizes[-2]


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


_MAKERS: tuple[Any, ...] = (_ThreadFunctions.allocate_lock, lock.__init__, RLock.__new__)
MADE_IN_C = frozenset(function.__code__ for function in _MAKERS)
"""Our functions for what C does at once: no other thread goes on in the middle of them."""
