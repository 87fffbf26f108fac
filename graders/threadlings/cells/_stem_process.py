"""The stem: a warm process of which each cell is a fork.

It has imported the engine, and the modules that its command line names, and holds nothing
else: a request goes from the check straight to the cell. For each order it forks a cell, waits
until the cell has ended or is to be ended, kills and reaps whatever is left of it, and says how
it ended.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import resource
import select
import signal
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .. import engine, manifest
from ..flags import remember
from ..folders import remove_folder
from . import _cell_process
from ._cell_process import STILL_SIGNAL
from ._messages import write_message
from ._process_tree import adopt_orphans, end_children, end_with_parent, hide
from .limits import LOOK_EVERY_S, TREE_THREADS, excess_of

if sys.platform == "linux":
    from ._descendants import Descendants as Tree
else:
    from ._tree import Tree

_STILL_S = 3.0
"""Seconds after which a program without a timed wait will not move again."""


class _Stem:
    """Serves orders from the control channel, which is standard input when it starts."""

    def __init__(self) -> None:
        self._control = socket.socket(fileno=os.dup(0))
        self._home = os.getcwd()
        _cell_process.silence()
        self._wake, wake = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # In a sandbox a cell cannot send it then.
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        self._wake_end = wake

    def serve(self) -> None:
        """Say that the stem is there, then make cells until the check goes away."""
        self._say({"kind": "ready"})
        while True:
            order, descriptors, _flags, _address = socket.recv_fds(self._control, 1, 1)
            if not order:
                return
            for descriptor in descriptors:  # None: "end it", for a cell that had ended before.
                self._grow(descriptor)

    def _grow(self, channel: int) -> None:
        self._drain()
        cell = os.fork()
        if cell == 0:
            self._become_cell(channel)
        os.close(channel)
        tree = Tree(cell)
        excess = self._wait_for_end(cell, tree)
        tree.end()
        _pid, status, usage = os.wait4(cell, 0)
        end_children()
        _empty(self._home)
        cpu_s = usage.ru_utime + usage.ru_stime
        code = os.waitstatus_to_exitcode(status)
        self._say({"code": code, "cpu_s": cpu_s, "excess": excess})

    def _say(self, message: dict[str, Any]) -> None:
        with self._control.makefile("wb") as writer:
            write_message(writer, message)

    def _wait_for_end(self, cell: int, tree: Tree) -> str | None:
        """Wait until the cell has ended by itself, or the check has said something, or left.

        Returns:
            What the cell and all that it had started used too much of, or None.
        """
        sources: list[Any] = [self._control, self._wake]
        next_look_s = time.monotonic() + LOOK_EVERY_S
        while not _has_ended(cell):
            wait_s = max(0.0, next_look_s - time.monotonic())
            ready, _, _ = select.select(sources, [], [], wait_s)
            if self._control in ready:
                return None
            self._drain()
            if ready and time.monotonic() < next_look_s:
                continue
            tree.look()
            next_look_s = time.monotonic() + LOOK_EVERY_S
            excess = excess_of(tree.threads, tree.memory_bytes)
            if excess is not None:
                return excess
            if tree.still_s() >= _STILL_S:
                os.kill(cell, STILL_SIGNAL)
        return None

    def _drain(self) -> None:
        try:
            while os.read(self._wake, 4096):
                pass
        except BlockingIOError:
            pass

    def _become_cell(self, channel: int) -> None:
        try:
            os.setsid()
            end_with_parent()
            hide(False)  # Its own files in /proc are its business.
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(STILL_SIGNAL, signal.SIG_IGN)
            self._control.close()
            os.close(self._wake)
            os.close(self._wake_end)
            os.set_inheritable(channel, False)
            with os.fdopen(channel, "rb") as reader, os.fdopen(os.dup(channel), "wb") as writer:
                _cell_process.serve(reader, writer)
        finally:
            _cell_process.leave()


def _has_ended(cell: int) -> bool:
    """Return True if the cell is a zombie; it stays one, so that its number stays its own."""
    if not hasattr(os, "waitid"):
        return False  # The check sees the end of the channel, and says so.
    flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
    return os.waitid(os.P_PID, cell, flags) is not None


def _empty(folder: str) -> None:
    """Remove what a cell left behind for the next one."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            remove_folder(Path(entry.path))
        else:
            with contextlib.suppress(OSError):
                os.unlink(entry.path)


def _limit_threads() -> None:
    """Let the system refuse more threads than the tree may have, and as many again until seen.

    Only where those of this sandbox alone count, in Linux since 5.14; before, all processes of
    the user did. Root is never refused.
    """
    version = tuple(int(part) for part in os.uname().release.split(".")[:2])
    if os.getpid() == 1 and version >= (5, 14):
        resource.setrlimit(resource.RLIMIT_NPROC, (2 * TREE_THREADS, 2 * TREE_THREADS))


def _warm_up(imports: Sequence[str]) -> None:
    """Let the engine read and keep what every run needs, once for all cells."""
    for name in imports:
        importlib.import_module(name)

    def program() -> None:
        import concurrent.futures.thread
        import queue

        assert concurrent.futures.thread
        assert queue

    engine.search(program)
    manifest.safe_packages("")
    remember()
    gc.freeze()


def main() -> None:
    """Be the stem until the control channel closes, then leave nothing behind."""
    adopt_orphans()
    hide()
    _limit_threads()
    imports, sys.argv[1:] = sys.argv[1:], []
    _warm_up(imports)
    try:
        _Stem().serve()
    finally:
        end_children()


if __name__ == "__main__":
    main()
