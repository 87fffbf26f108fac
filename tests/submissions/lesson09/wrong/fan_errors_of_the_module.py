# task: 3; reason: nothing of an earlier one
"""Lesson 09: Queue. One possible solution."""
from collections.abc import Callable, Iterable
from queue import Empty, Queue
from threading import Thread
from typing import Any
_shared = []

def drain(queue: Queue[Any]) -> list[Any]:
    """Take everything that is in the queue now, and mark each item done.

    The function never blocks, not even for a moment: not on an empty queue, and not when
    other threads take items from the same queue meanwhile. The queue can be used afterwards.

    Args:
        queue: A ``Queue``, ``LifoQueue`` or ``PriorityQueue``; it may be empty.

    Returns:
        The items in the order in which the queue gives them; those that another thread took
        are not among them. An empty list if there was nothing to take.
    """
    items: list[Any] = []
    while True:
        try:
            item = queue.get_nowait()
        except Empty:
            return items
        items.append(item)
        queue.task_done()

def process_all(items: list[Any], handle: Callable[[Any], Any], workers: int) -> list[Any]:
    """Handle all items by ``workers`` threads that share one queue.

    Each item is handled once. A worker that is free takes the next item that nobody has
    taken. The function returns, or raises, after every item was handled and every thread it
    started has ended.

    Args:
        items: What to handle; it may be empty, and it may hold equal items.
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
    if workers < 1:
        raise ValueError(f'workers must be at least 1: {workers}')
    jobs: Queue[tuple[int, Any] | None] = Queue()
    for job in enumerate(items):
        jobs.put(job)
    for _ in range(workers):
        jobs.put(None)
    results: list[Any] = [None] * len(items)
    errors: list[BaseException | None] = [None] * len(items)

    def work() -> None:
        while (job := jobs.get()) is not None:
            place, item = job
            try:
                results[place] = handle(item)
            except BaseException as error:
                errors[place] = error
    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results

def fan(sources: list[Iterable[Any]], consume: Callable[[Any], object], consumers: int, maxsize: int) -> None:
    """Bring the items of all sources to the consumers, through one queue.

    One thread for each source puts its items into one ``Queue(maxsize)``; ``consumers``
    threads take them out and call ``consume(item)``, once for each item. The function
    returns, or raises, after every thread it started has ended.

    Args:
        sources: What the producers iterate over, each in a thread of its own. The list may be
            empty, and so may a source.
        consume: Called with one item.
        consumers: How many threads call ``consume``, 1 or more.
        maxsize: How many items the queue holds at most, 1 or more.

    Raises:
        ValueError: If ``consumers`` or ``maxsize`` is less than 1. The number is in the
            message, and nothing was started.
        Exception: If ``consume`` or a source raised, that error; one of them, if several did.
            Items that were not consumed by then may be dropped.
    """
    if consumers < 1:
        raise ValueError(f'consumers must be at least 1: {consumers}')
    if maxsize < 1:
        raise ValueError(f'maxsize must be at least 1: {maxsize}')
    queue: Queue[Any] = Queue(maxsize)
    end = object()
    errors: list[BaseException] = _shared

    def produce(source: Iterable[Any]) -> None:
        try:
            for item in source:
                if errors:
                    return
                queue.put(item)
        except BaseException as error:
            errors.append(error)

    def work() -> None:
        while (item := queue.get()) is not end:
            if errors:
                continue
            try:
                consume(item)
            except BaseException as error:
                errors.append(error)
    producing = [Thread(target=produce, args=(source,)) for source in sources]
    consuming = [Thread(target=work) for _ in range(consumers)]
    for thread in producing + consuming:
        thread.start()
    for thread in producing:
        thread.join()
    for _ in consuming:
        queue.put(end)
    for thread in consuming:
        thread.join()
    if errors:
        raise errors[0]
