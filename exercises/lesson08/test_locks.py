"""What you can check yourself in lesson 08. Run it with: pytest exercises/lesson08"""

import pytest

from threadlings.checks import Broken, always, at_once, describe, ended_well
from threadlings.engine import search, simulate
from threadlings.language import said

both_counters = pytest.mark.parametrize(
    "name",
    [
        pytest.param("Counter", marks=pytest.mark.task(1)),
        pytest.param("TidyCounter", marks=pytest.mark.task(2)),
    ],
)


@both_counters
def test_no_increment_is_lost(lesson, name):
    """Two increments at the same time both count."""

    def program():
        counter = getattr(lesson, name)()
        at_once(counter.increment, counter.increment)
        return counter.n

    always(
        search(program, max_runs=200),
        2,
        lambda n: said(
            "increment() lost an update\n"
            "  two threads incremented once each; n should be 2, it is {n}",
            n=n,
        ),
    )


@both_counters
def test_counting_begins_at_n(lesson, name):
    """A counter begins at the number that it is given."""

    def program():
        return getattr(lesson, name)(5).n

    n = ended_well(simulate(program))
    if n != 5:
        raise Broken(
            "the start value is ignored\n  {name}(5).n should be 5, it is {n}", name=name, n=n
        )


@both_counters
def test_an_error_leaves_the_lock_free(lesson, name):
    """After an error in the addition the next increment works."""

    class Unaddable(int):
        def __add__(self, other):
            raise ValueError("this number cannot be added to")

        __radd__ = __add__

    def program():
        counter = getattr(lesson, name)(Unaddable())
        return len(at_once(counter.increment) + at_once(counter.increment))

    run = simulate(program)
    if run.deadlock:
        raise Broken("after an error the lock is still taken\n{describe}", describe=describe(run))
    if ended_well(run) != 2:
        raise Broken("an error of the addition should reach the caller of increment()")


@pytest.mark.task(3)
def test_every_increment_is_made_before_it_returns(lesson):
    """increment_many() returns when every thread has incremented as often as asked."""

    def program():
        return lesson.increment_many(lesson.Counter(5), threads=2, increments=2)

    always(
        search(program, max_runs=200),
        9,
        lambda n: said(
            "increment_many() should return 9\n"
            "  from 5, 2 threads increment 2 times each; it returned {n}",
            n=n,
        ),
    )


@pytest.mark.task(3)
@pytest.mark.parametrize(("threads", "increments"), [(-1, 2), (2, -1)])
def test_negative_numbers_are_refused(lesson, threads, increments):
    """A negative number is a ValueError with the number in it, before anything starts."""

    def program():
        try:
            lesson.increment_many(lesson.Counter(), threads, increments)
        except ValueError as error:
            return str(error)
        return "no ValueError"

    run = simulate(program)
    asked = f"increment_many(counter, {threads}, {increments})"
    message = ended_well(run)
    if "-1" not in message:
        raise Broken(
            "{asked} should raise a ValueError with -1 in its message: {message}",
            asked=asked,
            message=message,
        )
    if len(run.threads) > 1:
        raise Broken("{asked} started threads before it refused", asked=asked)


@pytest.mark.task(4)
def test_two_withdrawals_never_overdraw(lesson):
    """Of two withdrawals that are too much together, one is refused."""

    def program():
        account = lesson.Account(10)
        refused = at_once(lambda: account.withdraw(7), lambda: account.withdraw(7))
        return [account.balance, len(refused)]

    always(
        search(program),
        [3, 1],
        lambda end: said(
            "two threads withdrew 7 of 10, and the balance is {end}\n"
            "  it should be 3, and one of them should get a ValueError; {end_2} did",
            end=end[0],
            end_2=end[1],
        ),
    )


@pytest.mark.task(4)
def test_after_a_refusal_everything_is_as_before(lesson):
    """A refused withdrawal or transfer changes nothing, and locks nothing up."""

    def program():
        a, b = lesson.Account(10), lesson.Account(20)
        refused = at_once(lambda: a.withdraw(11))
        refused += at_once(lambda: lesson.transfer(a, b, 11))
        at_once(lambda: a.deposit(1), lambda: b.deposit(1))
        return [len(refused), a.balance, b.balance]

    run = simulate(program)
    if run.deadlock:
        raise Broken(
            "after a refusal an account is still locked\n{describe}", describe=describe(run)
        )
    refused, a, b = ended_well(run)
    if refused != 2:
        raise Broken("a has 10: a.withdraw(11) and transfer(a, b, 11) should raise ValueError")
    if (a, b) != (11, 21):
        raise Broken(
            "a refused call changed a balance\n"
            "  a had 10, b had 20, then each got a deposit of 1: they should have 11 and 21, "
            "they have {a} and {b}",
            a=a,
            b=b,
        )


@pytest.mark.task(4)
def test_opposite_transfers_both_end(lesson):
    """Two threads that transfer in opposite directions never wait for each other for ever."""

    def program():
        a, b = lesson.Account(10), lesson.Account(10)
        at_once(lambda: lesson.transfer(a, b, 3), lambda: lesson.transfer(b, a, 2))
        return [a.balance, b.balance]

    always(
        search(program, max_runs=200, max_decisions=150),
        [9, 11],
        lambda end: said(
            "transfer() made or lost money\n"
            "  a and b had 10; transfer(a, b, 3) and transfer(b, a, 2) should lead to 9 and 11, "
            "it was {end} and {end_2}",
            end=end[0],
            end_2=end[1],
        ),
    )


@pytest.mark.task(4)
def test_a_transfer_to_itself_changes_nothing(lesson):
    """A transfer from an account to itself changes nothing."""

    def program():
        account = lesson.Account(10)
        lesson.transfer(account, account, 4)
        return account.balance

    balance = ended_well(simulate(program))
    if balance != 10:
        raise Broken(
            "transfer(a, a, 4) should leave the balance at 10, it is {balance}", balance=balance
        )
