"""Promises of a lesson, held against what was seen; a broken one raises its story.

Visible tests and hidden graders both say what they expect with these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..engine import Ending, Failure, Run, Search
from ..language import Text, said, translator
from .finding import Finding, Steps
from .picture import as_lines
from .words import describe

Told = str | Text | Callable[[Any], str | Text]

_looked_at: Run | None = None
"""The run that :func:`ended_well` has looked at last in this check."""


class Broken(AssertionError):  # noqa: N818 - a finding about the student's code, no error of ours
    """A promise that the student's code does not keep.

    ``str(broken)`` is what to tell the student, in the language that was chosen.

    Attributes:
        finding: What to tell, in no language yet, and what shows it. Its timeline is the run
            that :func:`ended_well` has looked at last in this check, if it did.
    """

    def __init__(
        self, text: str | Text, /, *, steps_of: Run | None = None, schedule: str = "", **values: Any
    ) -> None:
        """Tell it.

        Args:
            text: A key of the catalogue, in English, with named places for the values; or a
                text that is made already.
            steps_of: A run of a search, of which the steps are shown.
            schedule: The letters of the run that shows it.
            values: What stands in the places.
        """
        super().__init__()
        steps = Steps(()) if steps_of is None else Steps.of(steps_of)
        told = said(text, **values)
        self.finding = Finding(told, schedule=schedule, steps=steps, timeline=_looked_at)

    def __str__(self) -> str:
        return as_lines(self.finding, translator())

    def about(self, call: str | Text) -> Broken:
        """Return it with the call that shows it."""
        return self._with(replace(self.finding, call=Text(call)))

    def within(self, text: str, /, **values: Any) -> Broken:
        """Return it inside of other words, with what shows it.

        Args:
            text: A key of the catalogue, in which ``{told}`` stands for what was told.
            values: What stands in the other places.
        """
        return self._with(replace(self.finding, text=said(text, told=self.finding.text, **values)))

    def _with(self, finding: Finding) -> Broken:
        broken = Broken(finding.text)
        broken.finding = finding
        return broken


class Unfinished(Broken):
    """The check came to a TODO that is not done yet; the text names it."""


def begin_check() -> None:
    """Forget which run was looked at: another check begins."""
    _look_at(None)


def always(seen: Search, expected: Any, headline: Told) -> None:
    """Require that the program ends well, with the expected value, under every schedule seen.

    Args:
        seen: A search without ``holds``.
        expected: The only value that the program may return.
        headline: What to say if it returned another: a text, or a function of that value.
    Raises:
        Unfinished: If a TODO was met.
        Broken: If another value or ending was seen; its text has the schedule and the steps.
    """
    _look_at(None)
    for outcome in seen.outcomes:
        _finished(outcome.run)
    for outcome in seen.outcomes:
        if outcome.kind == Ending.VALUE and outcome.value != expected:
            text = headline(outcome.value) if callable(headline) else headline
            raise _broken(outcome.run, text)
    for outcome in seen.outcomes:
        if outcome.kind not in (Ending.VALUE, Ending.EXHAUSTED):
            raise _broken(outcome.run, describe(outcome.run))
    if not any(outcome.kind == Ending.VALUE for outcome in seen.outcomes):
        first = seen.outcomes[0].run
        raise _broken(first, describe(first))


def ended_well(run: Run) -> Any:
    """Require that a program ended without an error, a deadlock or an endless loop.

    Returns:
        What the program returned.
    Raises:
        Unfinished: If a TODO was met.
        Broken: If it did not end well.
    """
    _look_at(run)
    _finished(run)
    wrong = describe(run)
    if wrong:
        raise Broken(wrong)
    return run.value


def todo_in(run: Run) -> str | None:
    """Return the text of the TODO that a run met, or None."""
    for failure in (run.error, *run.uncaught.values()):
        if failure is not None and _is_todo(failure):
            return failure.message
    return None


def _look_at(run: Run | None) -> None:
    global _looked_at
    _looked_at = run


def _finished(run: Run) -> None:
    todo = todo_in(run)
    if todo is not None:
        raise Unfinished(Text(todo))


def _is_todo(failure: Failure) -> bool:
    return "NotImplementedError" in failure.bases and "TODO" in failure.message


def _broken(run: Run, text: str | Text) -> Broken:
    """Return the finding that a run shows, with its steps."""
    return Broken(text, steps_of=run, schedule=run.schedule)
