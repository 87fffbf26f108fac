"""What a site touches, noted: resources, points, recorded steps, and values of expressions.

Resources: ``("attribute", name, id)``, ``("global", name, id of the namespace)``,
``("object", "", id)`` for all attributes of an object, or all names of a namespace, at once,
``("cell", name, owner)``, ``("items", "", id)`` for a container or another object as a whole and
``("items", "", id, key)`` for one of its items, ``("files", "")`` and ``WORLD`` for anything. An
object that could not be determined leaves its id out, which stands for every object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import (
    CodeType,
    FrameType,
)
from typing import Any, cast

from ..bytecode import Expression, Site, Watched
from ..effects import (
    ATOMS,
    CONTAINERS,
    IMMUTABLE_TYPE,
    NEW,
    PENDING,
    UNKNOWN,
    Made,
    Touching,
    peek_attribute,
    super_of,
    text_of,
)
from ..kernel import (
    INTENT_READ,
    INTENT_WRITE,
    READ,
    WRITE,
    Kernel,
    Resource,
    SimulatedThread,
)
from ..runs import Place, Step

Handler = Callable[[SimulatedThread, Site, FrameType], None]
"""What is done when a thread is about to execute an instruction."""


class Accesses:
    """The lowest layer of the watcher: what all handlers have in common.

    Each layer above it knows one kind of instruction, and uses those below. A layer's methods
    ``_on_x`` are the handlers of sites of the kind ``x``.
    """

    def __init__(self, kernel: Kernel, steps: list[Step], subject: Watched) -> None:
        self._kernel = kernel
        self._steps = steps
        self._subject = subject
        self._touching = Touching(subject.methods_change)
        self._number = self._touching.number
        names = _handlers_of(cast(Any, type(self)))
        self._handlers: Mapping[str, Handler] = {k: getattr(self, n) for k, n in names.items()}

    def _arrive(self, thread: SimulatedThread, site: Site) -> None:
        """Note that library code may be called from ``site``: a step of its own."""
        thread.site = site
        thread.is_fresh_call = True

    def _use(self, thread: SimulatedThread, site: Site, use: str, value: Any) -> None:
        """Touch what is touched if a value is used as a letter says."""
        if use == "." or type(value) in ATOMS:
            return
        if self._is_alone():
            thread.own_changes += use in "wu*"
            return
        touches: Iterable[Any] = self._touching.used(use, value)
        if not thread.was_held:
            touches = list(touches)
            if touches and self._kernel.is_point(site):
                self._hold(thread, site)
                touches = self._touching.used(use, value)  # Others may have changed it.
        for resource, mode, target in touches:
            self._touch(thread, site, resource, mode, _name_of(resource), target)

    def _is_alone(self) -> bool:
        """Return True if what is done need not be noted: no thread has been started yet."""
        return len(self._kernel.threads) == 1 and not self._kernel.keep_steps

    def _touch(
        self,
        thread: SimulatedThread,
        site: Site,
        resource: Resource,
        mode: int,
        name: str,
        target: Any,
    ) -> None:
        """Let the chooser decide if the site is a point; then note the access.

        What is done before the first thread is started comes before all that threads do.
        """
        if self._is_alone():
            thread.own_changes += mode == WRITE
            return
        self._hold(thread, site)
        if len(resource) > 2:
            intention = INTENT_WRITE if mode == WRITE else INTENT_READ
            thread.touch(resource[:2], intention, site)
        thread.touch(resource, mode, site)
        is_told = self._kernel.keep_steps and not site.is_again and site.kind != "leave"
        if is_told or self._kernel.is_point(site):
            self._record(thread, site, mode, name, target)

    def _looked_up(
        self, thread: SimulatedThread, site: Site, resource: Resource, name: str, target: Any
    ) -> None:
        """Note that a site reads something by the way; it is a step where that matters."""
        if self._is_alone():
            return
        self._hold(thread, site)
        if len(resource) > 2:
            thread.touch(resource[:2], INTENT_READ, site)
        thread.touch(resource, READ, site)
        if self._kernel.is_point(site):
            self._record(thread, site, READ, name, target)

    def _class_looked_up(self, thread: SimulatedThread, site: Site, value: Any) -> None:
        """Note that a site asks for an object's class, which may be another one later."""
        if value is UNKNOWN or value is PENDING:
            self._looked_up(thread, site, ("attribute", "__class__"), "__class__", UNKNOWN)
        elif not type(value).__flags__ & IMMUTABLE_TYPE and type(value) is not Made:
            resource = ("attribute", "__class__", self._number(value))
            self._looked_up(thread, site, resource, "__class__", value)

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
        what, place, time_s = name, self._place_of(site), self._kernel.clock_s
        steps, position = self._steps, len(self._steps)
        if thread.transition is not None:
            thread.transition.steps += 1

        def shown() -> str | None:
            return text_of(_peek(target, site, name))

        if mode == READ:
            steps.append(Step(thread.letter, action, what, shown(), place, time_s))
            return
        steps.append(Step(thread.letter, action, what, None, place, time_s))

        def resolve() -> None:
            steps[position] = Step(thread.letter, action, what, shown(), place, time_s)

        thread.unresolved_write = resolve

    def _place_of(self, site: Site) -> Place | None:
        """Return the line of the program that a site is in, or that has called it."""
        if self._subject.is_program(site.code):
            return site.place
        return self._kernel.place_of()[0] or site.place

    def _note(self, thread: SimulatedThread, site: Site, frame: FrameType, value: Any) -> None:
        thread.noted[id(frame)][site.offset] = value

    def _value(self, thread: SimulatedThread, expression: Expression, frame: FrameType) -> Any:
        if expression is None:
            return UNKNOWN
        kind = expression[0]
        if kind == "local":
            return frame.f_locals.get(expression[1], UNKNOWN)
        if kind == "at":
            found = thread.noted[id(frame)].get(expression[1], UNKNOWN)
            return UNKNOWN if found is PENDING else found
        if kind == "const":
            return expression[1]
        if kind == "new":
            parts = tuple(self._value(thread, part, frame) for part in expression[1:])
            return Made(parts) if parts else NEW
        if kind == "function":
            return NewFunction(expression[1])
        if kind == "super":
            return super_of(*(self._value(thread, part, frame) for part in expression[1:]))
        return UNKNOWN


@cache
def _handlers_of(watcher: type) -> dict[str, str]:
    return {name.removeprefix("_on_"): name for name in dir(watcher) if name.startswith("_on_")}


class NewFunction:
    """A function that an instruction has just made."""

    __slots__ = ("code",)

    def __init__(self, code: CodeType) -> None:
        self.code = code


def _peek(target: Any, site: Site, name: str) -> Any:
    """Return what a site reads by that name: a local, a global, an attribute, or its container."""
    if isinstance(target, FrameType):
        return target.f_locals.get(name, UNKNOWN)
    if isinstance(target, dict) and site.kind.endswith("_global"):
        return target.get(name, UNKNOWN)
    if isinstance(target, CONTAINERS) and not site.kind.endswith("attr"):
        return target
    return peek_attribute(target, name)


def _name_of(resource: Resource) -> str:
    return _NAMES.get(str(resource[0]), "") or str(resource[1])


_NAMES = {
    "items": "items",
    "object": "attributes",
    "files": "a file",
    "module": "the state of a module",
    "world": "anything",
}
