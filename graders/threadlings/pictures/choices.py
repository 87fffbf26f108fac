"""The runs of a search as choices: who can go next, and where that leads.

The same turn occurs in many runs; it is one *event*: a thread's turn together with all that had
to come before it. A run is a set of events, and every order of them that keeps what must come
before what is a schedule with the same result. So the student may take, of all the runs that
hold what was taken so far, any event whose predecessors were taken; and comes to just the endings
that the search came to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..engine import MAIN, Run, Step


@dataclass(frozen=True)
class Event:
    """One turn of a thread, the same in every run that holds it.

    ``after`` has the numbers of the events that must come before it.
    """

    thread: str
    steps: list[Step]
    after: list[int]


@dataclass
class Choices:
    """The events of some runs of one program.

    Attributes:
        beginning: The steps before the first decision, the same in each run.
        events: All events; one comes behind those that it needs.
        runs: For each run, the numbers of its events in its own order.
        spells_main: True if there is a choice that the main thread can lose; else it goes on
            as soon as it can, and no student need decide that.
    """

    beginning: list[Step] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    runs: list[list[int]] = field(default_factory=list)
    spells_main: bool = False

    @classmethod
    def of(cls, runs: Sequence[Run]) -> Choices:
        """Return the choices that lead to these runs, which a search has kept."""
        choices, numbers = cls(), {}
        for run in runs:
            own: list[int] = []
            first = len(run.steps) - sum(turn.steps for turn in run.turns)
            choices.beginning = run.steps[:first]
            choices.spells_main = choices.spells_main or MAIN in run.schedule
            for turn in run.turns:
                steps = run.steps[first : first + turn.steps]
                first += turn.steps
                after = sorted(own[number] for number in turn.after)
                key = (turn.thread, tuple(after), tuple(_without_time(step) for step in steps))
                if key not in numbers:
                    numbers[key] = len(choices.events)
                    choices.events.append(Event(turn.thread, steps, after))
                own.append(numbers[key])
            choices.runs.append(own)
        return choices

    def fork(self, losing: Sequence[int], winning: Sequence[int]) -> Fork:
        """Return the closest pair of a losing and a winning run, in an order that parts late.

        Args:
            losing: Numbers of runs, at least one.
            winning: Numbers of runs, at least one.
        """
        pairs = [(one, other) for one in losing for other in winning]
        one, other = max(pairs, key=lambda pair: (self._common(*pair), -len(self.runs[pair[0]])))
        first, second = self.runs[one], self.runs[other]
        both = set(first) & set(second)
        alike = [event for event in first if event in both]
        return Fork(
            alike + [event for event in first if event not in both],
            alike + [event for event in second if event not in both],
            len(alike),
        )

    def _common(self, one: int, other: int) -> int:
        return len(set(self.runs[one]) & set(self.runs[other]))


@dataclass(frozen=True)
class Fork:
    """A losing schedule and a winning one, alike in their first ``alike`` events."""

    losing: list[int]
    winning: list[int]
    alike: int


def _without_time(step: Step) -> tuple[object, ...]:
    # Virtual time orders nothing in a search.
    return step.thread, step.action, step.what, step.value, step.place
