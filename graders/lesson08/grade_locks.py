"""Hidden checks of lesson 08: Lock.

Accounts are called a, b, c. A call is a list: ``["transfer", "a", "b", 3]``, ``["deposit", "a", 1]``.
"""

import pytest

from threadlings.engine import Run, Search
from threadlings.feedback import always, describe, ended_well
from threadlings.grading import Broken, scenario

COUNTERS = [
    pytest.param("Counter", marks=pytest.mark.task(1)),
    pytest.param("TidyCounter", marks=pytest.mark.task(2)),
]

# ---------------------------------------------------------------- tasks 1 and 2: the counters


@scenario
def increments_at_once(lesson, name, threads, rounds):
    def program():
        from threading import Thread

        counter = getattr(lesson, name)()

        def work():
            for _ in range(rounds):
                counter.increment()

        workers = [Thread(target=work) for _ in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return counter.n

    return search(program, max_steps=5_000).as_data()


@scenario
def beginnings(lesson, name):
    def program():
        make = getattr(lesson, name)
        counters = [make(), make(5), make(n=7)]
        begun = [counter.n for counter in counters]
        counters[1].increment()
        return [*begun, counters[1].n]

    return simulate(program).as_data()


@scenario
def error_in_the_addition(lesson, name):
    def program():
        from threading import Thread

        class Blown(Exception):
            pass

        class Fuse(int):
            is_whole = True

            def __add__(self, other):
                if Fuse.is_whole:
                    Fuse.is_whole = False
                    raise Blown("the addition failed")
                return int(self) + other

            __radd__ = __add__

        counter = getattr(lesson, name)(Fuse(3))
        has_raised = False
        try:
            counter.increment()
        except Blown:
            has_raised = True
        second = Thread(target=counter.increment)
        second.start()
        second.join()
        return {"blown": not Fuse.is_whole, "raised": has_raised, "n": int(counter.n)}

    return simulate(program).as_data()


@scenario
def increment_inside_an_increment(lesson, name):
    def program():
        from threading import Thread

        make = getattr(lesson, name)
        second = make()

        class Nest(int):
            is_fresh = True

            def __add__(self, other):
                if Nest.is_fresh:
                    Nest.is_fresh = False
                    stranger = Thread(target=second.increment)
                    stranger.start()
                    stranger.join()
                return int(self) + other

            __radd__ = __add__

        make(Nest(0)).increment()

    return simulate(program).as_data()


@pytest.mark.parametrize("name", COUNTERS)
@pytest.mark.parametrize(("threads", "rounds"), [(2, 1), (2, 2), (3, 1)])
def test_no_increment_is_lost(submission, name, threads, rounds):
    """Increments at the same time all count."""
    data = submission.run(increments_at_once, name=name, threads=threads, rounds=rounds)
    total = threads * rounds

    def told(n):
        headline = "increment() lost an update"
        if not isinstance(n, int) or n > total:
            headline = "increment() does not add one to n"
        times = "once" if rounds == 1 else "twice"
        return (
            f"{headline}\n  {threads} threads incremented {times} each; "
            f"n should be {total}, it is {n}"
        )

    always(Search.from_data(data), total, told)


@pytest.mark.parametrize("name", COUNTERS)
def test_counting_begins_at_n(submission, name):
    """A counter begins to count at the number that it is given."""
    empty, five, seven, after = ended_well(Run.from_data(submission.run(beginnings, name=name)))
    if empty != 0:
        raise Broken(f"{name}().n should be 0, it is {empty}")
    if five != 5:
        raise Broken(f"the start value is ignored: {name}(5).n should be 5, it is {five}")
    if seven != 7:
        raise Broken(f"the start value is ignored: {name}(n=7).n should be 7, it is {seven}")
    if after != 6:
        raise Broken(f"{name}(5) should have n = 6 after one increment(), it has {after}")


@pytest.mark.parametrize("name", COUNTERS)
def test_an_error_leaves_the_lock_free(submission, name):
    """After an error inside increment() the next increment works."""
    run = Run.from_data(submission.run(error_in_the_addition, name=name))
    if run.deadlock:
        raise Broken(
            "after an error in the addition the lock stays taken, "
            f"and the next increment() waits for ever\n{describe(run)}"
        )
    end = ended_well(run)
    if end["blown"] and not end["raised"]:
        raise Broken("the addition raised an error, and it did not reach the caller of increment()")
    expected = 4 if end["raised"] else 5
    if end["n"] != expected:
        raise Broken(
            "after an error in the addition increment() goes wrong\n"
            f"  n was 3, one increment raised, one did not; n should be 4, it is {end['n']}"
        )


@pytest.mark.parametrize("name", COUNTERS)
def test_two_counters_do_not_wait_for_each_other(submission, name):
    """One counter never waits for another."""
    run = Run.from_data(submission.run(increment_inside_an_increment, name=name))
    if run.deadlock:
        raise Broken(
            "two counters wait for each other: while one is in the middle of increment(), "
            f"increment() of another one cannot go on\n{describe(run)}"
        )
    ended_well(run)


# ---------------------------------------------------------------- task 3: increment_many


@scenario
def many(lesson, threads, increments, n=0, together=False):
    def program():
        from threading import Barrier, Lock, get_ident

        everybody = Barrier(max(threads, 1))

        class Given:
            def __init__(self):
                self.n = n
                self.lock = Lock()
                self.calls = {}

            def increment(self):
                me = get_ident()
                if together and me not in self.calls:
                    everybody.wait()
                with self.lock:
                    self.calls[me] = self.calls.get(me, 0) + 1
                    self.n += 1

        counter = Given()
        error = returned = None
        try:
            returned = lesson.increment_many(counter, threads, increments)
        except ValueError as caught:
            error = str(caught)
        calls = sorted(counter.calls.values())
        return {"returned": returned, "n": counter.n, "calls": calls, "error": error}

    return simulate(program).as_data()


@scenario
def many_under_each_schedule(lesson, threads, increments):
    def program():
        from threading import Lock

        class Given:
            def __init__(self):
                self.n = 0
                self.lock = Lock()

            def increment(self):
                with self.lock:
                    self.n += 1

        return lesson.increment_many(Given(), threads, increments)

    return search(program, max_steps=5_000).as_data()


def _at_the_same_time(run):
    """Require that nobody waits for others that never come: all the threads were there at once."""
    own = [wait for wait in run.deadlock if wait.place and wait.place.file.startswith("<")]
    if own:
        raise Broken(
            "the threads did not run at the same time\n"
            "  increment_many(counter, 3, ...): all 3 threads have to be started "
            "before you wait for the first"
        )


@pytest.mark.task(3)
@pytest.mark.parametrize("increments", [1, 4])
def test_all_increments_are_made(submission, increments):
    """That many threads, at the same time, increment that often each."""
    data = submission.run(many, threads=3, increments=increments, n=5, together=True)
    run = Run.from_data(data)
    _at_the_same_time(run)
    end = ended_well(run)
    if end["calls"] != [increments] * 3:
        raise Broken(
            f"increment() was called {sum(end['calls'])} times, by {len(end['calls'])} threads\n"
            f"  increment_many(counter, 3, {increments}): 3 threads, each thread "
            f"calls it {increments} times"
        )
    if end["returned"] != end["n"]:
        raise Broken(f"increment_many() returned {end['returned']}, but counter.n is {end['n']}")


@pytest.mark.task(3)
@pytest.mark.parametrize("increments", [1, 2])
def test_it_returns_after_every_thread_has_ended(submission, increments):
    """The total is read after every thread has ended."""
    data = submission.run(many_under_each_schedule, threads=2, increments=increments)
    always(
        Search.from_data(data),
        2 * increments,
        lambda n: (
            f"increment_many() returned {n} before every thread had ended\n"
            f"  2 threads increment {increments} times each, from 0"
        ),
    )


@pytest.mark.task(3)
@pytest.mark.parametrize(("threads", "increments"), [(0, 3), (3, 0), (0, 0)])
def test_there_may_be_nothing_to_do(submission, threads, increments):
    """With 0 threads or 0 increments the counter stays as it is."""
    data = submission.run(many, threads=threads, increments=increments, n=5)
    end = ended_well(Run.from_data(data))
    asked = f"increment_many(counter, {threads}, {increments})"
    if end["error"] is not None:
        raise Broken(f"{asked} was refused; 0 is allowed\n  ValueError: {end['error']}")
    if (end["returned"], end["n"]) != (5, 5):
        raise Broken(
            f"{asked} should return 5 and leave n = 5\n"
            f"  it returned {end['returned']}, and n is {end['n']}"
        )


@pytest.mark.task(3)
@pytest.mark.parametrize(("threads", "increments"), [(-2, 3), (3, -2), (0, -7), (-7, 0)])
def test_negative_numbers_are_refused(submission, threads, increments):
    """A negative number is a ValueError with the number in it, and nothing starts."""
    run = Run.from_data(submission.run(many, threads=threads, increments=increments))
    wrong = f"threads={threads}" if threads < 0 else f"increments={increments}"
    if not run.returned:
        ended_well(run)
    error = run.value["error"]
    if error is None:
        raise Broken(f"{wrong} raised no ValueError")
    if str(min(threads, increments)) not in error:
        raise Broken(f"{wrong}: the number is not in the message of the ValueError: {error!r}")
    started = len(run.threads) - 1
    if started:
        raise Broken(f"{started} threads had started before {wrong} was refused")


# ---------------------------------------------------------------- task 4: accounts


@scenario
def bank(lesson, balances, calls, at_once=False, looked_at=None):
    """Do each call in a thread of its own: all at once, or one after the other."""

    def program():
        from threading import Thread

        accounts = {name: lesson.Account(money) for name, money in balances.items()}

        def thread_for(action, *names, amount):
            errors = []

            def work():
                mine = [accounts[name] for name in names]
                do = lesson.transfer if action == "transfer" else getattr(mine.pop(), action)
                try:
                    do(*mine, amount)
                except ValueError as error:
                    errors.append(str(error))

            title = f"{action}({', '.join([*names, str(amount)])})"
            return Thread(target=work, name=title), errors

        def look():
            return {name: accounts[name].balance for name in looked_at or accounts}

        threads = [thread_for(*call[:-1], amount=call[-1]) for call in calls]
        if at_once:
            for thread, _errors in threads:
                thread.start()
            for thread, _errors in threads:
                thread.join()
            return {"balances": look(), "refused": sum(len(errors) for _t, errors in threads)}
        story = []
        for thread, errors in threads:
            thread.start()
            thread.join()
            story.append({"balances": look(), "error": errors[0] if errors else None})
        return story

    if at_once:
        return search(program, max_runs=600, max_steps=5_000).as_data()
    return simulate(program).as_data()


@scenario
def bank_by_keyword(lesson):
    def program():
        a, b = lesson.Account(balance=7), lesson.Account(balance=0)
        lesson.transfer(source=a, target=b, amount=7)
        a.deposit(amount=2)
        b.withdraw(amount=3)
        return [a.balance, b.balance]

    return simulate(program).as_data()


@scenario
def deposit_inside_a_deposit(lesson):
    def program():
        from threading import Thread

        second = lesson.Account(10)

        class Nest(int):
            is_fresh = True

            def __add__(self, other):
                if Nest.is_fresh:
                    Nest.is_fresh = False
                    stranger = Thread(target=second.deposit, args=(1,))
                    stranger.start()
                    stranger.join()
                return int(self) + other

            __radd__ = __add__

        lesson.Account(Nest(10)).deposit(1)

    return simulate(program).as_data()


def _named(call):
    action, *names, amount = call
    if action == "transfer":
        return f"transfer({names[0]}, {names[1]}, {amount})"
    return f"{names[0]}.{action}({amount})"


def _listed(balances):
    return ", ".join(f"{name} {money}" for name, money in balances.items())


def _story(submission, balances, *calls):
    """Return the run of calls one after the other."""
    return Run.from_data(submission.run(bank, balances=balances, calls=calls))


def _at_once(submission, balances, calls, expected, refused=0):
    """Require that calls at the same time always leave these balances, and so many errors."""
    data = submission.run(
        bank, balances=balances, calls=calls, at_once=True, looked_at=list(expected)
    )

    def told(end):
        return (
            f"{_wrong(end, expected)}\n  {_listed(balances)}; "
            f"{' and '.join(_named(call) for call in calls)} at the same time\n"
            f"  afterwards: {_listed(end['balances'])}, {end['refused']} refused; "
            f"should be: {_listed(expected)}, {refused} refused"
        )

    always(Search.from_data(data), {"balances": expected, "refused": refused}, told)


def _wrong(end, expected):
    seen = list(end["balances"].values())
    if not all(isinstance(money, int | float) for money in seen):
        return "a balance is not a number"
    if min(seen) < 0:
        return f"the balance went below 0: {min(seen)}"
    if end["balances"] == expected:
        return "withdrawals and transfers: ValueError at the wrong time"
    gained = sum(seen) - sum(expected.values())
    if gained == 0:
        return "money went to the wrong account"
    return f"money {'appeared' if gained > 0 else 'vanished'}"


def _refused(submission, balances, call, *, shows_amount=False):
    """Require a ValueError, all balances as before, and accounts that others can still use."""
    afterwards = [["deposit", name, 1] for name in balances]
    run = _story(submission, balances, call, *afterwards)
    told = f"{_named(call)} (balances: {_listed(balances)})"
    has_ended = any(
        thread.ended_s is not None and thread.name.startswith(f"{call[0]}(")
        for thread in run.threads
    )
    if run.deadlock and has_ended:
        raise Broken(f"after a refused {told} an account is still locked\n{describe(run)}")
    first, *_others, last = ended_well(run)
    if first["error"] is None:
        raise Broken(f"{told} raised no ValueError")
    if first["balances"] != balances:
        raise Broken(
            f"a refused {told} changed the balances\n  they are now {_listed(first['balances'])}"
        )
    if shows_amount and str(call[-1]) not in first["error"]:
        raise Broken(f"{told}: {call[-1]} is not in the message of the ValueError")
    expected = {name: money + 1 for name, money in balances.items()}
    if last["balances"] != expected:
        raise Broken(f"after a refused {told} deposit() goes wrong")


@pytest.mark.task(4)
def test_money_moves(submission):
    """deposit(), withdraw() and transfer() move the money they say."""
    steps = [
        (["deposit", "a", 5], {"a": 15, "b": 0}),
        (["withdraw", "a", 2], {"a": 13, "b": 0}),
        (["transfer", "a", "b", 3], {"a": 10, "b": 3}),
        (["withdraw", "b", 3], {"a": 10, "b": 0}),
        (["transfer", "a", "b", 10], {"a": 0, "b": 10}),
        (["withdraw", "a", 0], {"a": 0, "b": 10}),
        (["deposit", "a", 0], {"a": 0, "b": 10}),
        (["transfer", "a", "b", 0], {"a": 0, "b": 10}),
    ]
    before = {"a": 10, "b": 0}
    told = ended_well(_story(submission, before, *(call for call, _after in steps)))
    for (call, after), seen in zip(steps, told, strict=True):
        if seen["error"] is not None:
            raise Broken(
                f"{_named(call)} was refused (balances: {_listed(before)}); "
                "every amount from 0 to the whole balance may be taken\n"
                f"  ValueError: {seen['error']}"
            )
        if seen["balances"] != after:
            raise Broken(
                f"{_named(call)} went wrong (balances: {_listed(before)})\n"
                f"  they should be {_listed(after)}, they are {_listed(seen['balances'])}"
            )
        before = after
    left = ended_well(Run.from_data(submission.run(bank_by_keyword)))
    if left != [2, 4]:
        raise Broken("Account(balance=...), deposit(amount=...) and the others go wrong by keyword")


@pytest.mark.task(4)
def test_deposits_and_withdrawals_at_once_all_count(submission):
    """Deposits and withdrawals at the same time all count."""
    _at_once(submission, {"a": 10}, [["deposit", "a", 1], ["deposit", "a", 2]], {"a": 13})
    _at_once(submission, {"a": 10}, [["deposit", "a", 5], ["withdraw", "a", 3]], {"a": 12})
    _at_once(submission, {"a": 10}, [["withdraw", "a", 2], ["withdraw", "a", 3]], {"a": 5})


@pytest.mark.task(4)
def test_two_withdrawals_never_overdraw(submission):
    """Two withdrawals at the same time never take more than there is."""
    calls = [["withdraw", "a", 7], ["withdraw", "a", 7]]
    _at_once(submission, {"a": 10}, calls, {"a": 3}, refused=1)


@pytest.mark.task(4)
def test_a_refused_withdrawal_changes_nothing(submission):
    """After a refused withdrawal everything is as before."""
    _refused(submission, {"a": 10}, ["withdraw", "a", 11])


@pytest.mark.task(4)
@pytest.mark.parametrize(
    "call",
    [
        ["deposit", "a", -3],
        ["withdraw", "a", -3],
        ["transfer", "a", "b", -3],
        ["transfer", "a", "a", -3],
    ],
)
def test_negative_amounts_are_refused(submission, call):
    """A negative amount is a ValueError with the amount in it, and changes nothing."""
    _refused(submission, {"a": 10, "b": 20}, call, shows_amount=True)


@pytest.mark.task(4)
@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (["deposit", "b", 1], {"a": 9, "b": 2, "c": 10}),
        (["transfer", "c", "b", 1], {"a": 9, "b": 2, "c": 9}),
        (["withdraw", "a", 1], {"a": 8, "b": 1, "c": 10}),
    ],
)
def test_no_money_appears_or_vanishes_in_transfers(submission, other, expected):
    """Transfers and other calls at the same time keep the money together."""
    calls = [["transfer", "a", "b", 1], other]
    _at_once(submission, {"a": 10, "b": 0, "c": 10}, calls, expected)


@pytest.mark.task(4)
@pytest.mark.parametrize(("a", "b"), [(10, 10), (10, 20), (20, 10)])
def test_opposite_transfers_both_end(submission, a, b):
    """Opposite transfers at the same time both come to an end."""
    calls = [["transfer", "a", "b", 3], ["transfer", "b", "a", 2]]
    _at_once(submission, {"a": a, "b": b}, calls, {"a": a - 1, "b": b + 1})


@pytest.mark.task(4)
def test_transfers_in_a_ring_all_end(submission):
    """Three transfers in a ring come to an end."""
    ring = [["transfer", "a", "b", 1], ["transfer", "b", "c", 1], ["transfer", "c", "a", 1]]
    balances = {"a": 10, "b": 10, "c": 10}
    _at_once(submission, balances, ring, balances)


@pytest.mark.task(4)
@pytest.mark.parametrize("amount", [4, 40])
def test_a_transfer_to_itself_changes_nothing(submission, amount):
    """A transfer from an account to itself changes nothing."""
    run = _story(submission, {"a": 10}, ["transfer", "a", "a", amount], ["deposit", "a", 1])
    if run.deadlock:
        raise Broken(f"a transfer to itself ends in a deadlock\n{describe(run)}")
    first, last = ended_well(run)
    if first["balances"] != {"a": 10}:
        raise Broken(
            "a transfer to itself changed the balance\n  transfer(a, a, "
            f"{amount}): the balance should be 10, it is {first['balances']['a']}"
        )
    if amount <= 10 and first["error"] is not None:
        raise Broken(f"a transfer to itself was refused\n  ValueError: {first['error']}")
    if last["balances"] != {"a": 11}:
        raise Broken("after a transfer to itself deposit() goes wrong")


@pytest.mark.task(4)
@pytest.mark.parametrize("call", [["transfer", "a", "b", 11], ["transfer", "b", "a", 21]])
def test_a_refused_transfer_changes_nothing(submission, call):
    """After a refused transfer everything is as before."""
    _refused(submission, {"a": 10, "b": 20}, call)


@pytest.mark.task(4)
def test_two_transfers_never_overdraw(submission):
    """Transfers and withdrawals at the same time never take more than there is."""
    calls = [["transfer", "a", "b", 7], ["transfer", "a", "b", 7]]
    _at_once(submission, {"a": 10, "b": 0}, calls, {"a": 3, "b": 7}, refused=1)
    calls = [["transfer", "a", "b", 7], ["withdraw", "a", 7]]
    _at_once(submission, {"a": 10, "b": 0}, calls, {"a": 3}, refused=1)


@pytest.mark.task(4)
def test_accounts_do_not_wait_for_each_other(submission):
    """A deposit into one account never waits for a deposit into another."""
    run = Run.from_data(submission.run(deposit_inside_a_deposit))
    if run.deadlock:
        raise Broken(
            "two accounts wait for each other: while one is in the middle of deposit(), "
            f"deposit() into another one cannot go on\n{describe(run)}"
        )
    ended_well(run)
