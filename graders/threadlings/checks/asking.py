"""Scenarios of real processes, asked for as long as something can be learned from them.

One that waits for ever costs seconds, and whoever waits for ever once does so again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from ..cells import OutOfTime, Scenario, StudentError
from ..language import Text
from .promises import Broken

_PICKLING = ("pickle", "local object")
"""What the errors of pickling have in their messages, in one version of Python or another."""


class Asked(Protocol):
    """A submission: scenarios are run on it."""

    def run(self, scenario: Scenario, /, **arguments: Any) -> Any:
        """Call a scenario and return what it returned."""


class Asking:
    """Runs the scenarios of one task.

    Args:
        waited: Makes of a scenario's arguments why nothing more is tried once it never ended.
        not_pickled: Makes what is wrong of the start method and the error, if something could
            not be pickled on its way to another process.
        hopeless_if_not_pickled: Why nothing more is tried after that; None tries on.
    """

    def __init__(
        self,
        *,
        waited: Callable[[dict[str, Any]], Text],
        not_pickled: Callable[[str, StudentError], Broken],
        hopeless_if_not_pickled: Text | None = None,
    ) -> None:
        self._waited = waited
        self._not_pickled = not_pickled
        self._hopeless_if_not_pickled = hopeless_if_not_pickled
        self._given_up: WeakKeyDictionary[Asked, Text] = WeakKeyDictionary()

    def give_up(self, submission: Asked, why: Text) -> None:
        """Try nothing more on a submission."""
        self._given_up[submission] = why

    def run(
        self, submission: Asked, scenario: Scenario, /, *, method: str, **arguments: Any
    ) -> Any:
        """Run a scenario, if there is any hope.

        Args:
            submission: On what.
            scenario: Which; a real one that takes a ``method``.
            method: How processes are started.
            arguments: What else it takes.
        Raises:
            Broken: If there is none, or something could not be pickled.
            StudentError: As the submission does.
        """
        if submission in self._given_up:
            raise Broken("not tried: {why}", why=self._given_up[submission])
        try:
            return submission.run(scenario, method=method, **arguments)
        except OutOfTime:
            self.give_up(submission, self._waited(arguments))
            raise
        except StudentError as error:
            if not any(word in str(error) for word in _PICKLING):
                raise
            if self._hopeless_if_not_pickled is not None:
                self.give_up(submission, self._hopeless_if_not_pickled)
            raise self._not_pickled(method, error) from None
