# built: slots, a start barrier, a state search for the totals, reads after the write left out or counted
from threading import Barrier, Thread, current_thread


class Counter:
    __slots__ = ("n",)

    def __init__(self):
        self.n = 0

    def increment(self):
        self.n = self.n + 1
        return self.n


def run_race(*, counter=None, threads=None, increments=None):
    raise NotImplementedError


def run_race(counter, threads, increments):
    if threads < 0:
        raise ValueError(threads)
    if increments < 0:
        raise ValueError(increments)
    line = Barrier(threads + 1)

    def race(times):
        line.wait()
        for _ in range(times):
            counter.increment()

    runners = []
    for number in range(threads):
        runner = Thread(name=f"runner {number}", target=race, kwargs={"times": increments})
        runner.start()
        runners.append(runner)
    line.wait()
    for runner in reversed(runners):
        runner.join()
    return counter.n


LOST_UPDATE = "ABBA"


def possible_totals(threads, increments):
    if threads < 0:
        raise ValueError(threads)
    if increments < 0:
        raise ValueError(increments)
    start = (0, (increments,) * threads, (None,) * threads)
    reached = {start}
    todo = [start]
    while todo:
        n, left, read = todo.pop()
        for t in range(threads):
            if read[t] is not None:
                after = (
                    read[t] + 1,
                    left[:t] + (left[t] - 1,) + left[t + 1:],
                    read[:t] + (None,) + read[t + 1:],
                )
            elif left[t]:
                after = (n, left, read[:t] + (n,) + read[t + 1:])
            else:
                continue
            if after not in reached:
                reached.add(after)
                todo.append(after)
    return {n for n, left, read in reached if not any(left)}


class TicketDesk:
    def __init__(self, seats):
        self.seats = seats
        self.buyers = []

    def sell(self):
        try:
            if self.seats <= 0:
                return False
            self.seats = self.seats - 1
            self.buyers.append(current_thread().name)
            return True
        finally:
            print(self.seats, "left")


OVERSOLD = "BAABABAB"
