"""The vocabulary of checks: what visible tests and hidden graders say a promise with."""

from ..feedback import busy_waits, describe, picture
from .patience import real_call
from .promises import Broken, Unfinished, always, ended_well
from .spelling import spelled
from .together import at_once

__all__ = [
    "Broken",
    "Unfinished",
    "always",
    "at_once",
    "busy_waits",
    "describe",
    "ended_well",
    "picture",
    "real_call",
    "spelled",
]
