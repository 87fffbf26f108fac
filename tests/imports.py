"""Who imports what in the package."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "graders" / "threadlings"


@cache
def imported(path: Path) -> tuple[tuple[Path, str], ...]:
    """Return what a file of the package imports of it: folders or modules, each with a name.

    The name is empty if the module itself is imported.
    """
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[tuple[Path, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            for alias in node.names:
                inside, door = _file_of(base / alias.name), _file_of(base) or base
                is_module = inside is not None and alias.name not in _names_of(door, path)
                yield (inside, "") if inside and is_module else (door, alias.name)


def _names_of(door: Path, path: Path) -> set[str]:
    """Return the names that a room's door has from its modules, which may be called the same."""
    if door == path or door.name != "__init__.py":
        return set()
    return {name for _target, name in imported(door)}


def _file_of(path: Path) -> Path | None:
    found = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in found if file.is_file()), None)


def reached(begin: Iterable[Path]) -> set[Path]:
    """Return the files that these import, and so on; of a room only those behind the name."""
    found: set[Path] = set()
    waiting = list(begin)
    while waiting:
        path = waiting.pop()
        if path in found or path == PACKAGE / "__init__.py":
            continue
        if path.name == "__init__.py" and path.parent.name != "language":
            continue
        found.add(path)
        for target, name in imported(path):
            waiting.append(_behind(target, name))
    return found


def _behind(file: Path, name: str) -> Path:
    """Return the module that a name of a room's door is made in."""
    if file.name == "__init__.py" and file.parent != PACKAGE:
        for target, inner in imported(file):
            if inner == name and target != file:
                return _behind(target, name)
    return file
