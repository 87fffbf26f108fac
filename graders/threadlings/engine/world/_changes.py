"""What programs have replaced in the library, noted before it is put back.

What a file of the program replaces when it is executed is put back at once: the program around it
has the library that everybody has. What is replaced later is noted at the end of the run.

A tripwire: a program that undoes its change before it ends, or meddles with what is kept here,
is not seen.
"""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from types import FunctionType, MappingProxyType, ModuleType
from typing import Any

_IMMUTABLE_TYPE = 1 << 8
_MISSING = object()
Names = dict[str, Any] | MappingProxyType[str, Any]


@dataclass(frozen=True)
class Change:
    """A function, class or method of the library that a program has replaced.

    Attributes:
        name: What was replaced: ``threading.Thread.start``.
        file: The file of the function that is there now; empty if that is not known.
        line: Its line, or 0.
    """

    name: str
    file: str
    line: int


class Library:
    """The functions, classes and methods of some modules, as they were.

    Attributes:
        noted: What was found to be replaced, and whether it was so until the end of the run.
    """

    def __init__(self) -> None:
        self.noted: dict[Change, bool] = {}
        self._known: set[str] = set()
        self._members: list[tuple[str, ModuleType | type, dict[str, Any]]] = []

    def remember(self, module: ModuleType) -> None:
        """Keep what a module has now, unless one of that name is known."""
        owner = module.__name__
        if owner in self._known:
            return
        self._known.add(owner)
        members = dict(vars(module))
        self._members.append((owner, module, members))
        for kind in members.values():
            if isinstance(kind, type) and _is_own(kind, owner):
                name = f"{owner}.{kind.__qualname__}"
                self._members.append((name, kind, dict(vars(kind))))

    def knows(self, module: ModuleType) -> bool:
        """Return True if a module is one of those that were remembered."""
        return any(holder is module for _owner, holder, _members in self._members)

    def note(self, changes: Iterable[Change], *, is_left: bool) -> None:
        """Keep what a program has changed, and whether it was so until the end."""
        for change in changes:
            self.noted[change] = is_left or self.noted.get(change, False)

    def changes(self) -> Iterator[Change]:
        """Yield what has been replaced, and what classes have besides."""
        for owner, holder, before in self._members:
            yield from replaced(owner, before, vars(holder))

    def put_back(self, known: Collection[Change] = ()) -> tuple[Change, ...]:
        """Undo all changes but those that are known, and return what was undone."""
        undone = []
        for owner, holder, before in self._members:
            for change in replaced(owner, before, vars(holder)):
                if change not in known:
                    undone.append(change)
                    name = change.name.removeprefix(f"{owner}.")
                    if name in before:
                        setattr(holder, name, before[name])
                    else:
                        delattr(holder, name)
        return tuple(undone)


def replaced(owner: str, before: dict[str, Any], now: Names) -> Iterator[Change]:
    """Yield what is not any more what it was, and new members of classes."""
    if _is_same(before, now.copy()):  # A copy, since other threads may be changing it.
        return
    for name, value in before.items():
        found = now.get(name, _MISSING)
        if found is not value and _is_code(value):
            yield _change(f"{owner}.{name}", found)
    if len(now) > len(before) and type(now) is MappingProxyType:
        for name in now.keys() - before.keys():
            if _is_code(now[name]):
                yield _change(f"{owner}.{name}", now[name])


def _is_same(one: Names, other: Names) -> bool:
    """Return True if the names are the same, in the same order, and so are their values."""
    return (
        len(one) == len(other)
        and all(map(operator.is_, one, other))
        and all(map(operator.is_, one.values(), other.values()))
    )


def _is_own(kind: type, module: str) -> bool:
    return kind.__module__ == module and not kind.__flags__ & _IMMUTABLE_TYPE


def _is_code(value: object) -> bool:
    """Return True for what is called, and for what makes an attribute; nothing is asked of it."""
    return callable(value) or hasattr(type(value), "__get__")


def _change(name: str, found: Any) -> Change:
    if type(found) in (staticmethod, classmethod):
        found = found.__func__
    elif type(found) is property:
        found = found.fget
    if type(found) is not FunctionType:
        return Change(name, "", 0)
    return Change(name, found.__code__.co_filename, found.__code__.co_firstlineno)
