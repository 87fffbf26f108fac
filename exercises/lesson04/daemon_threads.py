"""Lesson 04: daemon threads. Fill in the four TODOs; the page is README.md.

Each call of a function stands alone: it knows nothing of an earlier one.
"""

# Given: do not change.
import time
from collections.abc import Callable
from threading import Thread


# Given: do not change.
def tick(count: int = 10, interval_s: float = 0.5) -> None:
    """Print ``I am working..`` and sleep ``interval_s`` seconds; do both ``count`` times."""
    for _ in range(count):
        print("I am working..")
        time.sleep(interval_s)


def start_background(target: Callable[[], object]) -> Thread:
    """Start a thread that runs ``target``, and return at once.

    The program may end while the thread runs; it is cut off then. That is so whichever thread
    calls. No deprecated function is used: nothing gives a ``DeprecationWarning``.

    Args:
        target: A function without arguments.

    Returns:
        The started thread: the one that runs ``target``.
    """
    # TODO 1: a thread that the program's end does not wait for.
    raise NotImplementedError("TODO 1 in exercises/lesson04/daemon_threads.py")


def start_foreground(target: Callable[[], object]) -> Thread:
    """Start a thread that runs ``target``, and return at once.

    The program's end waits until the thread has ended. That is so whichever thread calls, a
    daemon thread too. No deprecated function is used: nothing gives a ``DeprecationWarning``.

    Args:
        target: A function without arguments.

    Returns:
        The started thread: the one that runs ``target``.
    """
    # TODO 2: a thread that the program's end waits for, whoever starts it.
    raise NotImplementedError("TODO 2 in exercises/lesson04/daemon_threads.py")


# A program: the main thread starts one thread that runs tick(), and ends as soon
# as that thread sleeps for the first time. How many lines "I am working.." does it print?
# TODO 3: predict both numbers before you try it.
LINES_IF_DAEMON: int = ...  # TODO 3 in exercises/lesson04/daemon_threads.py
LINES_IF_NOT_DAEMON: int = ...  # TODO 3 in exercises/lesson04/daemon_threads.py


def stop_within(thread: Thread, seconds: float) -> bool:
    """Give a background thread up to ``seconds`` to end before the program goes.

    The function returns as soon as the thread has ended. It does not make the thread end. Other
    threads do not matter, and it may be asked again about the same one.

    Args:
        thread: A thread that has been started.
        seconds: The longest time to wait, in seconds, 0 or more.

    Returns:
        True if the thread has ended, False if it is still running.
    """
    # TODO 4: wait, but not longer than that; then say which of the two happened.
    raise NotImplementedError("TODO 4 in exercises/lesson04/daemon_threads.py")


if __name__ == "__main__":
    # A program to run and to change: threadlings run 4
    background = start_background(tick)
    print("ended within 1 s:", stop_within(background, 1))
    start_foreground(lambda: tick(3))
    print("the main thread is at its end")
