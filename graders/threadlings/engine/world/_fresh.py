"""Modules of the standard library, executed anew in each run.

Most of a module are functions and classes, the same in every run. They are made once; a run
executes only the rest: what the module remembers. After the run the module is put back, so that
nothing that a program changed in it is seen by the next.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import importlib.util
import itertools
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType, ModuleType
from typing import Any, cast

from ..library import FRESH, install, library_code, simplify

_DEFINED_ONCE = ("threading", "queue", "concurrent.futures._base")
"""Modules whose classes hold nothing that changes; the others are executed as a whole."""


class Finder:
    """Finds the modules of ``FRESH`` while a run is under way.

    Args:
        is_ours: Returns True if the calling thread belongs to the run.
        executed: Is told of each module when it is there.
    """

    def __init__(self, is_ours: Callable[[], bool], executed: Callable[[ModuleType], None]) -> None:
        self._is_ours = is_ours
        self._executed = executed

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> Any:
        """Return the spec of a fresh module, or None to leave the name to other finders."""
        if name not in FRESH or not self._is_ours():
            return None
        _code, spec = library_code(name)
        return importlib.util.spec_from_loader(
            name,
            cast(Any, _Loader(self._executed)),
            origin=spec.origin,
            is_package=bool(spec.submodule_search_locations),
        )


class _Loader:
    """Executes a fresh module over a standard library that registers nothing process-wide."""

    def __init__(self, executed: Callable[[ModuleType], None]) -> None:
        self._executed = executed

    def create_module(self, spec: Any) -> ModuleType | None:
        kept = _definitions.get(spec.name)
        return kept.module if kept is not None else None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        code, spec = library_code(name)
        module.__file__ = spec.origin
        if spec.submodule_search_locations:
            module.__path__ = list(spec.submodule_search_locations)
        stand_ins = {"os": _quiet_os()}
        if name == "concurrent.futures._base" and "logging" not in sys.modules:
            stand_ins["logging"] = _late_logging()
        kept = _definitions.get(name)
        with _standing_in(stand_ins):
            exec(code if kept is None else kept.rest, vars(module))
        if kept is None:
            _prepare(module)
            if name in _DEFINED_ONCE:
                _definitions[name] = _Definitions(module)
        if not name.startswith("logging"):  # It replaces parts of itself when it is configured.
            self._executed(module)


def put_back() -> None:
    """Let the modules forget the run that has ended."""
    for kept in _definitions.values():
        kept.put_back()


class _Definitions:
    """The functions and classes of a module that was executed.

    Attributes:
        module: The module.
        rest: What else it executes when it is imported.
    """

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        names = vars(module)
        defined = {n: v for n, v in names.items() if _is_definition(v, module)}
        state = {id(v) for n, v in names.items() if n not in defined and _is_state(v)}
        self._names = {n: v for n, v in defined.items() if state.isdisjoint(_given_to(v))}
        self._classes = [
            (kind, dict(vars(kind))) for kind in self._names.values() if isinstance(kind, type)
        ]
        self.rest = self._rest()

    def _rest(self) -> CodeType:
        spec = library_code(self.module.__name__)[1]
        tree = ast.parse(cast(Any, spec.loader).get_source(spec.name))
        tree.body = [statement for statement in tree.body if not self._is_done(statement)]
        return compile(tree, str(spec.origin), "exec", dont_inherit=True)

    def _is_done(self, statement: ast.stmt) -> bool:
        """Return True if all that a statement does is to bind names to what is kept."""
        if isinstance(statement, ast.ClassDef | ast.FunctionDef):
            return statement.name in self._names
        return isinstance(statement, ast.Assign) and all(
            isinstance(target, ast.Name) and target.id in self._names
            for target in statement.targets
        )

    def put_back(self) -> None:
        names = vars(self.module)
        names.clear()
        names.update(self._names)
        for kind, members in self._classes:
            if vars(kind) != members:
                _put_back(kind, members)


def _is_definition(value: Any, module: ModuleType) -> bool:
    is_function = callable(value) and hasattr(value, "__code__")
    return (is_function or isinstance(value, type)) and value.__module__ == module.__name__


def _is_state(value: Any) -> bool:
    """Return True if a value may be another in each run."""
    return not isinstance(value, str | int | float | bool | tuple | None | ModuleType | type)


def _given_to(definition: Any) -> Iterator[int]:
    """Yield the ``id`` of each default of a function, or of the methods of a class.

    ``_DeleteDummyThreadOnDel`` of Python 3.14 holds the registry of threads so.
    """
    functions = vars(definition).values() if isinstance(definition, type) else [definition]
    for function in functions:
        defaults = getattr(function, "__defaults__", None) or ()
        keywords = getattr(function, "__kwdefaults__", None) or {}
        for value in (*defaults, *keywords.values()):
            yield id(value)


def _put_back(kind: type, members: dict[str, Any]) -> None:
    for name in vars(kind).keys() - members.keys():
        delattr(kind, name)
    for name, value in members.items():
        if vars(kind).get(name) is not value:
            setattr(kind, name, value)


_definitions: dict[str, _Definitions] = {}


@contextlib.contextmanager
def _standing_in(stand_ins: dict[str, ModuleType]) -> Iterator[None]:
    """Let imports find ``stand_ins`` first."""
    hidden = {name: sys.modules.get(name) for name in stand_ins}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in hidden.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


@cache
def _quiet_os() -> ModuleType:
    """Return ``os`` without ``register_at_fork``, whose registrations could not be undone."""
    quiet = ModuleType("os")
    contents = dict(vars(os))
    contents.pop("register_at_fork", None)
    quiet.__dict__.update(contents)
    return quiet


class _LateLogger:
    """The logger of ``concurrent.futures``, made when something is logged.

    Thread pools log hardly ever, and to execute ``logging`` anew takes a tenth of a run.
    """

    def addHandler(self, handler: object) -> None:  # noqa: N802 - as in ``logging``
        """Do nothing: the handler is made with the logger."""

    def __getattr__(self, name: str) -> Any:
        logging = importlib.import_module("logging")
        logger = logging.getLogger("concurrent.futures")
        if not logger.handlers:
            logger.addHandler(logging.StreamHandler())
        return getattr(logger, name)


def _late_logging() -> ModuleType:
    """Return what ``concurrent.futures`` needs of ``logging`` when it is imported."""
    late = ModuleType("logging")
    vars(late).update(getLogger=lambda name: _LateLogger(), StreamHandler=lambda: None)
    return late


def _prepare(module: ModuleType) -> None:
    """Change what a program could not see otherwise, or would see differently in each run."""
    if module.__name__ == "threading":
        _number(module, "Thread")
    elif module.__name__ == "concurrent.futures._base":
        _number(module, "Future")
    elif module.__name__ == "multiprocessing.pool":
        simplify(module)
    install(module)


def _number(module: ModuleType, kind: str) -> None:
    """Let objects of a class hash by number: a set of them is gone through in the same order."""
    names = vars(module)

    def __hash__(self: Any) -> int:  # noqa: N807 - becomes a method of the class
        number = vars(self).get("_number_in_run")
        if number is None:
            numbers = names.setdefault("_numbers_in_run", itertools.count(1))
            number = self._number_in_run = next(numbers)
        return int(number)

    names[kind].__hash__ = __hash__
