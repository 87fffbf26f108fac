"""How a class is spread over the jobs of a workflow."""

from __future__ import annotations

import math
from typing import Any

from ..handed_in import Chunk
from ..usage import UsageError

MOST_JOBS = 256
"""GitHub runs at most this many jobs of one matrix."""
MOST_MINUTES = 360
"""GitHub ends a job after so many minutes."""
_SPARE_MINUTES = 15
"""For a job's own start, and for installing."""
_SPARE_TIMES = 3
"""A chunk may take so many times what was expected before its job is ended."""


def plan(students: int, seconds_per_student: float, minutes_per_job: int, max_jobs: int) -> Any:
    """Return the matrix of a class: ``{"include": [...]}``, one entry for each chunk.

    An entry has ``chunk`` (``2/4``), ``name`` (``chunk-002-of-004``), ``first`` and ``last`` (the
    students' places in the roster, from 1) and ``minutes`` (when to give the job up). No text of
    the roster is in it. Equal arguments give equal matrices.

    Args:
        students: How many there are, at least 1.
        seconds_per_student: What one submission takes, on the machine of a job.
        minutes_per_job: How long a job should work; each is billed in whole minutes.
        max_jobs: How many jobs at most, from 1 to 256.
    Raises:
        UsageError: If a job would take longer than GitHub lets it.
    """
    seconds = students * seconds_per_student
    count = max(1, min(max_jobs, students, math.ceil(seconds / (60 * minutes_per_job))))
    longest = math.ceil(math.ceil(students / count) * seconds_per_student / 60)
    if longest + _SPARE_MINUTES > MOST_MINUTES:
        raise UsageError(
            f"{students} students at {seconds_per_student:g} s in {count} jobs take {longest} min "
            f"each; GitHub ends a job after {MOST_MINUTES} min\n"
            "  grade fewer lessons at a time, or split the roster"
        )
    minutes = min(MOST_MINUTES, _SPARE_MINUTES + _SPARE_TIMES * longest)
    chunks = (Chunk(number, count) for number in range(1, count + 1))
    return {"include": [_entry(chunk, students, minutes) for chunk in chunks]}


def _entry(chunk: Chunk, students: int, minutes: int) -> dict[str, Any]:
    begin, end = chunk.bounds(students)
    return {
        "chunk": str(chunk),
        "name": f"chunk-{chunk.number:03d}-of-{chunk.count:03d}",
        "first": begin + 1,
        "last": end,
        "minutes": minutes,
    }
