# built: __iadd__ and __isub__; an error of its own for sold out; a Semaphore counts the ended threads
import threading


class SoldOut(Exception):
    pass


class Counter:
    def __init__(self):
        self.n = 0

    def __iadd__(self, number):
        self.n = self.n + number
        return self

    def increment(self):
        self += 1


class NegativeError(ValueError):
    def __init__(self, name, number):
        super().__init__(f"{name} is {number}, which is negative")


def _refuse(threads, increments):
    if threads < 0:
        raise NegativeError("threads", threads)
    elif increments < 0:
        raise NegativeError("increments", increments)


def run_race(counter, threads, increments):
    _refuse(threads, increments)
    ended = threading.Semaphore(0)

    def racer():
        try:
            i = 0
            while i < increments:
                counter.increment()
                i += 1
        finally:
            ended.release()

    for _ in range(threads):
        threading.Thread(target=racer, daemon=True).start()
    for _ in range(threads):
        ended.acquire()
    return counter.n


LOST_UPDATE = "BAAB"


def possible_totals(threads, increments):
    _refuse(threads, increments)
    most = threads * increments
    least = most if threads <= 1 else min(2, increments)
    return {n for n in range(most + 1) if n >= least}


class TicketDesk:
    def __init__(self, seats):
        self.seats = seats

    def __isub__(self, number):
        if self.seats < number:
            raise SoldOut
        self.seats = self.seats - number
        return self

    def sell(self):
        try:
            self -= 1
        except SoldOut:
            return False
        return True


OVERSOLD = "BBAAAB"[1:] and "BAABBA"
