"""A call after another one: it should know nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any

from ..engine import Ending, Run
from ..feedback import describe
from ..language import Text, said
from .promises import Broken, ended_well, nothing_wrong


def same_again(
    run: Callable[..., list[Run]],
    scenario: object,
    function: str,
    *,
    first: Any,
    second: Any,
    wrong: Callable[[Any], str | Text] | None = None,
    afterwards: Callable[[Any], str | Text] | None = None,
    told_by_value: Container[Ending] = (),
) -> None:
    """Require that a call goes after another one as it goes alone.

    Let the second have other and fewer inputs: then what is left of the first shows.

    Args:
        run: ``submission.run``.
        scenario: It has a parameter ``runs``, a list of runs, each of them a list of calls as
            data; it returns a run for each, whose value is a list of what became of the calls.
        function: The name of the function that is called.
        first: The call before, as data.
        second: The call that should know nothing of it, as data.
        wrong: Says what is wrong with what became of the second call; nothing if nothing is. By
            default it should be equal to what becomes of it alone.
        afterwards: Says what is wrong with what became of the first call, as it was told after
            the second one; by default nothing is.
        told_by_value: As for ``ended_well``.
    Raises:
        Broken: If the second call does not go as it should, alone or after the first.
    """
    alone, after = run(scenario, runs=[[second], [first, second]])
    (expected,) = ended_well(alone, told_by_value)
    nothing_wrong("" if wrong is None else wrong(expected), shown_by=alone)
    if not after.returned:
        raise _knows(function, describe(after), after)
    before, found = ended_well(after, told_by_value)
    if wrong is not None and wrong(found):
        raise _knows(function, wrong(found), after)
    if wrong is None and found != expected:
        ends = said(
            "alone it ends with {expected}, here with {found}", expected=expected, found=found
        )
        raise _knows(function, ends, after)
    if afterwards is not None and afterwards(before):
        raise _knows(function, afterwards(before), after)


def _knows(function: str, wrong: str | Text, run: Run) -> Broken:
    return Broken(
        "a call of {function}() should know nothing of an earlier one\n  {wrong}",
        shown_by=run,
        function=function,
        wrong=wrong,
    )
