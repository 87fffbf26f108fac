"""How the command ends: its exit codes, and what is told of a wrong use."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from .language import said

DONE, TASKS_LEFT, WRONG_USAGE, OUR_FAULT, NO_MARK = 0, 1, 2, 3, 4
INTERRUPTED, NOBODY_READS = 130, 141


FROM = "THREADLINGS_TYPED_IN"
"""What tells a process that we start in which folder the person types."""


def typed(command: str) -> str:
    """Return how to type a command of this Python: by its path where the shell does not find it.

    Args:
        command: ``threadlings`` or ``pytest``.
    """
    script = shutil.which(command, path=str(Path(sys.executable).parent))
    found = shutil.which(command)
    if script is None or (found is not None and Path(found).samefile(script)):
        return command
    folder = Path(os.environ.get(FROM) or Path.cwd())
    path = Path(script)
    shown = path.relative_to(folder) if path.is_relative_to(folder) else path
    return f'"{shown}"' if " " in str(shown) else str(shown)


class UsageError(Exception):
    """The command was asked for something that is not there; the text says what."""


def meanings() -> str:
    """Return what ``--help`` says of them."""
    return str(
        said(
            """\
exit codes
  0    all is done: nothing is left to do, or what was asked for was done
  1    tasks are left or points were lost; no program goes as the schedule says;
       run: an error or an open TODO stopped the program
  2    the command cannot do that; one line says what to do
  3    our fault: the tests gave no result
  4    somebody's work was not found or not read, so it has no mark
  130  interrupted with Ctrl-C (watch: 0)
  141  nobody reads the output any more, as with | head
"""
        )
    )
