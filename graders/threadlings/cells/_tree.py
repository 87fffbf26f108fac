"""A cell and all that it has started, as psutil tells: for systems that are not Linux."""

from __future__ import annotations

from contextlib import suppress

import psutil

from ._process_tree import kill_group

_MOST_SHARED_BYTES = 64 * 1024 * 1024


class Tree:
    """Watches a cell and its descendants.

    Whoever loses its parent before it was looked at is not found. Nothing is ever still: which
    threads only wait for a core is told by Linux alone, see ``_descendants.py``.

    Attributes:
        threads: How many threads all of them had when they were last looked at.
        memory_bytes: What they had in memory then. What the cell had, up to 64 MiB, counts
            once: each of the others may be a fork of it.
    """

    def __init__(self, cell: int) -> None:
        self.threads = 0
        self.memory_bytes = 0
        self._cell = cell
        self._known: set[psutil.Process] = set()
        with suppress(psutil.NoSuchProcess):
            self._known.add(psutil.Process(cell))

    def look(self) -> None:
        """Look at them."""
        threads, sizes = 0, dict[psutil.Process, int]()
        for process in self._found():
            with suppress(psutil.Error):
                threads += process.num_threads()
                sizes[process] = process.memory_info().rss
        cell = max((sizes[process] for process in sizes if process.pid == self._cell), default=0)
        shared = min(cell, _MOST_SHARED_BYTES)
        own = sum(max(0, size - shared) for size in sizes.values())
        self.threads, self.memory_bytes, self._known = threads, shared + own, set(sizes)

    def still_s(self) -> float:
        """Return 0: that is not known."""
        return 0.0

    def end(self) -> None:
        """Kill all that are known, and the cell's process group."""
        for process in self._found():
            with suppress(psutil.Error):
                process.kill()
        kill_group(self._cell)

    def _found(self) -> set[psutil.Process]:
        """Return those that were there at the last look and still are, and those since."""
        found = {process for process in self._known if process.is_running()}
        for process in tuple(found):
            if process.pid == self._cell:
                with suppress(psutil.Error):
                    found.update(process.children(recursive=True))
        return found
