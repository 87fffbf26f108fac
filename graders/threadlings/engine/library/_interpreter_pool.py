"""``concurrent.futures.interpreter`` in a run: there to be imported, not to be used.

Each worker of its pool has an interpreter of its own, which shares no object with the program; a
simulation of threads that share everything would show races that cannot be.
"""

from __future__ import annotations

from concurrent.futures import __all__ as _names_of_futures
from types import ModuleType
from typing import NoReturn

_NAME = "concurrent.futures.interpreter"


class BrokenInterpreterPool(RuntimeError):  # noqa: N818 - the name that programs see
    """Raised in no run: there is no pool that could break."""

    __module__ = _NAME


class InterpreterPoolExecutor:
    """The pool of which there is none in a run."""

    __module__ = _NAME

    def __init__(self, *_arguments: object, **_options: object) -> NoReturn:
        raise NotImplementedError(
            "InterpreterPoolExecutor is not simulated: use a ThreadPoolExecutor here"
        )


def interpreter_pool_modules() -> dict[str, ModuleType]:
    """Return the module by its name, if this Python has one: from 3.14 on."""
    if InterpreterPoolExecutor.__name__ not in _names_of_futures:
        return {}
    module = ModuleType(_NAME)
    for kind in (BrokenInterpreterPool, InterpreterPoolExecutor):
        vars(module)[kind.__name__] = kind
    return {_NAME: module}
