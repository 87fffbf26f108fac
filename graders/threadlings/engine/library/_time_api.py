"""The simulated ``time`` module: the real one, with the kernel's clock behind its functions."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

from ..kernel import Kernel, SimulatedThread, Sleep
from ._builtin import add_functions, seconds_of

EPOCH_S = 1_700_000_000.0
"""What ``time.time()`` says when a run begins: a fixed moment, so that runs are equal."""
PATIENT_READS = 1000
"""After so many reads of one moment, a thread is let sleep."""
SHORTEST_PAUSE_S = 1e-9
_CPU_CLOCKS = {
    getattr(time, name, None) for name in ("CLOCK_PROCESS_CPUTIME_ID", "CLOCK_THREAD_CPUTIME_ID")
}


def time_module(kernel: Kernel) -> ModuleType:
    """Return a ``time`` in which only ``kernel`` lets time pass.

    Time spent computing is none: ``process_time`` and ``thread_time`` stay at 0.
    """
    module = ModuleType("time")
    vars(module).update(vars(time))
    add_functions(module, _TimeFunctions(kernel).by_name())
    return module


class _TimeFunctions:
    """The functions of the module in one run; each is called with the module first, as in C."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._impatience = Impatience(kernel)

    def by_name(self) -> dict[str, Callable[..., Any]]:
        """Return the functions, under the names that programs see."""
        functions: dict[str, Callable[..., Any]] = {
            "sleep": self.sleep,
            "monotonic": lambda module: self._clock_s(module),
            "monotonic_ns": _in_ns(self._clock_s),
            "perf_counter": lambda module: self._clock_s(module),
            "perf_counter_ns": _in_ns(self._clock_s),
            "time": lambda module: self._now_s(module),
            "time_ns": lambda module: round(EPOCH_S) * 10**9 + _in_ns(self._clock_s)(module),
            "gmtime": self._at_now(time.gmtime),
            "localtime": self._at_now(time.localtime),
            "ctime": self._at_now(time.ctime),
            "asctime": self._now_if_missing(time.asctime, 0),
            "strftime": self._now_if_missing(time.strftime, 1),
        }
        for name in ("process_time", "thread_time"):
            functions[name] = lambda module: 0.0
            functions[f"{name}_ns"] = lambda module: 0
        if hasattr(time, "clock_gettime"):
            functions["clock_gettime"] = self.clock_gettime
            functions["clock_gettime_ns"] = _in_ns(self.clock_gettime)
        return functions

    def sleep(self, _module: ModuleType, seconds: float, /) -> None:
        thread = self._kernel.me()
        if thread is None:
            return time.sleep(seconds)
        duration_s = seconds_of(seconds)
        if duration_s < 0:
            raise ValueError("sleep length must be non-negative")
        self._kernel.wait(thread, Sleep(), duration_s)
        return None

    def clock_gettime(self, module: ModuleType, clock: int, /) -> float:
        time.clock_gettime(clock)  # raises if there is no such clock
        if clock in _CPU_CLOCKS:
            return 0.0
        return self._now_s(module) if clock == time.CLOCK_REALTIME else self._clock_s(module)

    def _clock_s(self, _module: ModuleType) -> float:
        thread = self._kernel.me()
        if thread is not None:
            thread.read_clock_in_lap = True
            self._impatience.note_read(thread)
        return self._kernel.clocks_begin_s + self._kernel.clock_s

    def _now_s(self, module: ModuleType) -> float:
        return EPOCH_S + self._clock_s(module)

    def _at_now(self, convert: Callable[[float], Any]) -> Callable[..., Any]:
        return lambda module, seconds=None, /: convert(
            self._now_s(module) if seconds is None else seconds
        )

    def _now_if_missing(self, convert: Callable[..., Any], given: int) -> Callable[..., Any]:
        def converted(module: ModuleType, *arguments: Any) -> Any:
            now = () if len(arguments) > given else (time.localtime(self._now_s(module)),)
            return convert(*arguments, *now)

        return converted


def _in_ns(clock: Callable[..., float]) -> Callable[..., int]:
    return lambda module, *arguments: round(clock(module, *arguments) * 1e9)


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
