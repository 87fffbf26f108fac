"""Tasks that a function is handed, made of data, and how its calls with them ended."""

from __future__ import annotations

from typing import Any

from ..engine import Run, Search, search, simulate
from ..language import Text, said


def task(
    returns: Any = None, *, after_s: float = 0, raises: list[str] | None = None, times: int = 1
) -> dict[str, Any]:
    """Return the data of a task.

    Args:
        returns: What it returns.
        after_s: After how many virtual seconds it ends.
        raises: The name of a ``ValueError`` or ``LookupError``, or a subclass that is built in,
            and its text: it is raised instead. Any other name is that of a class of its own,
            an ``Exception``.
        times: How many times the one function is in the list.
    """
    return {"times": times, "after_s": after_s, "returns": returns, "raises": raises}


def calls_with_tasks(
    lesson: Any,
    name: str,
    calls: list[list[dict[str, Any]]],
    beside_s: float = 0,
    every_schedule: bool = False,
) -> Run | Search:
    """Call a function once for each list of tasks; to be made a scenario.

    Args:
        lesson: The student's module.
        name: The function, which takes a list of functions without arguments.
        calls: The lists, of what :func:`task` returns.
        beside_s: How long another thread sleeps meanwhile, which is nobody's business; 0 for none.
        every_schedule: Search 60 runs; else simulate one.
    Returns:
        What was seen. Its value tells of each call, as it was when it returned: its ``results``,
        its ``error`` (name and arguments) if it raised one that tasks may raise, and how often each
        task had ``ended``; and what the results were ``afterwards``, behind the last call.
    """

    def program() -> list[dict[str, Any]]:
        import builtins
        import time
        from threading import Thread

        class Seen:
            ended = 0

        class OwnError(Exception):
            pass

        def make(seen: Any, after_s: float, returns: Any, raises: Any) -> Any:
            if raises:
                own = type(raises[0], (OwnError,), {})
                kind = getattr(builtins, raises[0], own)

            def task() -> Any:
                if after_s:
                    time.sleep(after_s)
                seen.ended += 1
                if raises:
                    raise kind(raises[1])
                return returns

            return task

        def call(plans: list[dict[str, Any]]) -> dict[str, Any]:
            seen = [Seen() for _plan in plans]
            tasks = []
            for mine, plan in zip(seen, plans, strict=True):
                one = make(mine, plan["after_s"], plan["returns"], plan["raises"])
                tasks += [one] * plan["times"]
            results = error = None
            try:
                results = getattr(lesson, name)(tasks)
            except (ValueError, LookupError, OwnError) as caught:
                error = [type(caught).__name__, *map(str, caught.args)]
            ended = [mine.ended for mine in seen]
            now = list(results) if isinstance(results, list) else results
            # What was returned may still be changed, by a late task or by the next call.
            return {"results": now, "afterwards": results, "error": error, "ended": ended}

        if beside_s:
            Thread(target=time.sleep, args=(beside_s,)).start()
        return [call(plans) for plans in calls]

    if not every_schedule:
        return simulate(program)
    return search(program, max_runs=60, max_decisions=300)


def told_ending(end: dict[str, Any]) -> Text:
    """Say how a call ended, of its ``error`` and ``results``: ``raised ...``, ``returned ...``."""
    if end["error"]:
        return said("raised {named}", named=told_error(end["error"]))
    return said("returned {results}", results=end["results"])


def told_error(error: list[str]) -> str:
    """Return an error as it is written, of its name and its arguments."""
    name, *arguments = error
    return f"{name}({', '.join(map(repr, arguments))})"
