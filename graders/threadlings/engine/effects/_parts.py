"""What objects are made of, for whoever asks what is touched."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
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


def is_unseen(generator: Any) -> bool:
    """Return True if nobody sees what a generator does: one of the library, as_completed."""
    code = getattr(generator, "gi_code", None)
    return code is not None and is_safe_in_threads(code.co_filename)


def shown_by(view: memoryview) -> tuple[Any, ...]:
    """Return the object whose bytes a view shows; none if it has been released."""
    try:
        return (view.obj,)
    except ValueError:
        return ()
