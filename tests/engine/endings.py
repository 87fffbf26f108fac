"""How a run of a program ended, in words that the search, the explorer and reality can all say."""

from __future__ import annotations

import json
import re
from typing import Any


def text_of(value: Any) -> str:
    """Return the text by which values are compared: JSON, else ``repr``, without addresses."""
    try:
        text = json.dumps(value, default=repr)
    except (TypeError, ValueError, RecursionError):
        text = repr(value)
    return without_names(text)


def without_names(text: str) -> str:
    """Return a text without addresses, and without where a lock was made."""
    return re.sub(r"\bat (0x[0-9A-Fa-f]+|number \d+|\w+\.py:\d+)", "at ...", text)


Ending = tuple[str, ...]
"""The kind; for a value its text; for errors the thread, the type and the message of each."""


def ending_of(
    kind: str, value: Any = None, errors: list[tuple[str, str, str]] | None = None
) -> Ending:
    """Return how a run ended; of a deadlock or a livelock only that it is one."""
    if kind in ("deadlock", "livelock", "exhausted"):
        return (kind,)
    told = [f"{thread}: {name}: {without_names(message)}" for thread, name, message in errors or ()]
    return (kind, *([] if kind == "error" else [text_of(value)]), *sorted(told))
