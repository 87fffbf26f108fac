"""Lesson 02: arguments. Fill in the three TODOs; the page is README.md.

Each call of a function stands alone: it knows nothing of an earlier one.
"""

# Given: do not change.
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from typing import Any


def work(number: int) -> None:
    """Print which number is working."""
    print(f"{number} : I am working..")


# Your part begins here.
def start_numbered(target: Callable[[int], object], count: int) -> list[Thread]:
    """Start ``count`` threads; the one at place i calls ``target(i)``, and no other does.

    The number is fixed when the thread is made, however late the thread begins.

    Args:
        target: A function with one argument.
        count: How many threads, 0 or more.

    Returns:
        The threads in the order of their numbers, each already started. It does not wait.

    Raises:
        ValueError: If ``count`` is negative; the message has the value, and nothing was started.
    """
    # TODO 1: one thread for each number, and each number belongs to its own thread.
    raise NotImplementedError("TODO 1 in exercises/lesson02/thread_args.py")


def start_calls(
    target: Callable[..., object], calls: list[tuple[Sequence[Any], Mapping[str, Any]]]
) -> list[Thread]:
    """Start one thread for each call of ``target``.

    Args:
        target: Any function.
        calls: A pair ``(args, kwargs)`` for each thread: the positional arguments and the
            keyword arguments. They may be any values, or none at all. What the caller does with
            ``calls``, an ``args`` or a ``kwargs`` afterwards has no effect on the threads.

    Returns:
        The threads in the order of ``calls``, each already started. It does not wait.
    """
    # TODO 2: hand each thread its arguments so that nobody can change them any more.
    raise NotImplementedError("TODO 2 in exercises/lesson02/thread_args.py")


class PairThread(Thread):
    """A thread that prints its two arguments: ``50 30: This is a thread``.

    It takes the keyword arguments of ``Thread``; ``args`` are any two values, ``name`` and
    ``daemon`` work as they do there. What is not given is Python's default, as in ``Thread``:
    a thread that a daemon thread makes is a daemon.
    """

    def __init__(self, *, args: tuple[Any, Any] = (None, None), **others: Any) -> None:
        """Keep the two values, and leave everything else to ``Thread``."""
        # TODO 3: keep the pair for run; what does Thread have to be told?
        raise NotImplementedError("TODO 3 in exercises/lesson02/thread_args.py")

    def run(self) -> None:
        """Print the two values and the text."""
        raise NotImplementedError("TODO 3 in exercises/lesson02/thread_args.py")


if __name__ == "__main__":
    # A program to run and to change: threadlings run 2
    start_numbered(work, 3)
    start_calls(print, [(("two", "words"), {"sep": "-"}), (("one",), {})])
    PairThread(args=(50, 30)).start()
