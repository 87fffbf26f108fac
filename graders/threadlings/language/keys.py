"""Which keys a Python file says, to hold them against a catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_SAYING = frozenset({"Broken", "said", "within"})
"""Functions and methods of which the first argument is a key."""
_PLACE = re.compile(r"\{(\w+)[^{}]*\}")
_WORD = re.compile(r"[^\W\d_]{2,}")


def keys_in(file: Path) -> set[str]:
    """Return the keys that a file says where it says them.

    They are what stands in a call of ``said`` or ``Broken``, and the promises of checks: the first
    lines of the docstrings of functions whose names begin with ``test_``. What has no word in it
    needs no translation, and is left out.
    """
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    told = {key for node in nodes if isinstance(node, ast.Call) for key in _said_by(node)}
    promised = {
        (ast.get_docstring(node) or "").partition("\n")[0]
        for node in nodes
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    return {key for key in told | promised if _WORD.search(_PLACE.sub("", key))}


def strings_in(file: Path) -> set[str]:
    """Return all strings of a file: a key may also be in a table."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {text for node in nodes if isinstance(node, ast.Constant) for text in _text(node)}


def places(text: str) -> set[str]:
    """Return the names of the places for values in a key or a translation."""
    return set(_PLACE.findall(text))


def missing_in(files: Iterable[Path], *catalogues: dict[str, str]) -> list[str]:
    """Return the keys that files say and that no catalogue has, sorted."""
    known = {key for catalogue in catalogues for key in catalogue}
    return sorted({key for file in files for key in keys_in(file)} - known)


def _said_by(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
    if name in _SAYING and call.args:
        for each in _alternatives(call.args[0]):
            yield from _text(each)


def _alternatives(node: ast.expr) -> Iterator[ast.Constant]:
    """Yield the constants that an argument may be: one, or one of two."""
    if isinstance(node, ast.Constant):
        yield node
    elif isinstance(node, ast.IfExp):
        yield from _alternatives(node.body)
        yield from _alternatives(node.orelse)


def _text(node: ast.Constant) -> Iterator[str]:
    if isinstance(node.value, str):
        yield node.value
