"""What happens when a thread reaches a site: which resources it touches, and what it sees.

Resources: ``("attribute", name, id)``, ``("global", name, id of the namespace)``,
``("cell", owner.name)``, ``("items", "", id)`` for a container as a whole and
``("items", "", id, key)`` for one of its items. An object that could not be determined leaves
its id out, which stands for every object.
"""

from __future__ import annotations

import builtins
from _thread import _local
from collections.abc import Callable
from functools import partial
from types import CodeType, FrameType, FunctionType, MethodType
from typing import Any

from ._bytecode import Expression, Site
from ._footprint import INTENT_READ, INTENT_WRITE, READ, WRITE, Resource
from ._kernel import Kernel
from ._objects import (
    CONTAINERS,
    LOOKING_METHODS,
    PURE_LIBRARY,
    UNKNOWN,
    containers_behind,
    has_item,
    is_method_or_property,
    is_written_in_python,
    method_of,
    module_namespace,
    object_of,
    owner_of,
    peek,
    peek_attribute,
    static_lookup,
    super_of,
    text_of,
)
from ._simulated_thread import Lap, SimulatedThread
from .run import Step

_CHANGING_METHODS = frozenset(
    [
        "append",
        "extend",
        "insert",
        "remove",
        "pop",
        "clear",
        "sort",
        "reverse",
        "add",
        "discard",
        "update",
        "setdefault",
        "popitem",
        "appendleft",
        "extendleft",
        "popleft",
        "rotate",
        "difference_update",
        "intersection_update",
        "symmetric_difference_update",
    ]
)
_LOOKING_FUNCTIONS = frozenset(
    [
        "len",
        "list",
        "tuple",
        "set",
        "dict",
        "frozenset",
        "sorted",
        "sum",
        "min",
        "max",
        "any",
        "all",
        "str",
        "repr",
        "print",
        "bool",
        "iter",
        "enumerate",
        "zip",
        "map",
        "filter",
        "reversed",
        "isinstance",
        "id",
        "type",
        "range",
        "format",
        "hash",
        "super",
    ]
)


class Watcher:
    """Turns sites into touched resources, points and recorded steps, for one run."""

    def __init__(
        self, kernel: Kernel, steps: list[Step], is_program: Callable[[CodeType], bool]
    ) -> None:
        self._kernel = kernel
        self._steps = steps
        self._is_program_code = is_program
        self._handlers = {kind: getattr(self, name) for kind, name in _HANDLERS.items()}

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
        thread.was_held = False
        self._handlers[site.kind](thread, site, frame)

    def _arrive(self, thread: SimulatedThread, site: Site) -> None:
        """Note that library code may be called from ``site``: a step of its own."""
        thread.site = site
        thread.is_fresh_call = True

    # -- loops and calls ---------------------------------------------------------------

    def _on_loop(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._touch_containers(thread, site, frame, site.operands, READ)
        # One object for each variable, so that laps are compared by identity.
        values = tuple(frame.f_locals.values()) if frame.f_code.co_flags & 1 else ()
        self._kernel.lap(thread, Lap(frame, site.offset, values), site.place)

    def _on_call(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._arrive(thread, site)
        callee = site.operands[0]
        arguments = site.operands[1:]
        if callee is not None and callee[0] == "method":
            self._on_method(thread, site, frame, callee)
            return
        function = self._value(thread, callee, frame)
        while isinstance(function, partial):
            function = function.func
        if isinstance(function, FunctionType | MethodType):
            if function.__module__ not in PURE_LIBRARY and not self._is_program(function):
                thread.own_changes += 1
                self._touch_containers(thread, site, frame, arguments, WRITE)
            return
        name = getattr(function, "__name__", "")
        is_builtin = getattr(builtins, name, None) is function if name else False
        if is_builtin and name in _LOOKING_FUNCTIONS:
            self._touch_containers(thread, site, frame, arguments, READ)
        elif isinstance(function, type) and not is_builtin:
            if not is_written_in_python(function):
                self._touch_containers(thread, site, frame, arguments, READ)
        elif is_builtin and name == "next":
            thread.own_changes += 1
            self._touch_containers(thread, site, frame, arguments[:1], READ)
            self._step_iterator(thread, site, frame, arguments[0] if arguments else None)
        elif name in ("getattr", "hasattr", "setattr", "delattr") and is_builtin:
            self._on_attribute_function(thread, site, frame, name, arguments)
        else:
            thread.own_changes += 1
            self._touch_containers(thread, site, frame, (callee,), READ)
            self._touch_containers(thread, site, frame, arguments, WRITE)

    def _on_spread_call(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        """Look at ``f(*items, **names)``: the items are read by the call itself."""
        self._on_call(thread, site, frame)
        self._touch_containers(thread, site, frame, site.operands[1:], READ)

    def _is_program(self, function: Any) -> bool:
        code = getattr(function, "__code__", None)
        return code is not None and self._is_program_code(code)

    def _on_method(
        self, thread: SimulatedThread, site: Site, frame: FrameType, callee: tuple[Any, ...]
    ) -> None:
        _kind, target, name, _noted = callee
        found = self._value(thread, target, frame)
        method = method_of(found, name)
        is_super, found = type(found) is super, object_of(found)
        arguments = site.operands[1:]
        if isinstance(found, CONTAINERS):
            mode = READ if name in LOOKING_METHODS else WRITE
            self._touch(thread, site, self._items(found), mode, name, found)
            self._touch_containers(thread, site, frame, arguments, READ)
        elif found is UNKNOWN and name in _CHANGING_METHODS:
            self._touch(thread, site, ("items", ""), WRITE, name, UNKNOWN)
        elif found is UNKNOWN and name in LOOKING_METHODS:
            self._touch(thread, site, ("items", ""), READ, name, UNKNOWN)
        elif name in ("__setattr__", "__delattr__", "__getattribute__"):
            writes = name != "__getattribute__"
            is_plain = isinstance(found, type) and not is_super
            operands = arguments if is_plain else (target, *arguments)
            self._on_attribute_function(
                thread, site, frame, "setattr" if writes else "getattr", operands
            )
        elif found is not UNKNOWN and not isinstance(method, FunctionType):
            self._touch_containers(thread, site, frame, arguments, WRITE)

    def _on_attribute_function(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        function: str,
        arguments: tuple[Expression, ...],
    ) -> None:
        values = [self._value(thread, a, frame) for a in arguments]
        if len(values) < 2 or not isinstance(values[1], str):
            return
        target, name = object_of(values[0]), values[1]
        self._on_attribute(thread, site, target, name, function in ("setattr", "delattr"))

    # -- attributes --------------------------------------------------------------------

    def _on_load_attr(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        target = self._value(thread, site.operands[0], frame)
        self._on_attribute(thread, site, target, site.name, writes=False)
        if site.keep:
            self._note(thread, site, frame, peek_attribute(target, site.name))

    def _on_store_attr(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        target = self._value(thread, site.operands[0], frame)
        self._on_attribute(thread, site, target, site.name, writes=True)

    def _on_match_class(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        target, kind, names = (self._value(thread, each, frame) for each in site.operands)
        is_plain = type(kind) is type and target is not UNKNOWN
        if is_plain and kind not in type(target).__mro__:
            self._arrive(thread, site)  # No attribute is looked at.
            return
        found = static_lookup(kind, "__match_args__") if isinstance(kind, type) else None
        places = found[: int(site.name)] if isinstance(found, tuple) else ()
        for name in (*places, *(names if isinstance(names, tuple) else ())):
            if isinstance(name, str):
                self._on_attribute(thread, site, target, name, writes=False)

    def _on_attribute(
        self, thread: SimulatedThread, site: Site, target: Any, name: str, writes: bool
    ) -> None:
        mode = WRITE if writes else READ
        self._arrive(thread, site)
        if target is UNKNOWN or type(target) is super:  # Some class of its object has it.
            self._touch(thread, site, ("attribute", name), mode, name, UNKNOWN)
            return
        namespace = module_namespace(target)
        if namespace is not None:
            self._touch(thread, site, ("global", name, id(namespace)), mode, name, target)
            return
        if is_method_or_property(target, name):
            return
        if isinstance(target, _local) and static_lookup(type(target), name) is None:
            thread.own_changes += writes  # Each thread has an attribute of its own.
            return
        self._hold(thread, site)
        owner = target
        if not writes and not isinstance(target, type):
            owner = owner_of(target, name)
            if owner is not target:
                thread.touch(("attribute", name), INTENT_READ, site)
                thread.touch(("attribute", name, id(target)), READ, site)
        self._touch(thread, site, ("attribute", name, id(owner)), mode, name, target)

    # -- variables -----------------------------------------------------------------------

    def _on_load_global(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        namespace = frame.f_globals
        if site.name in namespace:
            self._touch(
                thread, site, ("global", site.name, id(namespace)), READ, site.name, namespace
            )
        if site.keep:
            found = namespace.get(site.name, UNKNOWN)
            if found is UNKNOWN:
                found = getattr(builtins, site.name, UNKNOWN)
            self._note(thread, site, frame, found)

    def _on_store_global(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        resource = ("global", site.name, id(frame.f_globals))
        self._touch(thread, site, resource, WRITE, site.name, frame.f_globals)

    def _on_load_cell(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        name = site.operands[0][1] if site.operands[0] else ""
        self._touch(thread, site, ("cell", site.name), READ, name, frame)
        if site.keep:
            self._note(thread, site, frame, frame.f_locals.get(name, UNKNOWN))

    def _on_store_cell(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        name = site.operands[0][1] if site.operands[0] else ""
        self._touch(thread, site, ("cell", site.name), WRITE, name, frame)

    # -- containers ----------------------------------------------------------------------

    def _on_load_item(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._on_item(thread, site, frame, READ)

    def _on_store_item(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._on_item(thread, site, frame, WRITE)

    def _on_item(self, thread: SimulatedThread, site: Site, frame: FrameType, mode: int) -> None:
        self._arrive(thread, site)
        container = self._value(thread, site.operands[0], frame)
        key = self._value(thread, site.operands[1], frame)
        if container is UNKNOWN:
            self._touch(thread, site, ("items", ""), mode, "an item", UNKNOWN)
        elif isinstance(container, list | dict):
            self._hold(thread, site)
            resource = self._items(container)
            if hasattr(type(container), "__missing__") and not has_item(container, key):
                mode = WRITE
            if type(key) in (int, str) and has_item(container, key):
                index = key + len(container) if isinstance(container, list) and key < 0 else key
                thread.touch(resource, INTENT_WRITE if mode == WRITE else INTENT_READ, site)
                resource = (*resource, index)
            self._touch(thread, site, resource, mode, f"[{key!r}]", container)
        elif isinstance(container, CONTAINERS):
            self._touch(thread, site, self._items(container), mode, "an item", container)
        elif not isinstance(container, tuple | str | bytes):
            thread.own_changes += 1
        if site.keep:
            plain = type(container) in (list, dict, tuple) and type(key) in (int, str)
            known = plain and has_item(container, key)
            self._note(thread, site, frame, container[key] if known else UNKNOWN)

    def _on_change(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._containers(thread, site, frame, site.operands, WRITE)

    def _on_look(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._containers(thread, site, frame, site.operands, READ)

    _on_truth = _on_look

    def _on_update(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._containers(thread, site, frame, site.operands[:1], WRITE)
        self._containers(thread, site, frame, site.operands[1:], READ)
        if site.keep:
            self._note(thread, site, frame, UNKNOWN)

    def _containers(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        operands: tuple[Expression, ...],
        mode: int,
    ) -> None:
        self._arrive(thread, site)
        self._touch_containers(thread, site, frame, operands, mode)

    def _touch_containers(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        operands: tuple[Expression, ...],
        mode: int,
    ) -> None:
        for operand in operands:
            found = self._value(thread, operand, frame)
            for container, is_changed in containers_behind(found):
                its_mode = WRITE if is_changed else mode
                self._touch(thread, site, self._items(container), its_mode, "items", container)

    def _on_iterate(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._containers(thread, site, frame, site.operands, READ)
        if site.keep:
            self._note(thread, site, frame, self._value(thread, site.operands[0], frame))

    def _on_next(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._kernel.count_lap(thread)
        thread.own_changes += 1
        self._containers(thread, site, frame, site.operands, READ)
        self._step_iterator(thread, site, frame, site.operands[0])

    def _step_iterator(
        self, thread: SimulatedThread, site: Site, frame: FrameType, operand: Expression
    ) -> None:
        """Note that an iterator, which others may have too, goes on to its next item."""
        found = self._value(thread, operand, frame)
        if hasattr(type(found), "__next__") and not is_written_in_python(found):
            self._touch(thread, site, self._items(found), WRITE, "an iterator", found)

    def _items(self, container: Any) -> Resource:
        return ("items", "", id(container))

    # -- the common part -------------------------------------------------------------------

    def _touch(
        self,
        thread: SimulatedThread,
        site: Site,
        resource: Resource,
        mode: int,
        name: str,
        target: Any,
    ) -> None:
        """Let the chooser decide if the site is a point; then note the access."""
        self._hold(thread, site)
        if len(resource) > 2:
            intention = INTENT_WRITE if mode == WRITE else INTENT_READ
            thread.touch(resource[:2], intention, site)
        thread.touch(resource, mode, site)
        if self._kernel.keeps_steps or self._kernel.is_point(site):
            self._record(thread, site, mode, name, target)

    def _hold(self, thread: SimulatedThread, site: Site) -> None:
        """Let the chooser decide if the site is a point, once for all that is touched there.

        What is looked up in shared objects must be looked up after that.
        """
        if not thread.was_held:
            thread.was_held = True
            self._kernel.point(thread, site)

    def _record(
        self, thread: SimulatedThread, site: Site, mode: int, name: str, target: Any
    ) -> None:
        action = "writes" if mode == WRITE else "reads"
        what, place, time_s = name, site.place, self._kernel.clock_s
        steps, position = self._steps, len(self._steps)
        if thread.transition is not None:
            thread.transition.steps += 1

        def shown() -> str | None:
            return text_of(peek(target, site, name))

        if mode == READ:
            steps.append(Step(thread.letter, action, what, shown(), place, time_s))
            return
        steps.append(Step(thread.letter, action, what, None, place, time_s))

        def resolve() -> None:
            steps[position] = Step(thread.letter, action, what, shown(), place, time_s)

        thread.unresolved_write = resolve

    def _note(self, thread: SimulatedThread, site: Site, frame: FrameType, value: Any) -> None:
        thread.noted[id(frame), site.offset] = value

    def _value(self, thread: SimulatedThread, expression: Expression, frame: FrameType) -> Any:
        if expression is None:
            return UNKNOWN
        kind = expression[0]
        if kind == "local":
            return frame.f_locals.get(expression[1], UNKNOWN)
        if kind == "at":
            return thread.noted.get((id(frame), expression[1]), UNKNOWN)
        if kind == "const":
            return expression[1]
        if kind == "super":
            return super_of(*(self._value(thread, part, frame) for part in expression[1:]))
        return UNKNOWN


_HANDLERS = {name.removeprefix("_on_"): name for name in vars(Watcher) if name.startswith("_on_")}
