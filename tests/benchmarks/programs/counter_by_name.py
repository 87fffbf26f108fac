"""The locked counter of a student who imports the lock by name."""

from threading import Lock


class Counter:
    def __init__(self):
        self.n = 0
        self.lock = Lock()


def locked(counter):
    with counter.lock:
        counter.n += 1


def is_two(counter):
    return counter.n == 2
