"""What student code has replaced in the library, seen in the cell at its end.

A tripwire, not a wall: code that undoes its change, or meddles with what is kept here, is not
seen; nor is what other processes of the cell do.
"""

from __future__ import annotations

import sys
from collections.abc import Container, Iterator
from pathlib import Path

from .. import engine
from ..language import Text, said
from ._watched import OFFERED
from .flag import Flag, capped

_PACKAGES = ("builtins", "concurrent", "json", "multiprocessing", "os", "queue", "sys")
_WATCHED = frozenset([*_PACKAGES, "threading", "threadlings", "time"])
_library = engine.Library()
_known: set[str] = set()
_undone: list[engine.Change] = []


def remember() -> None:
    """Keep what the library is now, of the modules that are not known yet."""
    for name, module in list(sys.modules.items()):
        if name not in _known:
            _known.add(name)
            if name.partition(".")[0] in _WATCHED:
                _library.remember(module)


def put_back() -> None:
    """Undo what the import of the student's file has changed in the real library."""
    _undone.extend(_library.put_back())


def patches(path: Path, ours: Container[str]) -> tuple[tuple[Flag, ...], Text]:
    """Return what is not any more what it was, or was not at the end of a run or of the import.

    Args:
        path: The student's file, in whose lines the new functions may be.
        ours: The names of the files whose functions do not count.
    Returns:
        The flags; and for the student what is still changed, or was at the end of a run, empty
        if nothing is: what a check sees then says nothing of the student's program.
    """
    changes = list(_library.changes())
    found = _flags([*engine.changes_noted(), *_undone, *changes], path, ours)
    found |= {Flag(path.name, 0, _told(name)) for name in _hooks()}
    flags = capped(sorted(found, key=lambda flag: (flag.line, flag.what)))
    left = sorted(change.name for change in _counted([*engine.changes_left(), *changes], ours))
    return flags, _refusal(left[0]) if left else Text()


def _refusal(left: str) -> Text:
    return said("the code replaces {left}: leave the library as it is", left=left)


def _flags(changes: list[engine.Change], path: Path, ours: Container[str]) -> set[Flag]:
    return {
        Flag(path.name, change.line if change.file == str(path) else 0, _told(change.name))
        for change in _counted(changes, ours)
    }


def _counted(changes: list[engine.Change], ours: Container[str]) -> Iterator[engine.Change]:
    for change in changes:
        if change.file not in ours and change.name not in OFFERED:
            yield change


def _told(name: str) -> str:
    return f"has changed the library when it ran: {name}"


def _hooks() -> Iterator[str]:
    if sys.gettrace() is not None:
        yield "sys.settrace"
    if sys.getprofile() is not None:
        yield "sys.setprofile"
