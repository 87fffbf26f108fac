"""How the command ends: its exit codes, and what is told of a wrong use."""

from __future__ import annotations

from .language import said

DONE, TASKS_LEFT, WRONG_USAGE, OUR_FAULT, NO_MARK = 0, 1, 2, 3, 4
INTERRUPTED, NOBODY_READS = 130, 141


class UsageError(Exception):
    """The command was asked for something that is not there; the text says what."""


def meanings() -> str:
    """Return what ``--help`` says of them."""
    return str(
        said(
            """\
exit codes
  0    all is done: nothing is left to do, or what was asked for was done
  1    tasks are left or points were lost; no program goes as the schedule says
  2    the command cannot do that; one line says what to do
  3    our fault: the tests gave no result
  4    somebody's work was not found or not read, so it has no mark
  130  interrupted with Ctrl-C (watch: 0)
  141  nobody reads the output any more, as with | head
"""
        )
    )
