"""What a run or a search showed, in words that a student can act on."""

from .finding import Finding, Row, Steps
from .patience import real_call
from .picture import as_lines, picture
from .promises import Broken, Unfinished, always, begin_check, ended_well, todo_in
from .sight import why_limited, why_unjudged
from .spelling import spelled
from .words import busy_waits, describe

__all__ = [
    "Broken",
    "Finding",
    "Row",
    "Steps",
    "Unfinished",
    "always",
    "as_lines",
    "begin_check",
    "busy_waits",
    "describe",
    "ended_well",
    "picture",
    "real_call",
    "spelled",
    "todo_in",
    "why_limited",
    "why_unjudged",
]
