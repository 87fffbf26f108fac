"""A flag, how many there may be, and how they come out of a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MAX_FLAGS = 20
"""So many are told of one file; the others are counted."""

_WHAT_CHARACTERS = 160


@dataclass(frozen=True)
class Flag:
    """Something in a submission that a person should look at; it costs no points."""

    file: str
    line: int
    what: str


def capped(flags: list[Flag]) -> tuple[Flag, ...]:
    """Return the first ``MAX_FLAGS`` of flags, and one that counts the others."""
    rest = len(flags) - MAX_FLAGS
    if rest <= 0:
        return tuple(flags)
    last = flags[MAX_FLAGS]
    return (*flags[:MAX_FLAGS], Flag(last.file, last.line, f"and {rest} more"))


def flags_told(data: object, file: str) -> tuple[Flag, ...]:
    """Return the flags that a cell told of, as far as what it said are flags."""
    found = [
        Flag(file, line, what[:_WHAT_CHARACTERS])
        for line, what in (pair for pair in _list_in(data) if len(_list_in(pair)) == 2)
        if type(line) is int and line >= 0 and isinstance(what, str)
    ]
    return tuple(found[: MAX_FLAGS + 1])


def _list_in(data: object) -> list[Any]:
    return data if isinstance(data, list) else []
