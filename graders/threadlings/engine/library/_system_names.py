"""What the operating system keeps of a thread's name."""

from __future__ import annotations

import _thread
import os
import sys

NAME_MAXLEN: int = getattr(_thread, "_NAME_MAXLEN", 15)
"""How much of a thread's name the system keeps: bytes, but on Windows units of UTF-16."""


def kept_by_system(name: str) -> str:
    """Return what a system keeps of a thread's name: as much as fits, to its first null."""
    if sys.platform == "win32":
        units = name.partition("\0")[0].encode("utf-16-le", "surrogatepass")
        return units[: 2 * NAME_MAXLEN].decode("utf-16-le", "ignore")
    encoded = name.encode(sys.getfilesystemencoding(), "replace").partition(b"\0")[0]
    return os.fsdecode(encoded[:NAME_MAXLEN])
