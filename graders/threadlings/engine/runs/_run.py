"""What one run of a program was.

It can be pickled, compared, and turned into JSON by :meth:`Run.as_data`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from ._parts import (
    Ending,
    Failure,
    Place,
    Printed,
    Span,
    Spin,
    Step,
    Thing,
    ThreadInfo,
    Turn,
    Wait,
    well_formed,
)


@dataclass
class Run:
    """The program under one schedule.

    Attributes:
        schedule: Who took each step, in letters; what :func:`replay` takes.
        value: What the program returned; None if it did not return.
        returned: True if the program returned (it may not: an error, a deadlock, the budget).
        error: The exception that left the program, if one did.
        uncaught: Exceptions that ended a thread other than the main one, by thread name.
        printed: What was printed, in order.
        alive: Names of the threads, main excepted, that were alive when the program returned.
        stopped: Names of the daemon threads that the interpreter's exit cut off.
        deadlock: Who waits for whom, one entry for each thread that waits; empty if nobody does.
        livelock: Who spins where, when nothing can change any more, or, of a run that was cut
            off, who was going round which loop; empty otherwise.
        busy_waits: Loops that burnt time instead of waiting, also when the program ended well.
        returned_s: Virtual seconds at which the program returned, or None.
        ended_s: Virtual seconds at which the interpreter would have exited.
        threads: Every thread, the main one first, then in order of creation.
        steps: The steps of ``schedule`` with what each did.
        turns: If the run was kept by a search, its decisions in order. They have the last of the
            steps; those before come before the first decision.
        timeline: Spans of every thread over virtual time.
        exhausted: True if the run was cut off by its step budget.
    """

    schedule: str = ""
    value: Any = None
    returned: bool = False
    error: Failure | None = None
    uncaught: dict[str, Failure] = field(default_factory=dict)
    printed: list[Printed] = field(default_factory=list)
    alive: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    deadlock: list[Wait] = field(default_factory=list)
    livelock: list[Spin] = field(default_factory=list)
    busy_waits: list[Spin] = field(default_factory=list)
    returned_s: float | None = None
    ended_s: float = 0.0
    threads: list[ThreadInfo] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    timeline: list[Span] = field(default_factory=list)
    exhausted: bool = False

    @property
    def ending(self) -> Ending:
        """How the run ended, in one word; what it tells of is in the attribute of that name."""
        ways = {
            Ending.DEADLOCK: bool(self.deadlock),
            Ending.EXHAUSTED: self.exhausted,
            Ending.LIVELOCK: bool(self.livelock),
            Ending.ERROR: self.error is not None,
            Ending.THREAD_ERROR: bool(self.uncaught),
        }
        return next((ending for ending, is_so in ways.items() if is_so), Ending.VALUE)

    def lines(self, thread: str | None = None) -> list[str]:
        """Return the lines printed to standard output, by all threads or one letter."""
        text = "".join(
            part.text
            for part in self.printed
            if part.stream == "stdout" and thread in (None, part.thread)
        )
        return text.splitlines()

    def as_data(self) -> dict[str, Any]:
        """Return the run as dicts, lists, strings and numbers; ``value`` as it is."""
        data = {name: getattr(self, name) for name in self.__dataclass_fields__}
        data["error"] = asdict(self.error) if self.error else None
        data["uncaught"] = {name: asdict(failure) for name, failure in self.uncaught.items()}
        for name in _PARTS:
            data[name] = [asdict(part) for part in data[name]]
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Run:
        """Return the run that :meth:`as_data` told of, also after a journey as JSON.

        Raises:
            MalformedError: If the data is not such a run.
        """
        with well_formed():
            fields = dict(data)
            fields["error"] = _failure(data["error"])
            fields["uncaught"] = {name: _failure(told) for name, told in data["uncaught"].items()}
            for name, kind in _PARTS.items():
                fields[name] = [kind(**_placed(part)) for part in data[name]]
            return cls(**fields)


_PARTS: dict[str, Any] = {
    "printed": Printed,
    "deadlock": Wait,
    "livelock": Spin,
    "busy_waits": Spin,
    "threads": ThreadInfo,
    "steps": Step,
    "turns": Turn,
    "timeline": Span,
}


def _placed(part: dict[str, Any]) -> dict[str, Any]:
    return {name: _part(value) for name, value in part.items()}


def _part(value: Any) -> Any:
    if isinstance(value, dict) and "line" in value:
        return Place(**value)
    return Thing(**_placed(value)) if isinstance(value, dict) else value


def _failure(data: dict[str, Any] | None) -> Failure | None:
    return Failure(**{**_placed(data), "bases": tuple(data["bases"])}) if data else None
