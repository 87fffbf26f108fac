"""The programs that ``threadlings show 07`` draws, under every schedule that can matter.

A function with the parameter ``lesson`` is such a program over your file; it goes wrong where an
assert fails, or where it cannot end. Add your own.
"""

from threading import Thread

from threadlings.language import said


def at_once(*calls):
    """Do each call in a thread of its own, and wait for all."""
    threads = [Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Buyer:
    """Somebody who wants one seat."""

    def __init__(self, desk):
        self.desk = desk

    def buy(self):
        """Buy, and keep what the desk told."""
        self.told = self.desk.sell()


def counter(lesson):
    """Two increments at the same time.

    동시에 두 번 더하기.
    """
    counter = lesson.Counter()
    at_once(counter.increment, counter.increment)
    assert counter.n == 2, said("n should be 2, it is {n}", n=counter.n)


def race(lesson):
    """Your run_race: 2 threads, 2 increments each.

    run_race: thread 2개가 2번씩 더하기.
    """
    total = lesson.run_race(lesson.Counter(), 2, 2)
    assert total == 4, said("the total should be 4, it is {total}", total=total)


def tickets(lesson):
    """Two buyers of one seat.

    한 자리를 사려는 두 사람.
    """
    desk = lesson.TicketDesk(1)
    first, second = Buyer(desk), Buyer(desk)
    at_once(first.buy, second.buy)
    sold = first.told + second.told
    assert sold == 1, said("one seat was sold {sold} times", sold=sold)
