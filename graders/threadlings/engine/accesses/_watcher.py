"""What happens when a thread reaches a site, and when a function returns to one."""

from __future__ import annotations

import heapq
import inspect
from types import (
    FrameType,
    FunctionType,
    MethodType,
)
from typing import Any

from ..bytecode import Site
from ..effects import (
    NEW,
    PENDING,
    UNKNOWN,
    peek_attribute,
)
from ..kernel import (
    INTENT_READ,
    SimulatedThread,
    SiteKey,
)
from ._callees import GENERATORS
from ._calls import Calls
from ._items import peek_item

_TASK = ("local", "function")
"""What our own bodies of threads call a task."""
_CALLS = ("call", "spread_call", "enter")


class Watcher(Calls):
    """Turns sites into touched resources, points and recorded steps, for one run.

    Args:
        kernel: Of the run.
        steps: Where steps are recorded.
        subject: The program.
    """

    def on_site(self, site: Site, frame: FrameType) -> None:
        """React to a thread that is about to execute the instruction at ``site``."""
        thread = self._kernel.me()
        if thread is None:
            return
        kernel = self._kernel
        if kernel.stopping:
            kernel.point(thread, None)
        if thread.unresolved_write is not None:
            resolve, thread.unresolved_write = thread.unresolved_write, None
            resolve()
        if thread.in_generators:
            self.leave_generators(thread, site, frame)
        thread.was_held = False
        if self._subject.calls_back(site.code):
            self._library_calls_back(thread, site, frame)
        elif self._subject.is_body(site.code):
            self._site_of_library_reached(thread, site, frame)
        else:
            self._handlers[site.kind](thread, site, frame)
        is_in_generator = site.code.co_flags & inspect.CO_GENERATOR and site.kind not in _CALLS
        if is_in_generator and not thread.was_held and kernel.is_point(site):
            self._hold(thread, site)  # It may be the last place before an exception leaves it.
        thread.working_at[id(frame)] = site if thread.was_held else None

    def _site_of_library_reached(
        self, thread: SimulatedThread, site: Site, frame: FrameType
    ) -> None:
        """React in a function of the library in which a thread begins.

        Its own variables order nothing. What it calls for the program (with ``*args``, or
        ``**kwargs`` that it looks at before) is seen as if the program had called it; its other
        calls tell of themselves.
        """
        is_task = site.kind == "call" and site.operands[0] == _TASK
        if is_task or site.kind in ("spread_call", "look", "loop"):
            self._handlers[site.kind](thread, site, frame)
        elif site.kind in ("call", "enter"):
            self._arrive(thread, site)
        elif site.kind == "next":
            self._kernel.count_lap(thread)
            thread.own_changes += 1
        elif site.keep and site.kind == "load_attr":
            target = self._value(thread, site.operands[0], frame)
            self._note(thread, site, frame, peek_attribute(target, site.name))
        elif site.keep and site.kind == "load_item":
            found = [self._value(thread, operand, frame) for operand in site.operands]
            self._note(thread, site, frame, peek_item(*found))
        elif site.keep:
            self._note(thread, site, frame, NEW)

    def _library_calls_back(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        """React in a function of the library that calls what the program gave it.

        It is seen as if the program had called it, but for functions that are stepped, which tell
        of themselves. A heap compares its items.
        """
        if site.kind == "load_attr":
            target = self._value(thread, site.operands[0], frame)
            self._note(thread, site, frame, peek_attribute(target, site.name))
            return
        if site.kind == "load_global":
            self._note(thread, site, frame, frame.f_globals.get(site.name, UNKNOWN))
            return
        function = self._callee(thread, site, frame)
        if function is heapq.heappush or function is heapq.heappop:
            heap, *items = [self._value(thread, each, frame) for each in site.operands[1:]]
            for item in (*heap, *items):
                self._use(thread, site, "d", item)
        elif not self._is_stepped(function):
            self._handlers[site.kind](thread, site, frame)

    def _callee(self, thread: SimulatedThread, site: Site, frame: FrameType) -> Any:
        callee = site.operands[0]
        if callee is not None and callee[0] == "method":
            return peek_attribute(self._value(thread, callee[1], frame), callee[2])
        return self._value(thread, callee, frame)

    def _is_stepped(self, function: Any) -> bool:
        while isinstance(function, MethodType):
            function = function.__func__
        return isinstance(function, FunctionType) and self._subject.can_be_stepped(
            function.__code__
        )

    def read_at_end(self, thread: SimulatedThread, value: Any, site: SiteKey) -> None:
        """Touch what a program has returned, as it is read when it has ended."""
        for resource, mode, _target in self._touching.used("o", value):
            if len(resource) > 2:
                thread.touch(resource[:2], INTENT_READ, site)
            thread.touch(resource, mode, site)

    def forget(self) -> None:
        """Let go of the program's objects, when its run is over."""
        self._touching.forget()

    def on_return(self, frame: FrameType, value: Any) -> None:
        """React to a function that is about to return a value."""
        thread = self._kernel.me()
        caller = frame.f_back
        if thread is None or caller is None or self._kernel.stopping:
            return
        if frame.f_code.co_flags & GENERATORS:
            # Others may take over a generator that hands over an item: in 3.11 that is so while
            # this is called, and to give way here would let two threads use one frame.
            return
        site = self._subject.site_behind(caller)
        if site is None:
            return
        key = id(caller), site.offset
        if frame.f_code.co_name == "__iter__" and site.kind != "iterate":
            thread.was_held = False
            self._use(thread, site.again, "r", value)  # It goes to what asked for it, in C.
        is_result = frame.f_code.co_name != "__init__" and value is not NotImplemented
        if is_result and thread.noted.get(key) is PENDING:
            thread.noted[key] = value
        self._go_on(thread, site, caller)
