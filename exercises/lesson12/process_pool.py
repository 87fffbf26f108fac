"""Lesson 12: Pool. Fill in the four TODOs; the page is README.md.

Each call of a function stands alone: it knows nothing of an earlier one.
"""

# Given: do not change.
from __future__ import annotations

from collections.abc import Callable
from multiprocessing import Pool
from types import TracebackType
from typing import Any


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
    # TODO 1: make a pool, let it do the work, see it off.
    raise NotImplementedError("TODO 1 in exercises/lesson12/process_pool.py")


class Workers:
    """Worker processes that stay for many calls: ``with Workers(4) as workers: ...``.

    Args:
        processes: How many worker processes there are, 1 or more.

    Raises:
        ValueError: If ``processes`` is below 1; the message has the value, and nothing starts.
    """

    def __init__(self, processes: int) -> None:
        # TODO 2: what has to be known for the block.
        raise NotImplementedError("TODO 2 in exercises/lesson12/process_pool.py")

    def __enter__(self) -> Workers:
        """Begin the block; return the object whose ``map`` it calls."""
        # TODO 2: the workers are there for the block.
        raise NotImplementedError("TODO 2 in exercises/lesson12/process_pool.py")

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the block: no worker process is left. An error of the block goes on to the caller.

        After an error, too, no worker process is left and ``map`` raises ``ValueError``.
        """
        # TODO 2: see the workers off.
        raise NotImplementedError("TODO 2 in exercises/lesson12/process_pool.py")

    def map(self, task: Callable[[int], Any], numbers: list[int]) -> list[Any]:
        """Call ``task`` once for each number; each call of ``map`` has the same workers.

        Returns:
            What ``task`` returned for each number, in the order of ``numbers``.

        Raises:
            ValueError: If the block has ended.
        """
        # TODO 2: let the workers of the block do it.
        raise NotImplementedError("TODO 2 in exercises/lesson12/process_pool.py")


def choose_processes(tasks: int, cpus: int) -> int:
    """Return how many processes are worth starting for tasks that only compute.

    As many as can compute at the same time and have something to compute: never more than
    there are tasks, never more than there are cores, but at least 1.

    Args:
        tasks: How many tasks there are, 0 or more.
        cpus: How many cores there are, 1 or more.
    """
    # TODO 3: Pool(4) or Pool(20)?
    raise NotImplementedError("TODO 3 in exercises/lesson12/process_pool.py")


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
    # TODO 4: an error of one number must not cost the results of the others.
    raise NotImplementedError("TODO 4 in exercises/lesson12/process_pool.py")


if __name__ == "__main__":
    # A program to run and to change: threadlings run 12
    import os

    from given import EQUAL, NOTEBOOK, add_up, seconds_of, show_bars, wait, without_gil_too

    print("processes worth starting here:", choose_processes(9, os.cpu_count() or 1))
    print("the last of three tables takes a while: one number is large")
    for title, task, numbers in (
        ("nine numbers, each waits 0.2 s (I/O-bound)", wait, NOTEBOOK),
        ("nine equal numbers to compute (CPU-bound)", add_up, EQUAL),
        ("the notebook's nine numbers (CPU-bound)", add_up, NOTEBOOK),
    ):
        took = {f"Pool({n})": seconds_of(map_in_pool, task, numbers, n) for n in (4, 20)}
        show_bars(title, took)
    without_gil_too(__file__)
