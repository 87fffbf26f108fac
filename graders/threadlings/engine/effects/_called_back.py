"""What a function does with the items that something written in C calls it with."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from functools import partial
from types import (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    FunctionType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    WrapperDescriptorType,
)
from typing import Any

from ._effect import UNKNOWN_EFFECT
from ._effects import effect_of
from ._natures import Nature, nature_of
from ._objects import is_method_in_c, method_behind, static_lookup
from ._values import Made

_STRENGTHS = ".rdo*"
_FOR_ITEMS = {".": ".", "r": "d", "d": "d", "c": "d", "o": "o", "w": "*", "u": "*", "*": "*"}
_METHODS_IN_C = (MethodDescriptorType, WrapperDescriptorType, ClassMethodDescriptorType)
_ASKING_FOR_CLASSES: tuple[Any, ...] = (type, isinstance)
_NATURES: dict[type, Nature] = {}


def use_of_items(values: Iterable[Any]) -> str:
    """Return the letter for what is in ``values`` if those that are functions are called with it.

    It is ``.`` if there are none, or if they are in Python: what they do is seen. The letters are
    those of :mod:`._effect`.
    """
    return max((_use_of_items(value) for value in values), key=_STRENGTHS.index, default=".")


def _use_of_items(function: Any) -> str:
    while isinstance(function, partial | MethodType):
        function = function.func if isinstance(function, partial) else function.__func__
    kind = function.kind if type(function) is Made else type(function)
    if kind in (operator.attrgetter, operator.itemgetter) or any(
        function is each for each in _ASKING_FOR_CLASSES
    ):
        return "o"
    if kind is operator.methodcaller:
        return "*"
    if kind is partial and type(function) is Made:
        return _use_of_items(function.parts[0]) if function.parts else "*"
    if isinstance(function, type):
        return _strongest(_uses_of_class(function))
    if isinstance(function, BuiltinFunctionType | MethodWrapperType):
        is_method = is_method_in_c(function)
        behind = method_behind(function) if is_method else function
        return _strongest(effect_of(behind).uses, is_method)
    if isinstance(function, _METHODS_IN_C):
        return _strongest(effect_of(function).uses)
    call = static_lookup(type(function), "__call__")
    is_seen = call is None or isinstance(function, FunctionType) or isinstance(call, FunctionType)
    return "." if is_seen else "*"


def _uses_of_class(kind: type) -> str:
    effect = effect_of(kind)
    if effect is not UNKNOWN_EFFECT:
        return effect.uses
    makers = (static_lookup(kind, name) for name in ("__new__", "__init__"))
    is_python = any(isinstance(getattr(m, "__func__", m), FunctionType) for m in makers)
    is_plain = nature_of(kind, _NATURES) in (Nature.PLAIN, Nature.OWN)
    return "." if is_python or is_plain or issubclass(kind, BaseException) else "*"


def _strongest(uses: str, is_method: bool = False) -> str:
    letters = uses[1:] or uses if is_method else uses
    return max((_FOR_ITEMS[letter] for letter in letters), key=_STRENGTHS.index)
