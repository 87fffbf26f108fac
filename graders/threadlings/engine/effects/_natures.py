"""What kind of thing an object is for the engine: what of its state can be seen, and how.

Asked of the type alone, without running any code of the program.
"""

from __future__ import annotations

import array
import collections
import contextvars
import datetime
import decimal
import enum
import functools
import io
import itertools
import operator
import random
import re
import struct
import types
import weakref
from typing import Any

from ..library import TELLING
from ._stand_in import StandIn

IMMUTABLE_TYPE = 1 << 8


class Nature(enum.Enum):
    """What of an object's state is seen.

    ATOM: it has none that changes. HOLDER: none, but it holds others (a tuple). CALLABLE: none,
    but it may be called, with what it holds. CONTAINER: its items. VIEW: those of what it looks
    at. ITERATOR: those, and its place among them. MEMORY: that of the object whose bytes it
    shows. GENERATOR: whether it is running, and where. MODULE: its names. CELL: the variable that
    it is. PLAIN: its attributes; whatever else it does is Python code, which is seen. OWN: a
    lock, queue or thread of the library, which tells of itself. OPAQUE: unknown, one piece. FILE:
    the files of the system, one piece for all.
    """

    ATOM = "atom"
    HOLDER = "holder"
    CALLABLE = "callable"
    CONTAINER = "container"
    VIEW = "view"
    ITERATOR = "iterator"
    MEMORY = "memory"
    GENERATOR = "generator"
    MODULE = "module"
    CELL = "cell"
    PLAIN = "plain"
    OWN = "own"
    OPAQUE = "opaque"
    FILE = "file"


def _made(make: Any, *arguments: Any) -> type:
    return type(make(*arguments))


_TYPES: dict[Nature, tuple[type, ...]] = {
    Nature.ATOM: (
        int, float, complex, bool, str, bytes, type(None), type(...), type(NotImplemented),
        range, types.CodeType, types.FrameType, types.TracebackType, types.GenericAlias,
        types.UnionType, datetime.date, datetime.time, datetime.timedelta,
        datetime.tzinfo, decimal.Decimal, re.Pattern, struct.Struct,
        weakref.ref, types.MemberDescriptorType, types.GetSetDescriptorType, super,
    ),
    Nature.HOLDER: (tuple, frozenset, slice, types.SimpleNamespace, BaseException),
    Nature.CALLABLE: (
        type, types.FunctionType, types.MethodType, types.BuiltinFunctionType,
        types.MethodDescriptorType, types.WrapperDescriptorType, types.MethodWrapperType,
        types.ClassMethodDescriptorType, functools.partial, operator.attrgetter,
        operator.itemgetter, operator.methodcaller, property, classmethod, staticmethod,
    ),
    Nature.CONTAINER: (list, dict, set, bytearray, collections.deque, array.array),
    Nature.VIEW: (
        _made({}.keys), _made({}.values), _made({}.items), types.MappingProxyType,
        _made(collections.OrderedDict().keys), _made(collections.OrderedDict().values),
        _made(collections.OrderedDict().items),
    ),
    Nature.ITERATOR: (
        enumerate, zip, map, filter, reversed, _made(iter, []), _made(iter, ()), _made(iter, ""),
        _made(iter, b""), _made(iter, {}), _made(iter, {}.values()), _made(iter, {}.items()),
        _made(iter, set()), _made(iter, range(1)), _made(iter, range(1 << 70)),
        _made(iter, bytearray()), _made(iter, collections.deque()), _made(iter, array.array("b")),
        _made(reversed, []), _made(reversed, {}), _made(reversed, {}.values()),
        _made(reversed, {}.items()), _made(reversed, collections.deque()),
        _made(iter, int, 1), _made(iter, collections.OrderedDict()),
        *(kind for kind in vars(itertools).values() if isinstance(kind, type)),
    ),
    Nature.MEMORY: (memoryview, re.Match),
    Nature.GENERATOR: (
        types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType,
    ),
    Nature.MODULE: (types.ModuleType, StandIn),
    Nature.CELL: (types.CellType,),
    Nature.PLAIN: (object, random.Random),
    Nature.OPAQUE: (io.StringIO, io.BytesIO, contextvars.Context, decimal.Context),
    Nature.FILE: (
        io.IOBase, io.FileIO, io.BufferedReader, io.BufferedWriter, io.BufferedRandom,
        io.TextIOWrapper,
    ),
}  # fmt: skip
_KNOWN = {kind: nature for nature, kinds in _TYPES.items() for kind in kinds}
_LOOPS = ("asyncio.base_events", "asyncio.events", "asyncio.runners", "asyncio.unix_events")
_METHODS_IN_C = (
    types.WrapperDescriptorType,
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
    types.GetSetDescriptorType,
)


def nature_of(kind: type, known: dict[type, Nature]) -> Nature:
    """Return what the instances of a type are.

    Args:
        kind: The type.
        known: What was found out before; this is added.
    """
    found = known.get(kind)
    if found is None:
        found = known[kind] = _nature_of(kind)
    return found


def _nature_of(kind: type) -> Nature:
    if kind in _KNOWN:
        return _KNOWN[kind]
    has_odd_method = is_in_c = False
    # Types of CPython that nobody has looked at so far have none: positions_iterator in 3.11.
    for base in type.__dict__["__mro__"].__get__(kind) or ():
        module = base.__dict__.get("__module__")
        if module in TELLING or module in _LOOPS or base.__dict__.get("_kernel") is not None:
            return Nature.OWN
        if base in _KNOWN:
            is_known = not (has_odd_method or (is_in_c and base is object))
            return _KNOWN[base] if is_known else Nature.OPAQUE
        is_in_c = is_in_c or is_written_in_c(base)
        has_odd_method = has_odd_method or any(
            _is_odd(name, value) for name, value in base.__dict__.items()
        )
    return Nature.OPAQUE


def is_written_in_c(kind: type) -> bool:
    """Return True if a type has a method of its own that is written in C."""
    for name, value in kind.__dict__.items():
        if type(value) in _METHODS_IN_C and name not in ("__dict__", "__weakref__"):
            if value.__objclass__ is kind:
                return True
        elif name == "__new__" and type(value) is types.BuiltinFunctionType:
            return value.__self__ is kind
    return False


def _is_odd(name: str, value: Any) -> bool:
    """Return True if a special method is neither Python code nor what ``object`` has."""
    if not (name.startswith("__") and name.endswith("__")) or name in _NEVER_CALLED:
        return False
    if isinstance(value, (staticmethod, classmethod)):
        value = value.__func__
    if isinstance(value, types.FunctionType | property | str | tuple | dict | type(None)):
        return False
    return callable(value) and vars(object).get(name) is not value


_NEVER_CALLED = frozenset(
    [
        "__class__",
        "__class_getitem__",
        "__dict__",
        "__weakref__",
        "__module__",
        "__new__",
        "__init__",
        "__doc__",
        "__annotations__",
        "__annotate__",
        "__match_args__",
        "__slots__",
        "__annotate_func__",
        "__static_attributes__",
        "__firstlineno__",
        "__orig_bases__",
    ]
)  # fmt: skip
