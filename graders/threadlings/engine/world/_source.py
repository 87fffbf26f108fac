"""The program's source files: a module that is executed anew in every run."""

from __future__ import annotations

import ast
import contextlib
import importlib
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Protocol

from ..effects import StandIn


class Modules(Protocol):
    """Where a source finds its module."""

    def module_of(self, source: Source) -> ModuleType:
        """Return the source's module in the run under way, or else one made for this purpose."""

    def peek(self, source: Source) -> ModuleType | None:
        """Return its module in the run under way, if that has begun to execute it."""


class MissingName(AttributeError):  # noqa: N818 - a finding about the file
    """A source lacks a name; the text says which."""


class Source(StandIn):
    """A module whose code runs again in each run, so that no run sees another's state.

    Attributes are those of the module in the run under way. Outside a run, reading one runs
    the module once for that purpose.

    Args:
        path: The file.
        code: What it was compiled to.
        safe: Names of installed packages that threads may call at the same time.
        settles: See :func:`load`.
        modules: Where it finds its module.
    """

    def __init__(
        self, path: Path, code: CodeType, safe: Iterable[str], settles: bool, modules: Modules
    ) -> None:
        self._path = path
        self._code = code
        self._safe = tuple(safe)
        self._settles = settles
        self._modules = modules

    def _names_now(self) -> dict[str, Any] | None:
        module = self._modules.peek(self)
        return None if module is None else vars(module)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        module = self._modules.module_of(self)
        try:
            return getattr(module, name)
        except AttributeError:
            text = f"{self._path.name} has no {name}: put that name back"
            raise MissingName(text, name=name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _OWN:
            object.__setattr__(self, name, value)
        else:
            setattr(self._modules.module_of(self), name, value)

    def __dir__(self) -> list[str]:
        return dir(self._modules.module_of(self))

    def __repr__(self) -> str:
        return f"<lesson {self._path.name}>"


_OWN = ("_path", "_code", "_safe", "_settles", "_modules")


def read(path: Path | str, safe: Iterable[str], settles: bool, modules: Modules) -> Source:
    """Read a Python file as a source; see :func:`load`."""
    path = Path(path)
    source = path.read_bytes()
    tree = ast.parse(source, str(path))
    code = compile(tree, str(path), "exec", dont_inherit=True)
    _import_ahead(tree)
    return Source(path, code, safe, settles, modules)


def fill(module: ModuleType, source: Source) -> None:
    """Execute a source's code in ``module``."""
    module.__file__ = str(source._path)
    exec(source._code, vars(module))


def _import_ahead(tree: ast.AST) -> None:
    for node in _statements(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            # What is imported from a package may be a module of it.
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            # A module that cannot be imported is the program's business, in its run.
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def _statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the statements of a tree, the outer ones first, and not the expressions in them."""
    left = deque([tree])
    while left:
        node = left.popleft()
        yield node
        for name in ("body", "handlers", "orelse", "finalbody", "cases"):
            left.extend(getattr(node, name, ()))
