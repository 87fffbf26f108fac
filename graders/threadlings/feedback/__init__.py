"""What a run or a search showed, in words that a student can act on."""

from .finding import Finding, Row, Steps
from .imported import why_not_imported, why_not_text
from .picture import as_lines, picture
from .printed import PrintedLines
from .sight import why_limited, why_unjudged
from .words import busy_waits, describe, todo_in

__all__ = [
    "Finding",
    "PrintedLines",
    "Row",
    "Steps",
    "as_lines",
    "busy_waits",
    "describe",
    "picture",
    "todo_in",
    "why_limited",
    "why_not_imported",
    "why_not_text",
    "why_unjudged",
]
