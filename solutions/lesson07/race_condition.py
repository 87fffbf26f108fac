"""Lesson 07: race condition. One possible solution."""

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
        self.n = 0

    def increment(self) -> None:
        """Add one to ``n``, unprotected: two increments at the same time may count as one."""
        # One line, two accesses: it reads n, and then it writes n.
        self.n += 1


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
    _refuse_negative(threads, increments)

    def work() -> None:
        for _ in range(increments):
            counter.increment()

    workers = [Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    # Not threads * increments: the race decides what n is.
    return counter.n


def _refuse_negative(threads: int, increments: int) -> None:
    if threads < 0:
        raise ValueError(f"threads must not be negative: {threads}")
    if increments < 0:
        raise ValueError(f"increments must not be negative: {increments}")


# Threads A and B call increment() of one new Counter, once each. Each letter lets that thread
# go on until it has made one read or one write of n: "AABB" is first A's read and write, then
# B's. What else your increment() does goes along and has no letter; nor needs a read that comes
# after the last write.
# Both read 0, so both write 1.
LOST_UPDATE: str = "ABBA"


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
    _refuse_negative(threads, increments)
    most = threads * increments
    if threads < 2 or increments == 0:
        return {most}
    # With one increment each, everybody may read 0 before anybody writes: the total is 1. With
    # more it is 2 at least. A reads 0 and sleeps. The others do all they have to do, but for the
    # last increment of B. Now A writes 1, and B reads that. A does the rest, and B writes 2.
    least = 1 if increments == 1 else 2
    return set(range(least, most + 1))


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
        if seats < 0:
            raise ValueError(f"seats must not be negative: {seats}")
        self.seats = seats

    def sell(self) -> bool:
        """Sell one seat, if there is one: check, then act, without a lock.

        Returns:
            True if a seat was sold; ``seats`` is one less then. False if there was none left.
        """
        # Three accesses if there is a seat: the check reads, and -= reads and writes.
        if self.seats > 0:
            self.seats -= 1
            return True
        return False


# Threads A and B call sell() of one TicketDesk(1), once each. Letters as in LOST_UPDATE: each
# is one read or one write of seats, as your own sell() makes them, one letter each.
# Both check while the seat is there; what they do then comes too late for the check.
OVERSOLD: str = "ABAABB"
