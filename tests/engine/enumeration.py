"""The oracle: every schedule of a program, by plain enumeration without any reduction.

Kept apart from the programs, because the engine watches a program's whole file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from threadlings.engine.kernel import Processor, SiteKey
from threadlings.engine.world import RunResult, Subject, execute


class _Bodies:
    """The set of all sites in the threads' bodies that touch something, or let go of it.

    The main thread only starts and joins; reading a method, or a variable that nobody binds
    anew, cannot matter.
    """

    def __contains__(self, site: Any) -> bool:
        if isinstance(site, tuple):
            return site[0] == "release" and site[1] in self
        if site is None or not site.code.co_name.startswith("body") or site.kind == "load_cell":
            return False
        if site.kind == "load_global":
            return bool(site.name == "count")
        return bool(site.kind != "load_attr" or site.name in ("x", "y"))


class _Enumerate:
    """Goes through all schedules depth first, without any reduction."""

    def __init__(self) -> None:
        self.path: list[tuple[tuple[int, ...], int]] = []
        self._depth = 0

    def begin(self) -> None:
        self._depth = 0

    def choose(self, kernel: Processor, enabled: list[int], current: int, yields: bool) -> int:
        if self._depth == len(self.path):
            self.path.append((tuple(enabled), 0))
        options, position = self.path[self._depth]
        self._depth += 1
        return options[position]

    def advance(self) -> bool:
        while self.path:
            options, position = self.path.pop()
            if position + 1 < len(options):
                self.path.append((options, position + 1))
                return True
        return False


def enumerate_all(program: Callable[[], Any], max_runs: int) -> list[RunResult] | None:
    """Return every run of the program, or None if there are more than ``max_runs``."""
    subject, chooser, found = Subject(program), _Enumerate(), []
    bodies: Any = _Bodies()
    points: frozenset[SiteKey] = bodies
    while True:
        if len(found) == max_runs:
            return None
        chooser.begin()
        found.append(
            execute(subject, chooser, points=points, sleeping_orders=False, max_decisions=10_000)
        )
        if not chooser.advance():
            return found
