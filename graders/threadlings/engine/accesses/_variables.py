"""Variables that several functions see: of modules, and of closures."""

from __future__ import annotations

import builtins
from types import (
    FrameType,
)
from typing import Any

from ..bytecode import Site
from ..effects import (
    UNKNOWN,
    UNKNOWN_NAMES,
)
from ..kernel import (
    READ,
    WRITE,
    Resource,
    SimulatedThread,
)
from ._attributes import Attributes


class Variables(Attributes):
    """Globals, names of executed text, and cells."""

    def _on_load_global(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        namespace = self._names_in(thread, site, frame, READ)
        for names in (namespace, vars(builtins)) if namespace is not None else ():
            resource = ("global", site.name, self._number(names))
            self._touch(thread, site, resource, READ, site.name, names)
            if site.name in names:
                break
        if site.keep:
            found = (namespace or {}).get(site.name, UNKNOWN)
            if found is UNKNOWN:
                found = getattr(builtins, site.name, UNKNOWN)
            self._note(thread, site, frame, found)

    def _on_store_global(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        namespace = self._names_in(thread, site, frame, WRITE)
        if namespace is not None:
            resource = ("global", site.name, self._number(namespace))
            self._touch(thread, site, resource, WRITE, site.name, namespace)

    def _names_in(
        self, thread: SimulatedThread, site: Site, frame: FrameType, mode: int
    ) -> dict[str, Any] | None:
        """Return the namespace that a name means; text that is executed may have two."""
        if not site.is_name:
            return frame.f_globals
        names = frame.f_locals
        if not isinstance(names, dict):
            self._kernel.unwatchable.add(UNKNOWN_NAMES)
            return frame.f_globals
        if names is frame.f_globals:
            return names
        if mode == WRITE or site.name in names:
            self._item_touched(thread, site, names, site.name, mode)
            return names if mode == READ else None
        return frame.f_globals

    def _on_load_cell(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._cell_touched(thread, site, frame, READ)
        if site.keep:
            self._note(thread, site, frame, frame.f_locals.get(site.name, UNKNOWN))

    def _on_store_cell(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._cell_touched(thread, site, frame, WRITE)

    def _cell_touched(
        self, thread: SimulatedThread, site: Site, frame: FrameType, mode: int
    ) -> None:
        owner = site.operands[0]
        known = owner[1] if owner is not None else None
        resource: Resource = ("cell", site.name) if known is None else ("cell", site.name, known)
        self._touch(thread, site, resource, mode, site.name, frame)
