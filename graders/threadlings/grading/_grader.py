"""A grader process, seen from outside: its order, its report, its end."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import tempfile
import threading
from typing import IO, Any

from ._tree import kill_group
from .checks import Order

_SILENCE_S = 900.0
"""Seconds in which a grader must say something; a check takes a few deadlines at most."""
_INTERRUPT_S = 10.0
_KEPT = ("HOME", "LANG", "LC_ALL", "PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")


class GraderProcess:
    """A grader while it runs.

    Attributes:
        diagnosis: What went wrong with the process itself, or None.
    """

    def __init__(self, order: Order) -> None:
        self.diagnosis: str | None = None
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in end()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", f"{__package__}._grader_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=order.work_folder,
            env=_environment(),
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._found: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._write, args=(order.to_json(),), daemon=True).start()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def lines(self) -> Any:
        """Yield the lines of the report until the grader has ended or says nothing more."""
        while True:
            try:
                line = self._found.get(timeout=_SILENCE_S)
            except queue.Empty:
                self.diagnosis = f"the grader said nothing for {_SILENCE_S:g} s"
                return
            if line is None:
                break
            yield line
        code = self._process.wait()
        if code != 0:
            self.diagnosis = f"the grader ended with {code}\n{self._last_errors()}"

    def interrupt(self) -> None:
        """Let the grader end its cells; kill it if it does not."""
        if self._process.poll() is None:
            self._process.send_signal(2 if os.name != "nt" else 15)
            try:
                self._process.wait(_INTERRUPT_S)
            except subprocess.TimeoutExpired:
                kill_group(self._process.pid)
                self._process.wait()

    def end(self) -> None:
        """Leave nothing of the grader; afterwards it has no lines."""
        self.interrupt()
        self._reader.join(_INTERRUPT_S)
        self._errors.close()

    def _write(self, text: str) -> None:
        stream: IO[str] | None = self._process.stdin
        assert stream is not None
        try:
            with stream:
                stream.write(text)
        except OSError:
            pass  # It has ended; its exit code says so.

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


def _environment() -> dict[str, str]:
    """Return what a grader needs of our environment: no token, nothing that configures pytest."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONHASHSEED": "0"}
