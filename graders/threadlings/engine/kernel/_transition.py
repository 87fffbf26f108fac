"""A transition: what one thread does between two decisions."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from ._footprint import Footprint, Resource

SiteKey = Hashable
"""Where a thread can be held back: an instruction, or something that is done in the kernel."""


@dataclass
class Transition:
    """What one thread did from one scheduling decision to the next.

    ``enabled`` lists the threads among which it was chosen, or is None where there was no
    choice. ``accesses`` holds (resource, modes, site) in order; ``footprint`` their union;
    ``steps`` counts what was recorded; ``has_changed`` tells whether anything was changed but the
    locks that the thread has.
    """

    thread: int
    enabled: tuple[int, ...] | None
    started_by: int | None = None
    accesses: list[tuple[Resource, int, SiteKey | None]] = field(default_factory=list)
    footprint: Footprint = field(default_factory=dict)
    steps: int = 0
    has_changed: bool = False
