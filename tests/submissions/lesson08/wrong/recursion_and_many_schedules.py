# task: 1; reason: recurses to Python's limit | lost an update
import sys
from itertools import count
from threading import Lock, Thread

sys.setrecursionlimit(120)


class Counter:
    def __init__(self, n=0):
        self.n = n
        self.m = 0

    def increment(self):
        for _ in range(6):  # many schedules: the search runs out of its budget
            self.m += 1
        try:
            self._deeper()
        except RecursionError:
            self.n += 1

    def _deeper(self):
        try:
            self._deeper()
        except RecursionError:
            self.n += 1


class TidyCounter:
    def __init__(self, n=0):
        self.n = n
        self.lock = Lock()

    def increment(self):
        with self.lock:
            self.n += 1


def increment_many(counter: Counter | TidyCounter, threads: int, increments: int) -> int:
    # Both checks come first, so that a refused call has started nothing.
    if threads < 0:
        raise ValueError(f"threads must not be negative: {threads}")
    if increments < 0:
        raise ValueError(f"increments must not be negative: {increments}")

    def work() -> None:
        for _ in range(increments):
            counter.increment()

    workers = [Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    # Read only now: before the last join some increments may be missing.
    return counter.n


# next() on it is one step: no two accounts get the same number.
_account_numbers = count()


class Account:
    def __init__(self, balance: int) -> None:
        if balance < 0:
            raise ValueError(f"balance must not be negative: {balance}")
        self.balance = balance
        self.lock = Lock()
        # A number that no other account has: transfer takes the locks in this order.
        self.number = next(_account_numbers)

    def deposit(self, amount: int) -> None:
        if amount < 0:
            raise ValueError(f"amount must not be negative: {amount}")
        with self.lock:
            self.balance += amount

    def withdraw(self, amount: int) -> None:
        if amount < 0:
            raise ValueError(f"amount must not be negative: {amount}")
        # The look and the change are under one lock. The error leaves through the with, which
        # releases.
        with self.lock:
            if amount > self.balance:
                raise ValueError(f"{amount} is more than the balance: {self.balance}")
            self.balance -= amount


def transfer(source: Account, target: Account, amount: int) -> None:
    if amount < 0:
        raise ValueError(f"amount must not be negative: {amount}")
    # A Lock cannot be taken twice, not even by the thread that has it.
    if source is target:
        return
    # Every transfer takes the lock of the lower number first, so no two transfers can each
    # have what the other one waits for.
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        # withdraw() and deposit() would wait for the locks that this thread already has.
        if amount > source.balance:
            raise ValueError(f"{amount} is more than the balance: {source.balance}")
        source.balance -= amount
        target.balance += amount
