"""What you can check yourself in lesson 07. Run it with: pytest exercises/lesson07

With -rP it also shows your lost update and your oversold seat, step by step.
"""

from functools import partial
from threading import Lock

import pytest

from threadlings.checks import Broken, Unfinished, at_once, ended_well, picture, spelled
from threadlings.engine import Ending, search, simulate
from threadlings.language import said


def all_runs(program):
    """Run a program under every schedule that can matter; require that it always ends well."""
    seen = search(program, max_runs=100, max_decisions=200, keep_runs=True)
    for outcome in seen.outcomes:
        if outcome.kind != Ending.EXHAUSTED:
            ended_well(outcome.run)
    return seen


def increments_at_once(lesson):
    """Return all runs of two increments at the same time."""

    def program():
        counter = lesson.Counter()
        at_once(counter.increment, counter.increment)
        return counter.n

    return all_runs(program)


@pytest.mark.task(1)
def test_a_counter_counts_alone(lesson):
    """A new counter begins at 0, and each increment adds one."""

    def program():
        counter = lesson.Counter()
        numbers = [counter.n]
        for _ in range(3):
            counter.increment()
            numbers.append(counter.n)
        return numbers, lesson.Counter().n

    numbers, begins_at = ended_well(simulate(program))
    if numbers != [0, 1, 2, 3]:
        raise Broken(
            "increment() should add one to n\n"
            "  one thread, three increments: n should be 0, 1, 2, 3; it is {numbers}",
            numbers=numbers,
        )
    if begins_at != 0:
        raise Broken(
            "a new counter should begin at 0, also after another one counted; it begins at {n}",
            n=begins_at,
        )


@pytest.mark.task(1)
def test_two_increments_at_once_can_lose_an_update(lesson):
    """Two increments at the same time can lose an update: this counter has no lock."""
    seen = increments_at_once(lesson)
    if seen.is_complete and seen.values == [2]:
        raise Broken(
            "this counter never loses an update\n"
            "  two threads incremented once each, and n was 2 under every schedule\n"
            "  what protects it belongs in lesson 08; here the bug is wanted"
        )


class Guarded:
    """A counter of the tests, which loses nothing."""

    def __init__(self):
        self.n = 5
        self.lock = Lock()

    def increment(self):
        with self.lock:
            self.n += 1


@pytest.mark.task(2)
def test_run_race_returns_when_every_thread_has_ended(lesson):
    """run_race() returns counter.n after every thread has made all its increments."""
    for threads, increments, expected in ((2, 2, 9), (3, 1, 8)):
        asked = f"run_race(counter, {threads}, {increments})"
        race = partial(lesson.run_race, threads=threads, increments=increments)
        for total in all_runs(lambda race=race: race(Guarded())).values:
            if total != expected:
                raise Broken(
                    "{asked} should return {expected}: n was 5, and nothing was lost\n"
                    "  it returned {total}",
                    asked=asked,
                    expected=expected,
                    total=total,
                )


@pytest.mark.task(2)
def test_a_second_race_has_threads_of_its_own(lesson):
    """A second call lets threads of its own race, on the counter that it is given."""

    def program():
        return [lesson.run_race(Guarded(), 3, 2), lesson.run_race(Guarded(), 2, 1)]

    totals = ended_well(simulate(program))
    if totals != [11, 7]:
        raise Broken(
            "a race should know nothing of an earlier one\n"
            "  from n = 5 each, 3 threads increment twice, then 2 threads once\n"
            "  run_race() should return 11, then 7; it returned {first}, then {second}",
            first=totals[0],
            second=totals[1],
        )


@pytest.mark.task(2)
def test_run_race_is_a_race(lesson):
    """run_race() starts all its threads at the same time, and its total can be too small."""

    class Unguarded:
        n = 0

        def increment(self):
            self.n += 1

    seen = all_runs(lambda: lesson.run_race(Unguarded(), threads=2, increments=1))
    if seen.is_complete and 1 not in seen.values:
        raise Broken(
            "nobody races: 2 threads with 1 increment each can lose an update, and 1 is left\n"
            "  run_race() returned {values} under every schedule\n"
            "  start all threads before you wait for one, and return what counter.n is",
            values=seen.values[0],
        )


@pytest.mark.task(2)
@pytest.mark.parametrize(("threads", "increments"), [(-1, 2), (2, -1)])
def test_run_race_refuses_negative_numbers(lesson, threads, increments):
    """A negative number is a ValueError with the number in it, before anything starts."""

    def program():
        try:
            lesson.run_race(Guarded(), threads, increments)
        except ValueError as error:
            return str(error)
        return "no ValueError"

    run = simulate(program)
    asked = f"run_race(counter, {threads}, {increments})"
    message = ended_well(run)
    if "-1" not in message:
        raise Broken(
            "{asked} should raise a ValueError with -1 in its message: {message}",
            asked=asked,
            message=message,
        )
    if len(run.threads) > 1:
        raise Broken("{asked} started threads before it refused", asked=asked)


@pytest.mark.task(3)
def test_lost_update_is_lost(lesson):
    """LOST_UPDATE spells an order of your own reads and writes that loses an update."""
    if lesson.LOST_UPDATE is ...:
        raise Unfinished("TODO 3 in exercises/lesson07/race_condition.py")
    seen = increments_at_once(lesson)
    letters = lesson.LOST_UPDATE
    runs = spelled(seen, letters, name="LOST_UPDATE", what="n")
    for run in runs:
        if run.value != 1:
            raise Broken(
                "LOST_UPDATE = {letters!r} loses no update\n"
                "  A and B incremented once each, and n is {value}",
                letters=letters,
                value=run.value,
                steps_of=run,
            )
    for run in runs[:1]:
        gone = next(step.thread for step in run.steps if step.action == "writes")
        print(picture(run, remark=said("n is 1: {gone}'s update is gone", gone=gone)))


@pytest.mark.task(4)
@pytest.mark.parametrize(
    ("threads", "increments", "totals"),
    [
        *((2, 1, {1, 2}), (2, 2, {2, 3, 4}), (2, 3, {2, 3, 4, 5, 6})),
        *((1, 4, {4}), (3, 0, {0}), (0, 1, {0})),
    ],
)
def test_possible_totals(lesson, threads, increments, totals):
    """possible_totals() has every total that the race can end with, and no other."""
    possible_totals = lesson.possible_totals
    possible_totals(2, 2)  # Of which the next call knows nothing.
    found = possible_totals(threads, increments)
    asked = f"possible_totals({threads}, {increments})"
    if not isinstance(found, set | frozenset):
        raise Broken("{asked} should return a set, it returned {found!r}", asked=asked, found=found)
    for total in sorted(totals - found):
        raise Broken(
            "{asked} lacks {total}: there is an order that ends with n = {total}",
            asked=asked,
            total=total,
        )
    for total in sorted(found - totals, key=repr):
        raise Broken(
            "{asked} has {total!r}: there is no order that ends with n = {total}",
            asked=asked,
            total=total,
        )


@pytest.mark.task(4)
@pytest.mark.parametrize(("threads", "increments"), [(-1, 2), (2, -1)])
def test_possible_totals_refuses_negative_numbers(lesson, threads, increments):
    """A negative number is a ValueError with the number in it."""
    try:
        found = lesson.possible_totals(threads, increments)
    except ValueError as error:
        found = f"a ValueError: {error}"
    if "-1" not in str(found):
        raise Broken(
            "possible_totals({threads}, {increments}) should raise a ValueError with -1 in its "
            "message\n"
            "  it gave {found}",
            threads=threads,
            increments=increments,
            found=found,
        )


@pytest.mark.task(5)
def test_a_desk_sells_what_it_has(lesson):
    """A desk with two seats sells two to one buyer after the other, and no third."""

    def program():
        desk, other = lesson.TicketDesk(2), lesson.TicketDesk(7)
        return [[desk.sell(), desk.seats] for _ in range(3)], other.seats

    told, others = ended_well(simulate(program))
    if told != [[True, 1], [True, 0], [False, 0]]:
        raise Broken(
            "a TicketDesk(2) should sell two seats, then refuse and change nothing\n"
            "  sell() and seats should be True, 1; True, 0; False, 0\n"
            "  they are {told}",
            told="; ".join(f"{sold}, {seats}" for sold, seats in told),
        )
    if others != 7:
        raise Broken(
            "each desk should have seats of its own: a TicketDesk(7) that sold nothing has {seats}",
            seats=others,
        )


@pytest.mark.task(5)
def test_oversold_is_oversold(lesson):
    """OVERSOLD spells an order after which A and B were both told that they have the one seat."""
    if lesson.OVERSOLD is ...:
        raise Unfinished("TODO 5 in exercises/lesson07/race_condition.py")

    class Buyer:
        told = None

    def program():
        desk, a, b = lesson.TicketDesk(1), Buyer(), Buyer()

        def buy(buyer):
            buyer.told = desk.sell()

        at_once(lambda: buy(a), lambda: buy(b))
        return [a.told, b.told]

    seen = all_runs(program)
    letters = lesson.OVERSOLD
    if seen.is_complete and [True, True] not in seen.values:
        raise Broken(
            "this desk never sells its one seat twice\n"
            "  what protects it belongs in lesson 08; here the bug is wanted"
        )
    runs = spelled(seen, letters, name="OVERSOLD", what="seats")
    for run in runs:
        if run.value != [True, True]:
            raise Broken(
                "OVERSOLD = {letters!r} does not sell the one seat twice\n"
                "  A was told {told_a}, B was told {told_b}",
                letters=letters,
                told_a=run.value[0],
                told_b=run.value[1],
                steps_of=run,
            )
    for run in runs[:1]:
        print(picture(run, remark=said("A and B were both told True")))
