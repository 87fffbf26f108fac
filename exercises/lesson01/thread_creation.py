"""Lesson 01: thread creation. Fill in the three TODOs; the page is README.md.

Each call of a function stands alone: it knows nothing of an earlier one.
"""

# Given: do not change.
from collections.abc import Callable
from threading import Thread, current_thread


def work() -> None:
    """Print that this is working."""
    print("I am working..")


class Witness(Thread):
    """A thread that remembers in which thread its ``run`` ran."""

    ran_in = ""

    def run(self) -> None:
        """Store the name of the thread that runs this."""
        self.ran_in = current_thread().name


# Your part begins here.
def start_workers(target: Callable[[], object], count: int) -> list[Thread]:
    """Start ``count`` threads that run ``target``, and do not wait for them.

    Args:
        target: A function without arguments; it may take as long as it likes.
        count: How many threads, 0 or more.

    Returns:
        The threads in the order in which they were made, each already started.

    Raises:
        ValueError: If ``count`` is negative; the message has the value, and nothing was started.
    """
    # TODO 1: make the threads, let each begin, and hand them back at once.
    raise NotImplementedError("TODO 1 in exercises/lesson01/thread_creation.py")


class Announcer(Thread):
    """A thread that prints ``This is a thread``."""

    def run(self) -> None:
        """Print the line; ``start`` lets the new thread call this."""
        # TODO 2: say the line; and below, make and start announcers.
        raise NotImplementedError("TODO 2 in exercises/lesson01/thread_creation.py")


def start_announcers(count: int) -> list[Announcer]:
    """Start ``count`` announcers.

    Args:
        count: How many, 0 or more.

    Returns:
        The announcers, each already started.

    Raises:
        ValueError: If ``count`` is negative; the message has the value, and nothing was started.
    """
    raise NotImplementedError("TODO 2 in exercises/lesson01/thread_creation.py")


def run_and_start() -> tuple[str, str]:
    """Find out which thread runs ``run``: after ``run()``, and after ``start()``.

    Calls ``run()`` on one Witness, and ``start()`` on another one whose name is ``started``.

    Returns:
        The ``ran_in`` of both, in that order, after both have been done.
    """
    # TODO 3: one witness is run, the other is started; report when both are done.
    raise NotImplementedError("TODO 3 in exercises/lesson01/thread_creation.py")


if __name__ == "__main__":
    # A program to run and to change: threadlings run 1
    start_workers(work, 3)
    start_announcers(2)
    print("run() and start():", run_and_start())
