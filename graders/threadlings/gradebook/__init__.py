"""The gradebook: what each submission earned, and the forms in which people get it.

``table``, which needs rich, is a public module of its own.
"""

from .cleaning import clean, mapped
from .exports import EXPORTS, write_all
from .grades import (
    FAILED,
    FAULTS,
    GRADER_ERROR,
    MISSING,
    NO_CELL,
    NOT_FOUND,
    NOT_READ,
    NOT_STARTED,
    NOT_TEXT,
    PASSED,
    SILENT,
    UNREAD,
    UNUSABLE,
    Gradebook,
    Lateness,
    LessonGrade,
    Reason,
    SubmissionGrade,
    TaskGrade,
    Watch,
)
from .late import MOST_PERCENT, with_late_policy
from .markdown import feedback_for_students, markdown_text
from .pages import feedback_pages

__all__ = [
    "EXPORTS",
    "FAILED",
    "FAULTS",
    "GRADER_ERROR",
    "MISSING",
    "MOST_PERCENT",
    "NOT_FOUND",
    "NOT_READ",
    "NOT_STARTED",
    "NOT_TEXT",
    "NO_CELL",
    "PASSED",
    "SILENT",
    "UNREAD",
    "UNUSABLE",
    "Gradebook",
    "Lateness",
    "LessonGrade",
    "Reason",
    "SubmissionGrade",
    "TaskGrade",
    "Watch",
    "clean",
    "feedback_for_students",
    "feedback_pages",
    "mapped",
    "markdown_text",
    "with_late_policy",
    "write_all",
]
