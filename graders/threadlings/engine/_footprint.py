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
ACQUIRE, RELEASE, TEST, TRY = 16, 32, 64, 128
"""ACQUIRE blocks until it succeeds; TEST looked and failed; TRY looked and took."""

_CONFLICTS = {
    INTENT_READ: WRITE,
    INTENT_WRITE: READ | WRITE,
    READ: INTENT_WRITE | WRITE,
    WRITE: INTENT_READ | INTENT_WRITE | READ | WRITE,
    ACQUIRE: ACQUIRE | RELEASE | TEST | TRY,
    RELEASE: ACQUIRE | RELEASE | TEST | TRY,
    TEST: ACQUIRE | RELEASE | TRY,
    TRY: ACQUIRE | RELEASE | TEST | TRY,
}
_ORDERED_BY_NATURE = {ACQUIRE: RELEASE, RELEASE: ACQUIRE | RELEASE}


def _table(with_natural_order: bool) -> tuple[int, ...]:
    table = []
    for bits in range(256):
        mask = 0
        for mode, against in _CONFLICTS.items():
            if bits & mode:
                mask |= against & (~0 if with_natural_order else ~_ORDERED_BY_NATURE.get(mode, 0))
        table.append(mask)
    return tuple(table)


DEPENDS = _table(with_natural_order=True)
"""DEPENDS[a] & b is not 0 when modes ``a`` and ``b`` of one resource do not commute."""
RACES = _table(with_natural_order=False)
"""Like DEPENDS, for pairs that can also happen in the other order."""

CHANGES = WRITE | INTENT_WRITE | ACQUIRE | RELEASE | TRY


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
