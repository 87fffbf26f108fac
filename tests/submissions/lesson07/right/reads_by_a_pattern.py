# built: class patterns read, a pool of threads, frozenset, helper methods
import concurrent.futures
import time


class Counter:
    def __init__(self):
        self.n = 0

    def increment(self):
        match self:
            case Counter(n=n):
                self.n = n + 1


def run_race(counter, threads, increments):
    if min(threads, increments) < 0:
        raise ValueError("negative: threads=%d, increments=%d" % (threads, increments))
    if threads == 0:
        return counter.n

    def work():
        for i in range(increments):
            counter.increment()

    with concurrent.futures.ThreadPoolExecutor(max_workers=threads) as pool:
        futures = [pool.submit(work) for _ in range(threads)]
    for future in futures:
        future.result()
    return counter.n


LOST_UPDATE = "ABBA"


def possible_totals(threads, increments):
    if min(threads, increments) < 0:
        raise ValueError("negative: threads=%d, increments=%d" % (threads, increments))
    if threads == 0 or increments == 0:
        return frozenset([0])
    totals = {threads * increments}
    if threads > 1:
        fewest = 1 if increments == 1 else 2
        totals |= {total for total in range(fewest, threads * increments)}
    return frozenset(totals)


class TicketDesk:
    sold = 0

    def __init__(self, seats):
        self.seats = seats

    def available(self):
        return self.seats >= 1

    def take(self):
        self.seats = self.seats - 1

    def sell(self):
        available = self.available()
        time.sleep(0.001)  # print the ticket
        if available:
            self.take()
            self.sold += 1
        return available


OVERSOLD = "ABAABB"
