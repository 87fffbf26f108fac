"""Tracebacks as a student can read them."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType, TracebackType

from ..engine import MissingName
from .promises import Broken

_PACKAGE = Path(__file__).parent.parent


def without_our_frames(error: BaseException) -> BaseException:
    """Leave of an error's traceback what is the student's or the test's, and return the error.

    The lines of this package are left out, unless there are no others.
    """
    entries: list[TracebackType] = []
    entry = error.__traceback__
    while entry is not None:
        if not Path(entry.tb_frame.f_code.co_filename).is_relative_to(_PACKAGE):
            entries.append(entry)
        entry = entry.tb_next
    rest: TracebackType | None = None
    for each in reversed(entries):
        rest = TracebackType(rest, each.tb_frame, each.tb_lasti, each.tb_lineno)
    return error.with_traceback(rest or error.__traceback__)


def as_missing_name(error: AttributeError, file: Path) -> Broken | None:
    """Return what to say if a test asked the student's file for a name that it lacks, or None."""
    of = getattr(error.obj, "__file__", None) if isinstance(error.obj, ModuleType) else None
    if isinstance(error, MissingName) or (of is not None and Path(of) == file):
        return Broken("{file} has no {name}: put that name back", file=file.name, name=error.name)
    return None
