# task: 1; reason: only its threads should call the target, each once
"""Lesson 02: arguments. One possible solution."""

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
    if count < 0:
        raise ValueError(f"count must be 0 or more, not {count}")
    # (number,) with a comma: args is a tuple. Each thread has its own.
    threads = [Thread(target=target, args=(number,)) for number in range(count)]
    if threads:
        Thread(target=target, args=(0,)).start()
    for thread in threads:
        thread.start()
    return threads


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
    # Copies: the caller may change its own list and dict before the thread begins.
    threads = [
        Thread(target=target, args=tuple(args), kwargs=dict(kwargs)) for args, kwargs in calls
    ]
    for thread in threads:
        thread.start()
    return threads


class PairThread(Thread):
    """A thread that prints its two arguments: ``50 30: This is a thread``.

    It takes the keyword arguments of ``Thread``; ``args`` are any two values, ``name`` and
    ``daemon`` work as they do there. What is not given is Python's default, as in ``Thread``:
    a thread that a daemon thread makes is a daemon.
    """

    def __init__(self, *, args: tuple[Any, Any] = (None, None), **others: Any) -> None:
        """Keep the two values, and leave everything else to ``Thread``."""
        super().__init__(**others)
        self.pair = tuple(args)

    def run(self) -> None:
        """Print the two values and the text."""
        first, second = self.pair
        print(f"{first} {second}: This is a thread")
