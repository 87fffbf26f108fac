"""All attributes of an object at once: ``vars(x)``, ``x.__dict__``, and others in their place."""

from __future__ import annotations

import gc
from types import FunctionType
from typing import Any

from ..bytecode import Site
from ..effects import (
    INSIDE,
    NEW,
    PENDING,
    UNKNOWN,
    UNKNOWN_NAMES,
    Made,
    Nature,
    module_namespace,
    peek_attribute,
)
from ..kernel import (
    SimulatedThread,
)
from ._items import Items

NAMES_OF_OTHERS = frozenset({"__dict__", "__globals__", "__builtins__"})
"""Attributes that are dicts of names: to use those is to use what has these names."""


class Namespaces(Items):
    """A dict may be the attributes of an object: then its items are touched as those are."""

    def _names_by(self, thread: SimulatedThread, site: Site, target: Any, attribute: str) -> Any:
        """Return the dict that an attribute of NAMES_OF_OTHERS is."""
        if attribute == "__dict__":
            return self._names_of(thread, site, target)
        found = getattr(target, attribute) if isinstance(target, FunctionType) else UNKNOWN
        if isinstance(found, dict):
            self._touching.is_namespace_of(found, found)
        else:
            self._kernel.unwatchable.add(UNKNOWN_NAMES)
        return found

    def _names_of(self, thread: SimulatedThread, site: Site, target: Any) -> Any:
        """Return an object's attributes as the dict that they are in."""
        if target is UNKNOWN or target is PENDING:
            self._kernel.unwatchable.add(UNKNOWN_NAMES)
            return UNKNOWN
        if type(target) is Made:
            return NEW
        if self._touching.nature(target) is Nature.OWN and self._subject.is_program(site.code):
            self._kernel.unwatchable.add(INSIDE)
        namespace = module_namespace(target)
        if namespace is not None:
            self._touching.is_namespace_of(namespace, namespace)
            return namespace
        found = peek_attribute(target, "__dict__")
        if isinstance(target, type):
            for names in gc.get_referents(found):
                self._touching.is_namespace_of(names, target)
            return found
        self._touching.is_namespace_of(found, target)
        return found

    def _names_replaced(self, thread: SimulatedThread, site: Site, target: Any, names: Any) -> None:
        """Note that an object has other attributes from now on: those of a dict."""
        self._use(thread, site, "*", target)
        if isinstance(names, dict):
            self._touching.has_names(target, names)
        else:
            self._kernel.unwatchable.add(UNKNOWN_NAMES)
