"""Calls of real code, which may wait for ever and may leave processes behind.

``multiprocessing`` is imported where it is needed: every grader and every stem imports this
module, and few of them need that one.
"""

from __future__ import annotations

import gc
import linecache
import sys
import sysconfig
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Any

from ..language import said
from .promises import Broken

PATIENCE_S = 20.0
"""Seconds that a call of a visible test may take; it needs a fraction of one."""

_ENDING_S = 5.0
_LIBRARY = Path(sysconfig.get_path("stdlib"))


def real_call(
    function: Callable[..., Any], /, *args: Any, patience_s: float = PATIENCE_S, **kwargs: Any
) -> Any:
    """Call a function that starts real processes, and return what it returned.

    It runs in a thread of its own, so that the test can give it up. No process that it started
    is left behind.

    Args:
        function: Usually one of the student's.
        args: Its positional arguments.
        patience_s: Seconds to wait for it; no verdict of a grading depends on it.
        kwargs: Its keyword arguments.
    Raises:
        Broken: If it did not return in time; the text has the line where it waits. Also if it
            returned and left a process running, or if something could not be pickled.
        BaseException: What the function raised.
    """
    __tracebackhide__ = True
    ending: list[tuple[Any, BaseException | None]] = []
    kept: list[object] = []

    def call() -> None:
        with warnings.catch_warnings(record=True) as seen:
            # A pool that was dropped and not closed is in its warning, and so still there.
            kept.append(seen)
            warnings.simplefilter("always", ResourceWarning)
            # From 3.12 on, a fork beside another thread warns.
            warnings.simplefilter("ignore", DeprecationWarning)
            try:
                ending.append((function(*args, **kwargs), None))
            except BaseException as error:
                ending.append((None, error))
            kept.append(_pools())  # One that is dropped from now on would warn elsewhere.

    thread = Thread(target=call, daemon=True)
    thread.start()
    thread.join(patience_s)
    place = _where(thread)
    left = _end_children()
    if not ending:
        where = said("\n  it waits at {place}", place=place) if place else ""
        late = said("the call has not returned after {patience_s:g} s", patience_s=patience_s)
        raise Broken(late + where)
    value, error = ending[0]
    if error is not None and _is_of_pickling(error):
        raise Broken(
            "{type}: {error}\n"
            "  what goes to another process is pickled, and a function by its name only:\n"
            "  it has to be at the top of a file; a lambda, or a def in a function, is not found",
            type=type(error).__name__,
            error=error,
        )
    if error is not None:
        raise error
    if left:
        raise Broken("the call returned and left processes running: {left}", left=", ".join(left))
    return value


def _is_of_pickling(error: BaseException) -> bool:
    """Return True if it was raised while something was pickled for another process."""
    from multiprocessing import reduction

    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and Path(frames[-1].filename) == Path(reduction.__file__)


def _end_children() -> list[str]:
    """End all child processes, and return their names."""
    import multiprocessing

    names = [child.name for child in multiprocessing.active_children()]
    if names:
        # Its workers share locks: to kill one of them would block the others, and the pool.
        ending = Thread(target=_terminate_pools, daemon=True)
        ending.start()
        ending.join(_ENDING_S)
    for child in multiprocessing.active_children():
        child.kill()
        child.join()
    return names


def _terminate_pools() -> None:
    for pool in _pools():
        pool.terminate()


def _pools() -> list[Any]:
    """Return all pools of processes that there are."""
    module = sys.modules.get("multiprocessing.pool")
    if module is None:
        return []
    return [found for found in gc.get_objects() if issubclass(type(found), module.Pool)]


def _where(thread: Thread) -> str:
    """Return the line in which a thread waits, the innermost that is not the library's."""
    frame: FrameType | None = sys._current_frames().get(thread.ident or 0)
    while frame is not None:
        file = Path(frame.f_code.co_filename)
        if file != Path(__file__) and not file.is_relative_to(_LIBRARY):
            line = linecache.getline(str(file), frame.f_lineno).strip()
            return f"{file.name}:{frame.f_lineno}: {line}"
        frame = frame.f_back
    return ""
