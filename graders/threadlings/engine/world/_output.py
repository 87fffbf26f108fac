"""What the program prints, recorded by thread and virtual moment."""

from __future__ import annotations

import _thread
import io
import re
from typing import TextIO

from ..kernel import Kernel
from ..runs import Printed

_ADDRESS = re.compile(r"\bat 0x[0-9A-Fa-f]+")


def without_addresses(text: str) -> str:
    """Return ``text`` with the addresses of default representations left out.

    ``<Seat object at 0x7f3a>`` becomes ``<Seat object at 0x...>``: addresses differ from run to
    run, and nothing else in a result may.
    """
    return _ADDRESS.sub("at 0x...", text) if "at 0x" in text else text


def text_of_value(value: object) -> str:
    """Return the ``repr`` of a value without addresses, or its type's name if it has none."""
    try:
        return without_addresses(repr(value))
    except Exception:
        return f"<{type(value).__qualname__}>"


class Output:
    """Standard output and error of a run, in one order.

    Args:
        kernel: Says who prints, and when.
        printed: Where the result goes when the output is closed.
    """

    def __init__(self, kernel: Kernel, printed: list[Printed]) -> None:
        self._kernel = kernel
        self._printed = printed
        self._keeper = _thread.get_ident()
        self._key: tuple[str, str, float, str] | None = None
        self._texts: list[str] = []

    def stream(self, name: str, original: TextIO) -> Recorder:
        """Return what stands for ``original`` during the run."""
        return Recorder(self, name, original)

    def takes(self, stream: str, text: str) -> bool:
        """Record what a thread of the run writes; return False if it is not for the run.

        What is written after the end of the run is lost: by threads that are unwound, and by
        what is thrown away with the run.
        """
        thread = self._kernel.me()
        if thread is None:
            return _thread.get_ident() == self._keeper
        if text and not self._kernel.stopping and self._kernel.ended_at is None:
            if self._kernel.keep_steps:
                self._kernel.record(thread, "prints", without_addresses(text))
            key = (thread.letter, thread.current_name(), self._kernel.clock_s, stream)
            if key != self._key:
                self.close()
                self._key = key
            self._texts.append(without_addresses(text))
        return True

    def close(self) -> None:
        """Put what was written last among what was printed."""
        if self._key is not None:
            letter, name, time_s, stream = self._key
            self._printed.append(Printed(letter, name, time_s, "".join(self._texts), stream))
            self._key, self._texts = None, []


class Recorder(io.TextIOBase):
    """One stream of an :class:`Output`; what other threads write goes on to the original."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, output: Output, name: str, original: TextIO) -> None:
        self._output = output
        self._name = name
        self._original = original

    def __del__(self) -> None:
        """Do nothing: the base class would close, and flush an original that may be gone."""

    def write(self, text: str) -> int:
        """Write text.

        Raises:
            TypeError: If ``text`` is no string.
            ValueError: If the stream was closed.
        """
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        if not self._output.takes(self._name, text):
            self._original.write(text)
        return len(text)

    def flush(self) -> None:
        """Let the original write what others left in it; of the run's, nothing is held back."""
        if not self._output.takes(self._name, ""):
            self._original.flush()

    def fileno(self) -> int:
        """Return the original's file descriptor."""
        return self._original.fileno()

    def writable(self) -> bool:
        """Return True."""
        return True
