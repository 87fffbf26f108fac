"""Lesson 05: join. One possible solution."""

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
    # One place per task: no two threads write to the same one, so no lock is needed, and the
    # order in which the tasks end does not matter.
    results: list[Any] = [None] * len(tasks)
    errors: list[Exception | None] = [None] * len(tasks)

    def run(place: int, task: Callable[[], Any]) -> None:
        try:
            results[place] = task()
        except Exception as error:  # Here it would only end the thread: it is raised below.
            errors[place] = error

    threads = [Thread(target=run, args=(place, task)) for place, task in enumerate(tasks)]
    # Two loops: a join inside the first one would run the tasks one after another.
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results


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
    # join returns None in both cases, so the thread itself has to be asked.
    thread.join(seconds)
    return not thread.is_alive()


def run_both(
    work: Callable[[], object], sleep: Callable[[], object], report: Callable[[str], object]
) -> None:
    """Run ``work`` and ``sleep`` at the same time, wait for both, then report once.

    Args:
        work: A function without arguments.
        sleep: A function without arguments.
        report: Called once, after both have ended, with the text ``main thread finished``.
    """
    # Both are started before either is waited for.
    worker = Thread(target=work)
    sleeper = Thread(target=sleep)
    worker.start()
    sleeper.start()
    worker.join()
    sleeper.join()
    report("main thread finished")
