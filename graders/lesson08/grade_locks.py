"""Hidden checks of lesson 08: Lock."""

import pytest

from threadlings.checks import always, describe, ended_well
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said

BOTH_COUNTERS = pytest.mark.parametrize(
    "name",
    [
        pytest.param("Counter", marks=pytest.mark.task(1)),
        pytest.param("TidyCounter", marks=pytest.mark.task(2)),
    ],
)


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

    return search(program, max_runs=80, max_decisions=1_000)


@BOTH_COUNTERS
def test_no_increment_is_lost(submission, name):
    """Increments at the same time all count."""
    for threads, rounds in ((2, 1), (2, 2), (3, 1)):
        total = threads * rounds
        asked = said(
            "{threads} threads incremented {value} each",
            threads=threads,
            value="once" if rounds == 1 else "twice",
        )

        def told(n, total=total, asked=asked):
            is_less = isinstance(n, int) and n < total
            headline = said("lost an update") if is_less else said("does not add one to n")
            return said(
                "increment() {headline}\n  {asked}; n should be {total}, it is {n}",
                headline=headline,
                asked=asked,
                total=total,
                n=n,
            )

        seen = submission.run(increments_at_once, name=name, threads=threads, rounds=rounds)
        always(seen, total, told)


@scenario
def beginnings(lesson, name):
    def program():
        make = getattr(lesson, name)
        counters = [make(), make(5), make(n=7)]
        begun = [counter.n for counter in counters]
        counters[1].increment()
        return [*begun, counters[1].n]

    return simulate(program)


@BOTH_COUNTERS
def test_counting_begins_at_n(submission, name):
    """A counter begins to count at the number that it is given."""
    run = submission.run(beginnings, name=name)
    *begun, after = ended_well(run)
    for call, expected, n in zip(("", "5", "n=7"), (0, 5, 7), begun, strict=True):
        if n != expected:
            why = said("the start value is ignored: ") if call else ""
            raise Broken(
                why
                + said(
                    "{name}({call}).n should be {expected}, it is {n}",
                    name=name,
                    call=call,
                    expected=expected,
                    n=n,
                )
            )
    if after != 6:
        raise Broken(
            "{name}(5).n should be 6 after one increment(), it is {after}", name=name, after=after
        )


@scenario
def in_the_middle(lesson, name, method, arguments, of_another):
    """Let the first addition use another object, or raise; then use the object once more."""

    def program():
        from threading import Thread

        def use(thing):
            thread = Thread(target=getattr(thing, method), args=arguments)
            thread.start()
            thread.join()

        class BlownError(Exception):
            pass

        class Fuse(int):
            is_whole = True

            def __add__(self, other):
                if Fuse.is_whole:
                    Fuse.is_whole = False
                    if not of_another:
                        raise BlownError
                    use(make(10))
                return int(self) + other

            __radd__ = __add__

        make = getattr(lesson, name)
        thing, has_raised = make(Fuse(3)), False
        try:
            getattr(thing, method)(*arguments)
        except BlownError:
            has_raised = True
        use(thing)
        return [not Fuse.is_whole, has_raised, int(thing.n) if name != "Account" else None]

    return simulate(program)


@BOTH_COUNTERS
def test_an_error_leaves_the_lock_free(submission, name):
    """After an error inside increment() the next increment works."""
    run = submission.run(
        in_the_middle, name=name, method="increment", arguments=[], of_another=False
    )
    if run.deadlock and len(run.threads) > 1:
        raise Broken(
            "after an error in the addition the lock is still taken\n{describe}",
            describe=describe(run),
        )
    is_blown, has_raised, n = ended_well(run)
    if is_blown and not has_raised:
        raise Broken("an error in the addition does not reach the caller of increment()")
    expected = 4 if is_blown else 5
    if n != expected:
        raise Broken(
            "the increment after an error goes wrong\n"
            "  from 3, the first increment() raised; n should be {expected}, it is {n}",
            expected=expected,
            n=n,
        )


def _require_strangers(submission, what, name, method, arguments):
    run = submission.run(
        in_the_middle, name=name, method=method, arguments=arguments, of_another=True
    )
    if run.deadlock and len(run.threads) > 1:
        raise Broken(
            "two {what} wait for each other: {method}() of one waits for {method}() of the other\n"
            "{describe}",
            what=what,
            method=method,
            describe=describe(run),
        )
    ended_well(run)


@BOTH_COUNTERS
def test_two_counters_do_not_wait_for_each_other(submission, name):
    """One counter never waits for another."""
    _require_strangers(submission, "counters", name, "increment", [])


@pytest.mark.task(4)
def test_two_accounts_do_not_wait_for_each_other(submission):
    """A deposit into one account never waits for a deposit into another."""
    _require_strangers(submission, "accounts", "Account", "deposit", [1])


@scenario
def many(lesson, threads, increments, n=5, together=False, every_schedule=False):
    """Call increment_many; ``together``: nobody increments before all the threads are there."""

    def program():
        from threading import Barrier, Lock, get_ident

        everybody = Barrier(max(threads, 1))

        class Given:
            def __init__(self):
                self.n = n
                self.lock = Lock()
                self.calls = {}

            def increment(self):
                if together and get_ident() not in self.calls:
                    everybody.wait()
                with self.lock:
                    self.calls[get_ident()] = self.calls.get(get_ident(), 0) + 1
                    self.n += 1

        counter, error, returned = Given(), None, None
        try:
            returned = lesson.increment_many(counter, threads, increments)
        except ValueError as caught:
            error = str(caught)
        if every_schedule:
            return returned
        calls = list(counter.calls.values())
        return {"error": error, "returned": returned, "n": counter.n, "calls": calls}

    if every_schedule:
        return search(program, max_runs=80, max_decisions=1_000)
    return simulate(program)


@pytest.mark.task(3)
def test_every_thread_increments_as_often_as_asked(submission):
    """The threads run at the same time, and each increments as often as asked."""
    for threads, increments in ((3, 4), (0, 4), (3, 0)):
        run = submission.run(many, threads=threads, increments=increments, together=True)
        asked = f"increment_many(counter, {threads}, {increments}) with counter.n = 5"
        if any(wait.place and wait.place.function == "increment" for wait in run.deadlock):
            raise Broken(
                "the threads did not run at the same time\n"
                "  {asked}: start {threads} threads before you wait for one",
                asked=asked,
                threads=threads,
            )
        end = ended_well(run)
        if end["error"] is not None:
            raise Broken(
                "{asked} was refused: ValueError: {error}", asked=asked, error=end["error"]
            )
        if end["calls"] != [increments] * threads * bool(increments):
            raise Broken(
                "increment() had been called {calls} times, not {threads}\n"
                "  {asked}: each thread calls it {increments} times",
                calls=sum(end["calls"]),
                threads=threads * increments,
                asked=asked,
                increments=increments,
            )
        if end["returned"] != end["n"]:
            raise Broken(
                "{asked} returned {returned}, but counter.n is {n}",
                asked=asked,
                returned=end["returned"],
                n=end["n"],
            )


@pytest.mark.task(3)
def test_it_returns_after_every_thread_has_ended(submission):
    """The total is read after every thread has ended."""
    for increments in (1, 2):
        seen = submission.run(many, threads=2, increments=increments, every_schedule=True)
        asked = f"increment_many(counter, 2, {increments}) with counter.n = 5"
        always(
            seen,
            5 + 2 * increments,
            lambda n, asked=asked: said(
                "increment_many() returned before every thread had ended\n  {asked} returned {n}",
                asked=asked,
                n=n,
            ),
        )


@pytest.mark.task(3)
def test_negative_numbers_are_refused(submission):
    """A negative number is a ValueError with the number in it, and nothing starts."""
    for threads, increments in ((-2, 3), (3, -2), (0, -7), (-7, 0)):
        run = submission.run(many, threads=threads, increments=increments)
        if not run.returned:
            ended_well(run)
        asked = f"increment_many(counter, {threads}, {increments})"
        error = run.value["error"]
        if error is None:
            raise Broken("{asked} raised no ValueError", asked=asked)
        if str(min(threads, increments)) not in error:
            raise Broken(
                "{asked}: the number is not in the message of the ValueError: {error}",
                asked=asked,
                error=error,
            )
        if len(run.threads) != 1:
            raise Broken(
                "{asked}: {begun} threads had started before it refused",
                asked=asked,
                begun=len(run.threads) - 1,
            )


@scenario
def bank(lesson, balances, calls, at_once=False, looked_at=None):
    """Do each call in a thread of its own: all at once, or one after the other.

    Accounts have letters. A call is a list: ``["transfer", "ab", 3]``, ``["deposit", "a", 1]``.
    """

    def program():
        from threading import Thread

        accounts = {letter: lesson.Account(money) for letter, money in balances.items()}

        def thread_for(action, letters, amount):
            mine = [accounts[letter] for letter in letters]
            does = lesson.transfer if action == "transfer" else getattr(mine.pop(), action)
            errors = []

            def work(does=does, mine=tuple(mine)):
                try:
                    does(*mine, amount)
                except ValueError as error:
                    errors.append(str(error))

            return Thread(target=work, name=f"of {action}()"), errors

        def balances_now():
            return {letter: accounts[letter].balance for letter in looked_at or accounts}

        threads = [thread_for(*call) for call in calls]
        story = []
        for thread, errors in threads:
            thread.start()
            if not at_once:
                thread.join()
                story.append([errors[0] if errors else None, balances_now()])
        for thread, _errors in threads:
            thread.join()
        refused = sum(len(errors) for _thread, errors in threads)
        return [refused, balances_now()] if at_once else story

    if not at_once:
        return simulate(program)
    return [search(program, max_runs=80, max_decisions=150), simulate(program)]


def _told(call, balances=None):
    """Return a call as the student writes it, and the balances before it."""
    action, letters, amount = call
    text = f"{letters}.{action}({amount})"
    if action == "transfer":
        text = f"transfer({', '.join(letters)}, {amount})"
    return f"{text} with {_listed(balances)}" if balances else text


def _listed(balances):
    return ", ".join(f"{letter} = {money}" for letter, money in balances.items())


def _one_by_one(submission, balances, *calls):
    return submission.run(bank, balances=balances, calls=calls)


def _at_once(submission, balances, calls, expected, refused=0):
    """Require that calls at the same time always leave these balances, and so many refused."""
    seen, fair = submission.run(
        bank, balances=balances, calls=calls, at_once=True, looked_at=list(expected)
    )
    asked = said(
        "{told} at the same time, with {listed}",
        told=" and ".join(map(_told, calls)),
        listed=_listed(balances),
    )

    def told(end):
        seen_refused, seen = end
        return said(
            "{what_is_wrong}\n"
            "  {asked}\n"
            "  should end with {listed} and {refused} ValueError\n"
            "  it ended with   {listed_2} and {seen_refused} ValueError",
            what_is_wrong=_what_is_wrong(seen, expected, seen_refused < refused),
            asked=asked,
            listed=_listed(expected),
            refused=refused,
            listed_2=_listed(seen),
            seen_refused=seen_refused,
        )

    always(seen, [refused, expected], told, fair=fair)


def _what_is_wrong(seen, expected, has_allowed_too_much):
    money = list(seen.values())
    if not all(isinstance(balance, int | float) for balance in money):
        return said("a balance is not a number")
    if min(money) < 0:
        return said("the balance went below 0: {money}", money=min(money))
    if seen == expected:
        return said(
            "a ValueError is {value}", value="missing" if has_allowed_too_much else said("too many")
        )
    gained = sum(money) - sum(expected.values())
    return said(
        "money {value}",
        value="appeared" if gained > 0 else "vanished" if gained else said("went astray"),
    )


def _refused(submission, balances, call, *, with_amount=False):
    """Require a ValueError, the balances as before, and accounts that others can still use."""
    afterwards = [["deposit", letter, 1] for letter in balances]
    run = _one_by_one(submission, balances, call, *afterwards)
    asked = _told(call, balances)
    if run.deadlock and len(run.threads) > 2:
        raise Broken(
            "after a refused {asked} an account is still locked\n{describe}",
            asked=asked,
            describe=describe(run),
        )
    (error, seen), *_others, (_error, last) = ended_well(run)
    if error is None:
        raise Broken("{asked} raised no ValueError", asked=asked)
    if seen != balances:
        raise Broken(
            "a refused {asked} changed the balances: {listed}", asked=asked, listed=_listed(seen)
        )
    if with_amount and str(call[-1]) not in error:
        raise Broken(
            "{asked}: {call} is not in the message of the ValueError: {error}",
            asked=asked,
            call=call[-1],
            error=error,
        )
    if last != {letter: money + 1 for letter, money in balances.items()}:
        raise Broken(
            "after a refused {asked} deposit(1) into each goes wrong: {listed}",
            asked=asked,
            listed=_listed(last),
        )


@pytest.mark.task(4)
def test_money_moves(submission):
    """deposit(), withdraw() and transfer() move the money they say."""
    steps = [
        (["deposit", "a", 5], {"a": 15, "b": 0}),
        (["withdraw", "a", 2], {"a": 13, "b": 0}),
        (["transfer", "ab", 3], {"a": 10, "b": 3}),
        (["withdraw", "b", 3], {"a": 10, "b": 0}),
        (["transfer", "ab", 10], {"a": 0, "b": 10}),
        (["withdraw", "a", 0], {"a": 0, "b": 10}),
        (["deposit", "a", 0], {"a": 0, "b": 10}),
        (["transfer", "ab", 0], {"a": 0, "b": 10}),
    ]
    before = {"a": 10, "b": 0}
    story = ended_well(_one_by_one(submission, before, *(call for call, _after in steps)))
    for (call, after), (error, seen) in zip(steps, story, strict=True):
        asked = _told(call, before)
        if error is not None:
            raise Broken(
                "{asked} was refused; the whole balance may be taken\n  {error}",
                asked=asked,
                error=error,
            )
        if seen != after:
            raise Broken(
                "{asked} should lead to {listed}, it led to {listed_2}",
                asked=asked,
                listed=_listed(after),
                listed_2=_listed(seen),
            )
        before = after


@pytest.mark.task(4)
def test_no_money_appears_or_vanishes(submission):
    """Calls at the same time neither make nor lose money."""
    before, transfer = {"a": 10, "b": 0, "c": 10}, ["transfer", "ab", 1]
    for first, second, after in (
        (["deposit", "a", 1], ["deposit", "a", 2], {"a": 13, "b": 0, "c": 10}),
        (["deposit", "a", 5], ["withdraw", "a", 3], {"a": 12, "b": 0, "c": 10}),
        (transfer, ["deposit", "b", 1], {"a": 9, "b": 2, "c": 10}),
        (transfer, ["transfer", "cb", 1], {"a": 9, "b": 2, "c": 9}),
        (transfer, ["withdraw", "a", 1], {"a": 8, "b": 1, "c": 10}),
    ):
        _at_once(submission, before, [first, second], after)


@pytest.mark.task(4)
def test_no_balance_goes_below_0(submission):
    """Withdrawals and transfers at the same time never take more than there is."""
    before, withdraw, transfer = {"a": 10, "b": 0}, ["withdraw", "a", 7], ["transfer", "ab", 7]
    _at_once(submission, before, [withdraw, withdraw], {"a": 3, "b": 0}, refused=1)
    _at_once(submission, before, [transfer, transfer], {"a": 3, "b": 7}, refused=1)
    _at_once(submission, before, [transfer, withdraw], {"a": 3}, refused=1)


@pytest.mark.task(4)
def test_a_refused_call_changes_nothing(submission):
    """Whoever asks for too much gets a ValueError, and everything is as before."""
    _refused(submission, {"a": 10}, ["withdraw", "a", 11])
    _refused(submission, {"a": 10, "b": 20}, ["transfer", "ab", 11])
    _refused(submission, {"a": 10, "b": 20}, ["transfer", "ba", 21])


@pytest.mark.task(4)
def test_negative_amounts_are_refused(submission):
    """A negative amount is a ValueError with the amount in it, and changes nothing."""
    for action, letters in (("deposit", "a"), ("withdraw", "a"), ("transfer", "ab")):
        _refused(submission, {"a": 10, "b": 20}, [action, letters, -3], with_amount=True)
    _refused(submission, {"a": 10}, ["transfer", "aa", -3], with_amount=True)


@pytest.mark.task(4)
def test_opposite_transfers_all_end(submission):
    """Opposite transfers at the same time, or a ring of them, all come to an end."""
    for a, b in ((10, 10), (10, 20), (20, 10)):
        calls = [["transfer", "ab", 3], ["transfer", "ba", 2]]
        _at_once(submission, {"a": a, "b": b}, calls, {"a": a - 1, "b": b + 1})
    ring = [["transfer", letters, 1] for letters in ("ab", "bc", "ca")]
    _at_once(submission, {"a": 5, "b": 6, "c": 7}, ring, {"a": 5, "b": 6, "c": 7})


@pytest.mark.task(4)
def test_a_transfer_to_itself_changes_nothing(submission):
    """A transfer from an account to itself changes nothing."""
    for amount in (4, 40):
        calls = ["transfer", "aa", amount], ["deposit", "a", 1]
        run = _one_by_one(submission, {"a": 10}, *calls)
        asked = _told(calls[0], {"a": 10})
        if run.deadlock:
            raise Broken("a transfer to itself: {describe}", describe=describe(run))
        (error, seen), (_error, last) = ended_well(run)
        if error is not None and amount == 4:
            raise Broken(
                "a transfer to itself was refused: {asked}: {error}", asked=asked, error=error
            )
        if (seen, last) != ({"a": 10}, {"a": 11}):
            raise Broken(
                "a transfer to itself changed the balance: {asked}: {listed}",
                asked=asked,
                listed=_listed(seen),
            )
