"""The simulated ``time`` module: the real one, with the kernel's clock behind its functions."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

from ._builtin import add_functions, seconds_of
from ._kernel import Kernel
from ._simulated_thread import SimulatedThread, Sleep

EPOCH_S = 1_700_000_000.0
"""What ``time.time()`` says when a run begins: a fixed moment, so that runs are equal."""


def time_module(kernel: Kernel) -> ModuleType:
    """Return a ``time`` in which only ``kernel`` lets time pass.

    Time spent computing is none: ``process_time`` and ``thread_time`` stay at 0.
    """

    def sleep(_module: ModuleType, seconds: float, /) -> None:
        thread = kernel.me()
        if thread is None:
            return time.sleep(seconds)
        duration_s = seconds_of(seconds)
        if duration_s < 0:
            raise ValueError("sleep length must be non-negative")
        kernel.wait(thread, Sleep(), duration_s)
        return None

    impatience = Impatience(kernel)

    def clock_s(_module: ModuleType) -> float:
        thread = kernel.me()
        if thread is not None:
            thread.read_clock_in_lap = True
            impatience.note_read(thread)
        return kernel.clock_s

    def now_s(module: ModuleType) -> float:
        return EPOCH_S + clock_s(module)

    def clock_gettime(module: ModuleType, clock: int, /) -> float:
        time.clock_gettime(clock)  # raises if there is no such clock
        if clock in _CPU_CLOCKS:
            return 0.0
        return now_s(module) if clock == time.CLOCK_REALTIME else clock_s(module)

    def in_ns(clock: Callable[..., float]) -> Callable[..., int]:
        return lambda module, *arguments: round(clock(module, *arguments) * 1e9)

    def at_now(convert: Callable[[float], Any]) -> Callable[..., Any]:
        return lambda module, seconds=None, /: convert(
            now_s(module) if seconds is None else seconds
        )

    def now_if_missing(convert: Callable[..., Any], given: int) -> Callable[..., Any]:
        def converted(module: ModuleType, *arguments: Any) -> Any:
            now = () if len(arguments) > given else (time.localtime(now_s(module)),)
            return convert(*arguments, *now)

        return converted

    module = ModuleType("time")
    vars(module).update(vars(time))
    functions: dict[str, Callable[..., Any]] = {
        "sleep": sleep,
        "monotonic": lambda module: clock_s(module),
        "monotonic_ns": in_ns(clock_s),
        "perf_counter": lambda module: clock_s(module),
        "perf_counter_ns": in_ns(clock_s),
        "time": lambda module: now_s(module),
        "time_ns": lambda module: round(EPOCH_S) * 10**9 + in_ns(clock_s)(module),
        "gmtime": at_now(time.gmtime),
        "localtime": at_now(time.localtime),
        "ctime": at_now(time.ctime),
        "asctime": now_if_missing(time.asctime, 0),
        "strftime": now_if_missing(time.strftime, 1),
    }
    for name in ("process_time", "thread_time"):
        functions[name] = lambda module: 0.0
        functions[f"{name}_ns"] = lambda module: 0
    if hasattr(time, "clock_gettime"):
        functions["clock_gettime"] = clock_gettime
        functions["clock_gettime_ns"] = in_ns(clock_gettime)
    add_functions(module, functions)
    return module


class Impatience:
    """Lets a little time pass for a thread that reads the clock over and over.

    Library code goes round loops until a deadline has *passed* (``concurrent.futures.
    as_completed`` does), where a real clock would have gone on. Virtual time stands still between
    two waits; so after many reads of the same moment the thread sleeps, a nanosecond at first,
    each time twice as long.
    """

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._reads: dict[int, tuple[float, int, float]] = {}

    def note_read(self, thread: SimulatedThread) -> None:
        """Note that the thread reads the clock; it may sleep here."""
        kernel = self._kernel
        moment_s, reads, pause_s = self._reads.get(thread.index, (-1.0, 0, 0.0))
        if moment_s != kernel.clock_s:
            reads, pause_s = 0, SHORTEST_PAUSE_S
        elif reads == PATIENT_READS:
            if kernel.sleeping_orders:
                kernel.wait(thread, Sleep(), pause_s)
            else:
                kernel.clock_s += pause_s
            reads, pause_s = 0, pause_s * 2
        self._reads[thread.index] = (kernel.clock_s, reads + 1, pause_s)


PATIENT_READS = 1000
SHORTEST_PAUSE_S = 1e-9
_CPU_CLOCKS = {
    getattr(time, name, None) for name in ("CLOCK_PROCESS_CPUTIME_ID", "CLOCK_THREAD_CPUTIME_ID")
}
