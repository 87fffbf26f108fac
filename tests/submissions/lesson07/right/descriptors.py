# built: a descriptor keeps n and seats in the instance; ExitStack joins; recursion with a cache
from contextlib import ExitStack
from functools import lru_cache
from threading import Thread


class Number:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        return self if instance is None else instance.__dict__[self.name]

    def __set__(self, instance, value):
        instance.__dict__[self.name] = value


class Counter:
    n = Number()

    def __init__(self):
        self.n = 0

    def increment(self):
        self.n = self.n + 1


def _check(**numbers):
    for name, number in numbers.items():
        if number < 0:
            raise ValueError(f"{name}={number}")


def run_race(counter, threads, increments):
    _check(threads=threads, increments=increments)

    def work(left):
        while left:
            counter.increment()
            left -= 1

    with ExitStack() as stack:
        for _ in range(threads):
            thread = Thread(target=work, args=(increments,))
            thread.start()
            stack.callback(thread.join)
    return counter.n


LOST_UPDATE = "AB" "AB"


def possible_totals(threads, increments):
    _check(threads=threads, increments=increments)

    @lru_cache(maxsize=None)
    def ends(n, places):
        found = set()
        for i, (left, read) in enumerate(places):
            rest = places[:i] + places[i + 1 :]
            if read >= 0:
                found |= ends(read + 1, tuple(sorted((*rest, (left - 1, -1)))))
            elif left:
                found |= ends(n, tuple(sorted((*rest, (left, n)))))
        return frozenset(found or {n})

    return set(ends(0, ((increments, -1),) * threads))


class TicketDesk:
    seats = Number()

    def __init__(self, seats):
        self.seats = seats

    def sell(self):
        if not self.seats:
            return False
        self.seats -= 1
        return True


OVERSOLD = "ABABAB"
