# task: 2; reason: did not run at the same time
from concurrent.futures import ThreadPoolExecutor
from threading import Thread


class Counter:
    def __init__(self):
        self.n = 0

    def increment(self):
        self.n += 1


def run_race(counter, threads, increments):
    if threads < 0:
        raise ValueError(f"threads must not be negative: {threads}")
    if increments < 0:
        raise ValueError(f"increments must not be negative: {increments}")

    def work():
        for _ in range(increments):
            counter.increment()

    with ThreadPoolExecutor(max_workers=8) as pool:
        for _ in range(threads):
            pool.submit(work)
    return counter.n


LOST_UPDATE = "ABBA"


def possible_totals(threads, increments):
    if threads < 0:
        raise ValueError(f"threads must not be negative: {threads}")
    if increments < 0:
        raise ValueError(f"increments must not be negative: {increments}")
    if threads < 2 or increments == 0:
        return {threads * increments}
    return set(range(1 if increments == 1 else 2, threads * increments + 1))


class TicketDesk:
    def __init__(self, seats):
        self.seats = seats

    def sell(self):
        if self.seats > 0:
            self.seats -= 1
            return True
        return False


OVERSOLD = "ABAABB"
