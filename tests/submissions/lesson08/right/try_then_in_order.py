# built: tries the second lock, else gives back and takes both in order; prints
import threading

serial_numbers = iter(range(1_000_000_000))


class Counter:
    def __init__(self, n=0):
        self.n = n
        self.lock = threading.Lock()

    def increment(self):
        self.lock.acquire()
        try:
            before = self.n
            self.n = before + 1
        finally:
            self.lock.release()


class TidyCounter:
    def __init__(self, n=0):
        self.n = n
        self.lock = threading.Lock()

    def increment(self):
        with self.lock:
            before = self.n
            self.n = before + 1


def work(counter, increments):
    for _ in range(increments):
        counter.increment()


def increment_many(counter, threads, increments):
    print("increment_many", threads, increments)
    if threads < 0:
        raise ValueError("threads is " + str(threads))
    if increments < 0:
        raise ValueError("increments is " + str(increments))
    all_threads = {}
    for i in range(threads):
        all_threads[i] = threading.Thread(target=work, args=(counter, increments))
    for i in all_threads:
        all_threads[i].start()
    for i in all_threads:
        all_threads[i].join()
    print("counter is", counter.n)
    return counter.n


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = threading.Lock()
        self.serial = next(serial_numbers)

    def change(self, amount):
        if self.balance + amount < 0:
            raise ValueError("not enough: " + str(self.balance))
        self.balance = self.balance + amount

    def deposit(self, amount):
        if amount < 0:
            raise ValueError("amount is " + str(amount))
        with self.lock:
            self.change(amount)

    def withdraw(self, amount):
        if amount < 0:
            raise ValueError("amount is " + str(amount))
        with self.lock:
            self.change(-amount)


def move(source, target, amount):
    source.change(-amount)
    target.change(amount)


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError("amount is " + str(amount))
    if source is target:
        return
    with source.lock:
        if target.lock.acquire(blocking=False):
            try:
                move(source, target, amount)
                return
            finally:
                target.lock.release()
    print("somebody has the other account")
    with min(source, target, key=lambda a: a.serial).lock:
        with max(source, target, key=lambda a: a.serial).lock:
            move(source, target, amount)
