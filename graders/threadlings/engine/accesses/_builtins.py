"""Builtins with a way of their own: what they touch is no matter of their arguments alone."""

from __future__ import annotations

import sys
from types import (
    FrameType,
)
from typing import Any

from ..bytecode import Site
from ..effects import (
    NEW,
    PENDING,
    UNKNOWN,
    Made,
    Nature,
)
from ..kernel import (
    READ,
    SimulatedThread,
)
from ..library import ENGINE
from ._iteration import Iteration


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

    def _builtin_print(
        self, thread: SimulatedThread, site: Site, frame: FrameType, arguments: list[Any]
    ) -> Any:
        names = vars(sys)
        self._touch(thread, site, ("global", "stdout", self._number(names)), READ, "stdout", names)
        if not type(sys.stdout).__module__.startswith(ENGINE):
            self._use(thread, site, "w", sys.stdout)  # It was redirected.
        for value in arguments:
            self._use(thread, site, "d", value)
        return NEW
