"""Text as a gradebook has it."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
_MOST_CHARACTERS = 10_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """Return text without what differs from one grading to the next, or moves the cursor.

    Of a very long one the beginning.
    """
    if len(text) > _MOST_CHARACTERS:
        text = f"{text[:_MOST_CHARACTERS]} ..."
    return _CONTROL.sub("?", _ADDRESS.sub("", text))
