# built: n in a dict, seats in a list, permutations, a bool from int
from itertools import permutations
from threading import Thread


class Counter:
    def __init__(self):
        self.data = {"n": 0}

    n = property(lambda self: self.data["n"])

    def increment(self):
        self.data["n"] += 1


def run_race(counter, threads, increments):
    if threads < 0:
        raise ValueError(f"threads = {threads}")
    if increments < 0:
        raise ValueError(f"increments = {increments}")

    def work():
        for _ in range(increments):
            counter.increment()

    workers = [Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return counter.n


LOST_UPDATE = "ABBA"


def possible_totals(threads, increments):
    if threads < 0:
        raise ValueError(f"threads = {threads}")
    if increments < 0:
        raise ValueError(f"increments = {increments}")
    steps = [thread for thread in range(threads) for _ in range(2 * increments)]
    if len(steps) > 8:
        return _formula(threads, increments)
    totals = set()
    for order in set(permutations(steps)):
        n, read = 0, {}
        for thread in order:
            if thread in read:
                n = read.pop(thread) + 1
            else:
                read[thread] = n
        totals.add(n)
    return totals


def _formula(threads, increments):
    return set(range(1 if threads == 1 else 2, threads * increments + 1)) - set(
        range(increments) if threads == 1 else ()
    )


class TicketDesk:
    def __init__(self, seats):
        self.free = [seats]

    @property
    def seats(self):
        return self.free[0]

    def sell(self):
        if self.free[0]:
            self.free[0] -= 1
            return 1
        return 0


OVERSOLD = "ABAABB"
