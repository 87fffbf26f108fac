"""What methods of other classes in C do: values, objects, classes, generators, views."""

from __future__ import annotations

import datetime
import types
from typing import Any

METHODS_OF_VALUES: dict[str, tuple[Any, str]] = {
    "str": (str, """
        join: .r -> new      format: .o -> new    format_map: .o -> new
        translate: .r -> new maketrans: r -> of   __mod__: .d -> new   __new__: .d -> new
        *: . -> new
    """),
    "bytes": (bytes, """
        join: .d -> new      startswith: .d -> new                     endswith: .d -> new
        partition: .r -> of  rpartition: .r -> of                      __mod__: .d -> new
        maketrans: r -> new  __new__: .r -> new   __buffer__: . -> new
        *: .r -> new
    """),
    "int": (int, "from_bytes: .r -> new   to_bytes: .r -> new   __new__: .r -> new   *: . -> new"),
    "float": (float, """
        __new__: .r -> new   __round__: .r -> new from_number: .r -> new   *: . -> new
    """),
    "complex": (complex, "__new__: .r -> new   from_number: .r -> new   *: . -> new"),
    "bool": (bool, "__new__: .r -> new   *: . -> new"),
    "range": (range, "__new__: .r -> new   __getitem__: .r -> new   *: . -> new"),
    "tuple": (tuple, """
        count: dd -> new     index: dd -> new     __contains__: dd -> new
        __repr__: d -> new   __eq__: dd -> new    __ne__: dd -> new    __lt__: dd -> any
        __le__: dd -> any    __gt__: dd -> any    __ge__: dd -> any    __hash__: . -> new
        __len__: . -> new    __iter__: . -> of    __getitem__: . -> any
        __add__: . -> of     __mul__: . -> of     __rmul__: . -> of    __new__: .r -> of
        __getnewargs__: . -> of
    """),
    "frozenset": (frozenset, """
        copy: . -> of        union: .r -> of      intersection: .r -> of
        difference: .r -> of symmetric_difference: .r -> of            __or__: .r -> of
        __ror__: .r -> of    __and__: .r -> of    __rand__: .r -> of   __sub__: .r -> of
        __rsub__: .r -> of   __xor__: .r -> of    __rxor__: .r -> of   __new__: .r -> of
        __iter__: . -> of    __reduce__: . -> of  *: .r -> new
    """),
    "datetime": (datetime.datetime, "*: . -> new"),
    "date": (datetime.date, "*: . -> new"),
    "timedelta": (datetime.timedelta, "*: . -> new"),
    "object": (object, """
        __init__: . -> new   __new__: . -> new    __repr__: . -> new   __str__: d -> new
        __hash__: . -> new   __eq__: . -> new     __ne__: d -> new     __format__: d -> new
        __dir__: o -> new    __sizeof__: . -> new __init_subclass__: . -> new
        __subclasshook__: . -> new                __lt__: . -> new     __le__: . -> new
        __gt__: . -> new     __ge__: . -> new
    """),
    "BaseException": (BaseException, """
        with_traceback: *. -> any                 add_note: *. -> new  __init__: *. -> new
        __str__: d -> new    __repr__: d -> new
    """),
    "type": (type, "mro: . -> new   __subclasses__: . -> new   __instancecheck__: . -> new"),
    "generator": (types.GeneratorType, """
        send: w. -> any      throw: w* -> any     close: w -> new      __next__: w -> any
        __iter__: . -> view
    """),
    "coroutine": (types.CoroutineType, "send: w. -> any   throw: w* -> any   close: w -> new"),
    "memoryview": (memoryview, """
        release: * -> new    cast: . -> view      toreadonly: . -> view
        tobytes: r -> new    tolist: r -> new     hex: r -> new
    """),
    "mappingproxy": (types.MappingProxyType, """
        get: r. -> any       keys: . -> view      values: . -> view    items: . -> view
        copy: r -> of
    """),
    "FunctionType": (types.FunctionType, "__get__: . -> of"),
}  # fmt: skip
"""The letters and words are those of :mod:`._effect`. ``*`` stands for all other methods."""
