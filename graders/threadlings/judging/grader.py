"""Grader processes, seen from outside: their orders, their reports, their end."""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator

from ..cells import kill_group
from .orders import Order, end_told

_SILENCE_S = 900.0
"""Seconds in which a grader must say something; a check takes a few deadlines at most."""
_ENDING_S = 15.0
"""More than a grader has to end its cells."""
_KEPT = ("HOME", "LANG", "LC_ALL", "PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")


class GraderProcess:
    """A warm process that grades one submission after another, each in a fork of its own.

    Attributes:
        diagnosis: What went wrong with the last grader itself, or None.
        is_silent: True if that is that it gave no answer in time.
        environment: What it was started with.
    """

    def __init__(self) -> None:
        self.diagnosis: str | None = None
        self.is_silent = False
        self.environment = _environment()
        self._is_free = True
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in end()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", f"{__package__}._grader_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=os.path.abspath(os.sep),
            env=self.environment,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._found: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def is_free(self) -> bool:
        """True if it can be given another order."""
        return self._is_free and self._process.poll() is None

    def lines(self, order: Order) -> Iterator[str]:
        """Yield the lines of the report until the grader has ended or says nothing more."""
        self.diagnosis, self.is_silent = None, False
        self._is_free = False
        self._errors.seek(0)
        self._errors.truncate()
        self._write(order.to_json() + "\n")
        while True:
            try:
                line = self._found.get(timeout=_SILENCE_S)
            except queue.Empty:
                self.is_silent = True
                self.diagnosis = f"the grader said nothing for {_SILENCE_S:g} s"
                return
            code = self._process.wait() if line is None else end_told(line)
            if code is not None:
                break
            assert line is not None
            yield line
        self._is_free = True
        if line is None or code != 0:
            self.diagnosis = f"the grader ended with {code}\n{self._last_errors()}"

    def interrupt(self) -> None:
        """Let the grader end its cells, and the process end; kill it if it does not."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        if os.name == "nt":
            self._process.terminate()
        try:
            self._process.wait(_ENDING_S)
        except subprocess.TimeoutExpired:
            kill_group(self._process.pid)
            self._process.wait()

    def end(self) -> None:
        """Leave nothing of it; afterwards it has no lines."""
        self.interrupt()
        self._reader.join(_ENDING_S)
        self._errors.close()

    def _write(self, text: str) -> None:
        stream = self._process.stdin
        assert stream is not None
        with contextlib.suppress(OSError, ValueError):  # It has ended; its exit code says so.
            stream.write(text)
            stream.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            for line in stream:
                self._found.put(line)
        self._found.put(None)

    def _last_errors(self) -> str:
        self._errors.seek(0)
        text = self._errors.read().decode("utf-8", "replace")
        return "\n".join(text.splitlines()[-20:])


_free: list[GraderProcess] = []


def take() -> GraderProcess:
    """Return a process for one order at a time: one that has become free, or a new one."""
    while _free:
        with contextlib.suppress(IndexError):  # Another thread was quicker.
            process = _free.pop()
            if process.is_free and process.environment == _environment():
                return process
            process.end()
    return GraderProcess()


def give_back(process: GraderProcess) -> None:
    """Keep a process for the next order; if it is not free, leave nothing of it."""
    if process.is_free:
        _free.append(process)
    else:
        process.end()


@atexit.register
def end_free() -> None:
    """Leave nothing of the processes that are kept."""
    while _free:
        _free.pop().end()


def _environment() -> dict[str, str]:
    """Return what a grader needs of our environment: no token, nothing that configures pytest."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONHASHSEED": "0"}
