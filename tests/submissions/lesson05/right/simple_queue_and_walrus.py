# built: queue.SimpleQueue; a dataclass with slots; heapq; a decorator that turns a function into a thread
from __future__ import annotations

import functools
import heapq
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Thread
from typing import Any


@dataclass(order=True, slots=True)
class Outcome:
    place: int
    value: Any = field(compare=False, default=None)
    error: BaseException | None = field(compare=False, default=None)


def threaded(function):
    @functools.wraps(function)
    def start(*args):
        thread = Thread(target=function, args=args)
        thread.start()
        return thread

    return start


@threaded
def attempt(place, task, outcomes):
    try:
        outcomes.put(Outcome(place, task()))
    except BaseException as error:
        outcomes.put(Outcome(place, error=error))


def run_all(tasks):
    outcomes: SimpleQueue[Outcome] = SimpleQueue()
    threads = [attempt(place, task, outcomes) for place, task in enumerate(tasks)]
    for thread in threads:
        thread.join()
    heap: list[Outcome] = []
    while not outcomes.empty():
        heapq.heappush(heap, outcomes.get())
    ordered = [heapq.heappop(heap) for _ in range(len(heap))]
    for outcome in ordered:
        match outcome:
            case Outcome(error=BaseException() as error):
                raise error
    return [outcome.value for outcome in ordered]


def wait_at_most(thread, seconds):
    if (limit := max(0, seconds)) is not None:
        thread.join(limit)
    return thread.is_alive() is False


def run_both(work, sleep, report):
    for thread in [threaded(task)() for task in (work, sleep)]:
        thread.join()
    report("main thread finished")
