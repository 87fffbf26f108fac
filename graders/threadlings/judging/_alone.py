"""Checks that measure time have the machine alone; all others share it.

Graders are processes of their own, so the turns are kept with file locks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class Turns:
    """The turns of all graders that were given the same folder.

    Where there are no file locks (Windows) nothing is kept: one grader at a time, then.

    Args:
        folder: A folder that outlives the graders.
    """

    def __init__(self, folder: Path) -> None:
        self._door = folder / "door"
        self._room = folder / "room"

    @contextmanager
    def turn(self, *, alone: bool) -> Iterator[None]:
        """Wait until the machine may be used: together with others, or ``alone``.

        Who waits to be alone holds the door meanwhile, so that no others come in before.
        """
        if sys.platform == "win32":
            yield
            return
        with self._room.open("ab") as room:  # Closing a file gives up its lock.
            with self._door.open("ab") as door:
                fcntl.flock(door, fcntl.LOCK_EX)
                fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
            yield
