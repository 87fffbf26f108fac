"""What a call of something written in C does with what it is given: the table of all of them.

What is not in the table reads and writes all that can be reached from what it is given. An
entry takes away from that, so each must be right: the tests have, for every entry, a call that
would show if it were not.
"""

from __future__ import annotations

from typing import Any

from ._effect import UNKNOWN_EFFECT, Effect, entries
from ._effects_of_classes import effects_of_classes
from ._effects_of_containers import METHODS_OF_CONTAINERS
from ._effects_of_functions import effects_of_functions
from ._effects_of_values import METHODS_OF_VALUES

_OF_CLASSES = frozenset(
    [
        "__class_getitem__",
        "__getattribute__",
        "__init_subclass__",
        "__new__",
        "__release_buffer__",
        "__subclasshook__",
    ]
)
"""Methods for which no ``*`` stands."""


def effect_of(function: Any) -> Effect:
    """Return what a call of something written in C does.

    Args:
        function: A function of a module, a method as its class has it, or a class.
    """
    try:
        return _EFFECTS.get(function, UNKNOWN_EFFECT)
    except TypeError:  # It has no hash.
        return UNKNOWN_EFFECT


def _effects_of_methods() -> dict[Any, Effect]:
    table: dict[Any, Effect] = {}
    for kind, text in (*METHODS_OF_CONTAINERS.values(), *METHODS_OF_VALUES.values()):
        known = entries(text)
        rest = known.pop("*", None)
        for name, member in vars(kind).items():
            is_safe = name not in _OF_CLASSES and (kind is not bytearray or hasattr(bytes, name))
            effect = known.get(name, rest if is_safe else None)
            if effect is not None and callable(getattr(member, "__func__", member)):
                table[getattr(member, "__func__", member)] = effect
    return table


_EFFECTS = {**effects_of_functions(), **_effects_of_methods(), **effects_of_classes()}
