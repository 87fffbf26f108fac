"""What a step touched, and when two steps depend on each other.

A resource is a tuple; its first two items, its *root*, are the same in every run, the rest
tells objects of one run apart. Accesses to data use the modes of multi-granularity locking
(Gray, Lorie, Putzolu, Traiger 1976): an access to a known object is an intention on the root
and a read or write of the leaf; an access to an unknown object is a read or write of the root.
Locks have modes of their own, because a release enables an acquire but never races with it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._transition import Transition

Resource = tuple[Hashable, ...]
Footprint = dict[Resource, int]

INTENT_READ, INTENT_WRITE, READ, WRITE = 1, 2, 4, 8
ACQUIRE, RELEASE, TEST, PEEK, TRY = 16, 32, 64, 128, 256
"""ACQUIRE waited until it took; TEST looked and found it held; PEEK looked and found it free;
TRY did not wait and took."""
POST, AWAIT = 512, 1024
"""POST is a RELEASE whose order with other POSTs does not matter (one more permit); AWAIT waited
until it was free and leaves it so (an event)."""

WORLD: Resource = ("world", "")
"""Anything: what is read or written could not be found out."""

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
"""The modes after which something is not what it was."""


OBJECTS: Resource = ("object", "")
"""All attributes of some object, or all names of some namespace."""
DATA = frozenset({"attribute", "global", "cell", "items", "object", "files", "module"})
"""First items of resources that are read and written."""
_PARTS = frozenset({"attribute", "global"})
"""First items of resources that are parts of an object."""


def root(resource: Resource) -> Resource:
    """Return the part of a resource's name that is the same in every run."""
    return resource[:2] if resource[0] != "lock" else resource


def coarse(footprint: Mapping[Resource, int]) -> Footprint:
    """Return the footprint with objects forgotten: comparable with that of another run."""
    widened: Footprint = {}
    for resource, modes in footprint.items():
        if resource[0] == "object":
            modes &= READ | WRITE  # An intention is there for each part that is touched too.
        elif modes & INTENT_READ:
            modes |= READ
        if resource[0] != "object" and modes & INTENT_WRITE:
            modes |= WRITE
        name = root(resource)
        if modes:
            widened[name] = widened.get(name, 0) | modes
    return widened


def depend(one: Mapping[Resource, int], other: Mapping[Resource, int]) -> bool:
    """Return True if the order of two steps with these footprints can matter."""
    if len(one) > len(other):
        one, other = other, one
    if any(DEPENDS[modes] & other.get(resource, 0) for resource, modes in one.items()):
        return True
    return _is_wide(one, other) or _is_wide(other, one)


def _is_wide(one: Mapping[Resource, int], other: Mapping[Resource, int]) -> bool:
    """Return True if a step touches objects as wholes, or anything, and the other a part of it."""
    for whole, kinds in ((WORLD, DATA), (OBJECTS, _PARTS)):
        modes = one.get(whole, 0) & (READ | WRITE)
        if modes and any(
            DEPENDS[modes] & _data_modes(their) for r, their in other.items() if r[0] in kinds
        ):
            return True
    return False


def _data_modes(modes: int) -> int:
    """Return modes of a part as intentions on the whole."""
    reads = INTENT_READ if modes & (READ | INTENT_READ) else 0
    return reads | (INTENT_WRITE if modes & (WRITE | INTENT_WRITE) else 0)


def spread(transitions: Sequence[Transition]) -> None:
    """Let accesses to a part be intentions on the whole, where somebody touches a whole.

    Hardly any run has such accesses, so the others do without these intentions.
    """
    footprints = [transition.footprint for transition in transitions]
    wholes = {r[2] for f in footprints for r in f if r[0] == "object" and len(r) > 2}
    has_world = any(WORLD in footprint for footprint in footprints)
    if not wholes and not has_world:
        return
    for transition in transitions:
        accesses, transition.accesses = transition.accesses, []
        for resource, modes, site in accesses:
            for each, its_modes in _spread(resource, modes, wholes, has_world):
                footprint = transition.footprint
                footprint[each] = footprint.get(each, 0) | its_modes
                transition.accesses.append((each, its_modes, site))
            transition.accesses.append((resource, modes, site))


def _spread(
    resource: Resource, modes: int, wholes: set[Hashable], has_world: bool
) -> Iterator[tuple[Resource, int]]:
    if resource[0] not in DATA or not modes & (READ | WRITE):
        return
    if has_world:
        yield WORLD, _data_modes(modes)
    if resource[0] in _PARTS and len(resource) == 2 and wholes:
        yield OBJECTS, modes
    elif resource[0] in _PARTS and len(resource) > 2 and resource[2] in wholes:
        yield OBJECTS, _data_modes(modes)
        yield ("object", "", resource[2]), _data_modes(modes)
