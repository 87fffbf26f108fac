# built: n and seats are properties, a Thread subclass, type hints, extra reads counted
from __future__ import annotations

from itertools import product
from threading import Thread


class Counter:
    def __init__(self) -> None:
        self._n = 0

    @property
    def n(self) -> int:
        return self._n

    @n.setter
    def n(self, value: int) -> None:
        self._n = value

    def increment(self) -> None:
        self.n += 1


class Runner(Thread):
    def __init__(self, counter: Counter, increments: int) -> None:
        super().__init__()
        self.counter = counter
        self.increments = increments

    def run(self) -> None:
        done = 0
        while done < self.increments:
            self.counter.increment()
            done += 1


def _check(**counts: int) -> None:
    for name, count in counts.items():
        if count < 0:
            raise ValueError(f"{name} is {count}, but must not be negative")


def run_race(counter: Counter, threads: int, increments: int) -> int:
    _check(threads=threads, increments=increments)
    runners = [Runner(counter, increments) for _ in range(threads)]
    [runner.start() for runner in runners]
    [runner.join() for runner in runners]
    return counter.n


LOST_UPDATE: str = "".join(("A", "B", "A", "B"))


def _orders(left: tuple[int, ...]):
    """Yield every order of so many steps of each thread."""
    if not any(left):
        yield []
    for thread, steps in enumerate(left):
        if steps:
            rest = (*left[:thread], steps - 1, *left[thread + 1 :])
            for order in _orders(rest):
                yield [thread, *order]


def possible_totals(threads: int, increments: int) -> set[int]:
    _check(threads=threads, increments=increments)
    totals = set()
    for order in _orders((2 * increments,) * threads):
        n, read = 0, {}
        for thread in order:
            if thread in read:
                n = read.pop(thread) + 1
            else:
                read[thread] = n
        totals.add(n)
    return totals


class TicketDesk:
    def __init__(self, seats: int) -> None:
        if seats < 0:
            raise ValueError(f"seats: {seats}")
        self.__seats = seats

    @property
    def seats(self) -> int:
        return self.__seats

    def sell(self) -> bool:
        if not self.seats:
            return False
        self.__seats -= 1
        return True


OVERSOLD: str = "AB" + "AA" + "BB"
