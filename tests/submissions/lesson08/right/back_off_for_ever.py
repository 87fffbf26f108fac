# built: tries the second lock, else gives the first back, for as long as it takes
import threading


class Counter:
    def __init__(self, n=0):
        self.n = n
        self._mutex = threading.Lock()

    def increment(self):
        self._mutex.acquire()
        try:
            self.n = self.n + 1
        finally:
            self._mutex.release()


class TidyCounter:
    def __init__(self, n=0):
        self.n = n
        self._mutex = threading.Lock()

    def increment(self):
        self._mutex.acquire()
        try:
            self.n = self.n + 1
        finally:
            self._mutex.release()


def increment_many(counter, threads, increments):
    if threads < 0:
        raise ValueError("bad number of threads: %d" % threads)
    if increments < 0:
        raise ValueError("bad number of increments: %d" % increments)

    def work(counter):
        for i in range(increments):
            counter.increment()

    started = []
    for i in range(threads):
        t = threading.Thread(target=work, args=(counter,))
        t.start()
        started.append(t)
    for t in started:
        t.join()
    return counter.n


class Account:
    def __init__(self, balance):
        self.balance = balance
        self._mutex = threading.Lock()

    def deposit(self, amount):
        if amount < 0:
            raise ValueError("negative amount %s" % amount)
        self._mutex.acquire()
        try:
            self.balance = self.balance + amount
        finally:
            self._mutex.release()

    def withdraw(self, amount):
        if amount < 0:
            raise ValueError("negative amount %s" % amount)
        self._mutex.acquire()
        try:
            if self.balance < amount:
                raise ValueError("only %s left" % self.balance)
            self.balance = self.balance - amount
        finally:
            self._mutex.release()


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError("negative amount %s" % amount)
    if source is target:
        return
    while True:
        with source._mutex:
            if target._mutex.acquire(blocking=False):
                try:
                    if source.balance < amount:
                        raise ValueError("only %s left" % source.balance)
                    source.balance -= amount
                    target.balance += amount
                    return
                finally:
                    target._mutex.release()
