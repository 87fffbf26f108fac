"""What of the interpreter a program may change, and how it is put back after a run."""

from __future__ import annotations

import builtins
import contextlib
import functools
import gc
import os
import random
import sys
import warnings
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

_ATTRIBUTES: tuple[tuple[Any, str], ...] = (
    (sys, "stdin"),
    (sys, "excepthook"),
    (sys, "displayhook"),
    (sys, "argv"),
    (sys, "path"),
    (sys, "path_hooks"),
    (sys, "meta_path"),
    (warnings, "filters"),
    (warnings, "showwarning"),
    (warnings, "formatwarning"),
    (functools, "RLock"),
)
_LISTS: tuple[tuple[Any, str], ...] = (
    (sys, "argv"),
    (sys, "path"),
    (sys, "path_hooks"),
    (sys, "meta_path"),
)


def _set_filters(filters: list[Any]) -> None:
    warnings.filters[:] = filters  # type: ignore[index]
    with warnings.catch_warnings():  # tells the machinery that they changed
        pass


def _folder() -> str | None:
    try:
        return os.getcwd()
    except OSError:  # it was removed
        return None


def _set_folder(folder: str | None) -> None:
    if folder is not None:
        with contextlib.suppress(OSError):  # the program removed it
            os.chdir(folder)


_STATES: tuple[tuple[Callable[[], Any], Callable[[Any], None]], ...] = (
    (lambda: list(warnings.filters), _set_filters),
    (_folder, _set_folder),
    (random.getstate, random.setstate),
    (sys.getrecursionlimit, sys.setrecursionlimit),
    (sys.getswitchinterval, sys.setswitchinterval),
    (gc.get_threshold, lambda threshold: gc.set_threshold(*threshold)),
    (lambda: dict(os.environ), lambda saved: _set_mapping(os.environ, saved)),
)
"""Each with what reads it and what sets it."""


def _set_mapping(mapping: MutableMapping[str, Any], saved: dict[str, Any]) -> None:
    for name in mapping.keys() - saved.keys():
        del mapping[name]
    mapping.update(saved)


class Interpreter:
    """The interpreter as it is now, but for its output and whether it collects garbage."""

    def __init__(self) -> None:
        self._attributes = [(o, n, getattr(o, n)) for o, n in _ATTRIBUTES if hasattr(o, n)]
        self._lists = [list(getattr(owner, name)) for owner, name in _LISTS]
        self._states = [get() for get, _set in _STATES]
        self._builtins = dict(vars(builtins))
        self._modules = dict(sys.modules)

    def put_back(self) -> None:
        """Make the interpreter as it was."""
        for owner, name, value in self._attributes:
            setattr(owner, name, value)
        for (owner, name), contents in zip(_LISTS, self._lists, strict=True):
            getattr(owner, name)[:] = contents
        for (get, put), state in zip(_STATES, self._states, strict=True):
            if get() != state:
                put(state)
        _set_mapping(vars(builtins), self._builtins)
        imported = sys.modules.keys() - self._modules.keys()
        for name in imported:
            _forget_in_parent(name, self._modules)
        _set_mapping(sys.modules, self._modules)


def _forget_in_parent(name: str, modules: Mapping[str, Any]) -> None:
    """Take a module that will be gone out of the package that stays."""
    parent, _dot, last = name.rpartition(".")
    names = vars(modules[parent]) if parent in modules else {}
    if last in names and names[last] is sys.modules[name]:
        del names[last]
