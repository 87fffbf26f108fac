"""Calls that a lesson refuses: with a ValueError that has the value, and nothing started before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..engine import Run
from ..feedback import todo_in
from ..language import Text
from .promises import Broken, ended_well


def refusal(function: Callable[..., object], *arguments: object) -> str | None:
    """Make a call that should be refused; for a program, which returns what this returns.

    Args:
        function: Usually one of the student's.
        arguments: What it is called with.
    Returns:
        The message of the ValueError that came; None if none came.
    """
    try:
        function(*arguments)
    except ValueError as error:
        return str(error)
    return None


def refused(run: Run, asked: str | Text, value: object) -> None:
    """Require that a call was refused for a value before it had started a thread.

    Args:
        run: A simulation of a program that returns the call's :func:`refusal`, and starts no
            thread itself.
        asked: The call, as a student writes it: ``start_workers(target, -3)``.
        value: What is wrong with it: it has to be in the message.
    Raises:
        Unfinished: If a TODO was met.
        Broken: If the call was not refused so.
    """
    if run.error is not None and todo_in(run) is None:
        refused_with((run.error.type_name, run.error.message), asked, value)
    message = ended_well(run)
    refused_with(None if message is None else ("ValueError", message), asked, value)
    if len(run.threads) > 1:
        raise Broken(
            "{asked} should start nothing, for it is refused\n"
            "  threads that it had started before it raised ValueError: {count}",
            asked=asked,
            count=len(run.threads) - 1,
        )


def refused_with(error: Sequence[str] | None, asked: str | Text, value: object) -> None:
    """Require that an error is a ValueError whose message has the value.

    Args:
        error: Its type and its message; None if none came.
        asked: The call, as a student writes it.
        value: What has to be in the message.
    Raises:
        Broken: If it is not.
    """
    if error is None:
        raise Broken("{asked} should raise ValueError; it raised nothing", asked=asked)
    type_name, message = error
    if type_name != "ValueError":
        raise Broken(
            "{asked} should raise ValueError; it raised {type_name}",
            asked=asked,
            type_name=type_name,
        )
    if str(value) not in message:
        raise Broken(
            "{asked}: the message of its ValueError should have the value {value}\n"
            "  the message is {message!r}",
            asked=asked,
            value=value,
            message=message,
        )
