"""The language that a student reads: English, or Korean from a catalogue.

What is said is a key with named values, ``said("{who} waits for {what}", who=..., what=...)``,
until it is printed. The key is the English; catalogues (``ko.po``, as gettext has them) know
its Korean. What a student wrote is a value, which nothing looks at.
"""

from __future__ import annotations

from ._choice import (
    CATALOGUE,
    LANGUAGES,
    VARIABLE,
    Translate,
    add_messages,
    choose,
    chosen,
    of_system,
    translator,
)
from ._text import Text, joined, lines, said

__all__ = [
    "CATALOGUE",
    "LANGUAGES",
    "VARIABLE",
    "Text",
    "Translate",
    "add_messages",
    "choose",
    "chosen",
    "joined",
    "lines",
    "of_system",
    "said",
    "translator",
]
