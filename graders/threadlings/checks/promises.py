"""Promises of a lesson, held against what was seen; a broken one raises its story.

Visible tests and hidden graders both say what they expect with these.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from typing import Any, Literal

from ..engine import Ending, Run, Search
from ..feedback import Finding, PrintedLines, Steps, as_lines, describe, todo_in
from ..language import Text, said, translator

Told = str | Text | Callable[[Any], str | Text]
Wrong = Callable[[Any], str | Text | Literal[False]]

LEFT = frozenset({Ending.DEADLOCK})
"""Threads that a call left may wait for ever after it returned: the value tells of them."""

LEFT_OR_RAISED = frozenset({Ending.DEADLOCK, Ending.THREAD_ERROR})
"""A thread may also end with an error that the caller gets, too: the value tells of that."""


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
        run = steps_of if steps_of is not None else shown_by
        printed = PrintedLines() if run is None else PrintedLines.of(run.printed)
        self.finding = Finding(
            told, schedule=schedule, steps=steps, timeline=shown_by, printed=printed
        )

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

    def know_printed(self, runs: Sequence[Run]) -> None:
        """Tell what the last of some runs printed, unless the run that shows it did."""
        if runs and not self.finding.printed:
            self.finding = replace(self.finding, printed=PrintedLines.of(runs[-1].printed))

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
        fair: As for :func:`never_wrong`.
    Raises:
        Unfinished: If a TODO was met.
        Broken: If another value or ending was seen; its text has the schedule and the steps.
    """
    never_wrong(seen, lambda value: value != expected and _text_of(headline, value), fair=fair)


def never_wrong(
    seen: Search,
    wrong: Wrong,
    *,
    fair: Run | None = None,
    told_by_value: Container[Ending] = (),
    call: str | Text = "",
) -> None:
    """Require that the program ends well under every schedule seen, and nothing is wrong then.

    Args:
        seen: A search without ``holds``.
        wrong: Says what is wrong with a value that the program returned; nothing if none is.
        fair: A simulation of the program. With it, runs that were cut off are no fault: who looks
            again and again may do so for ever under an unfair schedule. Where all were cut off,
            the simulation decides.
        told_by_value: Endings that are no fault by themselves where the program returned: what
            it returned tells of them (of threads that are left, say).
        call: The call that was searched, as the student would write it.
    Raises:
        Unfinished: If a TODO was met.
        Broken: If something was wrong; its text has the schedule and the steps.
    """
    try:
        _never_wrong(seen, wrong, fair, told_by_value)
    except Unfinished:
        raise
    except Broken as broken:
        raise broken.about(call) from None


def _never_wrong(
    seen: Search, wrong: Wrong, fair: Run | None, told_by_value: Container[Ending]
) -> None:
    runs = [outcome.run for outcome in seen.outcomes]
    if fair is not None:
        runs = [run for run in runs if not run.exhausted]
        if not runs:
            nothing_wrong(wrong(ended_well(fair, told_by_value)), shown_by=fair)
            return
    for run in runs:
        _finished(run)
    ended = [run for run in runs if _has_value(run, told_by_value)]
    for run in ended:
        told = wrong(run.value)
        if told:
            raise _broken(run, told)
    others = [run for run in runs if not _has_value(run, told_by_value)]
    for run in sorted(others, key=lambda run: run.exhausted):
        if not (run.exhausted and ended):
            raise _broken(run, describe(run))


def nothing_wrong(
    wrong: str | Text | Literal[False], *, call: str | Text = "", shown_by: Run | None = None
) -> None:
    """Require that there is nothing to say; else it is told with the call that shows it."""
    if wrong:
        raise Broken(wrong, shown_by=shown_by).about(call)


def _has_value(run: Run, told_by_value: Container[Ending]) -> bool:
    return run.ending == Ending.VALUE or (run.returned and run.ending in told_by_value)


def _text_of(headline: Told, value: Any) -> str | Text:
    return headline(value) if callable(headline) else headline


def ended_well(run: Run, told_by_value: Container[Ending] = ()) -> Any:
    """Require that a program ended without an error, a deadlock or an endless loop.

    Args:
        run: A run of it.
        told_by_value: As for :func:`never_wrong`.
    Returns:
        What the program returned.
    Raises:
        Unfinished: If a TODO was met.
        Broken: If it did not end well.
    """
    _finished(run)
    if not _has_value(run, told_by_value):
        nothing_wrong(describe(run), shown_by=run)
    return run.value


def _finished(run: Run) -> None:
    todo = todo_in(run)
    if todo is not None:
        raise Unfinished(Text(todo))


def _broken(run: Run, text: str | Text) -> Broken:
    """Return the finding that a run shows, with its steps."""
    return Broken(text, steps_of=run, schedule=run.schedule)
