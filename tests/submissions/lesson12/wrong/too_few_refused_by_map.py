# task: 2; reason: should raise ValueError; it raised nothing
"""Lesson 12: Pool. One possible solution."""

# Given: do not change.
from __future__ import annotations

from collections.abc import Callable
from functools import partial
from multiprocessing import Pool
from types import TracebackType
from typing import Any


def _require_a_process(processes: int) -> None:
    if processes < 1:
        raise ValueError(f"a pool needs at least one process, not {processes}")


def map_in_pool(task: Callable[[int], Any], numbers: list[int], processes: int = 4) -> list[Any]:
    """Call ``task`` once for each number, in the worker processes of a pool.

    The pool is made for this call. When it returns, no worker process is left, also none that
    ends slowly.

    Args:
        task: A function at the top level of a module, with one argument. It may return anything:
            None, 0, what cannot be sorted.
        numbers: What to call it with. The list may be empty; a number that is in it twice is
            called twice. There may be more numbers than processes.
        processes: How many worker processes the pool has, 1 or more. Each takes the next number
            when it is done with one.

    Returns:
        What ``task`` returned for each number, in the order of ``numbers``.

    Raises:
        ValueError: If ``processes`` is below 1; the message has the value, and nothing starts.
    """
    _require_a_process(processes)
    pool = Pool(processes)
    try:
        return pool.map(task, numbers)
    finally:
        # In this order: close tells the workers that nothing more comes, join waits for them.
        pool.close()
        pool.join()


class Workers:
    """Worker processes that stay for many calls: ``with Workers(4) as workers: ...``.

    Args:
        processes: How many worker processes there are, 1 or more.

    Raises:
        ValueError: If ``processes`` is below 1; the message has the value, and nothing starts.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes

    def __enter__(self) -> Workers:
        """Begin the block; return the object whose ``map`` it calls."""
        # Made once: each process costs more to start than many a task costs to compute.
        self._pool = Pool(max(1, self._processes))
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the block: no worker process is left. An error of the block goes on to the caller.

        After an error, too, no worker process is left and ``map`` raises ``ValueError``.
        """
        self._pool.close()
        self._pool.join()

    def map(self, task: Callable[[int], Any], numbers: list[int]) -> list[Any]:
        """Call ``task`` once for each number; each call of ``map`` has the same workers.

        Returns:
            What ``task`` returned for each number, in the order of ``numbers``.

        Raises:
            ValueError: If the block has ended.
        """
        _require_a_process(self._processes)
        # A pool that was closed raises the ValueError itself.
        return self._pool.map(task, numbers)


def choose_processes(tasks: int, cpus: int) -> int:
    """Return how many processes are worth starting for tasks that only compute.

    As many as can compute at the same time and have something to compute: never more than
    there are tasks, never more than there are cores, but at least 1.

    Args:
        tasks: How many tasks there are, 0 or more.
        cpus: How many cores there are, 1 or more.
    """
    return max(1, min(tasks, cpus))


# At the top level, with the task handed over by partial: both can be pickled, a lambda cannot.
def _result_or_error(task: Callable[[int], Any], number: int) -> Any:
    """Return what the task returns, or the exception that it raises."""
    try:
        return task(number)
    except Exception as error:
        return error


def map_with_errors(
    task: Callable[[int], Any], numbers: list[int], processes: int = 4
) -> list[Any]:
    """Do what :func:`map_in_pool` does, but keep the errors.

    Args:
        task: A function at the top level of a module, with one argument.
        numbers: What to call it with. The list may be empty; a number that is in it twice is
            called twice.
        processes: How many worker processes the pool has, 1 or more.

    Returns:
        For each number, in the order of ``numbers``, what ``task`` returned; if it raised an
        ``Exception``, that object is in its place. The other numbers are computed all the same.

    Raises:
        ValueError: If ``processes`` is below 1; the message has the value, and nothing starts.
    """
    return map_in_pool(partial(_result_or_error, task), numbers, processes)
