# built: locks in the order of id, in an ExitStack; the balance as a property; one worker for all
from itertools import count
from threading import Lock, Thread
from contextlib import ExitStack


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

    def __init__(self, n: int=0) -> None:
        self.n = n
        self.lock = Lock()

    def increment(self) -> None:
        with self.lock:
            self.n += 1


def increment_many(counter: Counter | TidyCounter, threads: int, increments: int) -> int:
    if threads < 0:
        raise ValueError(f'threads must not be negative: {threads}')
    if increments < 0:
        raise ValueError(f'increments must not be negative: {increments}')

    def work() -> None:
        for _ in range(increments):
            counter.increment()
    workers = [Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return counter.n


_account_numbers = count()


class Account:

    def __init__(self, balance):
        self._money, self._lock = (balance, Lock())

    @property
    def balance(self):
        return self._money

    def _change(self, by):
        if self._money + by < 0:
            raise ValueError(f'{-by} is more than {self._money}')
        self._money += by

    def deposit(self, amount):
        if amount < 0:
            raise ValueError(amount)
        with self._lock:
            self._change(amount)

    def withdraw(self, amount):
        if amount < 0:
            raise ValueError(amount)
        with self._lock:
            self._change(-amount)


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    with ExitStack() as stack:
        for account in sorted({source, target}, key=id):
            stack.enter_context(account._lock)
        if source is not target:
            source._change(-amount)
            target._change(amount)
