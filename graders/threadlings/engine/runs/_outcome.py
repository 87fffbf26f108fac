"""What a search saw, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ._parts import Ending, well_formed
from ._run import Run

HOLDS, FAILS, INCOMPLETE = "HOLDS", "FAILS", "INCOMPLETE"
"""The verdicts of a search."""


class Limit(StrEnum):
    """What kept a search from seeing every schedule, or all that is done under one."""

    RUNS = "runs"
    DECISIONS = "decisions"
    DECISIONS_OF_A_RUN = "decisions of a run"
    PREEMPTIONS = "preemptions"
    SAMPLED = "sampled"
    OUT_OF_SIGHT = "out of sight"
    UNWATCHABLE = "unwatchable"
    DAEMONS = "daemons"
    UNREPEATABLE = "unrepeatable"


UNSEEN = frozenset({Limit.OUT_OF_SIGHT, Limit.UNWATCHABLE})
"""With these the runs themselves were not seen as they were: that none of them fails says nothing,
however many there were."""

SENTENCES: Mapping[Limit, str] = {
    Limit.RUNS: "the budget of {number} runs is used up",
    Limit.DECISIONS: "the budget of {number} decisions is used up",
    Limit.DECISIONS_OF_A_RUN: "a run took more than {number} decisions",
    Limit.PREEMPTIONS: "schedules with over {number} preemptions were left out",
    Limit.SAMPLED: "{sampled} more were drawn at random (seed {number})",
    Limit.OUT_OF_SIGHT: "a thread went out of sight at the recursion limit",
    Limit.UNWATCHABLE: "it uses {name}, which cannot be watched",
    Limit.DAEMONS: "a daemon thread would have gone on for longer than was looked at",
    Limit.UNREPEATABLE: "it did not do the same when a schedule was run again",
}
"""What to tell a person of each limit, of its ``number``, and of what is ``sampled``."""

_NUMBERED = frozenset(
    {Limit.RUNS, Limit.DECISIONS, Limit.DECISIONS_OF_A_RUN, Limit.PREEMPTIONS, Limit.SAMPLED}
)


@dataclass
class Outcome:
    """One way in which the program can end.

    Attributes:
        kind: How the run ended.
        value: What the program returned, if ``kind`` is ``value`` or ``thread error``.
        run: The first run that ended so.
    """

    kind: Ending
    value: Any
    run: Run

    @classmethod
    def of(cls, run: Run) -> Outcome:
        """Return how a run ended."""
        kind = run.ending
        has_value = kind in (Ending.VALUE, Ending.THREAD_ERROR)
        return cls(kind, run.value if has_value else None, run)

    def as_data(self) -> dict[str, Any]:
        """Return the outcome as plain data."""
        return {"kind": self.kind.value, "value": self.value, "run": self.run.as_data()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Outcome:
        """Return the outcome that :meth:`as_data` told of, also after a journey as JSON.

        Raises:
            MalformedError: If the data is not such an outcome.
        """
        with well_formed():
            return cls(Ending(data["kind"]), data["value"], Run.from_data(data["run"]))


@dataclass
class Search:
    """What a search saw.

    Attributes:
        verdict: ``HOLDS`` (every schedule that can matter was run and none fails), ``FAILS``
            (one does: ``failing``), or ``INCOMPLETE`` (none was found, but not all were run).
        runs: How many runs were made.
        sampled: How many of them were drawn at random.
        limits: What kept it from seeing all; none is ever taken back. A search that found a
            failure may have some too.
        numbers: For each limit that has a number, which: of runs, decisions or preemptions; for
            SAMPLED the seed.
        unwatchable: For UNWATCHABLE, what the program uses that cannot be watched, sorted:
            ``ctypes``, ``a socket``.
        failing: The first run that fails, or None.
        outcomes: The distinct ways in which the program ended, in the order they were found.
        kept: If it was asked for, a run of each schedule that can matter. Schedules that differ
            only in the order of steps that do not depend on each other have one run together.
    """

    verdict: str = HOLDS
    runs: int = 0
    sampled: int = 0
    limits: frozenset[Limit] = frozenset()
    numbers: dict[Limit, int] = field(default_factory=dict)
    unwatchable: tuple[str, ...] = ()
    failing: Run | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    kept: list[Run] = field(default_factory=list)

    @property
    def values(self) -> list[Any]:
        """The distinct values that the program returned, in the order they were found."""
        return [outcome.value for outcome in self.outcomes if outcome.kind == Ending.VALUE]

    @property
    def is_complete(self) -> bool:
        """True if no limit kept the search from seeing all."""
        return not self.limits

    @property
    def reasons(self) -> list[str]:
        """A sentence for each limit, and each thing that cannot be watched, for a person to read.

        They are made of ``SENTENCES``. What they tell of can be asked of ``limits``.
        """
        return [sentence for limit in Limit for sentence in self._sentences(limit)]

    def _sentences(self, limit: Limit) -> list[str]:
        if limit not in self.limits:
            return []
        if limit is Limit.UNWATCHABLE:
            return [SENTENCES[limit].format(name=name) for name in self.unwatchable]
        numbers = {"number": self.numbers.get(limit), "sampled": self.sampled}
        return [SENTENCES[limit].format(**numbers)]

    @property
    def reason(self) -> str:
        """All of ``reasons`` in one line; empty if there are none."""
        return "; ".join(self.reasons)

    def as_data(self) -> dict[str, Any]:
        """Return the search as plain data."""
        return {
            "verdict": self.verdict,
            "runs": self.runs,
            "sampled": self.sampled,
            "limits": sorted(limit.value for limit in self.limits),
            "numbers": {limit.value: number for limit, number in self.numbers.items()},
            "unwatchable": list(self.unwatchable),
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
            seen = cls(
                verdict=data["verdict"],
                runs=data["runs"],
                sampled=data["sampled"],
                limits=frozenset(map(Limit, data["limits"])),
                numbers={Limit(name): int(number) for name, number in data["numbers"].items()},
                unwatchable=tuple(map(_text, data["unwatchable"])),
                failing=Run.from_data(data["failing"]) if data["failing"] is not None else None,
                outcomes=[Outcome.from_data(told) for told in data["outcomes"]],
                kept=[Run.from_data(told) for told in data["kept"]],
            )
            seen._require_the_facts_of_its_limits()
            return seen

    def _require_the_facts_of_its_limits(self) -> None:
        if self.numbers.keys() != self.limits & _NUMBERED:
            raise ValueError(f"numbers for {sorted(self.numbers)}, limits {sorted(self.limits)}")
        if bool(self.unwatchable) != (Limit.UNWATCHABLE in self.limits):
            raise ValueError(f"unwatchable {self.unwatchable}, limits {sorted(self.limits)}")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
