"""What can be wrong, and whose fault it is."""

# ruff: noqa: N818 - these are findings about student code, not errors of the program.

from __future__ import annotations

from ..language import Text


class StudentError(Exception):
    """The student's code could not be used for a check; the text is for the student.

    ``kind`` is what the gradebook calls it.
    """

    kind = "failed"

    def __init__(self, text: str | Text) -> None:
        super().__init__(text)
        self.text = Text(text)


class UnusableFile(StudentError):
    """The file itself cannot be used: every check of the lesson ends in the same way."""

    kind = "unusable"


class NotText(UnusableFile):
    """The file's bytes are not text in the encoding that it has: UTF-8, if it does not say."""

    kind = "not text"


class NotStarted(StudentError):
    """The check came to a TODO that still raises ``NotImplementedError``."""

    kind = "not started"


class Raised(StudentError):
    """The student's code let an exception out to the check."""


class Unseen(StudentError):
    """A search that found nothing wrong could not see all that the student's threads did."""


class EndedProcess(StudentError):
    """The student's code ended its process, or something ended it from outside."""


class OutOfTime(StudentError):
    """The student's code used up its CPU time, or sat until the deadline."""


class Stuck(OutOfTime):
    """The student's code waits, and nothing in it can move any more."""


class OutOfMemory(StudentError):
    """The student's code needed more memory than it may have."""


class MalformedAnswer(StudentError):
    """What came back from the cell is not plain data, or too much of it."""


class ScenarioError(Exception):
    """A scenario failed by itself: the grader's fault, never a mark against the student."""


class CellError(Exception):
    """A cell could not be made: our fault, or the machine's."""
