"""Looking at a program's objects without running any code of theirs."""

from __future__ import annotations

from _thread import _local
from array import array
from collections import ChainMap, UserDict, UserList, deque
from types import (
    FunctionType,
    GetSetDescriptorType,
    MemberDescriptorType,
    MethodDescriptorType,
    MethodType,
    ModuleType,
    WrapperDescriptorType,
)
from typing import Any

from ._natures import IMMUTABLE_TYPE
from ._stand_in import StandIn
from ._values import UNKNOWN, Made

CONTAINERS = (list, dict, set, deque, bytearray, array, ChainMap, UserDict, UserList)
_PLAIN = (int, float, str, bool, type(None), bytes, complex)
PURE_LIBRARY = frozenset({"threading", "queue", "_thread", "time", "concurrent.futures._base"})


def has_item(container: Any, key: Any) -> bool:
    """Return True if a container has an item of that key or place."""
    if isinstance(container, dict):
        return key in container
    return isinstance(key, int) and -len(container) <= key < len(container)


def module_namespace(target: Any) -> dict[str, Any] | None:
    """Return the names of a module, or of one that is stood in for; None of anything else."""
    if isinstance(target, ModuleType):
        return vars(target)
    return target._names_now() if isinstance(target, StandIn) else None


def class_of(target: Any) -> type:
    """Return the class of an object, also of one that has just been made."""
    is_made = type(target) is Made and target.kind is not None
    return target.kind if is_made else type(target)


def static_lookup(kind: type, name: str) -> Any:
    """Return what a class or one of its bases has by that name, or None."""
    for base in kind.__mro__ or ():
        if name in base.__dict__:
            return base.__dict__[name]
    return None


def super_of(what: Any, kind: Any, target: Any) -> Any:
    """Return what ``super(kind, target)`` returns, if ``super`` means what it always does."""
    lines = (type(target).__mro__ or ()) + (target.__mro__ if isinstance(target, type) else ())
    is_known = what is super and any(kind is base for base in lines)
    return super(kind, target) if is_known else UNKNOWN


def object_of(found: Any) -> Any:
    """Return the object whose methods a ``super`` looks up; anything else as it is."""
    return vars(super)["__self__"].__get__(found) if type(found) is super else found


def method_of(target: Any, name: str) -> Any:
    """Return the function behind a method, also behind one of a ``super``."""
    if type(target) is not super:
        return static_lookup(type(target), name)
    below, kind = (vars(super)[n].__get__(target) for n in ("__thisclass__", "__self_class__"))
    line = kind.__mro__[kind.__mro__.index(below) + 1 :] if kind is not None else ()
    return next((vars(base)[name] for base in line if name in vars(base)), None)


def method_behind(function: Any) -> Any:
    """Return the method, as its class has it, behind a bound method that is written in C."""
    kind = function.__self__ if isinstance(function.__self__, type) else type(function.__self__)
    found = static_lookup(kind, function.__name__)
    return getattr(found, "__func__", found)


def is_method_in_c(function: Any) -> bool:
    """Return True if a function in C is a method of an object, False if it is a module's."""
    return not isinstance(function.__self__, ModuleType | type(None))


def is_method_or_property(target: Any, name: str) -> bool:
    """Return True if Python code answers for the attribute, so that it is no state itself."""
    found = static_lookup(class_of(target), name)
    if isinstance(found, property):
        return getattr(found.fset, "__module__", "") not in PURE_LIBRARY  # A thread's name is.
    instance = None if type(target) is Made else instance_dict(target)
    return isinstance(found, FunctionType) and not (instance is not None and name in instance)


def looked_through(target: Any, name: str) -> list[Any]:
    """Return where an attribute is looked for until it is found: an object, then classes.

    The last one is where it is found, or where the search ends. Classes that cannot change are
    left out.
    """
    classes = type(target).__mro__ or ()
    if isinstance(target, type):
        classes = (*target.__mro__, *classes)
    found = [] if isinstance(target, type) else [target]
    if found and name in (instance_dict(target) or ()):
        return found
    for kind in classes:
        if not kind.__flags__ & IMMUTABLE_TYPE:
            found.append(kind)
        if name in kind.__dict__:
            break
    return found or [target]


def instance_dict(target: Any) -> dict[str, Any] | None:
    """Return the attributes that an object has itself, if they are kept in a dict."""
    try:
        found = object.__getattribute__(target, "__dict__")
    except AttributeError:
        return None
    return found if isinstance(found, dict) else None


def peek_attribute(target: Any, name: str) -> Any:
    """Return an attribute without running any code of the program."""
    if target is UNKNOWN:
        return UNKNOWN
    if type(target) is Made:
        found = static_lookup(target.kind, name) if target.kind is not None else None
        return UNKNOWN if found is None or hasattr(found, "__get__") else found
    if type(target) is super:
        return _bound(method_of(target, name), object_of(target))
    namespace = module_namespace(target)
    if namespace is not None:
        return namespace.get(name, UNKNOWN)
    if type(target) in CONTAINERS:
        return getattr(target, name, UNKNOWN)
    if type(target) is _local:
        try:
            return _local.__getattribute__(target, name)
        except AttributeError:
            return UNKNOWN
    if isinstance(target, type):
        if isinstance(vars(type).get(name), GetSetDescriptorType | MemberDescriptorType):
            return _bound(vars(type)[name], target)
        found = static_lookup(target, name)
        return UNKNOWN if found is None else getattr(found, "__func__", found)
    instance = instance_dict(target)
    if instance is not None and name in instance:
        return instance[name]
    return _bound(static_lookup(type(target), name), target)


_DESCRIPTORS_IN_C = (
    MemberDescriptorType,
    GetSetDescriptorType,
    MethodDescriptorType,
    WrapperDescriptorType,
)


def _bound(found: Any, target: Any) -> Any:
    """Return what a class has, as it is found on an instance, if no Python code makes it."""
    if isinstance(found, FunctionType):
        return MethodType(found, target)
    if isinstance(found, staticmethod):
        return found.__func__
    if isinstance(found, classmethod) and isinstance(found.__func__, FunctionType):
        return MethodType(found.__func__, type(target))
    if isinstance(found, _DESCRIPTORS_IN_C):
        try:
            return found.__get__(target)
        except Exception:  # An empty slot, or a file that is closed.
            return UNKNOWN
    return UNKNOWN if found is None or hasattr(found, "__get__") else found


def text_of(value: Any) -> str | None:
    """Return a short text for a value, running no code of the program."""
    if value is UNKNOWN:
        return None
    if type(value) in _PLAIN:
        text = repr(value)
    elif type(value) in (list, tuple, set, dict, deque):
        members = [*value, *value.values()] if isinstance(value, dict) else list(value)
        plain = all(type(member) in _PLAIN for member in members)
        text = repr(value) if plain else f"{type(value).__name__} of {len(value)}"
    else:
        text = f"<{type(value).__name__}>"
    return text if len(text) <= 60 else text[:57] + "..."
