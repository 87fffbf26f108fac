# built: Semaphore and Condition for Lock; a transfer never holds two locks
from threading import BoundedSemaphore, Condition, Semaphore, Thread


class Counter:
    def __init__(self, n=0):
        self.n = n
        self.turn = Semaphore(1)

    def increment(self):
        self.turn.acquire()
        try:
            self.n += 1
        finally:
            self.turn.release()


class TidyCounter:
    def __init__(self, n=0):
        self.n = n
        self.guard = Condition()

    def increment(self):
        with self.guard:
            self.n += 1


def increment_many(counter, threads, increments):
    for what, number in (("threads", threads), ("increments", increments)):
        if number < 0:
            raise ValueError(f"{what} = {number}")

    def work(times):
        for _ in range(times):
            counter.increment()

    workers = tuple(Thread(target=work, kwargs=dict(times=increments)) for _ in range(threads))
    for worker in workers:
        worker.start()
    while workers:
        workers[0].join()
        workers = workers[1:]
    return counter.n


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.turn = BoundedSemaphore()

    def deposit(self, amount):
        if amount < 0:
            raise ValueError(f"amount is {amount}")
        with self.turn:
            self.balance += amount

    def withdraw(self, amount):
        if amount < 0:
            raise ValueError(f"amount is {amount}")
        with self.turn:
            if self.balance < amount:
                raise ValueError(f"amount is {amount}, balance is {self.balance}")
            self.balance -= amount


def transfer(source, target, amount):
    source.withdraw(amount)
    target.deposit(amount)
