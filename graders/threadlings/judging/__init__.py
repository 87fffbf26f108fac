"""Judging: hidden checks are called on what was handed in, and points are made of the results."""

from .grading import Deadlines, grade
from .marking import missing_as_zero
from .results import Lessons, Results, read_result, write_result
from .submission import OpenSource, Submission

__all__ = [
    "Deadlines",
    "Lessons",
    "OpenSource",
    "Results",
    "Submission",
    "grade",
    "missing_as_zero",
    "read_result",
    "write_result",
]
