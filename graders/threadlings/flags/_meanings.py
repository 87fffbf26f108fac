"""What names in a module's source stand for in the library."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Sequence

from . import _watched as watched

_STARRED = ("concurrent.futures", "multiprocessing", "queue", "threading", "time")
"""The modules of which we know what ``import *`` brings."""

_MAX_PARTS = 20
"""Nothing in the library has a name with so many parts."""


class Meanings:
    """Follows names through imports, ``as`` and plain assignments.

    Args:
        nodes: All parts of the module.
    """

    def __init__(self, nodes: Sequence[ast.AST]) -> None:
        self._meanings: dict[str, str] = {}
        self._rebound: set[str] = set()
        self._learn(nodes)

    def _learn(self, nodes: Sequence[ast.AST]) -> None:
        for node in nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    own = alias.asname or alias.name.split(".")[0]
                    self._meanings[own] = alias.name if alias.asname else own
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    names = _starred(node.module) if alias.name == "*" else [alias.name]
                    for name in names:
                        self._meanings[alias.asname or name] = f"{node.module}.{name}"
        assigned = set()
        for node in nodes:  # T = threading.Thread
            match node:
                case ast.Assign(targets=[ast.Name(id=own) as target], value=value):
                    meaning = self.of(value)
                    if meaning:
                        assigned.add(id(target))
                        self._meanings.setdefault(own, meaning)
        self._rebound = {name for node in nodes for name in _bound_by(node, assigned)}

    def of(self, node: ast.AST | None) -> str:
        """Return the dotted name of what an expression is in the library, or nothing."""
        parts: list[str] = []
        while len(parts) < _MAX_PARTS:
            match node:
                case ast.Attribute(value=owner, attr=name):
                    parts.append(name)
                case (
                    ast.Subscript(value=owner, slice=ast.Constant(value=str() as name))
                    | ast.Call(
                        func=ast.Name(id="getattr"),
                        args=[owner, ast.Constant(value=str() as name), *_],
                    )
                ):
                    parts.append(name)
                case ast.Call(func=ast.Name(id="vars"), args=[owner]):
                    parts.append("__dict__")
                case ast.Call(
                    func=ast.Name(id="__import__" | "import_module")
                    | ast.Attribute(attr="import_module"),
                    args=[ast.Constant(value=str() as name), *_],
                ):
                    return ".".join([name, *reversed(parts)])
                case ast.Name(id=name) if name in self._meanings:
                    full = ".".join([self._meanings[name], *reversed(parts)])
                    return re.sub(r"^sys\.modules\.(?=\w)", "", full)
                case _:
                    return ""
            node = owner
        return ""

    def is_certain(self, node: ast.AST) -> bool:
        """Return True unless the name that an expression begins with is bound anew somewhere."""
        names = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
        return not self._rebound.intersection(names)


def _bound_by(node: ast.AST, aliases: set[int]) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()) if id(node) not in aliases:
            yield name
        case ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name


def _starred(module: str) -> list[str]:
    """Return what ``from module import *`` brings, as far as we know."""
    known = [name.rpartition(".")[2] for name in watched.NAMES if name.rpartition(".")[0] == module]
    if module in _STARRED:
        known += [name for name in dir(importlib.import_module(module)) if name[0] != "_"]
    return known
