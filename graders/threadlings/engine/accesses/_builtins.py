"""Builtins with a way of their own: what they touch is no matter of their arguments alone."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from types import (
    FrameType,
    FunctionType,
)
from typing import Any

from ..bytecode import Site
from ..effects import (
    NEW,
    PENDING,
    UNKNOWN,
    Made,
    Nature,
    is_known,
    static_lookup,
)
from ..kernel import (
    READ,
    SimulatedThread,
)
from ..library import ENGINE
from ._iteration import Iteration

_NO_CLOSER = ("abc", "_py_abc")
"""Modules whose ``__instancecheck__`` looks at nothing but the class."""


class Builtins(Iteration):
    """A method ``_builtin_x`` is what a call of ``x`` touches; it returns what ``x`` does."""

    def _builtin_getattr(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        return self._attribute_function_called(thread, site, "getattr", arguments)

    def _builtin_hasattr(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        self._attribute_function_called(thread, site, "getattr", arguments)
        return NEW

    def _builtin_setattr(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        return self._attribute_function_called(thread, site, "setattr", arguments)

    _builtin_delattr = _builtin_setattr

    def _builtin_id(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        is_one = len(arguments) == 1 and is_known(arguments[0])
        return id(arguments[0]) if is_one else NEW

    def _builtin_len(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        for value in arguments:
            self._use(thread, site, "r", value)
        return Made(kind=int)

    def _builtin_isinstance(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        for value in arguments[:1]:
            self._class_looked_up(thread, site, value)
            if any(map(self._looks_at_attributes, _classes_in(arguments[1:]))):
                self._use(thread, site, "o", value)
        return NEW

    def _looks_at_attributes(self, kind: Any) -> bool:
        """Return True for a class like a protocol: its class in Python, not seen, looks closer."""
        check = static_lookup(type(kind), "__instancecheck__")
        is_unseen = isinstance(check, FunctionType) and check.__module__ not in _NO_CLOSER
        return is_unseen and not self._subject.can_be_stepped(check.__code__)

    def _builtin_vars(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        if not arguments:
            return frame.f_locals
        return self._names_of(thread, site, arguments[0])

    def _builtin_globals(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        self._touching.is_namespace_of(frame.f_globals, frame.f_globals)
        return frame.f_globals

    def _builtin_exec(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        for names in arguments[1:2]:
            self._touching.is_namespace_of(names, names)
        return NEW

    _builtin_eval = _builtin_exec

    def _builtin_iter(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        for value in arguments:
            self._use(thread, site, "r", value)
        is_python = bool(arguments) and self._touching.nature(arguments[0]) is Nature.PLAIN
        return PENDING if is_python else Made(tuple(arguments), True)

    def _builtin_next(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        thread.own_changes += 1
        return self._step_iterator(thread, site, frame, arguments[0] if arguments else UNKNOWN)

    def _builtin_repr(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        for value in arguments:
            self._use(thread, site, "d", value)
        self._shown(site, arguments)
        return NEW

    _builtin_ascii = _builtin_format = _builtin_repr

    def _builtin_print(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        self._stream_used(thread, site, "stdout")
        for value in arguments:
            self._use(thread, site, "d", value)
        return NEW

    def _stream_used(self, thread: SimulatedThread, site: Site, name: str) -> None:
        """Touch ``sys.stdout`` or ``sys.stderr``, and what it is if it was redirected."""
        names = vars(sys)
        self._touch(thread, site, ("global", name, self._number(names)), READ, name, names)
        stream = getattr(sys, name, None)  # Not before: others may have redirected it.
        if not type(stream).__module__.startswith(ENGINE):
            self._use(thread, site, "w", stream)


def _classes_in(values: Iterable[Any]) -> Iterator[Any]:
    """Yield the classes that ``isinstance`` is given, also in tuples within tuples."""
    for value in values:
        if isinstance(value, tuple):
            yield from _classes_in(value)
        elif type(value) is Made:
            yield from _classes_in(value.parts)
        else:
            yield value
