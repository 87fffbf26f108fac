# built: the balance is the sum of a ledger, a property; entries under the lock; a tuple of locks by id
from threading import Lock, Thread


class Counter:
    def __init__(self, n=0):
        self._lock = Lock()
        self._value = [n]

    @property
    def n(self):
        return self._value[0]

    def increment(self):
        lock = self._lock
        lock.acquire()
        try:
            self._value[0] += 1
        finally:
            lock.release()


class TidyCounter:
    def __init__(self, n=0):
        self._lock = Lock()
        self._value = {"n": n}

    def __getattr__(self, name):
        if name == "n":
            return self.__dict__["_value"]["n"]
        raise AttributeError(name)

    def increment(self):
        with self._lock:
            self._value["n"] = self._value["n"] + 1


def increment_many(counter, threads, increments):
    if threads < 0:
        raise ValueError("threads: " + str(threads))
    if increments < 0:
        raise ValueError("increments: " + str(increments))

    class Worker(Thread):
        def run(self):
            for _ in range(increments):
                counter.increment()

    workers = [Worker() for _ in range(threads)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    return counter.n


class Account:
    def __init__(self, balance):
        self.entries = (balance,)
        self.lock = Lock()

    @property
    def balance(self):
        return sum(self.entries)

    def deposit(self, amount):
        if amount < 0:
            raise ValueError("amount: " + str(amount))
        with self.lock:
            self.entries += (amount,)

    def withdraw(self, amount):
        if amount < 0:
            raise ValueError("amount: " + str(amount))
        with self.lock:
            if amount > self.balance:
                raise ValueError("too little for " + str(amount))
            self.entries += (-amount,)


def transfer(source, target, amount):
    if amount < 0:
        raise ValueError("amount: " + str(amount))
    if source == target:
        return
    one, other = (source, target) if id(source) < id(target) else (target, source)
    with one.lock, other.lock:
        if amount > source.balance:
            raise ValueError("too little for " + str(amount))
        source.entries += (-amount,)
        target.entries += (amount,)
