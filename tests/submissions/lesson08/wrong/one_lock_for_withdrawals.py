# task: 4; reason: two accounts wait for each other: withdraw() of one
"""Lesson 08: Lock. One possible solution."""

# Given: do not change.
from itertools import count
from threading import Lock, RLock, Thread


class Counter:
    """A number that several threads may increment, guarded with acquire and release.

    Two counters have nothing to do with each other: their increments never wait for each other.

    Attributes:
        n: The number, for everybody to read.
    """

    def __init__(self, n: int = 0) -> None:
        """Begin to count at ``n``.

        Args:
            n: The number to begin with.
        """
        self.n = n
        # One lock for each counter, made once: a lock made in increment() would exclude nobody.
        self.lock = Lock()

    def increment(self) -> None:
        """Add one to ``n``. No increment is lost, however many threads call this at once.

        Use ``acquire`` and ``release`` in ``try`` and ``finally``: when the addition raises an
        error, the error reaches the caller and the next increment still works.
        """
        self.lock.acquire()
        # acquire stands before try: a lock that was not acquired must not be released.
        try:
            self.n += 1
        finally:
            self.lock.release()


class TidyCounter:
    """The same counter, written with ``with``. All promises of ``Counter`` hold.

    Attributes:
        n: The number, for everybody to read.
    """

    def __init__(self, n: int = 0) -> None:
        """Begin to count at ``n``.

        Args:
            n: The number to begin with.
        """
        self.n = n
        self.lock = Lock()

    def increment(self) -> None:
        """Add one to ``n``. No increment is lost, and an error leaves the next one working."""
        # with acquires on the way in and releases on every way out, also on an error.
        with self.lock:
            self.n += 1


def increment_many(counter: Counter | TidyCounter, threads: int, increments: int) -> int:
    """Increment one counter from several threads at the same time.

    Args:
        counter: Any object with ``increment()`` and ``n``.
        threads: How many threads to start, 0 or more.
        increments: How often each thread calls ``counter.increment()``, 0 or more.

    Returns:
        ``counter.n`` after all the threads have ended.

    Raises:
        ValueError: If ``threads`` or ``increments`` is negative. The message contains the
            number, and no thread has been started.
    """
    # Both checks come first, so that a refused call has started nothing.
    if threads < 0:
        raise ValueError(f"threads must not be negative: {threads}")
    if increments < 0:
        raise ValueError(f"increments must not be negative: {increments}")

    def work() -> None:
        for _ in range(increments):
            counter.increment()

    workers = [Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    # Read only now: before the last join some increments may be missing.
    return counter.n


# next() on it is one step: no two accounts get the same number.
_account_numbers = count()
_withdrawing = RLock()


class Account:
    """An account that several threads may use at the same time.

    Two accounts have nothing to do with each other: using one never waits for the other,
    except in a transfer between the two.

    Attributes:
        balance: The money in the account, for everybody to read. It may be a property.
    """

    def __init__(self, balance: int) -> None:
        """Open the account.

        Args:
            balance: The money at the start, 0 or more.
        """
        if balance < 0:
            raise ValueError(f"balance must not be negative: {balance}")
        self.balance = balance
        self.lock = Lock()
        # A number that no other account has: transfer takes the locks in this order.
        self.number = next(_account_numbers)

    def deposit(self, amount: int) -> None:
        """Put money in.

        Args:
            amount: How much, 0 or more.

        Raises:
            ValueError: If ``amount`` is negative. The message contains it; the balance is
                untouched.
        """
        if amount < 0:
            raise ValueError(f"amount must not be negative: {amount}")
        with self.lock:
            self.balance += amount

    def withdraw(self, amount: int) -> None:
        """Take money out. The balance never goes below 0, whoever else withdraws meanwhile.

        Args:
            amount: How much, from 0 to the whole balance.

        Raises:
            ValueError: If ``amount`` is negative (the message contains it) or more than the
                balance. The balance is untouched and the account can still be used.
        """
        if amount < 0:
            raise ValueError(f"amount must not be negative: {amount}")
        # The look and the change are under one lock. The error leaves through the with, which
        # releases.
        with _withdrawing, self.lock:
            if amount > self.balance:
                raise ValueError(f"{amount} is more than the balance: {self.balance}")
            self.balance -= amount


def transfer(source: Account, target: Account, amount: int) -> None:
    """Move money from one account to another.

    No money appears or vanishes. Opposite transfers between two accounts at the same time both
    come to an end. A transfer from an account to itself changes nothing.

    Args:
        source: The account that pays.
        target: The account that receives.
        amount: How much, 0 or more.

    Raises:
        ValueError: If ``amount`` is negative (the message contains it) or more than ``source``
            has. Both balances are untouched and both accounts can still be used.
    """
    if amount < 0:
        raise ValueError(f"amount must not be negative: {amount}")
    # A Lock cannot be taken twice, not even by the thread that has it.
    if source is target:
        return
    # Every transfer takes the lock of the lower number first, so no two transfers can each
    # have what the other one waits for.
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        # withdraw() and deposit() would wait for the locks that this thread already has.
        if amount > source.balance:
            raise ValueError(f"{amount} is more than the balance: {source.balance}")
        source.balance -= amount
        target.balance += amount
