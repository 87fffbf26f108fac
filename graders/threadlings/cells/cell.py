"""One check in a cell, seen from outside: the request, the deadline, the end."""

from __future__ import annotations

import contextlib
import queue
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from ._messages import MessageError, read_message, write_message
from .limits import LONGEST_DEADLINES, Limits
from .stem import CellProcess, Ending, Source

_ENDING_S = 15.0
"""Seconds that the end of a cell may take; the machine's work, not the student's."""
_LONGER_S = 0.5
"""How much longer a cell has that was at work when its deadline had passed."""
_FLAGS_TOLD = 2
"""How often a cell tells of flags: before it runs student code, and after."""
_MOST_MESSAGES = 4 + _FLAGS_TOLD
"""Besides, a cell says that the file is loaded, where it is stuck, what came of it: no more."""


@dataclass
class Report:
    """What is known of a cell after its end.

    Attributes:
        is_loaded: True if the student's file could be used; then the scenario was called.
        answer: The last message, or None if none came.
        fault: What was wrong with a message that came, or None.
        is_late: True if the deadline passed.
        ending: How the process ended.
        flags: What else came, for :func:`~threadlings.flags.flags_told`.
    """

    is_loaded: bool = False
    answer: dict[str, Any] | None = None
    fault: str | None = None
    is_late: bool = False
    ending: Ending = field(default_factory=lambda: Ending(None, None))
    flags: list[Any] = field(default_factory=list)


def ask(source: Source, request: dict[str, Any], limits: Limits) -> Report:
    """Let a new cell do one request, and leave nothing of it running.

    Args:
        source: Where the cell comes from.
        request: What ``_cell_process`` reads.
        limits: The deadline is kept here, the others inside.
    Raises:
        CellError: If no cell can be started.
    """
    cell = source.start()
    watch = _Watch(cell, limits.answer_bytes)
    try:
        return watch.follow(request, limits.deadline_s)
    finally:
        watch.close()


class _Watch:
    """Two threads that read, so that one place can wait for whatever comes first."""

    def __init__(self, cell: CellProcess, max_bytes: int) -> None:
        self._cell = cell
        self._max_bytes = max_bytes
        self._nonce = secrets.token_hex(16)
        self._events: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._waiting = threading.Thread(target=self._wait, daemon=True)
        self._ending: Ending | None = None
        self._is_over = False
        self._reading.start()
        self._waiting.start()

    def follow(self, request: dict[str, Any], deadline_s: float) -> Report:
        """Send the request and wait for the answer, the end, or the deadline."""
        report = Report()
        with contextlib.suppress(OSError):
            write_message(self._cell.writer, {**request, "nonce": self._nonce})
        until_s = time.monotonic() + deadline_s
        latest_s = until_s + (LONGEST_DEADLINES - 1) * deadline_s
        while self._take(report, max(0.0, until_s - time.monotonic())):
            pass
        while report.is_late and time.monotonic() < latest_s and self._cell.is_at_work():
            report.is_late = False  # It does not sit: its CPU time will end it.
            while self._take(report, _LONGER_S):
                pass
        self._end()
        while self._take(report, None):
            pass
        report.ending = self._ending or Ending(None, None)
        return report

    def close(self) -> None:
        """End the cell, also when the wait for it was interrupted."""
        self._end()
        with contextlib.suppress(OSError):
            self._cell.writer.close()

    def _take(self, report: Report, timeout_s: float | None) -> bool:
        """Note one event; return False if no more are to be waited for.

        Args:
            report: What is known so far.
            timeout_s: How long to wait; None takes only what is there already.
        """
        try:
            kind, found = self._events.get(timeout_s is not None, timeout_s)
        except queue.Empty:
            report.is_late = report.is_late or timeout_s is not None
            return False
        if kind == "message" and found.get("kind") == "loaded":
            report.is_loaded = True
            return True
        if kind == "message" and found.get("kind") == "flags":
            report.flags = [*report.flags, found.get("flags")][:_FLAGS_TOLD]
            return True
        if kind == "message" and report.answer is None:
            report.answer = found
        elif kind == "fault" and report.answer is None:
            report.fault = found
        return timeout_s is None

    def _end(self) -> None:
        """End the cell, and read what it had sent until then; it may have ended long before."""
        if self._is_over:
            return
        self._cell.end()
        self._waiting.join(_ENDING_S)
        if self._waiting.is_alive():
            self._cell.abandon()
            self._waiting.join(_ENDING_S)
        self._reading.join(_ENDING_S)
        self._is_over = True

    def _read(self) -> None:
        """Read the messages. Whoever else closed the channel would wait for its other end."""
        try:
            with self._cell.reader as reader:
                self._read_from(reader)
        except MessageError as error:
            self._events.put(("fault", str(error)))
        except (OSError, ValueError):
            pass
        self._events.put(("end", None))

    def _read_from(self, reader: BinaryIO) -> None:
        for _ in range(_MOST_MESSAGES):
            message = read_message(reader, self._max_bytes)
            if message is None:
                return
            if message.pop("nonce", None) != self._nonce:
                raise MessageError("a message without the mark of this cell")
            self._events.put(("message", message))

    def _wait(self) -> None:
        self._ending = self._cell.wait()
        self._events.put(("end", None))
