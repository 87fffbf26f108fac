"""Hidden checks of lesson 08, task 4: Account and transfer."""

import pytest

from threadlings.checks import always, describe, ended_well
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said


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
    # Money that a does not have is never in b, for no time at all.
    calls = [["transfer", "ab", 11], ["withdraw", "b", 5]]
    _at_once(submission, before, calls, before, refused=2)


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
    refused = [["transfer", "ab", 3], ["transfer", "ba", 20]]
    for a, b in ((10, 11), (11, 10)):
        _at_once(submission, {"a": a, "b": b}, refused, {"a": a - 3, "b": b + 3}, refused=1)
        _at_once(submission, {"b": b, "a": a}, refused, {"b": b + 3, "a": a - 3}, refused=1)
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
