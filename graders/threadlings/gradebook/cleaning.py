"""Text as a gradebook has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

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


def mapped(change: Callable[[str], str], data: Any) -> Any:
    """Return plain data with every string in it changed; names are left as they are."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, list | tuple):
        return [mapped(change, each) for each in data]
    if isinstance(data, dict):
        return {name: mapped(change, each) for name, each in data.items()}
    return data
