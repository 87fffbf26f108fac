# task: 2; reason: before every increment was made
import time
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

    workers = [Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    end_s = time.monotonic() + 10
    while any(worker.is_alive() for worker in workers) and time.monotonic() < end_s:
        time.sleep(0.01)
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
