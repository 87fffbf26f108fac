"""Iteration: iterators, generators, and loops."""

from __future__ import annotations

from types import (
    CoroutineType,
    FrameType,
    GeneratorType,
)
from typing import Any

from ..bytecode import Site
from ..effects import (
    NEW,
    PENDING,
    UNKNOWN,
    Made,
    Nature,
    frame_of,
    is_running,
)
from ..kernel import (
    INTENT_WRITE,
    WRITE,
    Lap,
    SimulatedThread,
)
from ._variables import Variables

_PAIRING = (enumerate, zip)
_MOST_LOOKED_AT = 50
"""How many members of a container are looked at to tell what its items are."""


class Iteration(Variables):
    """Who goes on to an item changes the iterator; a generator is entered, and left."""

    def _on_loop(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        for operand in site.operands:
            self._use(thread, site, "r", self._value(thread, operand, frame))
        # One object for each variable, so that laps are compared by identity.
        values = tuple(frame.f_locals.values()) if frame.f_code.co_flags & 1 else ()
        lap = Lap(frame, site.offset, values, is_test=bool(site.operands))
        self._kernel.lap(thread, lap, site.place)

    def _on_iterate(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._arrive(thread, site)
        source = self._value(thread, site.operands[0], frame)
        is_known = source is not UNKNOWN and source is not PENDING
        if is_known and self._iterates_itself(source):
            found = source
        else:
            self._use(thread, site, "r", source)
            is_python = is_known and self._touching.nature(source) is Nature.PLAIN
            found = PENDING if is_python else Made((source,), True)
        if site.keep:
            self._note(thread, site, frame, found)

    def _iterates_itself(self, source: Any) -> bool:
        return type(source) is not Made and self._touching.nature(source) in (
            Nature.ITERATOR,
            Nature.GENERATOR,
        )

    def _on_next(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._kernel.count_lap(thread)
        self._on_send(thread, site, frame)

    def _on_send(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        thread.own_changes += 1
        self._arrive(thread, site)
        operand = site.operands[0] if site.operands else None
        item = self._step_iterator(thread, site, frame, self._value(thread, operand, frame))
        if site.keep:
            self._note(thread, site, frame, item)

    def _step_iterator(
        self, thread: SimulatedThread, site: Site, frame: FrameType, found: Any
    ) -> Any:
        """Touch an iterator that goes on to its next item, and return what is known of that."""
        if found is PENDING:
            found = UNKNOWN
        if found is UNKNOWN or type(found) is Made:
            self._use(thread, site, "r", found)
            parts = found.parts if type(found) is Made else ()
            if type(found) is Made and found.kind in _PAIRING:
                return Made((UNKNOWN,))
            return self._item_of(parts[0]) if len(parts) == 1 else UNKNOWN
        self._use(thread, site, "w", found)
        self._use(thread, site, "r", found)
        nature = self._touching.nature(found)
        if isinstance(found, GeneratorType | CoroutineType) and not site.is_again:
            thread.in_generators.append([found, site])
        return PENDING if nature is Nature.PLAIN else UNKNOWN

    def _item_of(self, source: Any) -> Any:
        """Return what is known of an item that an iterator over ``source`` brings."""
        if type(source) is Made:
            if source.kind in _PAIRING:
                return Made((UNKNOWN,))
            return self._item_of(source.parts[0]) if len(source.parts) == 1 else UNKNOWN
        if isinstance(source, dict):
            members = [*source, *source.values()][: 2 * _MOST_LOOKED_AT]
        elif isinstance(source, tuple | list | set):
            members = list(source)[:_MOST_LOOKED_AT]
        else:
            return NEW if self._touching.nature(source) is Nature.ATOM else UNKNOWN
        natures = {self._touching.nature(member) for member in members}
        if natures <= {Nature.ATOM}:
            return NEW
        return Made((UNKNOWN,)) if natures <= {Nature.ATOM, Nature.HOLDER} else UNKNOWN

    # -- generators -------------------------------------------------------------------------

    def _on_leave(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        """A generator is about to hand over an item, or to end."""
        found = self._touching.generators.get(id(frame))
        generator = found() if found is not None else None
        if generator is not None and frame_of(generator) is frame:
            self._use(thread, site, "w", generator)
        inside = thread.in_generators
        if inside and inside[-1][0] is generator:
            inside.pop()
        caller = frame.f_back
        site_behind = self._subject.site_behind(caller) if caller is not None else None
        if caller is not None and site_behind is not None:
            self._go_on(thread, site_behind, caller)

    def leave_generators(
        self, thread: SimulatedThread, site: Site | None = None, frame: FrameType | None = None
    ) -> None:
        """Note the end of a generator that an exception has left."""
        if not thread.in_generators:
            return
        generator, last = thread.in_generators[-1]
        if frame is not None and frame_of(generator) is frame:
            thread.in_generators[-1][1] = site
        elif not is_running(generator):
            thread.in_generators.pop()
            resource = self._touching.items(generator)
            thread.touch(resource[:2], INTENT_WRITE, last)
            thread.touch(resource, WRITE, last)

    def _go_on(self, thread: SimulatedThread, site: Site, caller: FrameType) -> None:
        """Touch once more what an instruction works on that has called something back.

        A function in C may look again at what it was given, and others may have changed it.
        """
        if thread.working_at.get(id(caller)) is site and len(self._kernel.threads) > 1:
            handler = self._handlers.get("send" if site.kind == "next" else site.kind)
            thread.was_held = site.kind == "loop"
            if handler is not None and not thread.was_held:
                handler(thread, site.again, caller)
