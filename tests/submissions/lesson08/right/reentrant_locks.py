# built: RLock; transfer calls withdraw and deposit while it holds both locks
from threading import RLock, Thread


class Counter(object):
    def __init__(self, n=0):
        self.lock = RLock()
        self.n = n

    def add(self, amount):
        with self.lock:
            self.n += amount

    def increment(self):
        self.lock.acquire()
        try:
            self.add(1)
        finally:
            self.lock.release()


class TidyCounter(object):
    def __init__(self, n=0):
        self.lock = RLock()
        self.n = n

    def increment(self):
        with self.lock:
            self.n += 1


def increment_many(counter, threads, increments):
    if threads < 0 or increments < 0:
        raise ValueError(f"negative: threads={threads}, increments={increments}")

    def work():
        left = increments
        while left > 0:
            counter.increment()
            left -= 1

    ts = [Thread(target=work, name=f"incrementer {i + 1} of {threads}") for i in range(threads)]
    [t.start() for t in ts]
    [t.join() for t in ts]
    return counter.n


class Account(object):
    opened = 0
    opening = RLock()

    def __init__(self, balance):
        self.lock = RLock()
        self.balance = balance
        with Account.opening:
            Account.opened += 1
            self.serial = Account.opened

    def deposit(self, amount):
        if amount < 0:
            raise ValueError(amount)
        with self.lock:
            self.balance += amount

    def withdraw(self, amount):
        if amount < 0:
            raise ValueError(amount)
        with self.lock:
            if amount > self.balance:
                raise ValueError(f"cannot take {amount} from {self.balance}")
            self.balance -= amount


def transfer(source, target, amount):
    first, second = (source, target) if source.serial <= target.serial else (target, source)
    with first.lock, second.lock:
        source.withdraw(amount)
        target.deposit(amount)
