"""A part of a class, so that several machines can grade one."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T")
_TEXT = re.compile(r"(\d{1,6})/(\d{1,6})", re.ASCII)


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


def chunk(text: str) -> Chunk:
    """Read a chunk in the words of a command: ``2/4``."""
    found = _TEXT.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise argparse.ArgumentTypeError(
            f"must be K/N, the K-th of N chunks, with K from 1 to N, not {text!r}"
        )
    return Chunk(int(found[1]), int(found[2]))


def add_chunk(verb: argparse.ArgumentParser, what: str) -> None:
    """Add ``--chunk`` to a verb."""
    verb.add_argument(
        "--chunk",
        type=chunk,
        default=WHOLE,
        metavar="K/N",
        help=f"{what} the K-th of N equal parts of the class only, as threadlings plan says",
    )
