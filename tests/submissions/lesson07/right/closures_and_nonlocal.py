# built: the numbers live in closures; n and seats are properties that ask them; Condition counts down
from threading import Condition, Thread


def _cell(value):
    def get():
        return value

    def put(new):
        nonlocal value
        value = new

    return get, put


class Counter:
    def __init__(self):
        self._get, self._put = _cell(0)

    n = property(lambda self: self._get())

    def increment(self):
        self._put(self._get() + 1)


def run_race(counter, threads, increments):
    _positive_or_0(threads), _positive_or_0(increments)
    running, changed = threads, Condition()

    def work():
        nonlocal running
        for _ in range(increments):
            counter.increment()
        with changed:
            running -= 1
            changed.notify()

    for _ in range(threads):
        Thread(target=work).start()
    with changed:
        changed.wait_for(lambda: running == 0)
    return counter.n


def _positive_or_0(number):
    if number < 0:
        raise ValueError(f"{number!r} is not allowed")


LOST_UPDATE = "ABBA"


def possible_totals(threads, increments):
    _positive_or_0(threads), _positive_or_0(increments)
    most = threads * increments
    return {most} | set(range(min(2, increments), most) if threads > 1 else [])


class TicketDesk:
    def __init__(self, seats):
        self._get, self._put = _cell(seats)

    seats = property(lambda self: self._get())

    def sell(self):
        free = self._get()
        if free > 0:
            self._put(free - 1)
            return True
        return False


OVERSOLD = "ABAB"
