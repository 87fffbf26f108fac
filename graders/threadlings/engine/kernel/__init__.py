"""The simulated kernel: threads of which one runs at a time, waits, a clock, and what conflicts."""

from ._footprint import (
    ACQUIRE,
    AWAIT,
    DEPENDS,
    INTENT_READ,
    INTENT_WRITE,
    PEEK,
    POST,
    RACES,
    READ,
    RELEASE,
    TEST,
    TRY,
    WORLD,
    WRITE,
    Footprint,
    Resource,
    coarse,
    depend,
    spread,
)
from ._kernel import Kernel
from ._lap import Lap
from ._processor import Processor
from ._prologue import looks_away, prologue
from ._protocols import Chooser, Observer
from ._room import need_room
from ._simulated_thread import SimulatedThread, Stop, letter_of
from ._transition import SiteKey, Transition
from ._waiting import Sleep, Waiting

__all__ = [
    "ACQUIRE",
    "AWAIT",
    "DEPENDS",
    "INTENT_READ",
    "INTENT_WRITE",
    "PEEK",
    "POST",
    "RACES",
    "READ",
    "RELEASE",
    "TEST",
    "TRY",
    "WORLD",
    "WRITE",
    "Chooser",
    "Footprint",
    "Kernel",
    "Lap",
    "Observer",
    "Processor",
    "Resource",
    "SimulatedThread",
    "SiteKey",
    "Sleep",
    "Stop",
    "Transition",
    "Waiting",
    "coarse",
    "depend",
    "letter_of",
    "looks_away",
    "need_room",
    "prologue",
    "spread",
]
