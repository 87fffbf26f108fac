"""The deterministic scheduler: it decides concurrent programs instead of running them and hoping.

- :func:`load` reads a Python file as a program.
- :func:`simulate` runs a program once, in virtual time.
- :func:`search` runs it under every schedule that can matter.
- :func:`replay` runs it again under one schedule.
"""

from ._changes import Change, Library, changes_left, changes_noted
from ._effects import PHRASES
from ._lesson import Lesson, MissingName, load
from ._output import text_of_value
from .outcome import UNSEEN, Limit, Outcome, Search
from .run import (
    Ending,
    Failure,
    MalformedError,
    Place,
    Printed,
    Run,
    Span,
    Spin,
    Step,
    ThreadInfo,
    Turn,
    Wait,
)
from .search import replay, search, searches_noted, simulate

__all__ = [
    "PHRASES",
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
    "Span",
    "Spin",
    "Step",
    "ThreadInfo",
    "Turn",
    "Wait",
    "changes_left",
    "changes_noted",
    "load",
    "replay",
    "search",
    "searches_noted",
    "simulate",
    "text_of_value",
]
