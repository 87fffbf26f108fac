# task: 4; reason: has 
from threading import Thread
from typing import Any


class Counter:

    def __init__(self) -> None:
        self.n = 0

    def increment(self) -> None:
        self.n += 1


def run_race(counter: Any, threads: int, increments: int) -> int:
    _refuse_negative(threads, increments)

    def work() -> None:
        for _ in range(increments):
            counter.increment()
    workers = [Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return counter.n


def _refuse_negative(threads: int, increments: int) -> None:
    if threads < 0:
        raise ValueError(f'threads must not be negative: {threads}')
    if increments < 0:
        raise ValueError(f'increments must not be negative: {increments}')


LOST_UPDATE: str = 'ABBA'


_found = set()


def possible_totals(threads, increments):
    if threads < 0 or increments < 0:
        raise ValueError(f'negative: {min(threads, increments)}')
    total = threads * increments
    if total == 0:
        return {0}
    low = increments if threads == 1 else min(2, increments)
    _found.update(range(low, total + 1))
    return set(_found)


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
