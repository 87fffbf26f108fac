"""What a kernel is given: who decides, and who looks on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..runs import Place, Thing
from ._simulated_thread import SimulatedThread

if TYPE_CHECKING:
    from ._processor import Processor


class Chooser(Protocol):
    """Decides who goes next."""

    def choose(
        self, kernel: Processor, enabled: list[int], current: int, yields: bool
    ) -> int | None:
        """Return one of ``enabled``, or None to give this run up.

        Args:
            kernel: The kernel, to look at.
            enabled: Indices of the threads that can go on, ascending, never empty.
            current: The thread that ran last; it may be among them.
            yields: True if ``current`` would rather let others go first.
        """


class Observer(Protocol):
    """Looks on at a run, and knows where in the program a thread is.

    Each method is called in the thread that it is about, which nobody interrupts meanwhile.
    """

    def on_thread_start(self) -> None:
        """See that the calling thread begins."""

    def on_thread_end(self) -> None:
        """See that the calling thread has nothing left to do; it may have been unwound."""

    def look_away(self) -> None:
        """Stop to watch what the calling thread does, until the prologue is over."""

    def on_switch(self, thread: SimulatedThread, state: str, time_s: float) -> None:
        """See that a thread is now ``running``, ``sleeping``, ``waiting`` or has ``ended``."""

    def record(
        self, thread: SimulatedThread, action: str, what: str | Thing, time_s: float
    ) -> None:
        """See that a thread does something to a lock, to time or to the output."""

    def place_of(self) -> tuple[Place | None, str]:
        """Return the line of the program under way, and the library's call in it, or ``""``."""
