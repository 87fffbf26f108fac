"""Functions that look to programs as if they were written in C."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MethodType, ModuleType
from typing import Any


def add_functions(module: ModuleType, functions: Mapping[str, Callable[..., Any]]) -> None:
    """Put functions into a module, under the names given.

    Like a function written in C they belong to the module, which is their first argument, and
    do not become methods: ``class Worker: pause = time.sleep`` can call ``self.pause(1)``.
    """
    for name, function in functions.items():
        named: Any = getattr(function, "__func__", function)
        if named.__module__ != module.__name__:
            named.__name__ = named.__qualname__ = name
            named.__module__ = module.__name__
        vars(module)[name] = MethodType(function, module)


def seconds_of(value: Any) -> float:
    """Return a duration that a program gave, in seconds; errors are those of CPython.

    Raises:
        TypeError: If it is not a number.
        ValueError: If it is not a number of IEEE 754 either.
        OverflowError: If it is 292 years or more.
    """
    if not hasattr(value, "__float__") and not hasattr(value, "__index__"):
        kind = type(value).__name__
        raise TypeError(f"'{kind}' object cannot be interpreted as an integer")
    seconds = float(value)
    if seconds != seconds:
        raise ValueError("Invalid value NaN (not a number)")
    if abs(seconds) >= 2**63 / 1e9:
        raise OverflowError("timestamp too large to convert to C _PyTime_t")
    return seconds
