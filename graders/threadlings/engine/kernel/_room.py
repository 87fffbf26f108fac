"""Room on the stack: a decision must not end in the middle with a ``RecursionError``."""

from __future__ import annotations

import sys

FRAMES_OF_ROOM = 30
"""How deep the kernel's own calls may go, with a margin."""


def need_room() -> None:
    """Raise the program's ``RecursionError`` now, rather than in the middle of a decision."""
    try:
        sys._getframe(sys.getrecursionlimit() // 8)
    except ValueError:  # there are not that many frames
        return
    _call_down(FRAMES_OF_ROOM)


def _call_down(frames: int) -> None:
    if frames:
        _call_down(frames - 1)
