"""What is found about the student's code: facts, until somebody draws them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ..engine import MAIN, Run, Step, well_formed
from ..language import Text, Translate, said
from .printed import PrintedLines
from .words import in_file, told_step

MAX_ROWS = 24
"""A table with more steps shows the first and the last of them."""
LETTERS_SHOWN = 200
"""Longer schedules, as those of loops that never end, are nothing to read or to type."""
_BEGINNING_ROWS = 8


@dataclass(frozen=True)
class Row:
    """A step in a table.

    Attributes:
        number: Which of the run's steps it is, from 1.
        thread: The letter of its thread.
        told: What it did: ``reads n = 0``.
        place: Its line: ``locks.py:18``.
    """

    number: int
    thread: str
    told: Text
    place: str


@dataclass(frozen=True)
class Steps:
    """The steps of a run: threads as columns, steps as rows.

    Attributes:
        rows: The steps that are shown, in their order; where a number is left out, so are steps.
        remark: A few words behind the last row, such as ``B's update is gone``.
    """

    rows: tuple[Row, ...]
    remark: Text = field(default_factory=Text)

    @classmethod
    def of(cls, run: Run, *, remark: str | Text = "", max_rows: int = MAX_ROWS) -> Steps:
        """Return the table of a run's steps in files; without rows if there are none.

        Args:
            run: A run of a search; one of a simulation has no steps.
            remark: A few words behind the last row.
            max_rows: With more steps than this, rows in the middle are left out; above 8.
        """
        steps = [step for step in run.steps if step.thread != MAIN and in_file(step.place)]
        rows = [_row(number, step) for number, step in enumerate(steps, start=1)]
        if len(rows) > max_rows:
            del rows[_BEGINNING_ROWS : _BEGINNING_ROWS - max_rows]
        return cls(tuple(rows), Text(remark))

    @property
    def letters(self) -> list[str]:
        """The threads, in the order of their columns."""
        return sorted({row.thread for row in self.rows}, key=lambda letter: (len(letter), letter))

    def __bool__(self) -> bool:
        return bool(self.rows)

    def as_data(self) -> dict[str, Any]:
        """Return the table as plain data."""
        rows = [[row.number, row.thread, row.told.as_data(), row.place] for row in self.rows]
        return {"rows": rows, "remark": self.remark.as_data()}

    @classmethod
    def from_data(cls, data: Any) -> Steps:
        """Return the table that :meth:`as_data` told of.

        Raises:
            MalformedError: If it is no such data.
        """
        with well_formed():
            rows = (
                Row(int(number), str(thread), Text.from_data(told), str(place))
                for number, thread, told, place in data["rows"]
            )
            return cls(tuple(rows), Text.from_data(data["remark"]))


@dataclass(frozen=True)
class Finding:
    """What the student is told, and what shows it.

    Attributes:
        text: What happened, in no language yet.
        call: The call that shows it, if the text does not say; it is told behind the first line.
        schedule: The letters of the run that shows it; empty if no schedule does.
        steps: The steps of that run.
        timeline: The run in virtual time that shows it, for a picture; None if there is none.
        printed: What that run printed. It is told to who made the run, and is no part of the plain
            data: what a hidden check's run printed may be the check's own.
    """

    text: Text
    call: Text = field(default_factory=Text)
    schedule: str = ""
    steps: Steps = field(default_factory=lambda: Steps(()))
    timeline: Run | None = None
    printed: PrintedLines = field(default_factory=PrintedLines)

    def message(self, translate: Translate) -> str:
        """Return the text in one language, with the schedule and the call behind its first line."""
        first, *others = self.text.in_words(translate).split("\n")
        called = [f"  {self.call.in_words(translate)}"] if self.call else []
        return "\n".join([first + self._told_schedule().in_words(translate), *called, *others])

    def _told_schedule(self) -> Text:
        if not self.schedule:
            return Text()
        if self.can_be_replayed:
            return said("   (schedule {letters})", letters=self.schedule)
        return said("   (a schedule of {count} letters)", count=len(self.schedule))

    @property
    def can_be_replayed(self) -> bool:
        """True if a schedule shows it that somebody could type."""
        return 0 < len(self.schedule) <= LETTERS_SHOWN

    def as_data(self) -> dict[str, Any]:
        """Return the finding as plain data."""
        return {
            "text": self.text.as_data(),
            "call": self.call.as_data(),
            "schedule": self.schedule,
            "steps": self.steps.as_data(),
            "timeline": None if self.timeline is None else _in_time(self.timeline).as_data(),
        }

    @classmethod
    def from_data(cls, data: Any) -> Finding:
        """Return the finding that :meth:`as_data` told of.

        Raises:
            MalformedError: If it is no such data.
        """
        with well_formed():
            timeline = None if data["timeline"] is None else Run.from_data(data["timeline"])
            text, call = Text.from_data(data["text"]), Text.from_data(data["call"])
            steps = Steps.from_data(data["steps"])
            return cls(text, call, str(data["schedule"]), steps, timeline)


def _row(number: int, step: Step) -> Row:
    return Row(number, step.thread, told_step(step), in_file(step.place))


def _in_time(run: Run) -> Run:
    """Return what a picture of virtual time needs of a run."""
    return replace(run, value=None, steps=[], turns=[], printed=[])
