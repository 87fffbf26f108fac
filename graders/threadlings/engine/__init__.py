"""The deterministic scheduler: it decides concurrent programs instead of running them and hoping.

- :func:`load` reads a Python file as a program.
- :func:`simulate` runs a program once, in virtual time.
- :func:`search` runs it under every schedule that can matter.
- :func:`replay` runs it again under one schedule.
"""

from ._search import replay, runs_noted, search, searches_noted, simulate, try_import
from .effects import PHRASES
from .runs import (
    MAIN,
    SENTENCES,
    UNSEEN,
    Ending,
    Failure,
    Limit,
    MalformedError,
    Outcome,
    Place,
    Printed,
    Run,
    Search,
    Span,
    Spin,
    Step,
    Thing,
    ThreadInfo,
    Turn,
    Wait,
    well_formed,
)
from .world import (
    Change,
    Library,
    MissingName,
    Source,
    changes_left,
    changes_noted,
    load,
    text_of_value,
)

Lesson = Source
"""What the course calls a source."""

__all__ = [
    "MAIN",
    "PHRASES",
    "SENTENCES",
    "UNSEEN",
    "Change",
    "Ending",
    "Failure",
    "Lesson",
    "Library",
    "Limit",
    "MalformedError",
    "MissingName",
    "Outcome",
    "Place",
    "Printed",
    "Run",
    "Search",
    "Source",
    "Span",
    "Spin",
    "Step",
    "Thing",
    "ThreadInfo",
    "Turn",
    "Wait",
    "changes_left",
    "changes_noted",
    "load",
    "replay",
    "runs_noted",
    "search",
    "searches_noted",
    "simulate",
    "text_of_value",
    "try_import",
    "well_formed",
]
