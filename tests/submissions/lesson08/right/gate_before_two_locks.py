# built: a gate around taking two locks; a locking decorator; a pool
import functools
from concurrent.futures import ThreadPoolExecutor
from threading import Lock


def locked(method):
    @functools.wraps(method)
    def wrapper(self, *args, **kwargs):
        with self._lock:
            return method(self, *args, **kwargs)

    return wrapper


class Counter:
    def __init__(self, n=0):
        self._lock = Lock()
        self.n = n

    def increment(self):
        self._lock.acquire()
        try:
            self.n += 1
        finally:
            self._lock.release()


class TidyCounter:
    def __init__(self, n=0):
        self._lock = Lock()
        self.n = n

    @locked
    def increment(self):
        self.n += 1


def increment_many(counter, threads, increments):
    if min(threads, increments) < 0:
        raise ValueError(f"must not be negative: {min(threads, increments)}")

    def work(number):
        for _ in range(increments):
            counter.increment()

    with ThreadPoolExecutor(max_workers=threads or 1) as pool:
        list(pool.map(work, range(threads)))
    return counter.n


class Account:
    def __init__(self, balance):
        self._lock = Lock()
        self.balance = balance

    @locked
    def deposit(self, amount):
        if amount < 0:
            raise ValueError(f"must not be negative: {amount}")
        self.balance += amount

    @locked
    def withdraw(self, amount):
        if amount < 0:
            raise ValueError(f"must not be negative: {amount}")
        if amount > self.balance:
            raise ValueError(f"{amount} is too much")
        self.balance -= amount


_gate = Lock()


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(f"must not be negative: {amount}")
    if source is target:
        if amount > source.balance:
            raise ValueError(f"{amount} is too much")
        return
    with _gate:
        source._lock.acquire()
        target._lock.acquire()
    try:
        if amount > source.balance:
            raise ValueError(f"{amount} is too much")
        source.balance -= amount
        target.balance += amount
    finally:
        target._lock.release()
        source._lock.release()
