"""What the engine knows of a value that an instruction works on, when it cannot see the value."""

from __future__ import annotations

from typing import Any

UNKNOWN = object()
"""What cannot be told without running code, or is not there."""
PENDING = object()
"""What a function in Python is about to return."""


class Made:
    """What a call or an expression has just made: nobody else has it.

    Attributes:
        parts: What it was made of, or was read from.
        is_view: True if reading it reads the parts: an iterator, ``d.items()``.
        kind: Its class, if that is known.
        use: The letter for the parts when it is read, if it is a view; see :mod:`._effect`.
    """

    __slots__ = ("is_view", "kind", "parts", "use")

    def __init__(
        self,
        parts: tuple[Any, ...] = (),
        is_view: bool = False,
        kind: type | None = None,
        use: str = "r",
    ) -> None:
        self.parts = parts
        self.is_view = is_view
        self.kind = kind
        self.use = use


NEW = Made()
"""What is made of nothing: a number, a text, an empty list."""


def is_known(value: Any) -> bool:
    """Return True if it is known which object a value is."""
    return value is not UNKNOWN and value is not PENDING and type(value) is not Made
