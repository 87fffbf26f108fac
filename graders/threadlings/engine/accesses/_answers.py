"""Who answers for an attribute, if it is not kept by name in the object itself."""

from __future__ import annotations

from functools import partial
from types import (
    FunctionType,
    MethodType,
)
from typing import Any

from ..bytecode import Site
from ..effects import (
    CHANGED_FUNCTION,
    IMMUTABLE_TYPE,
    MOCKS,
    PENDING,
    UNKNOWN,
    Made,
    class_of,
    is_method_or_property,
    static_lookup,
)
from ..kernel import (
    READ,
    WRITE,
    SimulatedThread,
)
from ..library import ENGINE, TELLING
from ._known_callees import PROCESSES
from ._namespaces import Namespaces

_GETTERS = ("__getattribute__", "__getattr__")


class Answers(Namespaces):
    """Classes of new objects, functions of libraries that are not seen, functions of methods."""

    def _new_object_touched(
        self,
        thread: SimulatedThread,
        site: Site,
        kind: type,
        name: str,
        writes: bool,
        asks_class: bool,
    ) -> None:
        """Touch an attribute of what a call has just made: its classes are not new."""
        made = Made(kind=kind)
        if asks_class and self._is_answered_in_python(thread, site, made, name, writes):
            return
        found = static_lookup(kind, name)
        if not writes:
            if is_method_or_property(made, name) and not self._subject.methods_change:
                return
            for each in kind.__mro__:
                if not each.__flags__ & IMMUTABLE_TYPE:
                    resource = ("attribute", name, self._number(each))
                    self._touch(thread, site, resource, READ, name, each)
                if name in each.__dict__:
                    break
        if self._is_accessor_in_c(found, writes):
            self._use(thread, site, "*", found)
            self._use(thread, site, "*", made)

    def _is_accessor_in_c(self, found: Any, writes: bool) -> bool:
        """Return True if something that is not known in C answers for what a class has."""
        if isinstance(found, property):
            function = found.fset if writes else found.fget
            return function is not None and not isinstance(function, FunctionType)
        if type(found).__flags__ & IMMUTABLE_TYPE:
            return False
        accessor = static_lookup(type(found), "__set__" if writes else "__get__")
        return accessor is not None and not isinstance(accessor, FunctionType)

    def _is_answered_in_python(
        self, thread: SimulatedThread, site: Site, target: Any, name: str, writes: bool
    ) -> bool:
        """Return True if a function of the program answers, which is seen.

        What a library's function does that is not seen is taken for what is always done, to any
        object, and to all attributes of this one.
        """
        kind = class_of(target)
        first, *others = ("__setattr__", "__delattr__") if writes else _GETTERS
        answer = static_lookup(kind, first)
        answers = [answer, *(static_lookup(kind, other) for other in others)]
        found = static_lookup(kind, name)
        if isinstance(found, property):
            answers.append(found.fset if writes else found.fget)
        for each in answers:
            if isinstance(each, FunctionType) and self._is_unseen(each):
                mode = WRITE if writes else READ
                self._touch(thread, site, ("attribute", name), mode, name, UNKNOWN)
                if type(target) is not Made:
                    self._touch(
                        thread, site, ("object", "", self._number(target)), mode, name, target
                    )
                return False
        return isinstance(answer, FunctionType)

    def _is_unseen(self, function: FunctionType) -> bool:
        """Return True if what a function in Python does to the program's objects is not seen."""
        if function.__module__ == MOCKS:
            self._kernel.unwatchable.add(MOCKS)
        module = function.__module__ or ""
        is_own = module in TELLING or module == PROCESSES or module.startswith(ENGINE)
        return not is_own and not self._subject.can_be_stepped(function.__code__)

    def _note_parts_of_function(self, target: Any, name: str) -> None:
        """Note that a program gets hold of a dict which calls look at, also calls from C."""
        kinds = {"__kwdefaults__": FunctionType, "keywords": partial}
        kind = kinds.get(name)
        if kind is None:
            return
        is_unknown = target is UNKNOWN or target is PENDING
        if issubclass(class_of(target), kind) or (is_unknown and kind is FunctionType):
            self._kernel.unwatchable.add(CHANGED_FUNCTION)


def behind(method: Any, name: str) -> Any:
    """Return the function whose attribute is found on a bound method, or the method itself."""
    return method if static_lookup(MethodType, name) is not None else method.__func__
