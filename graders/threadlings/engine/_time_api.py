"""The simulated ``time`` module: the real one, with the kernel's clock behind its functions."""

from __future__ import annotations

import time
from types import ModuleType
from typing import Any

from ._kernel import Kernel, Sleep

EPOCH_S = 1_700_000_000.0
"""What ``time.time()`` says when a run begins: a fixed moment, so that runs are equal."""


def time_module(kernel: Kernel) -> ModuleType:
    """Return a ``time`` in which only ``kernel`` lets time pass."""

    def sleep(seconds: float, /) -> None:
        thread = kernel.me()
        if thread is None:
            return time.sleep(seconds)
        duration_s = _seconds(seconds)
        if duration_s < 0:
            raise ValueError("sleep length must be non-negative")
        kernel.wait(thread, Sleep(), duration_s)
        return None

    def clock_s() -> float:
        thread = kernel.me()
        if thread is not None:
            thread.read_clock_in_lap = True
        return kernel.clock_s

    def clock_ns() -> int:
        return round(clock_s() * 1e9)

    module = ModuleType("time")
    simulated: dict[str, Any] = {
        "sleep": sleep,
        "monotonic": lambda: clock_s(),
        "monotonic_ns": lambda: clock_ns(),
        "perf_counter": lambda: clock_s(),
        "perf_counter_ns": lambda: clock_ns(),
        "time": lambda: EPOCH_S + clock_s(),
        "time_ns": lambda: round(EPOCH_S) * 10**9 + clock_ns(),
    }
    for name, function in simulated.items():
        function.__name__ = function.__qualname__ = name
        function.__module__ = "time"
    module.__dict__.update({**vars(time), **simulated})
    return module


def _seconds(seconds: Any) -> float:
    if not hasattr(seconds, "__float__") and not hasattr(seconds, "__index__"):
        kind = type(seconds).__name__
        raise TypeError(f"'{kind}' object cannot be interpreted as an integer")
    return float(seconds)
