"""What a thread can wait for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ._footprint import Resource


class Waiting(Protocol):
    """What a thread waits for."""

    def is_ready(self) -> bool:
        """Return True if the wait would end at once."""

    def wishes(self) -> Sequence[tuple[Resource, int]]:
        """Return what the thread would touch, and in which modes, if it could go on."""


class Sleep:
    """A wait that only time ends."""

    def is_ready(self) -> bool:
        """Return False: nobody else can end a sleep."""
        return False

    def wishes(self) -> Sequence[tuple[Resource, int]]:
        """Return nothing: a sleep waits for nobody."""
        return ()
