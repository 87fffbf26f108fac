"""What the processes that this one has started do: how many, how large, at rest? Linux only."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from ._process_tree import kill_group

_WAITING = frozenset({"S", "Z", "X"})
_KIBIBYTE = 1024


class Descendants:
    """Watches all descendants of this process: a cell, and all that it has started.

    They are still while each of their threads sleeps and none was on a core in between, as the
    system's counts of context switches say. A thread that could run but has to wait for a core
    is not still, so a busy machine changes nothing.

    Attributes:
        threads: How many threads all of them had when they were last looked at.
        memory_bytes: What they had of their own then: less what this process has, of which each
            may be a fork.
    """

    def __init__(self, cell: int) -> None:
        self.threads = 0
        self.memory_bytes = 0
        self._cell = cell
        self._switches: dict[str, tuple[str, ...]] | None = None
        self._still_since_s = 0.0

    def look(self) -> None:
        """Look at them."""
        switches: dict[str, tuple[str, ...]] = {}
        memory = 0
        is_waiting = True
        own = _anonymous(_lines_of(Path("/proc/self/status")))
        for thread in _threads_below(os.getpid()):
            lines = _lines_of(thread / "status")
            is_waiting = is_waiting and lines.get("State", "?")[0] in _WAITING
            counts = (lines[key] for key in lines if key.endswith("ctxt_switches"))
            switches[str(thread)] = tuple(counts)
            if thread.name == thread.parent.parent.name:
                memory += max(0, _anonymous(lines) - own)
        self.threads = len(switches)
        self.memory_bytes = memory
        seen = switches if switches and is_waiting else None
        if seen is None or seen != self._switches:
            self._switches = seen
            self._still_since_s = time.monotonic()

    def still_s(self) -> float:
        """Return for how many seconds nothing has moved, until now; 0 if that is not known."""
        return 0.0 if self._switches is None else time.monotonic() - self._still_since_s

    def end(self) -> None:
        """Kill the cell's process group; who has left it comes to this process (adopt_orphans)."""
        kill_group(self._cell)


def can_run_below(process: int, generations: int) -> bool:
    """Return True if a thread could run that is so many generations below a process, or more."""
    parents = [process]
    for _ in range(generations - 1):
        parents = [child for parent in parents for child in _children_of_process(parent)]
    threads = (thread for parent in parents for thread in _threads_below(parent))
    return any(_lines_of(thread / "status").get("State", "?")[0] == "R" for thread in threads)


def _lines_of(status: Path) -> dict[str, str]:
    """Return what a file ``status`` says; nothing if its thread has ended meanwhile."""
    try:
        text = status.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    return dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)


def _anonymous(lines: dict[str, str]) -> int:
    """Return the bytes of memory that no file stands behind."""
    return _KIBIBYTE * sum(
        int(lines.get(key, "0 kB").split()[0]) for key in ("RssAnon", "RssShmem", "VmSwap")
    )


def _threads_below(process: int) -> Iterator[Path]:
    """Yield the folder in ``/proc`` of every thread of every descendant of a process."""
    parents = [process]
    while parents:
        for child in _children_of_process(parents.pop()):
            yield from _entries(Path(f"/proc/{child}/task"))
            parents.append(child)


def _children_of_process(process: int) -> list[int]:
    threads = _entries(Path(f"/proc/{process}/task"))
    return [child for thread in threads for child in _children_of(thread)]


def _children_of(thread: Path) -> list[int]:
    try:
        return [int(child) for child in (thread / "children").read_text().split()]
    except OSError:
        return []


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
