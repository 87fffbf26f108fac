"""``asyncio`` in a run: the real one, over an event loop that waits in the simulated kernel.

The loop has no sockets. What other threads hand it with ``call_soon_threadsafe`` comes through a
queue of the run, one at a time: who hands on first is decided like any other order of two puts.
"""

from __future__ import annotations

import contextlib
import importlib
import itertools
import sys
from collections.abc import Iterable
from functools import cache
from types import CodeType, CoroutineType, ModuleType
from typing import Any

from ..kernel import Kernel

_NAMES = ("threading", "time")
"""Modules whose simulated counterparts ``asyncio`` sees in a run."""
MAX_WORKERS = 32
"""How many threads the default executor has at most; the library's limit for any machine."""
_NOT_SIMULATED = (
    "add_signal_handler",
    "connect_accepted_socket",
    "connect_read_pipe",
    "connect_write_pipe",
    "create_connection",
    "create_datagram_endpoint",
    "create_server",
    "create_unix_connection",
    "create_unix_server",
    "getaddrinfo",
    "getnameinfo",
    "subprocess_exec",
    "subprocess_shell",
)


def is_imported() -> bool:
    """Return True if ``asyncio`` is there; a program's modules are imported before its run."""
    return "asyncio.runners" in sys.modules


class AsyncioInRun:
    """What of ``asyncio`` one run replaces."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._before: list[tuple[Any, str, Any]] = []

    def apply(self) -> None:
        """Let ``asyncio`` mean the run's threads, clock and event loop."""
        if not is_imported():
            return
        kind, kernel = _loop_type(), self._kernel

        def new_loop() -> Any:
            return kind(kernel)

        for module in _modules():
            for name in _NAMES:
                if isinstance(vars(module).get(name), ModuleType):
                    self._put(module, name, importlib.import_module(name))
            for name in ("SelectorEventLoop", "ProactorEventLoop", "EventLoop"):
                if name in vars(module):
                    self._put(module, name, new_loop)
            for value in list(vars(module).values()):
                if vars(value).get("_loop_factory") if isinstance(value, type) else None:
                    self._put(value, "_loop_factory", staticmethod(new_loop))
        events = sys.modules["asyncio.events"]
        self._put(events, "_event_loop_policy", None)

    def put_back(self) -> None:
        """Let it mean the real ones again."""
        while self._before:
            owner, name, value = self._before.pop()
            setattr(owner, name, value)

    def _put(self, owner: Any, name: str, value: Any) -> None:
        self._before.append((owner, name, vars(owner)[name]))
        setattr(owner, name, value)


@cache
def _modules() -> list[ModuleType]:
    return [m for name, m in sys.modules.items() if name.split(".")[0] == "asyncio"]


class _Arrivals:
    """What stands in for the loop's selector: nothing comes but what threads hand on."""

    def __init__(self, ready: Iterable[Any]) -> None:
        self._ready = ready
        queue = importlib.import_module("queue")
        self._queue, self._empty = queue.SimpleQueue(), queue.Empty
        self.put = self._queue.put
        self.look = self._queue.empty

    def select(self, timeout_s: float | None) -> list[Any]:
        """Wait for something to be handed on; return it, or nothing if it was not in time.

        Nobody looks before a round in which only ``asyncio`` works: a program can hardly tell.
        """
        if timeout_s == 0 and all(map(_stays_in_library, self._ready)):
            return []
        try:
            return [self._queue.get(timeout_s != 0, timeout_s)]
        except self._empty:
            return []


def _stays_in_library(handle: Any) -> bool:
    """Return True if what the loop is about to call is no code of the program."""
    function = handle._callback
    coroutine = getattr(getattr(function, "__self__", None), "_coro", None)
    if coroutine is None:
        return _is_of_library(getattr(function, "__module__", None))
    while isinstance(coroutine, CoroutineType):
        frame = coroutine.cr_frame
        if frame is None or not _is_of_library(frame.f_globals.get("__name__")):
            return False
        coroutine = coroutine.cr_await
    return coroutine is None or type(coroutine).__module__ == "_asyncio"


def _is_of_library(module: Any) -> bool:
    return str(module).split(".")[0] == "asyncio" or module == __name__


def carry(loop: Any, goal: Any, func: Any, args: Any) -> None:
    """Call ``func`` in a thread of an executor, and let the loop know what came of it.

    The library's way, a callback of the executor's future, is a race at each task: whether it
    has ended before the callback is there. Nobody can tell, so here there is none.
    """
    result, error = None, None
    try:
        result = func(*args)
    except BaseException as raised:
        error = raised
    loop.hand_on(goal, result, error)


def _settle(goal: Any, result: Any, error: BaseException | None) -> None:
    if goal.done():  # It was cancelled.
        return
    if error is not None:
        goal.set_exception(error)
    else:
        goal.set_result(result)


def _default_executor() -> Any:
    """Return a pool as on a machine with many cores, so that no verdict depends on them."""
    futures = importlib.import_module("concurrent.futures")
    return futures.ThreadPoolExecutor(MAX_WORKERS, thread_name_prefix="asyncio")


def _unseen(task: Any, callback: Any) -> None:
    """Add a callback to a future of an executor without a step."""
    lock = getattr(getattr(task, "_condition", None), "_lock", None)
    lock = getattr(lock, "_block", lock)
    if lock is None:
        task.add_done_callback(callback)
        return
    lock.unseen_by = lock._kernel.me()
    try:
        task.add_done_callback(callback)
    finally:
        lock.unseen_by = None


def loop_bodies() -> list[CodeType]:
    """Return the functions that a thread with an event loop is in between two of the program."""
    if not is_imported():
        return []
    return [carry.__code__, _Arrivals.select.__code__, _handle_type()._run.__code__]


def _handle_type() -> Any:
    return vars(sys.modules["asyncio.events"])["Handle"]


@cache
def _loop_type() -> Any:
    base: Any = vars(sys.modules["asyncio"])["BaseEventLoop"]

    class EventLoop(base):  # type: ignore[misc]
        """An event loop of the simulated kernel."""

        _default_executor: Any

        def __init__(self, kernel: Kernel) -> None:
            super().__init__()
            self._kernel = kernel
            importlib.import_module("concurrent.futures")
            self._selector = _Arrivals(self._ready)
            self._task_numbers = itertools.count(1)

        def _process_events(self, event_list: list[Any]) -> None:
            self._ready.extend(event_list)

        def hand_on(self, goal: Any, result: Any, error: BaseException | None) -> None:
            """Settle a future of this loop from another thread, unless the loop is closed."""
            with contextlib.suppress(RuntimeError):
                self.call_soon_threadsafe(_settle, goal, result, error)

        def call_soon_threadsafe(self, callback: Any, *args: Any, context: Any = None) -> Any:
            if self._thread_id == importlib.import_module("threading").get_ident():
                return self.call_soon(callback, *args, context=context)
            handle = _handle_type()(callback, args, self, context)
            self._selector.put(handle)
            self._check_closed()  # Only now: before it, others may have their turn.
            return handle

        def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:
            self._check_closed()
            if executor is None:
                self._check_default_executor()
                executor = self._default_executor = self._default_executor or _default_executor()
            goal = self.create_future()
            task = executor.submit(carry, self, goal, func, args)

            def pass_on_cancellation(_goal: Any) -> None:
                if goal.cancelled():
                    task.cancel()

            def settle_if_not_carried(_task: Any) -> None:
                if task.cancelled():
                    self.call_soon_threadsafe(goal.cancel)
                elif task.exception() is not None:
                    self.call_soon_threadsafe(_settle, goal, None, task.exception())

            goal.add_done_callback(pass_on_cancellation)
            _unseen(task, settle_if_not_carried)
            return goal

        def create_task(self, coro: Any, **options: Any) -> Any:
            if options.get("name") is None:
                # The library's numbers go on from run to run.
                options["name"] = f"Task-{next(self._task_numbers)}"
            return super().create_task(coro, **options)

        async def shutdown_default_executor(self, timeout: float | None = None) -> None:
            # Nothing else is left to do in the loop, so it can wait here.
            self._executor_shutdown_called = True
            if self._default_executor is not None:
                self._default_executor.shutdown(wait=True)

        def call_exception_handler(self, context: dict[str, Any]) -> None:
            if not self._kernel.stopping:
                super().call_exception_handler(context)

        def close(self) -> None:
            if not self.is_closed() and not self.is_running():
                self._selector.look()  # Who hands something on now may come too late.
            super().close()

        def __del__(self) -> None:
            """Do not warn: a run that is given up leaves its loop open."""

    for name in _NOT_SIMULATED:
        setattr(EventLoop, name, _not_simulated(name))
    return EventLoop


def _not_simulated(name: str) -> Any:
    def method(_self: Any, *_arguments: Any, **_named: Any) -> Any:
        raise NotImplementedError(
            f"{name} is not simulated: use threads here (asyncio.to_thread), or no asyncio"
        )

    return method
