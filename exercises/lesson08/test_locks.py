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
    """A counter begins at the number that it is given, and counts for itself."""

    def program():
        make = getattr(lesson, name)
        five, other = make(5), make(8)
        begun = five.n
        other.increment()
        return begun, five.n

    n, later = ended_well(simulate(program))
    if n != 5:
        raise Broken(
            "the start value is ignored\n  {name}(5).n should be 5, it is {n}", name=name, n=n
        )
    if later != 5:
        raise Broken(
            "each {name} should have a number of its own\n"
            "  {name}(5).n should stay 5 when another one is incremented, it is {n}",
            name=name,
            n=later,
        )


@both_counters
def test_two_counters_do_not_wait_for_each_other(lesson, name):
    """An increment of one counter never waits for another counter."""

    def program():
        make = getattr(lesson, name)
        other = make()

        class Slow(int):
            def __add__(self, number):
                at_once(other.increment)
                return int(self) + number

            __radd__ = __add__

        at_once(make(Slow()).increment)
        return other.n

    run = simulate(program)
    if run.deadlock:
        raise Broken(
            "one counter was incremented in the middle of the other's increment, and waits\n"
            "{describe}",
            describe=describe(run),
        )
    ended_well(run)


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
        totals = [lesson.increment_many(lesson.Counter(5), threads=2, increments=2)]
        return [*totals, lesson.increment_many(lesson.Counter(5), threads=3, increments=1)]

    always(
        search(program, max_runs=200),
        [9, 8],
        lambda totals: said(
            "increment_many() should return 9, then 8\n"
            "  from 5, 2 threads increment twice each, then 3 threads once, from 5 again\n"
            "  it returned {first}, then {second}",
            first=totals[0],
            second=totals[1],
        ),
    )


@pytest.mark.task(3)
def test_the_threads_increment_at_the_same_time(lesson):
    """All threads call counter.increment(), at the same time; counter.n is returned."""

    def program():
        from threading import Barrier, BrokenBarrierError

        class Counter:
            n = 5
            meeting = Barrier(2)
            calls = apart = 0

            def increment(self):
                self.calls += 1
                try:
                    self.meeting.wait(10)
                except BrokenBarrierError:
                    self.apart += 1

        counter = Counter()
        return lesson.increment_many(counter, 2, 3), counter.calls, counter.apart

    n, calls, apart = ended_well(simulate(program))
    if calls != 6:
        raise Broken(
            "2 threads should call counter.increment() 3 times each: {calls} calls", calls=calls
        )
    if apart:
        raise Broken("the threads did not increment at the same time: one waited for the other")
    if n != 5:
        raise Broken(
            "this counter stays at 5, whoever increments it: increment_many() returned {n}", n=n
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


def written(name, letters, amount):
    """Return a call as it is written."""
    if name == "transfer":
        return f"transfer({', '.join(letters)}, {amount})"
    return f"{letters}.{name}({amount})"


@pytest.mark.task(4)
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("deposit", "a", 1), ("deposit", "a", 2), [13, 10]),
        (("transfer", "ab", 1), ("deposit", "b", 1), [9, 12]),
        (("transfer", "ab", 1), ("withdraw", "a", 1), [8, 11]),
    ],
)
def test_no_money_appears_or_vanishes(lesson, first, second, expected):
    """Two calls at the same time make no money and lose none."""

    def program():
        accounts = {"a": lesson.Account(10), "b": lesson.Account(10)}

        def does(name, letters, amount):
            mine = [accounts[letter] for letter in letters]
            function = lesson.transfer if name == "transfer" else getattr(mine.pop(), name)
            return lambda: function(*mine, amount)

        at_once(does(*first), does(*second))
        return [account.balance for account in accounts.values()]

    always(
        search(program, max_runs=100, max_decisions=150),
        expected,
        lambda end: said(
            "a and b had 10 each; {first} and {second} at the same time\n"
            "  a and b should have {expected}, they have {end}",
            first=written(*first),
            second=written(*second),
            expected=expected,
            end=end,
        ),
    )


@pytest.mark.task(4)
@pytest.mark.parametrize("name", ["deposit", "withdraw", "transfer"])
def test_negative_amounts_are_refused(lesson, name):
    """A negative amount is a ValueError with the amount in it, and changes nothing."""

    def program():
        a, b = lesson.Account(10), lesson.Account(20)
        try:
            lesson.transfer(a, b, -3) if name == "transfer" else getattr(a, name)(-3)
        except ValueError as error:
            return str(error), a.balance, b.balance
        return "no ValueError", a.balance, b.balance

    message, a, b = ended_well(simulate(program))
    if "-3" not in message:
        raise Broken(
            "{name}() of -3 should raise a ValueError with -3 in its message: {message}",
            name=name,
            message=message,
        )
    if (a, b) != (10, 20):
        raise Broken(
            "a refused call changed a balance: a had 10, b had 20, they have {a} and {b}", a=a, b=b
        )


@pytest.mark.task(4)
def test_the_whole_balance_may_be_taken(lesson):
    """The whole balance may be withdrawn, or transferred."""

    def program():
        a, b = lesson.Account(10), lesson.Account(0)
        lesson.transfer(a, b, 10)
        b.withdraw(10)
        return a.balance, b.balance

    a, b = ended_well(simulate(program))
    if (a, b) != (0, 0):
        raise Broken(
            "a had 10, which were transferred to b and withdrawn there\n"
            "  a and b should have 0, they have {a} and {b}",
            a=a,
            b=b,
        )


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
        refused += at_once(lambda: lesson.transfer(b, a, 21))
        at_once(lambda: a.deposit(1), lambda: b.deposit(1))
        return [len(refused), a.balance, b.balance]

    run = simulate(program)
    if run.deadlock:
        raise Broken(
            "after a refusal an account is still locked\n{describe}", describe=describe(run)
        )
    refused, a, b = ended_well(run)
    if refused != 3:
        raise Broken(
            "a has 10, b has 20\n"
            "  a.withdraw(11), transfer(a, b, 11) and transfer(b, a, 21) should raise ValueError"
        )
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
