# built: _thread.allocate_lock for everything, increment_many too; a transfer takes and puts in two steps
import _thread


class Counter(object):
    def __init__(self, n=0):
        self.n = n
        self.mutex = _thread.allocate_lock()

    def increment(self):
        self.mutex.acquire(blocking=True)
        try:
            n = self.n
            self.n = n + 1
        finally:
            self.mutex.release()


class TidyCounter(object):
    def __init__(self, n=0):
        self.n, self.mutex = n, _thread.allocate_lock()

    def increment(self):
        with self.mutex:
            n = self.n
            self.n = n + 1


def increment_many(counter, threads, increments):
    if threads < 0:
        raise ValueError("threads = %d" % threads)
    if increments < 0:
        raise ValueError("increments = %d" % increments)

    def work(done):
        for _ in range(increments):
            counter.increment()
        done.release()

    locks = [_thread.allocate_lock() for _ in range(threads)]
    for done in locks:
        done.acquire()
        _thread.start_new_thread(work, (done,))
    for done in locks:
        done.acquire()
    return counter.n


class Account(object):
    def __init__(self, balance):
        self.balance = balance
        self.mutex = _thread.allocate_lock()

    def deposit(self, amount):
        if amount < 0:
            raise ValueError("amount = %d" % amount)
        with self.mutex:
            self.balance += amount

    def withdraw(self, amount):
        if amount < 0:
            raise ValueError("amount = %d" % amount)
        with self.mutex:
            left = self.balance - amount
            if left < 0:
                raise ValueError("%d are missing" % -left)
            self.balance = left


def transfer(source, target, amount):
    if source is target and amount >= 0:
        return
    source.withdraw(amount)
    target.deposit(amount)
