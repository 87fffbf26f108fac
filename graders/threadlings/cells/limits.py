"""What student code may use before it is stopped."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024

TREE_BYTES = 2048 * MEBIBYTE
"""Memory of a cell and all that it started."""
TREE_THREADS = 512
"""Threads of a cell and all that it started. No lesson needs more than some dozens."""
LOOK_EVERY_S = 0.5
"""Seconds from one look at a cell and all that it started to the next."""


def excess_of(threads: int, memory_bytes: int) -> str | None:
    """Return what a cell and all that it started have too much of, or None."""
    if threads > TREE_THREADS:
        return "threads"
    return "memory" if memory_bytes > TREE_BYTES else None


LONGEST_DEADLINES = 3
"""How many deadlines a cell has that is at work all the time, on a machine that is too busy."""


@dataclass(frozen=True)
class Limits:
    """Limits of one cell, which is one check.

    The CPU time is what stops a loop that burns: unlike a deadline it does not depend on
    what else the machine does. The deadline is for a process that only sits: one that could run
    when it has passed, and has to wait for a core perhaps, has ``LONGEST_DEADLINES`` of them.

    Attributes:
        cpu_s: Seconds of CPU time, whole; where the system has no such limit, the deadline.
        deadline_s: Seconds on the clock.
        memory_bytes: Address space of each process of the cell.
        file_bytes: Size of a file that is written.
        open_files: Descriptors of each process of the cell.
        answer_bytes: Size of what comes back.
        source_bytes: Size of the student's file.
    """

    cpu_s: int = 10
    deadline_s: float = 60.0
    memory_bytes: int = 4096 * MEBIBYTE
    file_bytes: int = 64 * MEBIBYTE
    open_files: int = 256
    answer_bytes: int = 8 * MEBIBYTE
    source_bytes: int = MEBIBYTE
