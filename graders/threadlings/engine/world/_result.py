"""What came of a run: the run as plain data, and what only a search needs of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..kernel import Footprint, Resource, Transition, depend
from ..runs import Run

END = ("end of the program",)
EXIT = ("exit of the interpreter",)
"""Where main stands when the interpreter exits."""


@dataclass
class RunResult:
    """A run with what only the search needs of it.

    Attributes:
        run: The run as plain data.
        transitions: What was done, in order.
        pending: For each thread that was still waiting at the end, its index and its wishes.
        abandoned: True if the chooser gave the run up.
        decisions: How often the chooser decided.
        out_of_sight: True if a thread went out of sight before its end.
        spent: How many decisions and laps of loops the run took.
        ended_at: How many of the transitions were done when the program ended; what its daemon
            threads would have done then comes after them.
        is_cut_short: True if they would have done still more.
        unwatchable: What the program used that cannot be watched: ``ctypes``, ``a socket``.
    """

    run: Run
    transitions: list[Transition]
    pending: list[tuple[int, Sequence[tuple[Resource, int]]]]
    abandoned: bool
    decisions: int
    out_of_sight: bool
    spent: int
    unwatchable: frozenset[str] = frozenset()
    ended_at: int | None = None
    is_cut_short: bool = False

    @property
    def is_spoilt(self) -> bool:
        """Whether what was done after the program's end has changed what it returned."""
        if self.ended_at is None:
            return False
        read: Footprint = {}
        for resource, modes, site in self.transitions[self.ended_at - 1].accesses:
            if site == END:
                read[resource] = read.get(resource, 0) | modes
        return any(depend(read, after.footprint) for after in self.transitions[self.ended_at :])
