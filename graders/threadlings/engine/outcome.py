"""What a search saw, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .run import Run, well_formed

HOLDS, FAILS, INCOMPLETE = "HOLDS", "FAILS", "INCOMPLETE"

OUT_OF_SIGHT = "a thread went out of sight at the recursion limit"
"""Why a search is not complete that could not see all steps of a program."""


@dataclass
class Outcome:
    """One way in which the program can end.

    Attributes:
        kind: ``value``, ``error``, ``thread error``, ``deadlock``, ``livelock`` or ``exhausted``.
        value: What the program returned, if ``kind`` is ``value`` or ``thread error``.
        run: The first run that ended so.
    """

    kind: str
    value: Any
    run: Run

    @classmethod
    def of(cls, run: Run) -> Outcome:
        """Return how a run ended."""
        if run.deadlock:
            return cls("deadlock", None, run)
        if run.exhausted:
            return cls("exhausted", None, run)
        if run.livelock:
            return cls("livelock", None, run)
        if run.error is not None:
            return cls("error", None, run)
        if run.uncaught:
            return cls("thread error", run.value, run)
        return cls("value", run.value, run)

    def as_data(self) -> dict[str, Any]:
        """Return the outcome as plain data."""
        return {"kind": self.kind, "value": self.value, "run": self.run.as_data()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Outcome:
        """Return the outcome that :meth:`as_data` told of."""
        return cls(data["kind"], data["value"], Run.from_data(data["run"]))


@dataclass
class Search:
    """What a search saw.

    Attributes:
        verdict: ``HOLDS`` (every schedule that can matter was run and none fails), ``FAILS``
            (one does: ``failing``), or ``INCOMPLETE`` (none was found, but not all were run).
        runs: How many runs were made.
        sampled: How many of them were drawn at random.
        reason: For INCOMPLETE, what cut the search off.
        failing: The first run that fails, or None.
        outcomes: The distinct ways in which the program ended, in the order they were found.
        kept: If it was asked for, a run of each schedule that can matter. Schedules that differ
            only in the order of steps that do not depend on each other have one run together.
    """

    verdict: str = HOLDS
    runs: int = 0
    sampled: int = 0
    reason: str = ""
    failing: Run | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    kept: list[Run] = field(default_factory=list)

    @property
    def values(self) -> list[Any]:
        """The distinct values that the program returned, in the order they were found."""
        return [outcome.value for outcome in self.outcomes if outcome.kind == "value"]

    def as_data(self) -> dict[str, Any]:
        """Return the search as plain data."""
        return {
            "verdict": self.verdict,
            "runs": self.runs,
            "sampled": self.sampled,
            "reason": self.reason,
            "failing": self.failing.as_data() if self.failing is not None else None,
            "outcomes": [outcome.as_data() for outcome in self.outcomes],
            "kept": [run.as_data() for run in self.kept],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Search:
        """Return the search that :meth:`as_data` told of, also after a journey as JSON.

        Raises:
            MalformedError: If the data is not such a search.
        """
        with well_formed():
            failing = Run.from_data(data["failing"]) if data["failing"] is not None else None
            outcomes = [Outcome.from_data(told) for told in data["outcomes"]]
            kept = [Run.from_data(told) for told in data["kept"]]
            told = (data["verdict"], data["runs"], data["sampled"], data["reason"])
            return cls(*told, failing, outcomes, kept)
