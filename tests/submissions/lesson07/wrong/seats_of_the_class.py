# task: 5; reason: seats of its own
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


def possible_totals(threads: int, increments: int) -> set[int]:
    _refuse_negative(threads, increments)
    most = threads * increments
    if threads < 2 or increments == 0:
        return {most}
    least = 1 if increments == 1 else 2
    return set(range(least, most + 1))


class TicketDesk:
    seats = 0

    def __init__(self, seats):
        TicketDesk.seats = seats

    def sell(self):
        if TicketDesk.seats > 0:
            TicketDesk.seats -= 1
            return True
        return False


OVERSOLD: str = 'ABAABB'
