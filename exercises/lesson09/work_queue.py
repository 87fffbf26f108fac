"""Lesson 09: Queue. Fill in the three TODOs; the page is README.md."""

# Given: do not change.
from collections.abc import Callable, Iterable
from queue import Empty, Queue
from threading import Thread
from typing import Any


def drain(queue: Queue[Any]) -> list[Any]:
    """Take everything that is in the queue now, and mark each item done.

    The function never blocks, not even for a moment: not on an empty queue, and not when
    other threads take items from the same queue meanwhile. The queue can be used afterwards:
    a producer that waits for room in a full queue goes on, and so does who waits in ``join()``.

    Args:
        queue: A ``Queue``, ``LifoQueue`` or ``PriorityQueue``; it may be empty.

    Returns:
        The items in the order in which the queue gives them; those that another thread took
        are not among them. An empty list if there was nothing to take.
    """
    # TODO 1: take without waiting, until there is nothing left; mark each item done.
    raise NotImplementedError("TODO 1 in exercises/lesson09/work_queue.py")


def process_all(items: list[Any], handle: Callable[[Any], Any], workers: int) -> list[Any]:
    """Handle all items by ``workers`` threads that share one queue.

    Each item is handled once. A worker that is free takes the next item that nobody has
    taken. The function returns, or raises, after every item was handled and every thread it
    started has ended.

    Args:
        items: What to handle; it may be empty. An item may be anything: None, equal to another
            one, of a kind that cannot be compared or be a key of a dict.
        handle: Called with one item; it may return None.
        workers: How many items are handled at the same time, 1 or more.

    Returns:
        What ``handle`` returned, in the order of ``items``.

    Raises:
        ValueError: If ``workers`` is less than 1. The number is in the message, and nothing
            was started.
        Exception: If ``handle`` raised, the error of the first such item in the order of
            ``items``. It is raised after all the other items were handled.
    """
    # TODO 2: check, share out, wait for the threads; hand back results or an error.
    raise NotImplementedError("TODO 2 in exercises/lesson09/work_queue.py")


def fan(
    sources: list[Iterable[Any]], consume: Callable[[Any], object], consumers: int, maxsize: int
) -> None:
    """Bring the items of all sources to the consumers, through one queue.

    One thread for each source puts its items into one ``Queue(maxsize)``; ``consumers``
    threads take them out and call ``consume(item)``, once for each item. The function
    returns, or raises, after every thread it started has ended.

    Args:
        sources: What the producers iterate over, each in a thread of its own. The list may be
            empty, and so may a source. An item may be anything, also None or a text: a mark
            for the end has to be an object of your own, such as ``object()``.
        consume: Called with one item.
        consumers: How many threads call ``consume``, 1 or more.
        maxsize: How many items the queue holds at most, 1 or more.

    Raises:
        ValueError: If ``consumers`` or ``maxsize`` is less than 1. The number is in the
            message, and nothing was started.
        Exception: If ``consume`` or a source raised, that error; one of them, if several did.
            Items that were not consumed by then may be dropped.
    """
    # TODO 3: check, bring every item through the queue, and end every thread, come what may.
    raise NotImplementedError("TODO 3 in exercises/lesson09/work_queue.py")


if __name__ == "__main__":
    # A program to run and to change: threadlings run 9
    from time import sleep

    waiting: Queue[str] = Queue()
    for word in ("one", "two", "three"):
        waiting.put(word)
    print("drained:", drain(waiting))

    def square(number: int) -> int:
        sleep(0.2)
        print(number, "x", number, "=", number * number)
        return number * number

    print("in order:", process_all([1, 2, 3, 4, 5, 6], square, 3))
    fan([["a", "b", "c"], ["x", "y", "z"]], lambda item: print("got", item), 2, 2)
