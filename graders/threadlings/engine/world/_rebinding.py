"""Names in the program that refer to real modules, and mean simulated ones during a run."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any

from ..library import FRESH, SIMULATED

_OWNERS = {*FRESH, *SIMULATED, "_queue"}


class Rebinding:
    """A name in the program that refers to a real module, or to something from it.

    Programs written in a module that was imported before the run (a test, a benchmark) hold
    the real ``threading``; while the run is under way the name means the simulated one.
    """

    def __init__(
        self, get: Callable[[], Any], put: Callable[[Any], None], module: str, name: str | None
    ) -> None:
        self._get = get
        self._put = put
        self._module = module
        self._name = name
        self._original: Any = None
        self._is_applied = False

    def apply(self) -> None:
        """Let the name mean the simulated thing."""
        module = importlib.import_module(self._module)
        self._original = self._get()
        self._put(module if self._name is None else getattr(module, self._name))
        self._is_applied = True

    def put_back(self) -> None:
        """Let the name mean the real thing again."""
        if self._is_applied:
            self._put(self._original)
            self._is_applied = False


def real_things() -> dict[int, tuple[str, str | None]]:
    """Return, by ``id``, what of the real modules has a simulated counterpart, and its name."""
    found: dict[int, tuple[str, str | None]] = {}
    for module_name in (*SIMULATED, *sorted(FRESH)):
        module = sys.modules.get(module_name)
        if module is None:
            continue
        found[id(module)] = (module_name, None)
        for name, value in vars(module).items():
            owner = getattr(value, "__module__", None)
            if not name.startswith("_") and owner in _OWNERS and callable(value):
                found.setdefault(id(value), (module_name, name))
    return found
