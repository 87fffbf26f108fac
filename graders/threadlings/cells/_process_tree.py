"""Ending processes together with everything that they started."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36
_ENDING_S = 10.0


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends; Linux only.

    So a process that forked twice and left its session is still found; elsewhere only the
    process group is. Source: prctl(2), PR_SET_CHILD_SUBREAPER.
    """
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def end_with_parent() -> None:
    """Ask the system to kill this process when its parent thread ends; Linux only."""
    _prctl(_PR_SET_PDEATHSIG, 9)


def hide(is_hidden: bool = True) -> None:
    """Let no other process of the same user trace this one or read its memory; Linux only.

    Source: prctl(2), PR_SET_DUMPABLE.
    """
    _prctl(_PR_SET_DUMPABLE, 0 if is_hidden else 1)


def kill_group(leader: int) -> None:
    """Kill the process group of a session's leader, and the leader; neither need exist."""
    if os.name == "nt":
        with contextlib.suppress(OSError):
            os.kill(leader, signal.SIGTERM)
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(leader, signal.SIGKILL)


def end_children() -> None:
    """Kill and reap every child of this process, and those that become its children by that.

    After :func:`adopt_orphans` no descendant is left then, however it had hidden. As process 1
    of a sandbox this one ends all others there at once; outside, processes that start others
    faster than they are found are given up after ``_ENDING_S``.
    """
    until_s = time.monotonic() + _ENDING_S
    if os.getpid() == 1:
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
    while time.monotonic() < until_s:
        for child in _children():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(child, signal.SIGKILL)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.0005)


def _children() -> list[int]:
    """Return the children of this process, as the system knows them; on Linux only."""
    try:
        lists = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
    except OSError:
        return []
    return [int(child) for text in lists for child in text.split()]


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
