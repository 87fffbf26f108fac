"""What objects are made of, for whoever asks what is touched."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from types import FrameType
from typing import Any

from ..library import is_safe_in_threads
from ._effects_of_classes import DEEP
from ._natures import Nature

HOLDING = (Nature.CONTAINER, Nature.HOLDER, Nature.VIEW, Nature.ITERATOR)
WHOLES = (
    Nature.CONTAINER,
    Nature.ITERATOR,
    Nature.GENERATOR,
    Nature.OPAQUE,
    Nature.MEMORY,
)


CALLING = DEEP | {map, itertools.takewhile, itertools.dropwhile}
"""Iterators that may call a function with what they bring."""


def flattened(parts: Iterable[Any]) -> list[Any]:
    """Return what an iterator holds, also in a tuple: ``zip`` keeps its iterators in one."""
    found: list[Any] = []
    for part in parts:
        found += part if type(part) is tuple else [part]
    return found


def frame_of(generator: Any) -> FrameType | None:
    """Return the frame of a generator or coroutine; None if it has ended."""
    frames = (getattr(generator, name, None) for name in ("gi_frame", "cr_frame", "ag_frame"))
    return next((frame for frame in frames if frame is not None), None)


def is_running(generator: Any) -> bool:
    """Return True while a generator or coroutine is being executed."""
    names = ("gi_running", "cr_running", "ag_running")
    return any(getattr(generator, name, False) for name in names)


def is_unseen(generator: Any) -> bool:
    """Return True if nobody sees what a generator does: one of the library, as_completed."""
    code = getattr(generator, "gi_code", None)
    return code is not None and is_safe_in_threads(code.co_filename)


def shown_by(view: memoryview | re.Match[Any]) -> tuple[Any, ...]:
    """Return the object of which a view, or a match, shows a part; none if it was released."""
    try:
        return (view.string if isinstance(view, re.Match) else view.obj,)
    except ValueError:
        return ()
