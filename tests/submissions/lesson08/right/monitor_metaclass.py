# built: __init_subclass__ wraps public methods in a lock; match; an accounts' order by lock in a registry
import threading
from functools import wraps

_order, _order_lock = {}, threading.Lock()


class Monitor:
    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls)
        self._lock = threading.RLock()
        with _order_lock:
            _order[self] = len(_order)
        return self

    def __init_subclass__(cls):
        for name, method in list(vars(cls).items()):
            if callable(method) and not name.startswith("_"):
                setattr(cls, name, cls._locked(method))

    @staticmethod
    def _locked(method):
        @wraps(method)
        def locked(self, *args):
            with self._lock:
                return method(self, *args)

        return locked


class Counter:
    def __init__(self, n=0):
        self.n = n
        self._lock = threading.Lock()

    def increment(self):
        self._lock.acquire()
        try:
            self.n += 1
        finally:
            self._lock.release()


class TidyCounter(Monitor):
    def __init__(self, n=0):
        self.n = n

    def increment(self):
        self.n += 1


def increment_many(counter, threads, increments):
    match sorted((threads, increments)):
        case [least, _] if least < 0:
            raise ValueError(f"{least} is negative")
    finish = threading.Barrier(threads + 1)

    def work():
        for _ in range(increments):
            counter.increment()
        finish.wait()

    for _ in range(threads):
        threading.Thread(target=work).start()
    finish.wait()
    return counter.n


class Account(Monitor):
    def __init__(self, balance):
        self.balance = balance

    def deposit(self, amount):
        match amount:
            case _ if amount < 0:
                raise ValueError(f"{amount} is negative")
            case _:
                self.balance += amount

    def withdraw(self, amount):
        if not 0 <= amount <= self.balance:
            raise ValueError(f"{amount} is not from 0 to {self.balance}")
        self.balance -= amount


def transfer(source, target, amount):
    first, second = sorted((source, target), key=_order.__getitem__)
    with first._lock, second._lock:
        if source is target:
            target.deposit(amount)
            target.balance -= amount
        else:
            source.withdraw(amount)
            target.deposit(amount)
