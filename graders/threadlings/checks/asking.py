"""Scenarios of real processes, asked for as long as something can be learned from them.

One that waits for ever costs seconds, and whoever waits for ever once does so again.
"""

from __future__ import annotations

from typing import Any, Protocol

from ..cells import OutOfTime, Scenario, StudentError
from ..language import Text, said
from .promises import Broken

_PICKLING = ("pickle", "local object")
"""What the errors of pickling have in their messages, in one version of Python or another."""


class Asked(Protocol):
    """A submission: scenarios are run on it.

    Attributes:
        given_up: Tasks of which no more is asked, and why.
    """

    given_up: dict[int, Text]

    def run(self, scenario: Scenario, /, **arguments: Any) -> Any:
        """Call a scenario and return what it returned."""


def ask(
    submission: Asked, task: int, scenario: Scenario, /, *, method: str, **arguments: Any
) -> Any:
    """Run a scenario with real processes, if there is any hope; who waits for ever is given up.

    Args:
        submission: On what.
        task: For which task.
        scenario: Which; a real one that takes a ``method``.
        method: How processes are started.
        arguments: What else it takes.
    Returns:
        What the scenario returned.
    Raises:
        Broken: If there is no hope, or something could not be pickled.
        StudentError: As the submission does.
    """
    if task in submission.given_up:
        raise Broken("not tried: {why}", why=submission.given_up[task])
    try:
        return submission.run(scenario, method=method, **arguments)
    except OutOfTime:
        waited = said("in another check of this task the code waited for ever")
        submission.given_up[task] = waited
        raise
    except StudentError as error:
        if not any(word in str(error) for word in _PICKLING):
            raise
        raise Broken(
            "another process could not be given what it needs (start method: {method})\n"
            "  {error}\n"
            "  What goes to another process is pickled. A function is pickled by its name: it\n"
            "  has to be at the top of the file. A lambda, or a def inside a function, cannot\n"
            "  be found.",
            method=method,
            error=error,
        ) from None
