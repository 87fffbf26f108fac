# built: an executor for increment_many; a Condition as lock; transfer by withdraw under ordered RLocks
from itertools import count
from threading import Lock, Thread
from concurrent.futures import ThreadPoolExecutor
from threading import Condition, RLock


class Counter:

    def __init__(self, n: int=0) -> None:
        self.n = n
        self.lock = Lock()

    def increment(self) -> None:
        self.lock.acquire()
        try:
            self.n += 1
        finally:
            self.lock.release()


class TidyCounter:

    def __init__(self, n=0):
        self.n = n
        self._changed = Condition()

    def increment(self):
        with self._changed:
            self.n += 1
            self._changed.notify_all()


def increment_many(counter, threads, increments):
    for number in (threads, increments):
        if number < 0:
            raise ValueError(f'{number} is below 0')

    def work():
        for _ in range(increments):
            counter.increment()
    if threads > 0:
        with ThreadPoolExecutor(max_workers=threads) as pool:
            for future in [pool.submit(work) for _ in range(threads)]:
                future.result()
    return counter.n


_account_numbers = count()


class Account:
    _numbers = count()

    def __init__(self, balance):
        self.balance = balance
        self.lock = RLock()
        self.number = next(self._numbers)

    def deposit(self, amount):
        with self.lock:
            if amount < 0:
                raise ValueError(f'{amount} is below 0')
            self.balance += amount

    def withdraw(self, amount):
        with self.lock:
            if amount < 0 or amount > self.balance:
                raise ValueError(f'{amount} of {self.balance}')
            self.balance -= amount


def transfer(source, target, amount):
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock:
        with second.lock:
            if source is target:
                if amount < 0:
                    raise ValueError(f'{amount} is below 0')
                return
            source.withdraw(amount)
            target.deposit(amount)
