"""A part of a class, so that several machines can grade one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True)
class Chunk:
    """One of ``count`` parts of a class: ``number`` is from 1 to ``count``."""

    number: int
    count: int

    def __str__(self) -> str:
        """Spell it ``2/4``."""
        return f"{self.number}/{self.count}"

    def bounds(self, size: int) -> tuple[int, int]:
        """Return where this part of ``size`` things begins, and where it ends, as a slice does.

        The parts are as equal as can be, in order, and each thing is in exactly one.
        """
        return (self.number - 1) * size // self.count, self.number * size // self.count

    def of(self, things: Sequence[_T]) -> list[_T]:
        """Return this part of them."""
        begin, end = self.bounds(len(things))
        return list(things[begin:end])


WHOLE = Chunk(1, 1)
