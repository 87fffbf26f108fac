"""Programs of which the search once said less than they can do; each with all its values.

A value that the program does not return is the name of the exception that ends a thread.
"""

import threading
import time
from collections import Counter, OrderedDict, defaultdict, deque
from queue import Queue
from threading import Event, Lock, Thread, current_thread

from .programs import run_together


class Box:
    pass


def box_with(n):
    box = Box()
    box.n = n
    return box


def started(target, daemon=True):
    thread = Thread(target=target, daemon=daemon)
    thread.start()
    return thread


# -- daemon threads that nobody waits for ----------------------------------------------------


def daemon_appends():
    log = []
    started(lambda: log.append(1))
    return list(log)


def daemon_appends_to_what_is_returned():
    log = []
    started(lambda: log.append(1))
    return log


def daemon_writes_twice():
    box = box_with(0)

    def write():
        box.n = 1
        box.n = 2

    started(write)
    return box.n


def daemon_sets_an_event():
    event = Event()
    started(event.set)
    return event.is_set()


def daemon_puts():
    queue = Queue()
    started(lambda: queue.put(1))
    return queue.empty()


def daemon_writes_under_a_lock():
    box, lock = box_with(0), Lock()

    def write():
        with lock:
            box.n = 1

    started(write)
    with lock:
        return box.n


def daemon_is_counted():
    started(lambda: None)
    return threading.active_count()


def daemon_of_a_thread_is_alive():
    seen = []
    outer = started(lambda: seen.append(started(lambda: None).is_alive()), daemon=False)
    outer.join()
    return seen


def daemon_increments():
    box, done = box_with(0), Event()

    def increment():
        box.n += 1

    def increment_and_tell():
        increment()
        done.set()

    first = started(increment, daemon=False)
    started(increment_and_tell)
    first.join()
    done.wait()
    return box.n


def daemon_is_renamed():
    seen = []
    thread = started(lambda: seen.append(current_thread().name))
    thread.name = "east"
    return ["east" if name == "east" else "python" for name in seen]


def daemon_takes_the_last():
    items = [1]

    def take():
        if items:
            items.pop()

    started(take)
    take()
    return len(items)


def daemon_raises():
    started([].pop)


# -- generators ------------------------------------------------------------------------------


def numbers(box):
    while True:
        box.n += 1
        yield box.n


def generator_is_shared():
    shared, got = numbers(box_with(0)), []
    run_together(*[lambda: got.append(next(shared))] * 2)
    return sorted(got)


def generator_blocks():
    def slow():
        n = 0
        while True:
            time.sleep(1)
            n += 1
            yield n

    shared, got = slow(), []
    run_together(*[lambda: got.append(next(shared))] * 2)
    return sorted(got)


def generator_is_closed():
    box = box_with(0)
    shared = numbers(box)
    run_together(lambda: next(shared, None), shared.close)
    return box.n


def generator_raises():
    box = box_with(0)

    def failing():
        yield box.n
        raise LookupError

    shared = failing()
    next(shared)
    run_together(*[lambda: next(shared, None)] * 2)


# -- threads that others start ---------------------------------------------------------------


def joined_before_start(joiner_first):
    def program():
        thread = Thread(target=int)
        bodies = [thread.join, thread.start]
        run_together(*(bodies if joiner_first else bodies[::-1]))

    return program


def asked_before_start():
    thread, seen = Thread(target=int), []
    run_together(thread.start, lambda: seen.append(thread.ident is None))
    return seen


def alive_or_not():
    gate, seen = Event(), []
    thread = Thread(target=gate.wait)
    run_together(thread.start, lambda: seen.append(thread.is_alive()))
    gate.set()
    return seen


def alive_between():
    log, threads = [], []

    def look():
        log.append(threads[0].is_alive())
        log.append(threads[0].is_alive())

    threads += [Thread(target=int), Thread(target=look)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return log


# -- loops that change nothing ------------------------------------------------------------------


def polling(has_lock):
    def program():
        box, lock = box_with(0), Lock()

        def poll():
            while True:
                with lock:
                    if box.n:
                        return

        def poll_without():
            while not box.n:
                pass

        run_together(poll if has_lock else poll_without)

    return program


def tested_before_set():
    wants, seen = [False, False], []

    def enter(me):
        while wants[1 - me]:
            pass
        wants[me] = True
        seen.append(wants[1 - me])
        wants[me] = False

    run_together(lambda: enter(0), lambda: enter(1))
    return sorted(seen)


ENDINGS = [
    (daemon_appends, {"[]", "[1]"}),
    (daemon_appends_to_what_is_returned, {"[]", "[1]"}),
    (daemon_writes_twice, {"0", "1", "2"}),
    (daemon_sets_an_event, {"False", "True"}),
    (daemon_puts, {"False", "True"}),
    (daemon_writes_under_a_lock, {"0", "1"}),
    (daemon_is_counted, {"1", "2"}),
    (daemon_of_a_thread_is_alive, {"[False]", "[True]"}),
    (daemon_increments, {"1", "2"}),
    (daemon_is_renamed, {"[]", "['east']", "['python']"}),
    (daemon_takes_the_last, {"0", "IndexError", "error"}),
    (daemon_raises, {"None", "IndexError"}),
    (generator_is_shared, {"[1, 2]", "ValueError"}),
    (generator_blocks, {"[1, 2]", "ValueError"}),
    (generator_is_closed, {"0", "1", "ValueError"}),
    (generator_raises, {"LookupError", "LookupError ValueError"}),
    (joined_before_start(joiner_first=True), {"None", "RuntimeError"}),
    (joined_before_start(joiner_first=False), {"None", "RuntimeError"}),
    (asked_before_start, {"[False]", "[True]"}),
    (alive_or_not, {"[False]", "[True]"}),
    (alive_between, {"[False, False]", "[True, False]", "[True, True]"}),
    (polling(has_lock=False), {"livelock"}),
    (polling(has_lock=True), {"livelock"}),
    (tested_before_set, {"[False, False]", "[False, True]", "[True, True]"}),
]

# -- ways of going through a container -----------------------------------------------------------

DICTS = [
    lambda: {"a": 1, "b": 2},
    lambda: defaultdict(int, {"a": 1, "b": 2}),
    lambda: Counter("ab"),
    lambda: OrderedDict(a=1, b=2),
]
WALKS_OF_DICTS = {
    "keys": lambda d: [key for key in d],  # noqa: C416 - a loop, one item after the other
    "keys()": lambda d: [key for key in d.keys()],  # noqa: C416, SIM118
    "values()": lambda d: [value for value in d.values()],  # noqa: C416
    "items()": lambda d: [key for key, _value in d.items()],
    "enumerate": lambda d: [key for _place, key in enumerate(d)],
    "zip": lambda d: [key for key, _place in zip(d, range(9), strict=False)],
    "reversed": lambda d: [key for key in reversed(d)],  # noqa: C416
    "sum": lambda d: sum(value for value in d.values()),
}
LISTS = [lambda: ["a", "b", "c"]]
WALKS_OF_LISTS = {
    "items": lambda items: [item for item in items],  # noqa: C416
    "enumerate": lambda items: [item for _place, item in enumerate(items)],
    "zip": lambda items: [item for item, _place in zip(items, "123", strict=False)],
    "map": lambda items: [item for item in map(str, items)],  # noqa: C416
    "filter": lambda items: [item for item in filter(None, items)],  # noqa: C416
    "generator": lambda items: [item for item in (each for each in items)],  # noqa: C416
    "iter": lambda items: [item for item in iter(items)],  # noqa: C416
}


def walked(make, walk, change):
    """Return a program that goes through a container while another thread changes it."""

    def program():
        box, seen = make(), []
        run_together(lambda: seen.append(walk(box)), lambda: change(box))
        return [str(each) for each in seen]

    return program


DEQUE = walked(lambda: deque([1, 2]), lambda items: [item for item in items], lambda d: d.append(3))  # noqa: C416
SET = walked(lambda: {1, 2}, lambda items: [item for item in items], lambda s: s.add(3))  # noqa: C416
