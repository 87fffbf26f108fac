"""Text as a gradebook has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
_MOST_CHARACTERS = 10_000
_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"  # What moves a cursor or rings a bell.
    "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"  # What turns the direction of writing.
    "\\u2028\\u2029\\ud800-\\udfff]"  # Ends of lines that are not seen; halves of characters.
)
_COMMAND = re.compile(r"^([^\S\n]*)::|##\[", re.MULTILINE)
"""What a runner of GitHub Actions takes for its own where it stands in a log.

Source: actions/runner, ``src/Runner.Common/ActionCommand.cs``: ``::`` after blanks, and ``##[``
anywhere in a line.
"""


def clean(text: str) -> str:
    """Return text that is nothing but text, and the same whenever the same is graded.

    Memory addresses are left out. What is not seen is written as Python writes it (``\\x1b``), and
    what a runner would take for a command has a backslash in it. Of a very long text the beginning.
    """
    if len(text) > _MOST_CHARACTERS:
        text = f"{text[:_MOST_CHARACTERS]} ..."
    text = _INVISIBLE.sub(_as_escape, _ADDRESS.sub("", text).replace("\r\n", "\n"))
    return _COMMAND.sub(_as_no_command, text)


def _as_escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def _as_no_command(found: re.Match[str]) -> str:
    return r"#\#[" if found[1] is None else rf"{found[1]}\::"


def mapped(change: Callable[[str], str], data: Any) -> Any:
    """Return plain data with every string in it changed; names are left as they are."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, list | tuple):
        return [mapped(change, each) for each in data]
    if isinstance(data, dict):
        return {name: mapped(change, each) for name, each in data.items()}
    return data
