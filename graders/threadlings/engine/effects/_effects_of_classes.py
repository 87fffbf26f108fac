"""What calls of classes in C do: making an object of what is given."""

from __future__ import annotations

import builtins
import datetime
import functools
import itertools
import operator
import types
from array import array
from collections import OrderedDict, defaultdict, deque
from typing import Any

from ._effect import Effect, entries

_CONSTRUCTORS = """
object: . -> new       int: r -> new        float: r -> new      complex: r -> new
bool: r -> new         str: d -> new        bytes: r -> new      bytearray: r -> new
list: r -> of          tuple: r -> of       set: r -> of         frozenset: r -> of
dict: d -> of          range: r -> new      slice: . -> of       super: . -> any
type: . -> any         property: . -> of    classmethod: . -> of
staticmethod: . -> of  enumerate: r -> view?                     zip: r -> view?
map: .r -> view?       filter: .r -> deep?  reversed: r -> view?  memoryview: . -> view
"""
"""Of ``map`` and ``filter`` the function is called later, by whoever goes on to the next item."""
DEEP = frozenset(
    [
        filter,
        itertools.accumulate,
        itertools.compress,
        itertools.filterfalse,
        itertools.groupby,
        itertools.starmap,
        *(kind for name, kind in vars(itertools).items() if name == "_grouper"),
    ]
)
"""Iterators that look into what they bring: they add it up, compare it, or ask if it is true."""


def effects_of_classes() -> dict[Any, Effect]:
    """Return what is known, by class."""
    table: dict[Any, Effect] = {}
    for name, effect in entries(_CONSTRUCTORS).items():
        table[getattr(builtins, name)] = effect
    table[deque] = Effect("r", "of")
    table[array] = Effect(".r", "new")
    table[defaultdict] = Effect(".d", "of")
    table[OrderedDict] = Effect("d", "of")
    table[types.MappingProxyType] = Effect(".", "view")
    table[functools.partial] = table[operator.methodcaller] = Effect(".", "of")
    table[operator.attrgetter], table[operator.itemgetter] = Effect(".", "new"), Effect(".", "of")
    table[types.SimpleNamespace] = Effect("r", "of")
    table[types.MethodType] = Effect(".", "of")
    for kind in (datetime.datetime, datetime.date, datetime.timedelta):
        table[kind] = Effect(".", "new")
    for name, kind in vars(itertools).items():
        if isinstance(kind, type) and not name.startswith("_"):
            table[kind] = Effect("r", "deep?" if kind in DEEP else "view?")
    for made in (itertools.combinations, itertools.permutations, itertools.product):
        table[made] = Effect("r", "of")
    table[itertools.combinations_with_replacement] = Effect("r", "of")
    table[itertools.count] = table[itertools.chain] = Effect(".", "view?")
    table[itertools.repeat] = Effect(".r", "of")
    return table
