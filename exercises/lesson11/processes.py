"""Lesson 11: Process. Fill in the four TODOs; the page is README.md.

Each call of a function stands alone: it knows nothing of an earlier one.
"""

# Given: do not change.
from collections.abc import Callable
from multiprocessing import Pipe, Process, Queue
from threading import Thread
from time import perf_counter
from typing import Any


def divisors(number: int) -> list[int]:
    """Return all numbers that divide ``number`` without a remainder, the smallest first.

    Args:
        number: 1 or more.

    Returns:
        1, ``number``, and what lies between; only ``[1]`` for 1.
    """
    # TODO 1: try the numbers one by one.
    raise NotImplementedError("TODO 1 in exercises/lesson11/processes.py")


def run_sequential(task: Callable[[int], Any], numbers: list[int]) -> list[Any]:
    """Call ``task`` with one number after another, here.

    Args:
        task: A function with one argument. It may return anything: None, 0, what cannot be sorted.
        numbers: What to call it with. The list may be empty; a number that is in it twice is
            called twice.

    Returns:
        What ``task`` returned for each number, in the order of ``numbers``.
    """
    # TODO 2: one after another, in this process.
    raise NotImplementedError("TODO 2 in exercises/lesson11/processes.py")


def run_threads(task: Callable[[int], Any], numbers: list[int]) -> list[Any]:
    """Call ``task`` with all the numbers at the same time, in threads of this process.

    However many numbers there are, no task waits for another one to end.

    Args:
        task: A function with one argument. It may return anything: None, 0, what cannot be sorted.
        numbers: What to call it with. The list may be empty; a number that is in it twice is
            called twice.

    Returns:
        What ``task`` returned for each number, in the order of ``numbers``.
    """
    # TODO 2: at the same time, in threads.
    raise NotImplementedError("TODO 2 in exercises/lesson11/processes.py")


def run_processes(task: Callable[[int], Any], numbers: list[int]) -> list[Any]:
    """Call ``task`` with all the numbers at the same time, each in a process of its own.

    However many numbers there are, no task waits for another one to end. It works under every
    start method: fork, spawn and forkserver. When it returns or raises, all its processes have
    ended and have been joined, also one that goes on after it has handed over its result.

    Args:
        task: A function at the top level of a module, with one argument. What it returns may
            be None, 0, or what cannot be sorted, and may be large.
        numbers: What to call it with. The list may be empty; a number that is in it twice is
            called twice, in two processes.

    Returns:
        What ``task`` returned for each number, in the order of ``numbers``.

    Raises:
        RuntimeError: If ``task`` raised, or its process ended without handing over a result,
            whatever its exit code was. The message names that number, not only the whole list.
    """
    # TODO 2: at the same time, in processes; bring back results, errors and deaths.
    raise NotImplementedError("TODO 2 in exercises/lesson11/processes.py")


def compare(task: Callable[[int], Any], numbers: list[int]) -> dict[str, float]:
    """Measure the three ways of calling ``task`` with the numbers.

    Args:
        task: A function at the top level of a module, with one argument.
        numbers: What to call it with.

    Returns:
        A new dict: seconds on the clock on the wall from the call to the last result, measured
        in this call, for each of the three keys ``"sequential"``, ``"threads"``, ``"processes"``.
    """
    # TODO 3: run the task in each of the three ways, and take the time.
    raise NotImplementedError("TODO 3 in exercises/lesson11/processes.py")


# TODO 4: which of the three ways is the fastest, for a CPython with a GIL and several cores?
# "sequential", "threads" or "processes": for many tasks that compute, and for many that wait
# for the network.
FASTEST_FOR_CPU: str = ...  # TODO 4 in exercises/lesson11/processes.py
FASTEST_FOR_IO: str = ...  # TODO 4 in exercises/lesson11/processes.py


if __name__ == "__main__":
    # A program to run and to change: threadlings run 11
    from given import EQUAL, NOTEBOOK, show_bars, wait, without_gil_too

    print("the last of three tables takes a while: one number is large")
    print("divisors(12):", divisors(12))
    show_bars("nine numbers, each waits 0.2 s (I/O-bound)", compare(wait, NOTEBOOK))
    show_bars("nine equal numbers to compute (CPU-bound)", compare(divisors, EQUAL))
    show_bars("the notebook's nine numbers (CPU-bound)", compare(divisors, NOTEBOOK))
    without_gil_too(__file__)
