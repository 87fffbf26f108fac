"""One run around a program: its modules, its output, its sources, and what came of it."""

from ._changes import Change, Library
from ._execute import changes_left, changes_noted, execute, load, prepare, source_of
from ._output import text_of_value
from ._result import RunResult
from ._source import MissingName, Source
from ._subject import Program, Subject

__all__ = [
    "Change",
    "Library",
    "MissingName",
    "Program",
    "RunResult",
    "Source",
    "Subject",
    "changes_left",
    "changes_noted",
    "execute",
    "load",
    "prepare",
    "source_of",
    "text_of_value",
]
