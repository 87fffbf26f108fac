"""The vocabulary of checks: what visible tests and hidden graders say a promise with."""

from ..feedback import busy_waits, describe, picture
from .patience import real_call
from .promises import Broken, Unfinished, always, ended_well, never_wrong, nothing_wrong
from .spelling import spelled
from .together import at_once
from .waiting import (
    EXACT_S,
    POLLING_S,
    errors_first,
    only_waited,
    others_alive,
    require_answer,
    told_s,
    waits_for_a_thread,
    waits_of_ours,
    waits_of_students,
    wakings,
)

__all__ = [
    "EXACT_S",
    "POLLING_S",
    "Broken",
    "Unfinished",
    "always",
    "at_once",
    "busy_waits",
    "describe",
    "ended_well",
    "errors_first",
    "never_wrong",
    "nothing_wrong",
    "only_waited",
    "others_alive",
    "picture",
    "real_call",
    "require_answer",
    "spelled",
    "told_s",
    "waits_for_a_thread",
    "waits_of_ours",
    "waits_of_students",
    "wakings",
]
