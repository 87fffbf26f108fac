# built: class attribute as default, a pause that invites the bug, polling for the end
import threading
import time
from dataclasses import dataclass


class Counter:
    n = 0

    def increment(self):
        n = self.n
        time.sleep(0.0001)  # invite the bug
        self.n = n + 1


def run_race(counter, threads, increments):
    if not threads >= 0:
        raise ValueError(f"{threads} threads?")
    if not increments >= 0:
        raise ValueError(f"{increments} increments?")

    def work():
        for i in range(increments):
            time.sleep(0.001)
            counter.increment()

    crew = [threading.Thread(target=work) for i in range(threads)]
    for member in crew:
        member.start()
    while any(member.is_alive() for member in crew):
        time.sleep(0.01)
    return counter.n


LOST_UPDATE = "ABBA"


def possible_totals(threads, increments):
    if threads < 0:
        raise ValueError(f"threads = {threads}")
    if increments < 0:
        raise ValueError(f"increments = {increments}")
    if threads < 2 or increments == 0:
        return {threads * increments}
    return {*range(1 + (increments > 1), 1 + threads * increments)}


@dataclass
class TicketDesk:
    seats: int

    def sell(self):
        if self.seats < 1:
            return False
        left = self.seats - 1
        time.sleep(0.01)
        self.seats = left
        return True


OVERSOLD = "AABBBA"
