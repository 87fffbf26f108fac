"""The deterministic scheduler: it decides concurrent programs instead of running them and hoping.

- :func:`load` reads a Python file as a program.
- :func:`simulate` runs a program once, in virtual time.
- :func:`search` runs it under every schedule that can matter.
- :func:`replay` runs it again under one schedule.
"""

from ._changes import Change, Library, changes_noted
from ._lesson import Lesson, load
from .run import (
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
from .search import Outcome, Search, replay, search, simulate

__all__ = [
    "Change",
    "Failure",
    "Lesson",
    "Library",
    "MalformedError",
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
    "changes_noted",
    "load",
    "replay",
    "search",
    "simulate",
]
