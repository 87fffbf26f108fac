"""Lesson 05: join. Fill in the three TODOs; the page is README.md.

A second call of a function knows nothing of the first one.
"""

# Given: do not change.
from collections.abc import Callable
from threading import Thread
from typing import Any


def run_all(tasks: list[Callable[[], Any]]) -> list[Any]:
    """Run all tasks at the same time and return their results in task order.

    Each task runs in a thread of its own. The function returns, or raises, only after every
    task has ended. Together the tasks take as long as the slowest one.

    Calls know nothing of each other: a task may call ``run_all`` itself.

    Args:
        tasks: A list of functions without arguments. It may be empty, and a function may be in
            it twice: that makes two tasks.

    Returns:
        What each task returned, be it None, False or anything else: the result of ``tasks[0]``
        first, whichever task ended first. An empty list for no tasks.

    Raises:
        Exception: If tasks raised an Exception, that of the first such task in task order. It is
            raised after all the tasks have ended. (You are not asked what to do about errors that
            are no Exception, such as SystemExit.)
    """
    # TODO 1: run the tasks at the same time, wait for all, hand back results or an error.
    raise NotImplementedError("TODO 1 in exercises/lesson05/thread_join.py")


def wait_at_most(thread: Thread, seconds: float) -> bool:
    """Wait until the thread has ended, but not longer than ``seconds``.

    The function returns as soon as the thread has ended. It does not stop the thread.

    Args:
        thread: A thread that has been started.
        seconds: The longest time to wait, in seconds, 0 or more.

    Returns:
        True if the thread ended in time, also if it had ended before the call; False if it is
        still running.
    """
    # TODO 2: wait with a limit, then find out which of the two happened.
    raise NotImplementedError("TODO 2 in exercises/lesson05/thread_join.py")


def run_both(
    work: Callable[[], object], sleep: Callable[[], object], report: Callable[[str], object]
) -> None:
    """Run ``work`` and ``sleep`` at the same time, wait for both, then report once.

    Args:
        work: A function without arguments.
        sleep: A function without arguments.
        report: Called once, after both have ended, with the text ``main thread finished``.
    """
    # TODO 3: both at the same time, wait for both, then report.
    raise NotImplementedError("TODO 3 in exercises/lesson05/thread_join.py")


if __name__ == "__main__":
    # A program to run and to change: threadlings run 5
    from time import sleep

    def cook(dish: str, seconds: float) -> str:
        print(dish, "is begun")
        sleep(seconds)
        print(dish, "is ready")
        return dish

    print("results:", run_all([lambda: cook("rice", 1), lambda: cook("soup", 0.5)]))
    run_both(lambda: cook("tea", 0.5), lambda: sleep(1), print)
