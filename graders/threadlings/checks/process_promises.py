"""What was promised of calls that work with processes, held against what scenarios tell.

The scenarios are made with :mod:`~threadlings.checks.processes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..language import Text
from .promises import Broken


def require_results(
    name: str | Text, task: Callable[[int], Any], numbers: Sequence[int], results: Any
) -> None:
    """Require what a task returns for each number, in the order of the numbers.

    Raises:
        Broken: If it is something else.
    """
    wanted = [task(number) for number in numbers]
    if results != wanted:
        raise Broken(
            "{name} with {numbers} did not return the results of the task in order\n"
            "  they are {wanted}; it returned {results}",
            name=name,
            numbers=numbers,
            wanted=wanted,
            results=results,
        )


def require_calls(name: str, numbers: Sequence[int], calls: Iterable[tuple[int, int]]) -> None:
    """Require that a task was called once for each number that was given.

    Args:
        name: Of the function that calls it.
        numbers: All numbers of all calls of it, each as often as it was given.
        calls: Numbers, and how often the task was called with each.
    Raises:
        Broken: If it was called more often, or not at all.
    """
    found = dict(calls)
    for number in sorted(set(numbers)):
        if found.get(number) != numbers.count(number):
            raise Broken(
                "{name}() should call the task once for each number of each call\n"
                "  {number} was given {count} times, the task was called with it {calls} times",
                name=name,
                number=number,
                count=numbers.count(number),
                calls=found.get(number, 0),
            )


def not_at_once(name: str, count: int, method: str, error: object) -> Broken:
    """Return what is wrong if tasks that should meet waited for each other for ever."""
    return Broken(
        "{name} did not compute with {count} processes at the same time (start method: {method})\n"
        "  {count} tasks waited for each other, and not all had begun\n"
        "  {error}",
        name=name,
        count=count,
        method=method,
        error=error,
    )


def require_meeting(name: str, caller: int, results: Any, count: int) -> list[int]:
    """Require the results of tasks that met in as many processes, and in no more.

    Args:
        name: The call.
        caller: The process that called.
        results: What it returned.
        count: How many processes it was to have.
    Returns:
        The processes that were there.
    Raises:
        Broken: If the results are others, or it had other processes.
    """
    if not isinstance(results, list):
        kind = type(results).__name__
        raise Broken("{name} should return a list; it returned a {type}", name=name, type=kind)
    found = [result[0] if isinstance(result, list) else result for result in results]
    wanted = list(range(count, 0, -1))
    if found != wanted:
        raise Broken(
            "the results of {name} are not those of the task, in the order of the numbers\n"
            "  for {wanted} they should begin with these numbers; they begin with {found}",
            name=name,
            wanted=wanted,
            found=found,
        )
    processes = [process for _number, process, _siblings in results]
    if caller in processes:
        raise Broken(
            "{name} called the task in your own process, not in a worker process", name=name
        )
    for _number, _process, siblings in results:
        if siblings is not None and siblings > count:
            raise Broken(
                "{name} was to have {count} worker processes; while it worked, there were "
                "{siblings}",
                name=name,
                count=count,
                siblings=siblings,
            )
    return processes


def require_refusals(call: str, ends: Iterable[Mapping[str, Any]]) -> None:
    """Require of each call a ValueError with the value in its message, and nothing started.

    Args:
        call: With ``{}`` where its value is.
        ends: What ``refusals`` tells.
    Raises:
        Broken: If one was not refused so.
    """
    for end in ends:
        asked = call.format(end["value"])
        if not end["is_value_error"]:
            raise Broken(
                "{asked} should raise a ValueError; it raised {error}",
                asked=asked,
                error=end["error"],
            )
        if str(end["value"]) not in end["text"]:
            raise Broken(
                "the ValueError of {asked} does not have the value in its message\n"
                "  the message is {text!r}",
                asked=asked,
                text=end["text"],
            )
        if end["started"]:
            raise Broken("{asked} had started a process before it refused", asked=asked)


def require_nothing_left(what: str | Text, told: Mapping[str, int]) -> None:
    """Require that all processes have ended, and all pools were seen off.

    Args:
        what: What has happened by then.
        told: What ``left_by`` tells.
    Raises:
        Broken: If something is left.
    """
    if told["unclosed"]:
        raise Broken("{what}, and its pool was neither closed nor terminated", what=what)
    if told["left"]:
        raise Broken("{what}; processes still running: {left}", what=what, left=told["left"])
