"""Lesson 04: daemon threads. One possible solution."""

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
    # When the thread is made, not later: a running thread cannot become a daemon.
    thread = Thread(target=target, daemon=True)
    thread.start()
    return thread


def start_foreground(target: Callable[[], object]) -> Thread:
    """Start a thread that runs ``target``, and return at once.

    The program's end waits until the thread has ended. That is so whichever thread calls, a
    daemon thread too. No deprecated function is used: nothing gives a ``DeprecationWarning``.

    Args:
        target: A function without arguments.

    Returns:
        The started thread: the one that runs ``target``.
    """
    # Without daemon=False the thread would be what its maker is.
    thread = Thread(target=target, daemon=False)
    thread.start()
    return thread


# A program: the main thread starts one thread that runs tick(), and ends as soon
# as that thread sleeps for the first time. How many lines "I am working.." does it print?
LINES_IF_DAEMON: int = 1  # It is cut off in its first sleep.
LINES_IF_NOT_DAEMON: int = 10  # The program's end waits for all of them.


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
    # join returns None in both cases, so the thread itself has to be asked.
    thread.join(seconds)
    return not thread.is_alive()
