"""Where cells come from: forks of a warm process, or new interpreters where there is no fork."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from ._descendants import can_run_below
from ._messages import MessageError, read_message
from ._process_tree import kill_group
from .faults import CellError
from .limits import LOOK_EVERY_S, excess_of
from .sandbox import Sandbox

_CLOSING_S = 10.0


@dataclass(frozen=True)
class Ending:
    """How a cell's process ended.

    Attributes:
        code: Its exit code, the negative number of the signal that ended it, or None if the
            stem ended with it.
        cpu_s: Seconds of CPU time that it used, or None where that is not known.
        excess: What it and all that it had started used too much of: ``memory``, ``threads``,
            or None.
    """

    code: int | None
    cpu_s: float | None
    excess: str | None = None


class CellProcess(Protocol):
    """One cell while it runs.

    ``reader`` and ``writer`` are its private channel.
    """

    reader: BinaryIO
    writer: BinaryIO

    def wait(self) -> Ending:
        """Wait until the cell has ended, by itself or by :meth:`end`, and nothing is left of it."""

    def is_at_work(self) -> bool:
        """Return True if a thread of it runs, or waits for a core; False where nobody can tell."""

    def end(self) -> None:
        """Let the cell and all that it started be killed; it may have ended before."""

    def abandon(self) -> None:
        """Give up a cell that does not end, and let :meth:`wait` return."""


class Source(Protocol):
    """Makes cells, one at a time."""

    def start(self) -> CellProcess:
        """Start a cell.

        Raises:
            CellError: If that is not possible; it is not the student's fault.
        """

    def close(self) -> None:
        """End everything that is still there."""


def why_no_cells() -> str:
    """Return why no cell can be made on this machine, for a person; empty if they can."""
    if sys.platform == "linux" or find_spec("psutil") is not None:
        return ""
    return 'psutil is missing: pip install "threadlings[grading]"'


def cell_source(
    folder: Path, imports: Sequence[str] = (), sandbox: Sandbox | None = None
) -> Source:
    """Return the best source of cells that this system has.

    Args:
        folder: An empty folder, the home of what is started.
        imports: Modules that take long to import and that the cells will need.
        sandbox: What cells live in; None for nothing.
    """
    return Stem(folder, imports, sandbox) if hasattr(os, "fork") else NewInterpreters(folder)


class Stem:
    """A warm process that has imported the engine and ``imports``; each cell is a fork of it.

    It lives in the sandbox, and with it all of its cells: they are one student's.
    """

    def __init__(
        self, folder: Path, imports: Sequence[str] = (), sandbox: Sandbox | None = None
    ) -> None:
        self._folder = folder
        self._imports = imports
        self._sandbox = sandbox
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def start(self) -> CellProcess:
        """Start a cell; the first time, or when the stem was killed, the stem before it."""
        if self._process is None or self._process.poll() is not None:
            self._start_stem()
        assert self._control is not None
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [b"+"], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise CellError(f"the stem cannot be asked for a cell: {error}") from error
        return _Fork(self, self._control, ours)

    def close(self) -> None:
        """Let the stem end all cells and itself; kill it if it does not."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(_CLOSING_S)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def kill(self) -> None:
        """Kill the stem at once."""
        if self._process is not None and self._process.poll() is None:
            kill_group(self._process.pid)
            self._process.wait()

    def is_at_work(self) -> bool:
        """Return True if a thread of what it has started runs, or waits for a core."""
        if sys.platform != "linux" or self._process is None:
            return False
        # Outside of a sandbox is what keeps it, with the stem as its only child.
        return can_run_below(self._process.pid, 1 if self._sandbox is None else 2)

    def _start_stem(self) -> None:
        self.close()
        self._control, theirs = socket.socketpair()
        words = [*_python("_stem_process"), *self._imports]
        options: dict[str, Any] = {"cwd": self._folder}
        if self._sandbox is not None:
            words = [*self._sandbox.command(self._folder), *words]
            options = self._sandbox.identity
        streams = (theirs.fileno(), subprocess.DEVNULL, subprocess.PIPE)
        with theirs:
            self._process = _start([*_first_to_die(), *words], self._folder, *streams, **options)
        errors = self._process.stderr
        assert errors is not None
        with errors, self._control.makefile("rb") as reader:
            if read_message(reader, 4096) is None:
                text = errors.read().decode("utf-8", "replace")
                raise CellError(f"the stem does not start:\n{text}")


class _Fork:
    """A cell that is a fork of the stem."""

    def __init__(self, stem: Stem, control: socket.socket, channel: socket.socket) -> None:
        self._stem = stem
        self._control = control
        with channel:
            self.reader: BinaryIO = channel.makefile("rb")
            self.writer: BinaryIO = channel.makefile("wb")

    def wait(self) -> Ending:
        """Wait for the stem to say how the cell ended."""
        with self._control.makefile("rb") as reader:
            try:
                told = read_message(reader, 4096)
            except (OSError, MessageError):
                told = None
        if told is None:  # Student code can kill the stem; the next cell has a new one.
            self._stem.kill()
            return Ending(None, None)
        return Ending(told.get("code"), told.get("cpu_s"), told.get("excess"))

    def is_at_work(self) -> bool:
        """Return True if a thread below the stem runs, or waits for a core."""
        return self._stem.is_at_work()

    def end(self) -> None:
        """Tell the stem that the cell is to end."""
        with contextlib.suppress(OSError):
            self._control.sendall(b"-")

    def abandon(self) -> None:
        """Kill the stem; the next cell has a new one."""
        self._stem.kill()


class NewInterpreters:
    """Cells that are each a new interpreter: slower, for systems without ``fork``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: _Interpreter | None = None

    def start(self) -> CellProcess:
        """Start an interpreter."""
        pipe = subprocess.PIPE
        self._last = _Interpreter(
            _start(
                _python("_cell_process"),
                self._folder,
                pipe,
                pipe,
                subprocess.DEVNULL,
                cwd=self._folder,
            )
        )
        return self._last

    def close(self) -> None:
        """End the interpreter that was started last."""
        if self._last is not None:
            self._last.end()
            self._last.wait()


class _Interpreter:
    """A cell that is an interpreter of its own."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        from ._tree import Tree  # Students have no psutil.

        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self._tree = Tree(process.pid)
        self.reader: BinaryIO = process.stdout  # type: ignore[assignment]
        self.writer: BinaryIO = process.stdin  # type: ignore[assignment]

    def wait(self) -> Ending:
        """Wait until the interpreter has ended, or it and what it started are too large."""
        excess = None
        while excess is None and self._is_running():
            self._tree.look()
            excess = excess_of(self._tree.threads, self._tree.memory_bytes)
        self._tree.end()
        return Ending(self._process.wait(), None, excess)

    def _is_running(self) -> bool:
        """Return True if it has not ended until the next look."""
        try:
            self._process.wait(LOOK_EVERY_S)
        except subprocess.TimeoutExpired:
            return True
        return False

    def is_at_work(self) -> bool:
        """Return False: what waits for a core cannot be told from what only waits."""
        return False

    def end(self) -> None:
        """Kill the interpreter and what it started."""
        if self._process.poll() is None:
            self._tree.end()

    def abandon(self) -> None:
        """Kill it again."""
        self.end()


def cell_environment(folder: Path) -> dict[str, str]:
    """Return all that a cell's environment holds."""
    environment = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if sys.platform == "win32":  # Without it the interpreter does not start.
        environment["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")
        environment |= {"TEMP": str(folder), "TMP": str(folder)}
    return environment


@cache
def _first_to_die() -> tuple[str, ...]:
    """Return the words that let Linux end a command before all others when memory runs out."""
    choom = shutil.which("choom")
    return () if choom is None else (choom, "-n", "1000", "--")


def _python(module: str) -> list[str]:
    """Return the words that run a module of ours, which nothing of the student's leads astray.

    ``-I`` would ignore the fixed hash seed, so its other two halves are given: ``-P`` and
    ``-s``; the environment is ours anyway.
    """
    return [sys.executable, "-P", "-s", "-m", f"{__package__}.{module}"]


def _start(
    words: Sequence[str], folder: Path, stdin: int, stdout: int, stderr: int, **options: Any
) -> subprocess.Popen[bytes]:
    """Start a command with the environment of a cell, in a session of its own."""
    if sys.platform == "win32":
        options["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP
    else:
        options["start_new_session"] = True
    try:
        return subprocess.Popen(
            words,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            env=cell_environment(folder),
            **options,
        )
    except OSError as error:
        raise CellError(f"no cell can be started: {error}") from error
