"""Lesson 07: race condition. Fill in the five TODOs; the page is README.md.

Each call of a function stands alone: it knows nothing of an earlier one.
"""

# Given: do not change.
from threading import Thread
from typing import Any


class Counter:
    """A counter: right as long as one thread uses it, and without a lock.

    Attributes:
        n: The number of increments; 0 in a new counter.
    """

    def __init__(self) -> None:
        """Begin to count at 0."""
        # TODO 1: keep the number.
        raise NotImplementedError("TODO 1 in exercises/lesson07/race_condition.py")

    def increment(self) -> None:
        """Add one to ``n``, unprotected: two increments at the same time may count as one."""
        # TODO 1: add one, as you would in a program without threads.
        raise NotImplementedError("TODO 1 in exercises/lesson07/race_condition.py")


def run_race(counter: Any, threads: int, increments: int) -> int:
    """Increment one counter from several threads at the same time.

    Args:
        counter: Any object with ``increment()`` and ``n``.
        threads: How many threads to start, 0 or more.
        increments: How often each thread calls ``counter.increment()``, 0 or more.

    Returns:
        ``counter.n`` after all the threads have ended, whatever the race made of it.

    Raises:
        ValueError: If ``threads`` or ``increments`` is negative. The message contains the
            number, and no thread has been started.
    """
    # TODO 2: refuse negative numbers, start the threads, wait for all, read the counter.
    raise NotImplementedError("TODO 2 in exercises/lesson07/race_condition.py")


# Threads A and B call increment() of one new Counter, once each. Each letter lets that thread
# go on until it has made one read or one write of n: "AABB" is first A's read and write, then
# B's. What else your increment() does goes along and has no letter; nor needs a read that comes
# after the last write.
# TODO 3: spell an order that loses an update.
LOST_UPDATE: str = ...  # TODO 3 in exercises/lesson07/race_condition.py


def possible_totals(threads: int, increments: int) -> set[int]:
    """Return every total that the race can end with.

    The threads begin with ``n = 0`` and share it. Each of them does this ``increments`` times:
    it reads ``n``, and some time later writes what it has read plus 1.

    Args:
        threads: How many threads race, 0 or more.
        increments: How often each of them increments, 0 or more.

    Returns:
        All the values that ``n`` can have after the last thread has ended; for 2 threads with
        2 increments each, ``{2, 3, 4}``.

    Raises:
        ValueError: If ``threads`` or ``increments`` is negative. The message contains the
            number.
    """
    # TODO 4: refuse negative numbers, then find the totals.
    raise NotImplementedError("TODO 4 in exercises/lesson07/race_condition.py")


class TicketDesk:
    """Sells seats, and does not know that there may be several buyers at the same time.

    Attributes:
        seats: The seats that are left.
    """

    def __init__(self, seats: int) -> None:
        """Open the desk.

        Args:
            seats: How many seats there are to sell, 0 or more.
        """
        # TODO 5: keep the number of seats.
        raise NotImplementedError("TODO 5 in exercises/lesson07/race_condition.py")

    def sell(self) -> bool:
        """Sell one seat, if there is one: check, then act, without a lock.

        Returns:
            True if a seat was sold; ``seats`` is one less then. False if there was none left.
        """
        # TODO 5: look whether there is a seat, and take it.
        raise NotImplementedError("TODO 5 in exercises/lesson07/race_condition.py")


# Threads A and B call sell() of one TicketDesk(1), once each. Letters as in LOST_UPDATE: each
# is one read or one write of seats, as your own sell() makes them, one letter each.
# TODO 5: spell an order after which both A and B were told True.
OVERSOLD: str = ...  # TODO 5 in exercises/lesson07/race_condition.py


if __name__ == "__main__":
    # A program to run and to change: threadlings run 7
    from given import proven_totals

    print("2 threads x 100000 increments, ten runs for real:")
    print(*(run_race(Counter(), 2, 100_000) for _ in range(10)))
    print("2 threads x 2 increments, ten runs for real:")
    print(*(run_race(Counter(), 2, 2) for _ in range(10)))
    print("and under every schedule there is:", proven_totals(__file__, 2, 2))
    print("what possible_totals says:", possible_totals(2, 2))
