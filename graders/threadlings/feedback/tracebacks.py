"""Tracebacks as a student can read them."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

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
