"""Choosers for a single run, where no schedule is searched for."""

from __future__ import annotations

from ..kernel import Processor


class Fair:
    """The fair schedule: whoever runs goes on until it waits or would rather let others go."""

    def choose(self, kernel: Processor, enabled: list[int], current: int, yields: bool) -> int:
        """Choose who runs, or the next after it."""
        if current in enabled and not yields:
            return current
        after = [index for index in enabled if index > current]
        return (after or enabled)[0]


class First:
    """Always takes the first thread that can go on."""

    def choose(self, kernel: Processor, enabled: list[int], current: int, yields: bool) -> int:
        """Choose the first."""
        return enabled[0]
