"""What lessons measure with on this machine: the numbers, the bars, another Python.

It needs nothing but the standard library, so that another Python can use it as it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

NOTEBOOK = [240_000, 265_000, 550_000, 9_000_000, 78_970_000, 12_000, 14_000, 20_000, 105_443]
"""Nine numbers, one of which takes nearly all of the time."""
EQUAL = [500_000] * 9
"""Nine numbers that take the same time."""
_AGAIN = "THREADLINGS_OTHER_PYTHON"
_LONGEST_BAR = 30
_OTHERS = ("3.15", "3.14", "3.13")


def seconds_of(call: Callable[..., Any], *arguments: Any) -> float:
    """Return how many seconds a call takes on the clock on the wall."""
    begin = perf_counter()
    call(*arguments)
    return perf_counter() - begin


def show_bars(title: str, seconds: Mapping[str, float]) -> None:
    """Print a row for each name: its seconds, and a bar as long as they are to the longest."""
    most = max(seconds.values(), default=0.0)
    room = max(map(len, seconds), default=0)
    print(title)
    for name, each in seconds.items():
        bar = "#" * round(_LONGEST_BAR * each / most) if most > 0 else ""
        print(f"  {name:<{room}}  {each:6.2f} s  {bar}", flush=True)


def without_gil_too(file: str) -> None:
    """Run a file once more with a Python that differs in the GIL, if there is one on the path."""
    if _AGAIN in os.environ:
        return
    print(f"this was Python {sys.version_info[0]}.{sys.version_info[1]} {_gil(_has_gil())}")
    names = (f"python{version}{'t' * _has_gil()}" for version in _OTHERS)
    other = next(filter(None, map(shutil.which, names)), None)
    if other is None:
        return
    print(f"once more with {Path(other).name}, {_gil(not _has_gil())}:", flush=True)
    folder = str(Path(__file__).parent.parent)
    found = subprocess.Popen(
        [other, file],
        env=os.environ | {_AGAIN: "1", "PYTHONPATH": folder},
        stdout=subprocess.PIPE,
        text=True,
    )
    with found:
        for line in found.stdout or ():
            print(line, end="")


def _has_gil() -> bool:
    return bool(getattr(sys, "_is_gil_enabled", lambda: True)())


def _gil(has_gil: bool) -> str:
    return "with a GIL" if has_gil else "without a GIL"
