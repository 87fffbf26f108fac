# built: totals by a formula; frozenset; a subclass of ValueError; the race in a list of lambdas
from threading import Thread
from typing import Any


class Counter:

    def __init__(self) -> None:
        self.n = 0

    def increment(self) -> None:
        self.n += 1


def run_race(counter, threads, increments):
    for number in (threads, increments):
        if number < 0:
            raise NegativeError(number)
    runners = [Thread(target=lambda: [counter.increment() for _ in range(increments)]) for _ in range(threads)]
    for runner in runners:
        runner.start()
    while any((runner.is_alive() for runner in runners)):
        for runner in runners:
            runner.join()
    return counter.n


def _refuse_negative(threads: int, increments: int) -> None:
    if threads < 0:
        raise ValueError(f'threads must not be negative: {threads}')
    if increments < 0:
        raise ValueError(f'increments must not be negative: {increments}')


LOST_UPDATE: str = 'ABBA'


class NegativeError(ValueError):
    pass


def possible_totals(threads, increments):
    for number in (threads, increments):
        if number < 0:
            raise NegativeError(number)
    total = threads * increments
    if not total:
        return frozenset({0})
    low = increments if threads == 1 else min(2, increments)
    return frozenset(range(low, total + 1))


class TicketDesk:

    def __init__(self, seats: int) -> None:
        if seats < 0:
            raise ValueError(f'seats must not be negative: {seats}')
        self.seats = seats

    def sell(self) -> bool:
        if self.seats > 0:
            self.seats -= 1
            return True
        return False


OVERSOLD: str = 'ABAABB'
