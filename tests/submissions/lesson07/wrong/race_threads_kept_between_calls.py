# task: 2; reason: should know nothing of an earlier one
from threading import Thread
from typing import Any


class Counter:

    def __init__(self) -> None:
        self.n = 0

    def increment(self) -> None:
        self.n += 1


_runners = []


def run_race(counter, threads, increments):
    if threads < 0 or increments < 0:
        raise ValueError(f'negative: {min(threads, increments)}')

    def race():
        for _ in range(increments):
            counter.increment()
    _runners.extend((Thread(target=race) for _ in range(threads)))
    for runner in _runners:
        runner.start()
    for runner in _runners:
        runner.join()
    return counter.n


def _refuse_negative(threads: int, increments: int) -> None:
    if threads < 0:
        raise ValueError(f'threads must not be negative: {threads}')
    if increments < 0:
        raise ValueError(f'increments must not be negative: {increments}')


LOST_UPDATE: str = 'ABBA'


def possible_totals(threads: int, increments: int) -> set[int]:
    _refuse_negative(threads, increments)
    most = threads * increments
    if threads < 2 or increments == 0:
        return {most}
    least = 1 if increments == 1 else 2
    return set(range(least, most + 1))


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
