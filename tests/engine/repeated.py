"""Programs whose results must be equal each time, and a script that prints them."""

import json
import logging
import queue
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from threadlings.engine import search, simulate, text_of_value

BUDGET = 5
"""Runs of one search: enough for points to be learned and moved."""


def together(*bodies):
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def lost_update():
    box = {"n": 0}

    def work():
        box["n"] += 1

    together(work, work)
    return box


def guarded():
    lock, box = threading.Lock(), [0]

    def work():
        with lock:
            box[0] += 1

    together(work, work)
    return box


def deadlock():
    first, second = threading.Lock(), threading.Lock()

    def take(one, other):
        with one, other:
            pass

    together(lambda: take(first, second), lambda: take(second, first))


def ordered_by_id():
    locks = sorted([threading.Lock() for _ in range(3)], key=id)
    return [lock.acquire(timeout=0.5) for lock in (*locks, *locks)]


def hand_over():
    shared, got = queue.Queue(1), []
    together(lambda: [shared.put(n) for n in range(2)], lambda: got.extend([shared.get()]))
    return got


def pool():
    with ThreadPoolExecutor(2) as workers:
        return list(workers.map(str, range(3)))


def timers():
    fired = []
    for delay_s in (0.2, 0.1):
        threading.Timer(delay_s, fired.append, [delay_s]).start()
    time.sleep(0.3)
    return fired, time.time()


def chance():
    return [random.random(), random.choice("abc"), random.sample(range(9), 3)]


def sets_of_strings():
    """Equal in one process; another hash seed gives another order, as in every Python."""
    words = {"red", "green", "blue", "white", "black"}
    for word in words:
        print(word)
    return list(words)


def sets_of_threads():
    done = []
    threads = {threading.Thread(target=done.append, args=(n,)) for n in range(4)}
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


class Seat:
    """Has the default representation, with its address in it."""


def addresses():
    def work():
        raise ValueError(f"taken: {Seat()}")

    print(Seat(), threading.current_thread())
    together(work)
    return Seat()


def finalizers():
    class Loud:
        def __del__(self):
            print("gone", threading.current_thread().name)
            raise ValueError(self)

    together(Loud, Loud)


def logged():
    logging.basicConfig(format="%(asctime)s %(threadName)s %(thread)d %(message)s")
    logging.getLogger("x").warning("from %s", Seat())


PROGRAMS = [
    lost_update,
    guarded,
    deadlock,
    ordered_by_id,
    hand_over,
    pool,
    timers,
    chance,
    sets_of_threads,
    addresses,
    finalizers,
    logged,
]


def results(program):
    """Return one simulation and one search of a program as JSON."""
    data = [simulate(program).as_data(), search(program, max_runs=BUDGET, samples=2).as_data()]
    return json.dumps(data, default=text_of_value)


if __name__ == "__main__":
    for each in PROGRAMS:
        sys.stdout.write(results(each) + "\n")
