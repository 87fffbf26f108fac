"""Lesson 08: Lock. Fill in the four TODOs; the page is README.md.

Each call of a function stands alone: it knows nothing of an earlier one.
"""

# Given: do not change.
from threading import Lock, Thread


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
        # TODO 1: keep the number, and make what the increments of this counter share.
        raise NotImplementedError("TODO 1 in exercises/lesson08/locks.py")

    def increment(self) -> None:
        """Add one to ``n``. No increment is lost, however many threads call this at once.

        Use ``acquire`` and ``release`` in ``try`` and ``finally``: when the addition raises an
        error, the error reaches the caller and the next increment still works.
        """
        # TODO 1: nobody else may act between your read and your write.
        raise NotImplementedError("TODO 1 in exercises/lesson08/locks.py")


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
        # TODO 2: keep the number, and make what the increments of this counter share.
        raise NotImplementedError("TODO 2 in exercises/lesson08/locks.py")

    def increment(self) -> None:
        """Add one to ``n``. No increment is lost, and an error leaves the next one working."""
        # TODO 2: the same promise as in Counter, in fewer lines.
        raise NotImplementedError("TODO 2 in exercises/lesson08/locks.py")


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
    # TODO 3: refuse negative numbers, start the threads, wait for all, read the counter.
    raise NotImplementedError("TODO 3 in exercises/lesson08/locks.py")


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
        # TODO 4: keep the balance, and make what the users of this account share.
        raise NotImplementedError("TODO 4 in exercises/lesson08/locks.py")

    def deposit(self, amount: int) -> None:
        """Put money in.

        Args:
            amount: How much, 0 or more.

        Raises:
            ValueError: If ``amount`` is negative. The message contains it; the balance is
                untouched.
        """
        # TODO 4: two deposits at the same time both count.
        raise NotImplementedError("TODO 4 in exercises/lesson08/locks.py")

    def withdraw(self, amount: int) -> None:
        """Take money out. The balance never goes below 0, whoever else withdraws meanwhile.

        Args:
            amount: How much, from 0 to the whole balance.

        Raises:
            ValueError: If ``amount`` is negative (the message contains it) or more than the
                balance. The balance is untouched and the account can still be used.
        """
        # TODO 4: nobody may act between your look at the balance and your change of it.
        raise NotImplementedError("TODO 4 in exercises/lesson08/locks.py")


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
    # TODO 4: all of it or nothing, and no two transfers may wait for each other for ever.
    raise NotImplementedError("TODO 4 in exercises/lesson08/locks.py")


if __name__ == "__main__":
    # A program to run and to change: threadlings run 8
    print("with acquire and release:", increment_many(Counter(), 4, 10_000))
    print("with a with block:", increment_many(TidyCounter(), 4, 10_000))
    mine, yours = Account(100), Account(100)

    def pay(source: Account, target: Account) -> None:
        for _ in range(5):
            transfer(source, target, 10)
            print("mine", mine.balance, "yours", yours.balance)

    Thread(target=pay, args=(mine, yours)).start()
    Thread(target=pay, args=(yours, mine)).start()
