# task: 3; reason: before every thread had ended
# Given: do not change.
from itertools import count
import time
from threading import Lock, Thread


class Counter:

    def __init__(self, n: int = 0) -> None:
        self.n = n
        self.lock = Lock()

    def increment(self) -> None:
        self.lock.acquire()
        try:
            self.n += 1
        finally:
            self.lock.release()


class TidyCounter:

    def __init__(self, n: int = 0) -> None:
        self.n = n
        self.lock = Lock()

    def increment(self) -> None:
        with self.lock:
            self.n += 1


def increment_many(counter: Counter | TidyCounter, threads: int, increments: int) -> int:
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
    end_s = time.monotonic() + 10
    while any(worker.is_alive() for worker in workers) and time.monotonic() < end_s:
        time.sleep(0.01)
    return counter.n


_account_numbers = count()


class Account:

    def __init__(self, balance: int) -> None:
        if balance < 0:
            raise ValueError(f"balance must not be negative: {balance}")
        self.balance = balance
        self.lock = Lock()
        self.number = next(_account_numbers)

    def deposit(self, amount: int) -> None:
        if amount < 0:
            raise ValueError(f"amount must not be negative: {amount}")
        with self.lock:
            self.balance += amount

    def withdraw(self, amount: int) -> None:
        if amount < 0:
            raise ValueError(f"amount must not be negative: {amount}")
        with self.lock:
            if amount > self.balance:
                raise ValueError(f"{amount} is more than the balance: {self.balance}")
            self.balance -= amount


def transfer(source: Account, target: Account, amount: int) -> None:
    if amount < 0:
        raise ValueError(f"amount must not be negative: {amount}")
    if source is target:
        return
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        if amount > source.balance:
            raise ValueError(f"{amount} is more than the balance: {source.balance}")
        source.balance -= amount
        target.balance += amount
