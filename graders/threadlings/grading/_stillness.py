"""Noticing that nothing moves any more in the processes that this one has started; Linux only."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

STILL_S = 3.0
"""Seconds after which a program without a timed wait will not move again."""

_Snapshot = dict[str, tuple[str, ...]]
_WAITING = frozenset({"S", "Z", "X"})


class Stillness:
    """Watches all descendants of this process.

    They are still while each of their threads sleeps and none was on a core in between, as the
    system's counts of context switches say. A thread that could run but has to wait for a core
    is not still, so a busy machine changes nothing.
    """

    def __init__(self) -> None:
        self._last: _Snapshot | None = None
        self._since_s = 0.0

    def lasts_s(self) -> float:
        """Look once more, and return for how many seconds nothing has moved.

        Where the system does not tell, that is always 0.
        """
        now_s = time.monotonic()
        seen = _snapshot()
        if seen is None or seen != self._last:
            self._last = seen
            self._since_s = now_s
        return now_s - self._since_s


def _snapshot() -> _Snapshot | None:
    """Return the context switches of every thread below us; None if one could run, or hides."""
    found: _Snapshot = {}
    try:
        for task in _tasks_below(os.getpid()):
            text = (task / "status").read_text(encoding="utf-8", errors="replace")
            lines = dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)
            if lines["State"][0] not in _WAITING:
                return None
            found[str(task)] = tuple(lines[key] for key in lines if key.endswith("ctxt_switches"))
    except (OSError, KeyError):
        return None
    return found or None


def _tasks_below(process: int) -> Iterator[Path]:
    """Yield the folder in ``/proc`` of every thread of every descendant of a process."""
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from Path(f"/proc/{child}/task").iterdir()
            yield from _tasks_below(int(child))
