"""What happens when a thread reaches a site, and when a function returns to one."""

from __future__ import annotations

import dis
import heapq
import inspect
from functools import cache
from types import (
    CodeType,
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
    Made,
    peek_attribute,
    static_lookup,
)
from ..kernel import (
    INTENT_READ,
    SimulatedThread,
    SiteKey,
    looks_away,
)
from ..library import MADE_IN_C
from ._calls import Calls
from ._items import peek_item
from ._known_callees import GENERATORS

_TASK = ("local", "function")
"""What our own bodies of threads call a task."""
_LEFT = inspect.CO_GENERATOR | inspect.CO_COROUTINE
"""Flags of code whose end is seen, since it may be entered again."""
_CALLS = ("call", "spread_call", "enter")
_LOOKS = ("load", "truth", "look", "contains")


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
        if kernel.is_in_prologue and not self._is_looked_at(thread, site):
            return
        if thread.unresolved_write is not None:
            resolve, thread.unresolved_write = thread.unresolved_write, None
            resolve()
        if thread.item_put is not None:
            self._item_found(thread, frame)
        if thread.in_generators:
            self.leave_generators(thread, site, frame)
        thread.was_held = False
        if self._subject.calls_back(site.code):
            self._library_calls_back(thread, site, frame)
        elif self._subject.is_body(site.code):
            self._site_of_library_reached(thread, site, frame)
        else:
            self._handlers[site.kind](thread, site, frame)
        is_in_generator = site.code.co_flags & _LEFT and site.kind not in _CALLS
        if is_in_generator and not thread.was_held and kernel.is_point(site):
            self._hold(thread, site)  # It may be the last place before an exception leaves it.
        thread.working_at[id(frame)] = site if thread.was_held else None

    def _is_looked_at(self, thread: SimulatedThread, site: Site) -> bool:
        """Return True if a site counts that comes before the program."""
        if site.kind in ("loop", "next") and looks_away(self._kernel):
            return False
        if not self._kernel.only_laps_count or site.kind == "loop":
            return True
        thread.own_changes += not site.kind.startswith(_LOOKS)  # Else it may seem to spin.
        return False

    def _item_found(self, thread: SimulatedThread, frame: FrameType) -> None:
        """Note what the last instruction found, if it put it there itself and called nothing."""
        assert thread.item_put is not None
        (asking, offset, container, key), thread.item_put = thread.item_put, None
        known = thread.noted[id(asking)].get(offset)
        if asking is frame and (known is UNKNOWN or known is PENDING):
            thread.noted[id(frame)][offset] = peek_item(container, key)

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
        thread.noted.pop(id(frame), None)
        site = self._subject.site_behind(caller)
        if site is None:
            return
        noted, offset = thread.noted[id(caller)], site.offset
        if frame.f_code.co_name == "__iter__" and site.kind != "iterate":
            thread.was_held = False
            self._use(thread, site.again, "r", value)  # It goes to what asked for it, in C.
        known = noted.get(offset)
        if type(known) is Made and known.kind is not None and _begins(frame, known.kind):
            noted[offset] = _first_argument(frame)
        is_result = frame.f_code.co_name != "__init__" and value is not NotImplemented
        if is_result and noted.get(offset) is PENDING:
            noted[offset] = value
        if frame.f_code not in MADE_IN_C:
            self._go_on(thread, site, caller)


def _begins(frame: FrameType, kind: type) -> bool:
    """Return True if a frame is that of the function by which an object of a class begins."""
    function = static_lookup(kind, "__init__")
    return isinstance(function, FunctionType) and function.__code__ is frame.f_code


def _first_argument(frame: FrameType) -> Any:
    """Return what a function was called with first, or UNKNOWN if that may be another by now."""
    code = frame.f_code
    place = code.co_argcount + code.co_kwonlyargcount if not code.co_argcount else 0
    if place >= len(code.co_varnames):
        return UNKNOWN
    name = code.co_varnames[place]
    if name in _assigned(code):
        return UNKNOWN
    found = frame.f_locals.get(name, UNKNOWN)
    if code.co_argcount:
        return found
    return found[0] if isinstance(found, tuple) and found else UNKNOWN


@cache
def _assigned(code: CodeType) -> frozenset[str]:
    """Return the names that a function, or one within it, assigns."""
    names: set[str] = set()
    for instruction in dis.get_instructions(code):
        if instruction.opname.startswith(_ASSIGNING):
            found = instruction.argval  # Since 3.13 one instruction may assign two.
            names.update(found if isinstance(found, tuple) else [found])
    within = [_assigned(const) for const in code.co_consts if isinstance(const, CodeType)]
    return frozenset(names).union(*within)


_ASSIGNING = ("STORE_FAST", "STORE_DEREF", "DELETE_FAST", "DELETE_DEREF")
