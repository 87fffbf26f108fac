"""A lap: one time round a loop."""

from __future__ import annotations

from dataclasses import dataclass
from types import FrameType
from typing import Any


@dataclass
class Lap:
    """One time round a loop: the jump that ends it, and all that the next can depend on.

    ``values`` are compared by identity; ``changes`` and ``waits`` count what was written, and
    how often the thread had to wait, until then; ``held`` are the locks that it has;
    ``is_test`` tells that it may end the loop, which depends on a value that is not among these;
    ``alike`` counts the laps before that were the same.
    """

    frame: FrameType
    offset: int
    values: tuple[Any, ...]
    changes: tuple[int, int] = (0, 0)
    waits: int = 0
    held: tuple[int, ...] = ()
    is_test: bool = False
    alike: int = 0

    @property
    def key(self) -> tuple[int, int]:
        """Which jump of which call it is."""
        return id(self.frame), self.offset

    def is_like(self, other: Lap) -> bool:
        """Return True if nothing has changed from this lap to ``other``."""
        return (
            self.frame is other.frame
            and self.changes == other.changes
            and self.held == other.held
            and len(self.values) == len(other.values)
            and all(a is b for a, b in zip(self.values, other.values, strict=True))
        )
