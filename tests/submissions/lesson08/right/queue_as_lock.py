# built: a token in a Queue for a lock; ExitStack over the sorted locks
import contextlib
import itertools
import queue
import threading


class Token:
    """Whoever has the one token may go on."""

    def __init__(self):
        self._queue = queue.Queue(maxsize=1)
        self._queue.put("token")

    def __enter__(self):
        self._queue.get()
        return self

    def __exit__(self, *error):
        self._queue.put("token")


class Counter:
    def __init__(self, n=0):
        self._token = Token()
        self.n = n

    def increment(self):
        self._token.__enter__()
        try:
            self.n += 1
        finally:
            self._token.__exit__()


class TidyCounter:
    def __init__(self, n=0):
        self._lock = threading.Lock()
        self.n = n

    @contextlib.contextmanager
    def alone(self):
        self._lock.acquire()
        try:
            yield
        finally:
            self._lock.release()

    def increment(self):
        with self.alone():
            self.n += 1


def increment_many(counter, threads, increments):
    for number in [threads, increments]:
        if number < 0:
            raise ValueError(number)
    go = threading.Event()

    def work():
        go.wait()
        for _ in itertools.repeat(None, increments):
            counter.increment()

    crew = [threading.Thread(target=work) for _ in range(threads)]
    for thread in crew:
        thread.start()
    go.set()
    for thread in crew:
        thread.join()
    return counter.n


class Account:
    serial = itertools.count().__next__

    def __init__(self, balance):
        self.balance = balance
        self.lock = threading.Lock()
        self.number = Account.serial()

    def deposit(self, amount):
        _move(amount, to=self)

    def withdraw(self, amount):
        _move(amount, of=self)


def _move(amount, of=None, to=None):
    if amount < 0:
        raise ValueError(f"cannot move {amount}")
    accounts = sorted({a for a in (of, to) if a is not None}, key=lambda a: a.number)
    with contextlib.ExitStack() as stack:
        for account in accounts:
            stack.enter_context(account.lock)
        if of is not None and of.balance < amount:
            raise ValueError(f"cannot move {amount}, there is only {of.balance}")
        if of is not None:
            of.balance -= amount
        if to is not None:
            to.balance += amount


def transfer(source, target, amount):
    _move(amount, of=source, to=target)
