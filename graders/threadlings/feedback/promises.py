"""Promises of a lesson, held against what was seen; a broken one raises its story.

Visible tests and hidden graders both say what they expect with these.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..engine import Ending, Failure, Outcome, Run, Search
from ..language import said
from .picture import picture
from .words import describe

Told = str | Callable[[Any], str]

_LETTERS_SHOWN = 200
"""Longer schedules, as those of loops that never end, are nothing to read or to type."""


_looked_at: Run | None = None
"""The run that :func:`ended_well` has looked at last in this check."""


class Broken(AssertionError):  # noqa: N818 - a finding about the student's code, no error of ours
    """A promise that the student's code does not keep; the text is for the student.

    Attributes:
        schedule: The letters of the run that shows it; empty if no schedule does, or
            if it is too long to type.
        run: The run in virtual time that shows it, for a picture: the one that
            :func:`ended_well` has looked at last in this check. None if there is none.
    """

    def __init__(self, text: str, *, schedule: str = "") -> None:
        """Tell it in the student's language.

        Args:
            text: In English.
            schedule: The letters of the run that shows it.
        """
        super().__init__(said(text))
        self.schedule = schedule
        self.run = _looked_at


class Unfinished(Broken):
    """The check came to a TODO that is not done yet; the text names it."""


def begin_check() -> None:
    """Forget which run was looked at: another check begins."""
    _look_at(None)


def always(seen: Search, expected: Any, told: Told) -> None:
    """Require that the program ends well, with the expected value, under every schedule seen.

    Args:
        seen: A search without ``holds``.
        expected: The only value that the program may return.
        told: What to say if it returned another: a text, or a function of that value.
    Raises:
        Unfinished: If a TODO was met.
        Broken: If another value or ending was seen; its text has the schedule and the steps.
    """
    _look_at(None)
    for outcome in seen.outcomes:
        _finished(outcome.run)
    for outcome in seen.outcomes:
        if outcome.kind == Ending.VALUE and outcome.value != expected:
            headline = told(outcome.value) if callable(told) else told
            raise _broken(outcome, said(headline))
    for outcome in seen.outcomes:
        if outcome.kind not in (Ending.VALUE, Ending.EXHAUSTED):
            raise _broken(outcome, describe(outcome.run))
    if not any(outcome.kind == Ending.VALUE for outcome in seen.outcomes):
        raise _broken(seen.outcomes[0], describe(seen.outcomes[0].run))


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
        raise Unfinished(todo)


def _is_todo(failure: Failure) -> bool:
    return "NotImplementedError" in failure.bases and "TODO" in failure.message


def _broken(outcome: Outcome, headline: str) -> Broken:
    """Return the finding that a run shows, with the picture of the run."""
    first, *rest = headline.split("\n")
    run = outcome.run
    letters, told = run.schedule, ""
    if len(letters) > _LETTERS_SHOWN:
        told = said(f"   (a schedule of {len(letters)} letters)")
        letters = ""
    elif letters:
        told = said(f"   (schedule {letters})")
    drawn = picture(run)
    parts = ["\n".join([first + told, *rest])]
    if drawn:
        parts.append(drawn)
    return Broken("\n\n".join(parts), schedule=letters)
