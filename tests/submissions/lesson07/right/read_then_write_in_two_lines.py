# built: a local variable between read and write, prints left in, threads in a dict
from threading import Thread


class Counter:
    def __init__(self):
        self.n = 0

    def increment(self):
        value = self.n
        print("read", value)
        self.n = value + 1


def run_race(counter, threads, increments):
    for name, value in (("threads", threads), ("increments", increments)):
        if value < 0:
            raise ValueError(name, value)
    racing = {}
    for number in range(threads):
        racing[number] = Thread(
            target=lambda: [counter.increment() for _ in range(increments)], daemon=True
        )
    print("starting", len(racing), "threads")
    for number in racing:
        racing[number].start()
    while racing:
        number, thread = racing.popitem()
        thread.join()
        print(number, "has ended")
    print("total", counter.n)
    return counter.n


LOST_UPDATE = "BAAB"


def possible_totals(threads, increments):
    if threads < 0:
        raise ValueError(f"threads = {threads}")
    if increments < 0:
        raise ValueError(f"increments = {increments}")
    if threads < 2 or increments == 0:
        return {threads * increments}
    return set(range(min(increments, 2), threads * increments + 1))


class TicketDesk:
    def __init__(self, seats):
        self.seats = seats

    def sell(self):
        left = self.seats
        if left == 0:
            print("sold out")
            return False
        self.seats = left - 1
        return True


OVERSOLD = "BABA"
