# task: 1; reason: the results are not those of the tasks in task order
"""Lesson 05: join. One possible solution."""

# Given: do not change.
from collections.abc import Callable
import time
from threading import Event, Lock, Thread
from typing import Any


def run_all(tasks: list[Callable[[], Any]]) -> list[Any]:
    """Run all tasks at the same time and return their results in task order.

    Each task runs in a thread of its own. The function returns, or raises, only after every
    task has ended. Together the tasks take as long as the slowest one.

    Args:
        tasks: Functions without arguments. The list may be empty.

    Returns:
        What each task returned: the result of ``tasks[0]`` first, whichever task ended first.
        An empty list for no tasks.

    Raises:
        BaseException: If tasks raised, the error of the first such task in task order. It is
            raised after all the tasks have ended.
    """
    if not tasks:
        return []
    results = [None] * len(tasks)
    errors = [None] * len(tasks)
    left, lock, all_ended = [len(tasks)], Lock(), Event()

    def run(place):
        try:
            results[place] = tasks[place]()
        except BaseException as error:
            errors[place] = error
        with lock:
            left[0] -= 1
            is_last = left[0] == 0
        if is_last:
            all_ended.set()
            time.sleep(0.001)
            results.clear()  # Free the memory; but the caller may not have read it yet.

    for place in range(len(tasks)):
        Thread(target=run, args=(place,), daemon=True).start()
    all_ended.wait()
    for error in errors:
        if error is not None:
            raise error
    return list(results)


def wait_at_most(thread: Thread, seconds: float) -> bool:
    """Wait until the thread has ended, but not longer than ``seconds``.

    The function returns as soon as the thread has ended. It does not stop the thread.

    Args:
        thread: A thread that has been started.
        seconds: The longest time to wait, in seconds, 0 or more.

    Returns:
        True if the thread ended in time, False if it is still running.
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
