"""Flags: what in a submission a person should look at. They cost no points."""

from ._patches import patches, put_back, remember
from .flag import MAX_FLAGS, Flag, flags_told
from .source import flags_in

__all__ = [
    "MAX_FLAGS",
    "Flag",
    "flags_in",
    "flags_told",
    "patches",
    "put_back",
    "remember",
]
