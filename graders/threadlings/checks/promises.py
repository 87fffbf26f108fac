"""Promises of a lesson, held against what was seen; a broken one raises its story.

Visible tests and hidden graders both say what they expect with these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..engine import Ending, Run, Search
from ..feedback import Finding, Steps, as_lines, describe, todo_in
from ..language import Text, said, translator

Told = str | Text | Callable[[Any], str | Text]


class Broken(AssertionError):  # noqa: N818 - a finding about the student's code, no error of ours
    """A promise that the student's code does not keep.

    ``str(broken)`` is what to tell the student, in the language that was chosen.

    Attributes:
        finding: What to tell, in no language yet, and what shows it.
    """

    def __init__(
        self,
        text: str | Text,
        /,
        *,
        shown_by: Run | None = None,
        steps_of: Run | None = None,
        schedule: str = "",
        **values: Any,
    ) -> None:
        """Tell it.

        Args:
            text: A key of the catalogue, in English, with named places for the values; or a
                text that is made already.
            shown_by: A run in virtual time, which is drawn if time passed in it.
            steps_of: A run of a search, of which the steps are shown.
            schedule: The letters of the run that shows it.
            values: What stands in the places.
        """
        super().__init__()
        steps = Steps(()) if steps_of is None else Steps.of(steps_of)
        told = said(text, **values)
        self.finding = Finding(told, schedule=schedule, steps=steps, timeline=shown_by)

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


def always(seen: Search, expected: Any, headline: Told, *, fair: Run | None = None) -> None:
    """Require that the program ends well, with the expected value, under every schedule seen.

    Args:
        seen: A search without ``holds``.
        expected: The only value that the program may return.
        headline: What to say if it returned another: a text, or a function of that value.
        fair: A simulation of the program. With it, runs that were cut off are no fault: who looks
            again and again may do so for ever under an unfair schedule. Where all were cut off,
            the simulation decides.
    Raises:
        Unfinished: If a TODO was met.
        Broken: If another value or ending was seen; its text has the schedule and the steps.
    """
    outcomes = seen.outcomes
    if fair is not None:
        outcomes = [outcome for outcome in outcomes if not outcome.run.exhausted]
        if not outcomes:
            _require(ended_well(fair), expected, headline, fair)
            return
    for outcome in outcomes:
        _finished(outcome.run)
    for outcome in outcomes:
        if outcome.kind == Ending.VALUE and outcome.value != expected:
            raise _broken(outcome.run, _text_of(headline, outcome.value))
    for outcome in outcomes:
        if outcome.kind not in (Ending.VALUE, Ending.EXHAUSTED):
            raise _broken(outcome.run, describe(outcome.run))
    if not any(outcome.kind == Ending.VALUE for outcome in outcomes):
        first = outcomes[0].run
        raise _broken(first, describe(first))


def never_wrong(seen: Search, wrong: Callable[[Any], str | Text]) -> None:
    """Require that the program ends well, with a value that is right, under every schedule seen.

    Args:
        seen: A search without ``holds``.
        wrong: Tells what is wrong with a value; nothing if it is right.
    Raises:
        Unfinished: If a TODO was met.
        Broken: If a wrong value or another ending was seen, as :func:`always` does.
    """
    judged = [
        replace(each, value=wrong(each.value)) if each.kind == Ending.VALUE else each
        for each in seen.outcomes
    ]
    always(replace(seen, outcomes=judged), "", lambda told: told)


def nothing_wrong(wrong: str | Text, *, shown_by: Run | None = None) -> None:
    """Require that there is nothing to say."""
    if wrong:
        raise Broken(wrong, shown_by=shown_by)


def _require(value: Any, expected: Any, headline: Told, run: Run) -> None:
    if value != expected:
        raise Broken(_text_of(headline, value), shown_by=run)


def _text_of(headline: Told, value: Any) -> str | Text:
    return headline(value) if callable(headline) else headline


def ended_well(run: Run) -> Any:
    """Require that a program ended without an error, a deadlock or an endless loop.

    Returns:
        What the program returned.
    Raises:
        Unfinished: If a TODO was met.
        Broken: If it did not end well.
    """
    _finished(run)
    wrong = describe(run)
    if wrong:
        raise Broken(wrong, shown_by=run)
    return run.value


def _finished(run: Run) -> None:
    todo = todo_in(run)
    if todo is not None:
        raise Unfinished(Text(todo))


def _broken(run: Run, text: str | Text) -> Broken:
    """Return the finding that a run shows, with its steps."""
    return Broken(text, steps_of=run, schedule=run.schedule)
