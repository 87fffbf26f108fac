"""How far a search goes."""

from __future__ import annotations

from dataclasses import dataclass

DECISIONS_OF_A_SEARCH = 6_000
"""How many decisions, and laps of loops, the runs of a search may take together if nothing else was
asked for: some seconds."""
MAX_SAMPLES = 50
"""How many schedules are drawn at random when there are more than that."""
MAX_DECISIONS_OF_A_RUN = 20_000
MAX_DECISIONS_OF_ALL = 200_000
"""The same for one run of a search, and for all of its runs, or samples, if their number was
asked for."""


@dataclass(frozen=True)
class Budget:
    """How far a search goes; see :func:`search`."""

    max_runs: int | None = None
    max_decisions: int = MAX_DECISIONS_OF_A_RUN
    max_preemptions: int | None = None
    samples: int | None = None
    seed: int = 0

    @property
    def max_samples(self) -> int:
        """How many schedules may be drawn at random."""
        if self.samples is not None:
            return self.samples
        return MAX_SAMPLES if self.max_runs is None else min(self.max_runs // 4, MAX_SAMPLES)

    @property
    def max_decisions_of_all(self) -> int:
        """How many decisions and laps all runs, or all samples, may take together."""
        return DECISIONS_OF_A_SEARCH if self.max_runs is None else MAX_DECISIONS_OF_ALL
