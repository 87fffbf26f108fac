"""The notebook's counter: without a lock, with one, and with the lock in the wrong place."""

import threading


class Counter:
    def __init__(self):
        self.n = 0
        self.lock = threading.Lock()


def increment(counter):
    counter.n += 1


def increment_twice(counter):
    for _ in range(2):
        counter.n += 1


def locked(counter):
    with counter.lock:
        counter.n += 1


def locked_twice(counter):
    for _ in range(2):
        with counter.lock:
            counter.n += 1


def lock_per_call(counter):
    with threading.Lock():
        counter.n += 1


def read_outside(counter):
    n = counter.n
    with counter.lock:
        counter.n = n + 1


def takes_it_twice(counter):
    counter.lock.acquire()
    counter.lock.acquire()
    counter.n += 1


def does_not_release(counter):
    counter.lock.acquire()
    counter.n += 1


def starts_threads(counter):
    start_and_join(counter, increment)


def starts_threads_locked(counter):
    start_and_join(counter, locked)


def start_and_join(counter, target):
    threads = [threading.Thread(target=target, args=(counter,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def is_one(counter):
    return counter.n == 1


def is_two(counter):
    return counter.n == 2


def is_three(counter):
    return counter.n == 3


def is_four(counter):
    return counter.n == 4
