"""How wide a text is in a terminal, where a Korean letter takes two columns."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def padded(text: str, columns: int) -> str:
    """Return a text with blanks behind it, so that it takes so many columns at least."""
    return text + " " * (columns - width(text))
