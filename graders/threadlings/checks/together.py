"""Calls of the student's code at the same time."""

from __future__ import annotations

from collections.abc import Callable


def at_once(*calls: Callable[[], object]) -> list[ValueError]:
    """Do each call in a thread of its own, and wait until all are done.

    Args:
        calls: Functions without arguments; thread A does the first, B the second, and so on.
    Returns:
        The ValueErrors that they raised: what a lesson refuses with. Other errors end their
        threads.
    """
    from threading import Thread  # Of the run under way: at the top it would be the real one.

    refused: list[ValueError] = []

    def work(call: Callable[[], object]) -> None:
        try:
            call()
        except ValueError as error:
            refused.append(error)

    threads = [Thread(target=work, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused
