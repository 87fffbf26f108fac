"""What a value is, and what a call of something written in C does with it."""

from ._called_back import use_of_items
from ._effect import UNKNOWN_EFFECT, Effect
from ._effects import effect_of
from ._natures import IMMUTABLE_TYPE, Nature, is_written_in_c
from ._objects import (
    CONTAINERS,
    class_of,
    has_item,
    is_method_in_c,
    is_method_or_property,
    looked_through,
    method_behind,
    method_of,
    module_namespace,
    object_of,
    peek_attribute,
    static_lookup,
    super_of,
    text_of,
)
from ._stand_in import StandIn
from ._touching import ATOMS, FILES, Touching
from ._unwatchable import (
    CHANGED_FUNCTION,
    CHANGED_LIBRARY,
    CHANGED_METHOD,
    FILE_FUNCTIONS,
    MADE_BEFORE,
    MOCKS,
    PHRASES,
    SUBCLASSES_OF_ALL,
    UNKNOWN_NAMES,
    UNWATCHABLE,
    UNWATCHABLE_FUNCTIONS,
    WEAK_REFERENCES,
)
from ._values import NEW, PENDING, UNKNOWN, Made

__all__ = [
    "ATOMS",
    "CHANGED_FUNCTION",
    "CHANGED_LIBRARY",
    "CHANGED_METHOD",
    "CONTAINERS",
    "FILES",
    "FILE_FUNCTIONS",
    "IMMUTABLE_TYPE",
    "MADE_BEFORE",
    "MOCKS",
    "NEW",
    "PENDING",
    "PHRASES",
    "SUBCLASSES_OF_ALL",
    "UNKNOWN",
    "UNKNOWN_EFFECT",
    "UNKNOWN_NAMES",
    "UNWATCHABLE",
    "UNWATCHABLE_FUNCTIONS",
    "WEAK_REFERENCES",
    "Effect",
    "Made",
    "Nature",
    "StandIn",
    "Touching",
    "class_of",
    "effect_of",
    "has_item",
    "is_method_in_c",
    "is_method_or_property",
    "is_written_in_c",
    "looked_through",
    "method_behind",
    "method_of",
    "module_namespace",
    "object_of",
    "peek_attribute",
    "static_lookup",
    "super_of",
    "text_of",
    "use_of_items",
]
