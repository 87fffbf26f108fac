# built: the counter through vars(); an executor with one task for each thread; totals by simulation of states
from threading import Thread
from typing import Any
from collections import deque
from concurrent.futures import ThreadPoolExecutor


class Counter:

    def __init__(self):
        self.n = 0

    def increment(self):
        n = self.n
        self.n = n + 1


def run_race(counter, threads, increments):
    if min(threads, increments) < 0:
        raise ValueError(f'{min(threads, increments)} is negative')

    def race():
        for _ in range(increments):
            counter.increment()
    if threads:
        with ThreadPoolExecutor(threads) as pool:
            for _ in range(threads):
                pool.submit(race)
    return counter.n


def _refuse_negative(threads: int, increments: int) -> None:
    if threads < 0:
        raise ValueError(f'threads must not be negative: {threads}')
    if increments < 0:
        raise ValueError(f'increments must not be negative: {increments}')


LOST_UPDATE: str = 'ABBA'


def possible_totals(threads, increments):
    if min(threads, increments) < 0:
        raise ValueError(f'{min(threads, increments)} is negative')
    seen, totals, todo = (set(), set(), deque([(0, ((0, None),) * threads)]))
    while todo:
        n, places = todo.popleft()
        if (n, places) in seen:
            continue
        seen.add((n, places))
        moved = False
        for i, (done, read) in enumerate(places):
            if read is not None:
                after = (done + 1, None)
                todo.append((read + 1, tuple(sorted([*places[:i], after, *places[i + 1:]], key=repr))))
                moved = True
            elif done < increments:
                after = (done, n)
                todo.append((n, tuple(sorted([*places[:i], after, *places[i + 1:]], key=repr))))
                moved = True
        if not moved:
            totals.add(n)
    return totals


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
