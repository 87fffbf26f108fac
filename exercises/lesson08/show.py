"""The programs that ``threadlings show 08`` draws, under every schedule that can matter.

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


def counter(lesson):
    """Two increments at the same time.

    동시에 두 번 더하기.
    """
    counter = lesson.Counter()
    at_once(counter.increment, counter.increment)
    assert counter.n == 2, said("n should be 2, it is {n}", n=counter.n)


def tidy_counter(lesson):
    """The same with TidyCounter.

    TidyCounter로 똑같이.
    """
    counter = lesson.TidyCounter()
    at_once(counter.increment, counter.increment)
    assert counter.n == 2, said("n should be 2, it is {n}", n=counter.n)


def withdrawals(lesson):
    """Two withdrawals of 7 from 10.

    10에서 7씩 두 번 출금.
    """
    account = lesson.Account(10)

    def withdraw():
        try:
            account.withdraw(7)
        except ValueError:
            print("refused")

    at_once(withdraw, withdraw)
    assert account.balance == 3, said(
        "the balance should be 3, it is {balance}", balance=account.balance
    )


def transfers(lesson):
    """Two transfers in opposite directions.

    서로 반대 방향으로 두 번 이체.
    """
    a, b = lesson.Account(10), lesson.Account(10)
    at_once(lambda: lesson.transfer(a, b, 3), lambda: lesson.transfer(b, a, 2))
    end = (a.balance, b.balance)
    assert end == (9, 11), said(
        "a and b should have 9 and 11, they have {balance} and {balance_2}",
        balance=a.balance,
        balance_2=b.balance,
    )
