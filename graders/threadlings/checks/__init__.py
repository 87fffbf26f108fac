"""The vocabulary of checks: what visible tests and hidden graders say a promise with."""

from ..feedback import busy_waits, describe, picture
from .patience import real_call
from .promises import Broken, Unfinished, always, ended_well, never_wrong, nothing_wrong
from .spelling import spelled
from .tasks import calls_with_tasks, task, told_ending, told_error
from .together import at_once
from .waiting import (
    EXACT_S,
    POLLING_S,
    errors_first,
    in_time,
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
    "calls_with_tasks",
    "describe",
    "ended_well",
    "errors_first",
    "in_time",
    "never_wrong",
    "nothing_wrong",
    "only_waited",
    "others_alive",
    "picture",
    "real_call",
    "require_answer",
    "spelled",
    "task",
    "told_ending",
    "told_error",
    "told_s",
    "waits_for_a_thread",
    "waits_of_ours",
    "waits_of_students",
    "wakings",
]
