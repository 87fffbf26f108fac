"""The simulated ``atexit`` module: what a program registers belongs to its run."""

from __future__ import annotations

import sys
import traceback
import weakref
from collections.abc import Callable
from types import ModuleType
from typing import Any

from ..kernel import Stop


class ExitFunctions:
    """What is to be called at the end of a run, last registered first."""

    def __init__(self) -> None:
        self._registered: list[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = []

    def register(self, func: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call ``func`` with these arguments at exit; return ``func``."""
        if not callable(func):
            raise TypeError("the first argument must be callable")
        self._registered.append((func, args, kwargs))
        return func

    def unregister(self, func: Any, /) -> None:
        """Do not call ``func`` at exit."""
        self._registered = [entry for entry in self._registered if entry[0] != func]

    def run(self) -> None:
        """Call what is registered; an exception is reported and does not stop the others."""
        registered, self._registered = self._registered, []
        for function, args, kwargs in reversed(registered):
            try:
                function(*args, **kwargs)
            except Stop:
                raise
            except BaseException as error:
                name = getattr(function, "__qualname__", type(function).__qualname__)
                report(f"Exception ignored in atexit callback {name}:", error)

    def clear(self) -> None:
        """Forget what is registered."""
        self._registered = []

    def count(self) -> int:
        """Return how many calls are registered."""
        return len(self._registered)


def report(heading: str, error: BaseException) -> None:
    """Write a heading and an exception with its traceback to standard error, if there is one."""
    text = "".join(traceback.format_exception(error))
    try:
        sys.stderr.write(f"{heading}\n{text}")
    except Stop:
        raise
    except Exception:  # the program has put something else, or nothing, in its place
        pass


def atexit_module(functions: ExitFunctions) -> ModuleType:
    """Return an ``atexit`` that registers with ``functions``."""
    module = ModuleType("atexit")
    contents: dict[str, Any] = {
        "register": functions.register,
        "unregister": functions.unregister,
        "_run_exitfuncs": functions.run,
        "_clear": functions.clear,
        "_ncallbacks": functions.count,
    }
    vars(module).update(contents)
    return module


def _anything() -> None:
    """Be finalized."""


# The first finalizer of the process registers all of them with ``atexit``, once. That must not
# be the simulated one: the real ones would never be called.
weakref.finalize(_anything, _anything).detach()
