"""What a step touched, and when two steps depend on each other.

A resource is a tuple; its first two items, its *root*, are the same in every run, the rest
tells objects of one run apart. Accesses to data use the modes of multi-granularity locking
(Gray, Lorie, Putzolu, Traiger 1976): an access to a known object is an intention on the root
and a read or write of the leaf; an access to an unknown object is a read or write of the root.
Locks have modes of their own, because a release enables an acquire but never races with it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

Resource = tuple[Hashable, ...]
Footprint = dict[Resource, int]

INTENT_READ, INTENT_WRITE, READ, WRITE = 1, 2, 4, 8
ACQUIRE, RELEASE, TEST, PEEK, TRY = 16, 32, 64, 128, 256
"""ACQUIRE waited until it took; TEST looked and found it held; PEEK looked and found it free;
TRY did not wait and took."""
POST, AWAIT = 512, 1024
"""POST is a RELEASE whose order with other POSTs does not matter (one more permit); AWAIT waited
until it was free and leaves it so (an event)."""

_LOCKING = ACQUIRE | RELEASE | TRY
_CONFLICTS = {
    INTENT_READ: WRITE,
    INTENT_WRITE: READ | WRITE,
    READ: INTENT_WRITE | WRITE,
    WRITE: INTENT_READ | INTENT_WRITE | READ | WRITE,
    ACQUIRE: _LOCKING | TEST | PEEK | POST | AWAIT,
    RELEASE: _LOCKING | TEST | PEEK | AWAIT,
    TEST: _LOCKING | POST,
    PEEK: _LOCKING | POST,
    TRY: _LOCKING | TEST | PEEK | POST | AWAIT,
    POST: ACQUIRE | TRY | TEST | PEEK | AWAIT,
    AWAIT: _LOCKING | POST,
}
_ENABLED_BY = {ACQUIRE: RELEASE | TEST | POST, AWAIT: POST}
"""What a mode cannot be moved before: while a lock is held, nobody can acquire it."""


def _table(conflicts: Mapping[int, int]) -> tuple[int, ...]:
    table = [0] * (2 * AWAIT)
    for bits in range(len(table)):
        for mode, against in conflicts.items():
            if bits & mode:
                table[bits] |= against
    return tuple(table)


DEPENDS = _table(_CONFLICTS)
"""DEPENDS[a] & b is not 0 when modes ``a`` and ``b`` of one resource do not commute."""
RACES = _table({mode: c & ~_ENABLED_BY.get(mode, 0) for mode, c in _CONFLICTS.items()})
"""RACES[later] & earlier is not 0 when the two can also happen in the other order."""

CHANGES = WRITE | INTENT_WRITE | ACQUIRE | RELEASE | TRY | POST


def root(resource: Resource) -> Resource:
    """Return the part of a resource's name that is the same in every run."""
    return resource[:2] if resource[0] != "lock" else resource


def coarse(footprint: Mapping[Resource, int]) -> Footprint:
    """Return the footprint with objects forgotten: comparable with that of another run."""
    widened: Footprint = {}
    for resource, modes in footprint.items():
        if modes & INTENT_READ:
            modes |= READ
        if modes & INTENT_WRITE:
            modes |= WRITE
        name = root(resource)
        widened[name] = widened.get(name, 0) | modes
    return widened


def depend(one: Mapping[Resource, int], other: Mapping[Resource, int]) -> bool:
    """Return True if the order of two steps with these footprints can matter."""
    if len(one) > len(other):
        one, other = other, one
    return any(DEPENDS[modes] & other.get(resource, 0) for resource, modes in one.items())
