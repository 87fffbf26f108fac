"""The program's source files: a student's module, executed anew in every run."""

from __future__ import annotations

import ast
import contextlib
import importlib
from collections.abc import Callable, Iterable
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any


class MissingName(AttributeError):  # noqa: N818 - a finding about the student's file
    """A lesson's file lacks a name; the text says which."""


class Lesson:
    """A module whose code runs again in each run, so that no run sees another's state.

    Attributes are those of the module in the run under way. Outside a run, reading one runs
    the module once for that purpose.

    Args:
        path: The file.
        code: What it was compiled to.
        safe: Names of installed packages that threads may call at the same time.
    """

    def __init__(self, path: Path, code: CodeType, safe: Iterable[str] = ()) -> None:
        self._path = path
        self._code = code
        self._safe = tuple(safe)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        module = _module_of(self)
        try:
            return getattr(module, name)
        except AttributeError:
            text = f"{self._path.name} has no {name}: put that name back"
            raise MissingName(text, name=name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("_path", "_code", "_safe"):
            object.__setattr__(self, name, value)
        else:
            setattr(_module_of(self), name, value)

    def __dir__(self) -> list[str]:
        return dir(_module_of(self))

    def __repr__(self) -> str:
        return f"<lesson {self._path.name}>"


_module_of: Callable[[Lesson], ModuleType]
_peek_module: Callable[[Lesson], ModuleType | None]


def set_module_source(
    module_of: Callable[[Lesson], ModuleType], peek: Callable[[Lesson], ModuleType | None]
) -> None:
    """Say where a lesson finds its module; the engine does this once, when it is imported."""
    global _module_of, _peek_module
    _module_of, _peek_module = module_of, peek


def current_namespace(lesson: Lesson) -> dict[str, Any] | None:
    """Return the names of the lesson's module in this run; None if it was not executed yet."""
    module = _peek_module(lesson)
    return None if module is None else vars(module)


def load(path: Path | str, *, safe: Iterable[str] = ()) -> Lesson:
    """Read a Python file as a program for the engine.

    The file is compiled now and executed in each run. What it imports from outside the
    simulated modules is imported now, so that runs do not differ in it.

    Args:
        path: The file; UTF-8 or with an encoding line.
        safe: Names of installed packages that threads may call at the same time, by their own
            promise or yours: a call is one step. The code of others is stepped like the file's.
    Raises:
        SyntaxError: If the file is not Python.
        OSError: If it cannot be read.
    """
    path = Path(path)
    source = path.read_bytes()
    tree = ast.parse(source, str(path))
    code = compile(source, str(path), "exec", dont_inherit=True)
    _import_ahead(tree)
    return Lesson(path, code, safe)


def execute(lesson: Lesson, module: ModuleType) -> None:
    """Execute a lesson's code in ``module``."""
    module.__file__ = str(lesson._path)
    exec(lesson._code, vars(module))


def _import_ahead(tree: ast.AST) -> None:
    for node in ast.walk(tree):
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
