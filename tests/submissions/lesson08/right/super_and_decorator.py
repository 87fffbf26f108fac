# built: a decorator that locks; super() under the lock; contextmanager; ExitStack; a dataclass; a class-level counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import wraps
from itertools import count
from threading import Lock, RLock, Thread


class _Plain:
    def __init__(self, n=0):
        self.n = n

    def add(self):
        self.n += 1


class Counter(_Plain):
    def __init__(self, n=0):
        super().__init__(n)
        self._lock = Lock()

    def increment(self):
        self._lock.acquire()
        try:
            super().add()
        finally:
            self._lock.release()


def locked(method):
    @wraps(method)
    def under_lock(self, *args):
        with self._lock:
            return method(self, *args)

    return under_lock


class TidyCounter(_Plain):
    def __init__(self, n=0):
        super(TidyCounter, self).__init__(n)
        self._lock = Lock()

    @locked
    def increment(self):
        super().add()


def increment_many(counter, threads, increments):
    if min(threads, increments) < 0:
        raise ValueError(f"negative: {threads}, {increments}")

    def work(left=increments):
        while left:
            counter.increment()
            left -= 1

    with ExitStack() as stack:
        for _ in range(threads):
            thread = Thread(target=work)
            thread.start()
            stack.callback(thread.join)
    return counter.n


def checked(amount):
    if amount < 0:
        raise ValueError(f"amount: {amount}")
    return amount


@dataclass(eq=False)
class Account:
    balance: int
    _lock: RLock = field(default_factory=RLock, repr=False)
    number: int = field(default_factory=count().__next__)

    def __post_init__(self):
        checked(self.balance)

    @locked
    def deposit(self, amount):
        self.balance += checked(amount)

    @locked
    def withdraw(self, amount):
        if checked(amount) > self.balance:
            raise ValueError(f"only {self.balance}, not {amount}")
        self.balance -= amount


@contextmanager
def both(*accounts):
    with ExitStack() as stack:
        for account in sorted(accounts, key=lambda account: account.number):
            stack.enter_context(account._lock)
        yield


def transfer(source, target, amount):
    checked(amount)
    with both(source, target):
        source.withdraw(amount)
        target.deposit(amount)
