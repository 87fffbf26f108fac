"""What was seen, as plain data: a run, and what a search saw of many."""

from ._outcome import FAILS, HOLDS, INCOMPLETE, SENTENCES, UNSEEN, Limit, Outcome, Search
from ._parts import (
    MAIN,
    Ending,
    Failure,
    MalformedError,
    Place,
    Printed,
    Span,
    Spin,
    Step,
    Thing,
    ThreadInfo,
    Turn,
    Wait,
    well_formed,
)
from ._run import Run

__all__ = [
    "FAILS",
    "HOLDS",
    "INCOMPLETE",
    "MAIN",
    "SENTENCES",
    "UNSEEN",
    "Ending",
    "Failure",
    "Limit",
    "MalformedError",
    "Outcome",
    "Place",
    "Printed",
    "Run",
    "Search",
    "Span",
    "Spin",
    "Step",
    "Thing",
    "ThreadInfo",
    "Turn",
    "Wait",
    "well_formed",
]
