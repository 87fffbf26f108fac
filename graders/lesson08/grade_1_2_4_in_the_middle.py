"""Hidden checks of lesson 08, tasks 1, 2 and 4: what happens in the middle of a call."""

import pytest

from threadlings.checks import describe, ended_well
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario

BOTH_COUNTERS = pytest.mark.parametrize(
    "name",
    [
        pytest.param("Counter", marks=pytest.mark.task(1)),
        pytest.param("TidyCounter", marks=pytest.mark.task(2)),
    ],
)


@scenario
def in_the_middle(lesson, name, method, arguments, of_another):
    """Let the first addition or subtraction use another object, or raise; then use it once more.

    The method transfer() moves money to that object, each time from a new account.
    """

    def program():
        from threading import Thread

        def used(thing):
            if method == "transfer":
                return lambda *amount: lesson.transfer(make(10), thing, *amount)
            return getattr(thing, method)

        def use(thing):
            thread = Thread(target=used(thing), args=arguments, name=f"of {method}()")
            thread.start()
            thread.join()

        class BlownError(Exception):
            pass

        class Fuse(int):
            is_whole = True

            def blow(self):
                if Fuse.is_whole:
                    Fuse.is_whole = False
                    if not of_another:
                        raise BlownError
                    use(make(10))

            def __add__(self, other):
                self.blow()
                return int(self) + other

            def __sub__(self, other):
                self.blow()
                return int(self) - other

            __radd__ = __add__

        make = getattr(lesson, name)
        thing, has_raised = make(Fuse(3)), False
        try:
            used(thing)(*arguments)
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
    """Using one account never waits for another, except in a transfer between the two."""
    for method in ("deposit", "withdraw", "transfer"):
        _require_strangers(submission, "accounts", "Account", method, [1])
