"""Schedules drawn at random where there are too many to run them all.

Probabilistic concurrency testing, after Burckhardt, Kothari, Musuvathi, Nagarakatte, "A
randomized scheduler with probabilistic guarantees of finding bugs" (ASPLOS 2010): threads have
random priorities, the highest that can go on goes on, and at ``depth - 1`` random moments the one
that runs becomes the lowest. Of a program with n threads and k decisions, a run finds a fault that
needs ``depth`` decisions to be right with a probability of at least 1 / (n * k ** (depth - 1)).
"""

from __future__ import annotations

from random import Random

from ..kernel import Processor

DEPTHS = (1, 2, 3)
"""Depths of faults to look for, in turn."""


class Sampling:
    """The chooser of sampled runs; the same seed draws the same schedules.

    Args:
        seed: Of the random numbers.
        decisions: How many decisions a run takes, about; grows as longer runs are seen.
    """

    def __init__(self, seed: int, decisions: int) -> None:
        self._random = Random(seed)
        self._decisions = decisions
        self._drawn = 0
        self._made = 0

    def begin(self) -> None:
        """Draw the next schedule."""
        self._decisions = max(self._decisions, self._made)
        depth = DEPTHS[self._drawn % len(DEPTHS)]
        self._drawn += 1
        self._made = 0
        self._lowest = 0.0
        self._priorities: dict[int, float] = {}
        self._changes = {self._random.randint(1, self._decisions) for _ in range(depth - 1)}

    def choose(self, kernel: Processor, enabled: list[int], current: int, yields: bool) -> int:
        """Choose the thread with the highest priority."""
        self._made += 1
        for thread in enabled:
            if thread not in self._priorities:
                self._priorities[thread] = 1.0 + self._random.random()
        if yields or self._made in self._changes:
            self._lower(current)
        chosen = max(enabled, key=self._priorities.__getitem__)
        if not kernel.is_ready(chosen):
            # Its sleep or its timeout ends: who polls must not keep the others from their work.
            self._lower(chosen)
        return chosen

    def _lower(self, thread: int) -> None:
        self._lowest -= 1.0
        self._priorities[thread] = self._lowest
