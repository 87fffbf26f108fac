"""Hidden checks of lesson 07, task 5: TicketDesk and OVERSOLD."""

import pytest

from threadlings.checks import describe, ended_well, spelled, story_of
from threadlings.engine import Ending, search, simulate
from threadlings.grading import Broken, scenario


@scenario
def sales_alone(lesson, seats, buyers):
    """Let buyers come one after the other."""

    def program():
        desk = lesson.TicketDesk(seats)
        return [[desk.sell(), desk.seats] for _ in range(buyers)]

    return simulate(program)


@pytest.mark.task(5)
def test_a_desk_sells_what_it_has(submission):
    """A desk sells its seats to one buyer after the other, and then no more."""
    for seats in (2, 0):
        run = submission.run(sales_alone, seats=seats, buyers=seats + 2)
        for number, (sold, left) in enumerate(ended_well(run), start=1):
            expected = number <= seats
            asked = f"sell() number {number} of a TicketDesk({seats})"
            if sold != expected:
                raise Broken(
                    "{asked} should return {expected}, it returned {sold}",
                    asked=asked,
                    expected=expected,
                    sold=sold,
                )
            if left != max(seats - number, 0):
                raise Broken(
                    "after {asked}, seats should be {seats}; it is {left}",
                    asked=asked,
                    seats=max(seats - number, 0),
                    left=left,
                )


@scenario
def sales_of_two_desks(lesson):
    """Open two desks, then sell out the one and look at the other."""

    def program():
        first, second = lesson.TicketDesk(2), lesson.TicketDesk(1)
        second.sell()
        return [first.seats, second.seats, first.sell(), first.seats]

    return simulate(program)


@pytest.mark.task(5)
def test_each_desk_has_its_seats(submission):
    """A desk sells seats of its own, and none of another desk."""
    first, second, sold, left = ended_well(submission.run(sales_of_two_desks))
    if [first, second, sold, left] != [2, 0, True, 1]:
        raise Broken(
            "each TicketDesk should have seats of its own\n"
            "  of desks with 2 and 1 seats the second sold one: they have {first} and {second}\n"
            "  then the first sold one: sell() returned {sold}, it has {left}",
            first=first,
            second=second,
            sold=sold,
            left=left,
        )


@scenario
def sales_at_once(lesson):
    """Let A and B buy the one seat, under every schedule."""
    if lesson.OVERSOLD is ...:
        raise NotImplementedError("TODO 5 in exercises/lesson07/race_condition.py")

    class Buyer:
        told = None

    def program():
        from threading import Thread

        desk, first, second = lesson.TicketDesk(1), Buyer(), Buyer()

        def buy(buyer):
            buyer.told = desk.sell()

        a, b = Thread(target=buy, args=(first,)), Thread(target=buy, args=(second,))
        a.start()
        b.start()
        a.join()
        b.join()
        return [first.told, second.told]

    seen = search(program, max_runs=150, max_decisions=300, keep_runs=True)
    return {"letters": lesson.OVERSOLD, "seen": seen}


@pytest.mark.task(5)
def test_oversold_is_oversold(submission):
    """OVERSOLD spells an order after which both A and B were told that they have the seat."""
    told = submission.run(sales_at_once)
    seen, letters = told["seen"], told["letters"]
    if seen.is_complete and [True, True] not in seen.values:
        for outcome in seen.outcomes:
            if outcome.kind == Ending.THREAD_ERROR:
                raise Broken(
                    "one of two buyers was told nothing\n  {describe}",
                    describe=describe(outcome.run),
                )
            ended_well(outcome.run)
        raise Broken(
            "this desk never sells its one seat twice\n  two buyers at the same time, and one of "
            "them was refused under every schedule\n"
            "  what protects it belongs in lesson 08; here the bug is wanted"
        )
    for run in spelled(seen, letters, name="OVERSOLD", what="seats"):
        if run.value != [True, True]:
            a, b = run.value if run.value else (None, None)
            raise Broken(
                "OVERSOLD = {letters!r} does not sell the one seat twice\n"
                "  A was told {a}, B was told {b}{story_of}",
                letters=letters,
                a=a,
                b=b,
                story_of=story_of(run),
            )
