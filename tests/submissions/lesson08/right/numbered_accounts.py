# built: creation numbers as lock order; balance a property; subclasses; type hints
from __future__ import annotations

from itertools import count
from threading import Lock, Thread
from typing import Iterable


class Counter:
    def __init__(self, n: int = 0) -> None:
        self.lock: Lock = Lock()
        self.n: int = n

    def increment(self) -> None:
        self.lock.acquire()
        try:
            self.n += 1
        finally:
            self.lock.release()


class TidyCounter(Counter):
    def increment(self) -> None:
        with self.lock:
            self.n += 1


class _Incrementer(Thread):
    def __init__(self, counter: Counter, times: int) -> None:
        super().__init__(daemon=True)
        self.counter = counter
        self.times = times

    def run(self) -> None:
        for _ in range(self.times):
            self.counter.increment()


def increment_many(counter: Counter, threads: int, increments: int) -> int:
    for number in (threads, increments):
        if number < 0:
            raise ValueError(f"{number} is negative")
    crew: Iterable[_Incrementer] = [_Incrementer(counter, increments) for _ in range(threads)]
    for member in crew:
        member.start()
    for member in crew:
        member.join()
    return counter.n


def _checked(amount: int) -> int:
    if amount < 0:
        raise ValueError(f"{amount} is negative")
    return amount


class Account:
    _numbers = count(1)

    def __init__(self, balance: int) -> None:
        self._balance = _checked(balance)
        self._lock = Lock()
        self._number = next(Account._numbers)

    @property
    def balance(self) -> int:
        with self._lock:
            return self._balance

    def deposit(self, amount: int) -> None:
        _checked(amount)
        with self._lock:
            self._balance += amount

    def withdraw(self, amount: int) -> None:
        _checked(amount)
        with self._lock:
            self._take(amount)

    def _take(self, amount: int) -> None:
        if self._balance < amount:
            raise ValueError(f"{amount} is more than {self._balance}")
        self._balance -= amount


def transfer(source: Account, target: Account, amount: int) -> None:
    _checked(amount)
    if source is target:
        return
    low, high = sorted([source, target], key=lambda account: account._number)
    with low._lock:
        with high._lock:
            source._take(amount)
            target._balance += amount
