"""Lesson 11: Process. One possible solution."""

# Given: do not change.
from collections.abc import Callable
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
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
    result = [1]
    for candidate in range(2, number + 1):
        if number % candidate == 0:
            result.append(candidate)
    return result


def run_sequential(task: Callable[[int], Any], numbers: list[int]) -> list[Any]:
    """Call ``task`` with one number after another, here.

    Args:
        task: A function with one argument. It may return anything: None, 0, what cannot be sorted.
        numbers: What to call it with. The list may be empty; a number that is in it twice is
            called twice.

    Returns:
        What ``task`` returned for each number, in the order of ``numbers``.
    """
    return [task(number) for number in numbers]


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
    results: list[Any] = [None] * len(numbers)

    def work(place: int, number: int) -> None:
        results[place] = task(number)

    threads = [Thread(target=work, args=(place, number)) for place, number in enumerate(numbers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


# At the top level: under spawn and forkserver a new interpreter looks for it by its name.
def _hand_over(task: Callable[[int], Any], number: int, sender: Connection) -> None:
    """Call the task, and send its result and None, or None and what went wrong."""
    answer: tuple[Any, str | None]
    try:
        answer = (task(number), None)
    except BaseException as error:
        # As text: not every exception can be pickled.
        answer = (None, f"{type(error).__name__}: {error}")
    sender.send(answer)


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
    runs = []
    for number in numbers:
        receiver, sender = Pipe(duplex=False)
        process = Process(target=_hand_over, args=(task, number, sender))
        process.start()
        # The child has its own end of the pipe. With ours closed, recv sees when it has died.
        sender.close()
        runs.append((number, process, receiver))

    results, reasons = [], []
    for number, process, receiver in runs:
        # First the result, then the join: a child cannot end before its result is taken.
        try:
            result, reason = receiver.recv()
        except (EOFError, OSError):
            result, reason = None, "its process ended without a result"
        receiver.close()
        process.join()
        results.append(result)
        if reason is not None:
            reasons.append(f"the task of number {number} failed: {reason}")
    if reasons:
        raise RuntimeError(reasons[0])
    return results


def compare(task: Callable[[int], Any], numbers: list[int]) -> dict[str, float]:
    """Measure the three ways of calling ``task`` with the numbers.

    Args:
        task: A function at the top level of a module, with one argument.
        numbers: What to call it with.

    Returns:
        A new dict: seconds on the clock on the wall from the call to the last result, measured
        in this call, for each of the three keys ``"sequential"``, ``"threads"``, ``"processes"``.
    """
    seconds = {}
    ways = {"sequential": run_sequential, "threads": run_threads, "processes": run_processes}
    for name, run in ways.items():
        begin = perf_counter()
        run(task, numbers)
        seconds[name] = perf_counter() - begin
    return seconds


# Threads compute one at a time under a GIL; waiting needs no GIL, and threads are cheaper to start.
FASTEST_FOR_CPU: str = "processes"
FASTEST_FOR_IO: str = "threads"
