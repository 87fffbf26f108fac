"""What was promised of calls that work with processes, held against what scenarios tell.

The scenarios are made with :mod:`~threadlings.checks.processes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..language import Text
from .processes import described
from .promises import Broken
from .refusals import refused_with


def require_results(
    name: str | Text,
    task: Callable[[int], Any],
    numbers: Sequence[int],
    results: Any,
    *,
    in_any_order: bool = False,
) -> None:
    """Require what a task returns for each number, in the order of the numbers.

    Args:
        name: The call.
        task: The task; it may be called here.
        numbers: What it was to be called with.
        results: What came of the call, as ``described`` in the scenario.
        in_any_order: True if the system chose which came first: then a wrong order is for a
            meeting to show, or else it would be shown on some days only.
    Raises:
        Broken: If it is something else.
    """
    wanted = [described(task(number)) for number in numbers]
    is_same = results == wanted
    if in_any_order and isinstance(results, list):
        is_same = sorted(map(repr, results)) == sorted(map(repr, wanted))
    if not is_same:
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


def require_met(name: str, numbers: Sequence[int], caller: int, results: Any) -> list[int]:
    """Require the results of tasks that met, in order and computed in other processes.

    Args:
        name: The call.
        numbers: Those of the meeting.
        caller: The process that called.
        results: What ``meet`` returned, as a list.
    Returns:
        In which process each was computed.
    Raises:
        Broken: If it was otherwise.
    """
    if not isinstance(results, list):
        kind = type(results).__name__
        raise Broken("{name} should return a list; it returned a {type}", name=name, type=kind)
    found = [result[0] if isinstance(result, list) else result for result in results]
    if sorted(map(str, found)) != sorted(map(str, numbers)):
        raise Broken(
            "{name} did not return what the task returned\n"
            "  for {numbers} the results should begin with these numbers; they begin with {found}",
            name=name,
            numbers=numbers,
            found=found,
        )
    if found != list(numbers):
        raise Broken(
            "the results of {name} are not in the order of the numbers\n"
            "  the numbers are {numbers}; the results are those of {found}",
            name=name,
            numbers=numbers,
            found=found,
        )
    processes = [process for _number, process, _early in results]
    require_elsewhere(name, caller, processes)
    return processes


def require_elsewhere(name: str | Text, caller: int, processes: Iterable[int]) -> None:
    """Require that nothing was computed in the process that called.

    Args:
        name: The call.
        caller: The process that called.
        processes: Those in which something was computed.
    Raises:
        Broken: If that is one of them.
    """
    if caller in processes:
        raise Broken("{name} called the task in your own process, not in another one", name=name)


def require_workers(name: str, count: int, results: Sequence[Sequence[int]]) -> None:
    """Require that tasks were done by so many worker processes, which stay for the next task.

    Whether too many are there at the same time or one after another is not told: how soon the
    system lets a process begin decides what could be seen of that.

    Args:
        name: The call.
        count: How many there were to be.
        results: What ``meet`` returned, for more numbers than there are workers.
    Raises:
        Broken: If there were more.
    """
    if len({process for _number, process, _early in results}) > count:
        raise Broken(
            "{name} was to have {count} worker processes, and more processes than that did tasks\n"
            "  a worker takes the next task when it is done with one; nobody else is made for it",
            name=name,
            count=count,
        )


def require_refusals(call: str, ends: Iterable[Mapping[str, Any]]) -> None:
    """Require of each call a ValueError with the value in its message, and nothing started.

    Args:
        call: With ``{}`` where its value is.
        ends: What ``refusals`` tells.
    Raises:
        Broken: If one was not refused so.
    """
    for end in ends:
        asked, value = call.format(end["value"]), end["value"]
        type_name = "ValueError" if end["is_value_error"] else end["error"]
        refused_with(type_name and (type_name, end["text"]), asked, value)
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
        raise Broken("{what}, and its processes were still running", what=what)
