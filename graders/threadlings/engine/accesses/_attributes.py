"""Attributes: where they are kept, and who answers for them."""

from __future__ import annotations

import decimal
from _thread import _local
from types import (
    FrameType,
    FunctionType,
    MethodDescriptorType,
    MethodType,
)
from typing import Any

from ..bytecode import Site
from ..effects import (
    CHANGED_FUNCTION,
    CHANGED_LIBRARY,
    CHANGED_METHOD,
    FRAME_ATTRIBUTES,
    FRAMES,
    INSIDE,
    NEW,
    PENDING,
    UNKNOWN,
    UNKNOWN_NAMES,
    Made,
    Nature,
    class_of,
    is_known,
    is_method_or_property,
    looked_through,
    module_namespace,
    object_of,
    peek_attribute,
    static_lookup,
)
from ..kernel import (
    INTENT_READ,
    READ,
    TRY,
    WORLD,
    WRITE,
    SimulatedThread,
)
from ..library import TELLING, KernelLock, is_safe_in_threads
from ._answers import Answers, behind
from ._insides import INSIDES, is_inside
from ._namespaces import NAMES_OF_OTHERS

_GENERIC = (
    object.__getattribute__,
    object.__setattr__,
    BaseException.__setattr__,
    BaseException.__getattribute__,
)
_SEEN_STREAMS = frozenset({("sys", "stdout"), ("sys", "stderr")})
_NEVER_LOOKED_UP = frozenset(
    {"__annotations__", "__doc__", "__module__", "__name__", "__qualname__", "__slotnames__"}
)
"""Attributes of classes that look like special methods, and are not."""
_OF_OTHERS = FRAME_ATTRIBUTES | INSIDES
"""Attributes of what tells of itself by its methods."""
_PARTS_OF_FUNCTIONS = ("__code__", "__defaults__", "__kwdefaults__")


class Attributes(Answers):
    """Attributes, read and written by an instruction or by ``getattr`` and the like."""

    def _on_load_attr(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        target = self._value(thread, site.operands[0], frame)
        self._arrive(thread, site)
        if site.name in NAMES_OF_OTHERS:
            found = self._names_by(thread, site, target, site.name)
        else:
            self._attribute_touched(thread, site, target, site.name, writes=False)
            if not site.keep:
                return
            if type(target) is MethodType:
                target = behind(target, site.name)
            found = peek_attribute(target, site.name)
            if found is UNKNOWN and target is not UNKNOWN:
                found = PENDING
        if site.keep:
            self._note(thread, site, frame, found)

    def _on_store_attr(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        target = self._value(thread, site.operands[0], frame)
        self._arrive(thread, site)
        if site.name == "__dict__":
            value = self._value(thread, site.operands[1], frame) if site.operands[1:] else UNKNOWN
            self._names_replaced(thread, site, target, value)
            return
        self._attribute_touched(thread, site, target, site.name, writes=True)

    def _on_match_class(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        target, kind, names = (self._value(thread, each, frame) for each in site.operands)
        self._arrive(thread, site)
        self._class_looked_up(thread, site, target)
        is_plain = type(kind) is type and target is not UNKNOWN
        if is_plain and kind not in class_of(target).__mro__:
            return  # No attribute is looked at.
        found = static_lookup(kind, "__match_args__") if isinstance(kind, type) else None
        places = found[: int(site.name)] if isinstance(found, tuple) else ()
        for name in (*places, *(names if isinstance(names, tuple) else ())):
            if name in NAMES_OF_OTHERS:
                self._kernel.unwatchable.add(UNKNOWN_NAMES)
            elif isinstance(name, str):
                self._attribute_touched(thread, site, target, name, writes=False)

    def _attribute_function_called(
        self,
        thread: SimulatedThread,
        site: Site,
        function: str,
        arguments: list[Any],
        asks_class: bool = True,
    ) -> Any:
        target, name = (*arguments, UNKNOWN, UNKNOWN)[:2]
        writes = function != "getattr"
        if name == "__dict__" and writes:
            self._names_replaced(thread, site, target, (*arguments, UNKNOWN)[2])
        if isinstance(name, str) and name in NAMES_OF_OTHERS:
            return self._names_by(thread, site, target, name)
        if not isinstance(name, str):
            self._touch(thread, site, WORLD, WRITE if writes else READ, "an attribute", UNKNOWN)
            return UNKNOWN
        target = object_of(target)
        self._attribute_touched(thread, site, target, name, writes, asks_class)
        if type(target) is MethodType:
            target = behind(target, name)
        if writes:
            return NEW
        found = peek_attribute(target, name)
        return PENDING if found is UNKNOWN and is_method_or_property(target, name) else found

    def _attribute_touched(
        self,
        thread: SimulatedThread,
        site: Site,
        target: Any,
        name: str,
        writes: bool,
        asks_class: bool = True,
    ) -> None:
        """Touch an attribute; its class may answer for it, if it is asked."""
        mode = WRITE if writes else READ
        if name in _OF_OTHERS and self._subject.is_program(site.code):
            if name in FRAME_ATTRIBUTES:
                self._kernel.unwatchable.add(FRAMES)
            if is_inside(target, name, writes=writes):
                self._inside_touched(thread, site, target, name, writes)
        if type(target) is MethodType:
            target = behind(target, name)
        self._note_parts_of_function(target, name)
        if type(target) is Made and target.kind is not None:
            self._new_object_touched(thread, site, target.kind, name, writes, asks_class)
            return
        if not is_known(target) or type(target) is super:
            # Some class of its object has it.
            if writes and name == "__class__" and len(self._kernel.threads) > 1:
                self._subject.methods_change = True
            self._touch(thread, site, ("attribute", name), mode, name, UNKNOWN)
            return
        namespace = module_namespace(target)
        if writes and not self._kernel.is_importing:
            self._note_odd_change(thread, site, target, name)
        if namespace is not None:
            self._touch(thread, site, ("global", name, self._number(namespace)), mode, name, target)
            return
        if asks_class and self._is_answered_in_python(thread, site, target, name, writes):
            return
        if not self._is_generic(thread, site, target, name, writes):
            return
        self._hold(thread, site)
        owner = target
        if not writes:
            *passed_over, owner = looked_through(target, name)
            for each in passed_over:
                thread.touch(("attribute", name), INTENT_READ, site)
                thread.touch(("attribute", name, self._number(each)), READ, site)
        self._touch(thread, site, ("attribute", name, self._number(owner)), mode, name, target)

    def _inside_touched(
        self, thread: SimulatedThread, site: Site, target: Any, name: str, writes: bool
    ) -> None:
        """Touch what is inside a queue, which its lock orders; note of others that nobody sees it.

        All operations of a queue look at its lock. What is read of it at once is seen by that, and
        what is read by the only thread that is left.
        """
        mutex = getattr(target, "mutex", None)
        others = [each for each in self._kernel.threads if each is not thread]
        if isinstance(mutex, KernelLock):
            if mutex.holder is thread:
                return
            self._hold(thread, site)
            thread.touch(mutex.resource, TRY, site)
            is_number = name == "unfinished_tasks" and not writes
            others = [] if is_number else [each for each in others if not each.ended]
        if others:
            self._kernel.unwatchable.add(INSIDE)

    def _note_odd_change(self, thread: SimulatedThread, site: Site, target: Any, name: str) -> None:
        """Note a change of what is looked up to be called, which is no step as a rule."""
        if _is_of_library(target, name) and (
            isinstance(target, type) or len(self._kernel.threads) > 1
        ):
            self._kernel.unwatchable.add(CHANGED_LIBRARY)
        elif isinstance(target, FunctionType) and name in _PARTS_OF_FUNCTIONS:
            self._kernel.unwatchable.add(CHANGED_FUNCTION)
        is_special = name.startswith("__") and name not in _NEVER_LOOKED_UP
        if isinstance(target, type) and is_special and len(self._kernel.threads) > 1:
            self._kernel.unwatchable.add(CHANGED_METHOD)
        if name == "__class__" and isinstance(target, BaseException):
            self._kernel.unwatchable.add(CHANGED_METHOD)  # ``except`` looks at it.
        is_of_all = isinstance(target, type) or name == "__class__"
        is_method = isinstance(static_lookup(type(target), name), FunctionType)
        if len(self._kernel.threads) > 1 and (is_of_all or is_method):
            self._subject.methods_change = True
        if name == "__class__":
            self._touch(thread, site, ("object", "", self._number(target)), WRITE, name, target)

    def _is_generic(
        self, thread: SimulatedThread, site: Site, target: Any, name: str, writes: bool
    ) -> bool:
        """Return True if an attribute is kept by name in its object or one of its classes.

        If it is not, what answers for it is Python code, which is seen, or is touched here.
        """
        mode = WRITE if writes else READ
        if isinstance(target, type):
            return not isinstance(static_lookup(type(target), name), property)
        method = static_lookup(type(target), "__setattr__" if writes else "__getattribute__")
        if isinstance(target, _local) and static_lookup(type(target), name) is None:
            thread.own_changes += writes  # Each thread has an attribute of its own.
            return False
        if self._touching.nature(target) is Nature.OPAQUE and method not in _GENERIC:
            found = static_lookup(type(target), name)
            if writes or not isinstance(found, MethodDescriptorType):
                self._touch(thread, site, ("attribute", name), mode, name, UNKNOWN)
                self._use(thread, site, "w", target)
            return False
        if is_method_or_property(target, name):
            found = static_lookup(type(target), name)
            if isinstance(found, property):
                function = found.fset if writes else found.fget
                if function is not None and not isinstance(function, FunctionType):
                    self._use(thread, site, "*", function)
                    self._use(thread, site, "*", target)
            return self._subject.methods_change and not isinstance(found, property)
        found = static_lookup(type(target), name)
        return found is None or self._is_state(thread, site, target, name, found, writes)

    def _is_state(
        self,
        thread: SimulatedThread,
        site: Site,
        target: Any,
        name: str,
        found: Any,
        writes: bool,
    ) -> bool:
        """Return True if what a class has by an attribute's name does not answer for it."""
        kind = type(found).__name__
        if kind in ("method_descriptor", "wrapper_descriptor", "builtin_function_or_method"):
            return writes
        if kind == "getset_descriptor":
            if name == "cell_contents":
                self._touch(thread, site, WORLD, WRITE if writes else READ, name, UNKNOWN)
            elif name == "__class__" and not writes:
                self._class_looked_up(thread, site, target)
            elif name not in ("__dict__", "__weakref__") or writes:
                self._use(thread, site, "w" if writes else "r", target)
                return True
            return False
        if kind in ("member_descriptor", "staticmethod", "classmethod", "property"):
            return True
        accessor = static_lookup(type(found), "__set__" if writes else "__get__")
        if accessor is None or isinstance(accessor, FunctionType):
            return accessor is None or not writes
        self._use(thread, site, "*", found)
        self._use(thread, site, "*", target)
        return True


def _is_of_library(target: Any, name: str) -> bool:
    """Return True for an attribute of what the library looks at, where nobody sees it look."""
    if isinstance(target, type):
        return target.__module__ in TELLING
    if target is decimal.DefaultContext:
        return True  # The contexts of threads are made like it.
    names = module_namespace(target)
    if names is None or (names.get("__name__"), name) in _SEEN_STREAMS:
        return False
    file = names.get("__file__")
    return file is None or (isinstance(file, str) and is_safe_in_threads(file))
