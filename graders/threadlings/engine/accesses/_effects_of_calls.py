"""What a call of something written in C touches, by its effect."""

from __future__ import annotations

import sys
from types import (
    BuiltinFunctionType,
    FrameType,
)
from typing import Any

from ..bytecode import Site
from ..effects import (
    ATOMS,
    FILE_FUNCTIONS,
    FILES,
    IMMUTABLE_TYPE,
    PENDING,
    SUBCLASSES_OF_ALL,
    UNKNOWN,
    UNWATCHABLE,
    UNWATCHABLE_FUNCTIONS,
    Effect,
    Made,
    Nature,
    peek_attribute,
    use_of_items,
)
from ..kernel import (
    READ,
    WRITE,
    Resource,
    SimulatedThread,
)
from ._builtins import Builtins

NEVER = object()
"""The object of what is no method."""


class EffectsOfCalls(Builtins):
    """Uses of what is given, what a module may remember, subclasses, what cannot be watched."""

    def _effect(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        effect: Effect,
        this: Any,
        arguments: list[Any],
        kind: type | None = None,
    ) -> Any:
        given = arguments if this is NEVER else [this, *arguments]
        if kind is str:
            self._shown(site, arguments)
        for place, value in enumerate(given):
            use = effect.use_of(place)
            if use != ".":
                self._use(thread, site, use, value)
                thread.own_changes += use in "wu*"
        called_with = use_of_items(given) if effect.calls or effect.later != "." else "."
        if effect.calls and called_with != ".":
            for value in given:
                self._use(thread, site, called_with, value)
            thread.own_changes += called_with == "*"
        if effect.result == "any":
            return UNKNOWN
        if effect.asks and any(map(self._is_python, given)):
            others = sum(not self._is_python(value) and type(value) not in ATOMS for value in given)
            return UNKNOWN if others else PENDING
        is_view = effect.later != "."
        parts = tuple(given) if is_view or effect.result.startswith("of") else ()
        use = called_with if called_with != "." else effect.later
        return Made(parts, is_view, kind, use)

    def _is_python(self, value: Any) -> bool:
        """Return True if methods of a value may be in Python."""
        if type(value) is Made:
            return value.kind is not None and (
                self._touching.nature_of_class(value.kind) is Nature.PLAIN
            )
        return self._touching.nature(value) is Nature.PLAIN

    def _check_is_watchable(self, function: Any, site: Site) -> None:
        """Note what a program uses that cannot be watched."""
        module = getattr(function, "__module__", None)
        if module is None:
            module = getattr(getattr(function, "__objclass__", None), "__module__", None) or ""
        name = getattr(function, "__name__", "")
        unwatchable = self._kernel.unwatchable
        if module in UNWATCHABLE:
            unwatchable.add(UNWATCHABLE[module])
        elif self._subject.is_program(site.code):
            if name in UNWATCHABLE_FUNCTIONS.get(str(module), ()):
                unwatchable.add(f"{module.lstrip('_')}.{name}")
            elif module == "sys.monitoring":
                unwatchable.add(module)

    def _touch_hidden(self, thread: SimulatedThread, site: Site, function: Any) -> None:
        """Touch what a function of a module may remember between its calls."""
        if function is sys._getframe:
            return  # It remembers nothing.
        if type(function) is BuiltinFunctionType and function.__module__ is not None:
            module = function.__module__
            where: Resource = ("module", str(module))
            if module in FILE_FUNCTIONS:
                where = FILES
            self._touch(thread, site, where, WRITE, getattr(function, "__name__", ""), UNKNOWN)

    def _found_out(
        self, thread: SimulatedThread, site: Site, objects: list[Any], names: frozenset[str]
    ) -> None:
        """Touch attributes of these names, of objects and of all that they lead to."""
        seen: list[Any] = []
        while objects:
            target = objects.pop()
            if not any(target is each for each in seen):
                seen.append(target)
                found = [(name, peek_attribute(target, name)) for name in sorted(names)]
                for name, value in found:
                    if value is not UNKNOWN:
                        resource = ("attribute", name, self._number(target))
                        self._touch(thread, site, resource, READ, name, target)
                        objects.append(value)

    def _subclass_defined(self, thread: SimulatedThread, site: Site, bases: Any) -> None:
        """Touch the subclasses of the bases of a class that is made: there is one more."""
        if type(bases) is Made:
            bases = bases.parts
        for base in bases if isinstance(bases, tuple) else (UNKNOWN,):
            if not isinstance(base, type):
                self._subclasses_touched(thread, site, UNKNOWN, WRITE)
            elif not base.__flags__ & IMMUTABLE_TYPE:
                self._subclasses_touched(thread, site, base, WRITE)

    def _subclasses_read(self, thread: SimulatedThread, site: Site, kind: Any) -> None:
        if isinstance(kind, type) and kind.__flags__ & IMMUTABLE_TYPE:
            self._kernel.unwatchable.add(SUBCLASSES_OF_ALL)
        self._subclasses_touched(thread, site, kind, READ)

    def _subclasses_touched(
        self, thread: SimulatedThread, site: Site, kind: Any, mode: int
    ) -> None:
        name = "__subclasses__"
        known = (self._number(kind),) if isinstance(kind, type) else ()
        self._touch(thread, site, ("attribute", name, *known), mode, name, kind)
