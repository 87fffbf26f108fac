# task: 3; reason: by each of 3 threads should be 4
from itertools import count
from threading import Lock, Thread


class Counter:
    def __init__(self, n=0):
        self.n = n
        self.lock = Lock()

    def increment(self):
        self.lock.acquire()
        try:
            self.n += 1
        finally:
            self.lock.release()


class TidyCounter:
    def __init__(self, n=0):
        self.n = n
        self.lock = Lock()

    def increment(self):
        with self.lock:
            self.n += 1


def increment_many(counter, threads, increments):
    if threads < 0:
        raise ValueError(f"threads must not be negative: {threads}")
    if increments < 0:
        raise ValueError(f"increments must not be negative: {increments}")

    def work():
        for _ in range(increments // threads):
            counter.increment()

    workers = [Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return counter.n


numbers = count()


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = Lock()
        self.number = next(numbers)

    def deposit(self, amount):
        if amount < 0:
            raise ValueError(f"amount must not be negative: {amount}")
        with self.lock:
            self.balance += amount

    def withdraw(self, amount):
        if amount < 0:
            raise ValueError(f"amount must not be negative: {amount}")
        with self.lock:
            if amount > self.balance:
                raise ValueError(f"{amount} is more than the balance: {self.balance}")
            self.balance -= amount


def transfer(source, target, amount):
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
