"""Calls: instructions that call a function or a method."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from types import (
    FrameType,
    FunctionType,
    GetSetDescriptorType,
)
from typing import Any

from ..bytecode import Site
from ..effects import (
    ATOMS,
    NEW,
    PENDING,
    UNKNOWN,
    UNKNOWN_NAMES,
    Made,
    method_of,
    object_of,
    peek_attribute,
    static_lookup,
    use_of_items,
)
from ..kernel import (
    READ,
    SimulatedThread,
)
from ._callees import Callees
from ._known_callees import SETTERS
from ._methods_by_name import METHOD_USES, METHODS_OF_TEXTS, OWN_METHODS

_OF_NAMES = (vars, globals, locals)


class Calls(Callees):
    """Calls of functions, of methods, with spread arguments, and of context managers."""

    def _on_call(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._arrive(thread, site)
        callee = site.operands[0]
        arguments = [self._value(thread, operand, frame) for operand in site.operands[1:]]
        if site.kind == "spread_call":
            arguments = list(_spread(arguments))
        if any(each is function for each in arguments for function in _OF_NAMES):
            self._kernel.unwatchable.add(UNKNOWN_NAMES)  # Who knows of what they are asked.
        if callee is not None and callee[0] == "method":
            result = self._method_called(thread, site, frame, callee, arguments)
        else:
            function = self._value(thread, callee, frame)
            result = self._called(thread, site, frame, function, arguments)
        if site.keep:
            self._note(thread, site, frame, result)

    def _on_spread_call(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        """Look at ``f(*items, **names)``: the items are read by the call itself."""
        for operand in site.operands[1:]:
            self._use(thread, site, "r", self._value(thread, operand, frame))
        self._on_call(thread, site, frame)

    def _on_enter(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        """Enter a context manager: its methods are called as others are."""
        self._arrive(thread, site)
        manager = self._value(thread, site.operands[0], frame)
        if site.keep:
            self._note(thread, site, frame, manager)
        callee = ("method", site.operands[0], "__enter__", None)
        self._method_called(thread, site, frame, callee, [])

    def _on_special(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        if site.keep:
            self._note(thread, site, frame, self._value(thread, site.operands[0], frame))

    def _on_import(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._arrive(thread, site)
        self._item_touched(thread, site, sys.modules, site.name, READ)
        if site.keep:
            self._note(thread, site, frame, sys.modules.get(site.name, UNKNOWN))

    # -- methods ----------------------------------------------------------------------------

    def _method_called(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        callee: tuple[Any, ...],
        arguments: list[Any],
    ) -> Any:
        """Touch what a call of a method touches, and return what is known of its result."""
        _kind, target, name, _looked_up = callee
        found = self._value(thread, target, frame)
        if type(found) is Made and found.kind is not None:
            method = static_lookup(found.kind, name)
        elif found is UNKNOWN or type(found) is Made:
            return self._unknown_method_called(thread, site, found, name, arguments)
        elif isinstance(found, type) and static_lookup(found, name) is not None:
            method = None  # The class's own, not its metaclass's.
        else:
            method = method_of(found, name)
        if isinstance(method, GetSetDescriptorType):
            method = None
        return self._known_method_called(thread, site, frame, callee, found, method, arguments)

    def _known_method_called(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        callee: tuple[Any, ...],
        found: Any,
        method: Any,
        arguments: list[Any],
    ) -> Any:
        """Touch what a method touches that the class of ``found`` has; None if it has none."""
        _kind, _target, name, looked_up = callee
        is_super, this = type(found) is super, object_of(found)
        if method is None or isinstance(method, property):
            # In the object itself, or made by its class: what was looked up is called.
            function = thread.noted[id(frame)].get(looked_up, UNKNOWN)
            if function is UNKNOWN and not is_super:
                function = peek_attribute(this, name)
            return self._called(thread, site, frame, function, arguments)
        if isinstance(method, staticmethod | classmethod):
            return self._called(thread, site, frame, method.__func__, arguments)
        if name in SETTERS and not isinstance(method, FunctionType):
            is_plain = isinstance(this, type) and not is_super
            operands = arguments if is_plain else [this, *arguments]
            return self._attribute_function_called(
                thread, site, SETTERS[name], operands, asks_class=False
            )
        if isinstance(method, FunctionType | partial):
            return self._called(thread, site, frame, method, [this, *arguments])
        return self._c_called(thread, site, frame, method, this, arguments)

    def _unknown_method_called(
        self, thread: SimulatedThread, site: Site, target: Any, name: str, arguments: list[Any]
    ) -> Any:
        if target is not PENDING and name in METHODS_OF_TEXTS:
            self._use(thread, site, METHODS_OF_TEXTS[name], target)
            for argument in arguments:
                self._use(thread, site, "d", argument)
            return NEW
        uses = METHOD_USES.get(name)
        if uses is None:
            if name == "join" and any(type(argument) not in ATOMS for argument in arguments):
                for value in (target, *arguments):  # A text may join words, as a thread is joined.
                    self._use(thread, site, "d", value)
            elif name not in OWN_METHODS:
                for value in (target, *arguments):
                    self._use(thread, site, "*", value)
            thread.own_changes += 1
            return PENDING
        self._use(thread, site, uses, target)
        called_with = use_of_items(arguments)
        for argument in arguments:
            self._use(thread, site, "d", argument)
            self._use(thread, site, called_with, argument)
        self._use(thread, site, called_with, target)
        thread.own_changes += uses != "d" or called_with == "*"
        return UNKNOWN


def _spread(values: list[Any]) -> Iterator[Any]:
    """Yield what ``f(*items, **names)`` hands on, as far as it is known."""
    for value in values:
        if type(value) is Made:
            yield from value.parts
        elif isinstance(value, tuple | list):
            yield from value
        elif isinstance(value, dict):
            yield from value.values()
        else:
            yield value
