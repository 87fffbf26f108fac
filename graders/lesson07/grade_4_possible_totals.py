"""Hidden checks of lesson 07, task 4: possible_totals."""

from functools import cache

import pytest

from threadlings.checks import refused_with
from threadlings.grading import Broken, OutOfMemory, OutOfTime, real_scenario
from threadlings.language import said


@real_scenario()
def totals_of(lesson, sizes):
    """Return what possible_totals() says to each pair of threads and increments."""
    from collections.abc import Set

    def answer(threads, increments):
        try:
            found = lesson.possible_totals(threads, increments)
        except NotImplementedError:
            raise
        except Exception as error:
            is_refusal = isinstance(error, ValueError)
            return {"error": ["ValueError" if is_refusal else type(error).__name__, str(error)]}
        if not isinstance(found, Set):
            return {"type": type(found).__name__}
        numbers = [total for total in found if isinstance(total, int | float)]
        others = [repr(total) for total in found if not isinstance(total, int | float)]
        return {"totals": sorted(numbers)[:1_000], "others": sorted(others)[:1]}

    return [answer(*size) for size in sizes]


SMALL_SIZES = (
    *((0, 0), (0, 1), (0, 3), (1, 0), (3, 0)),
    *((1, 1), (1, 3), (2, 1), (3, 1), (4, 1), (2, 2)),
)
LARGER_SIZES = ((2, 3), (3, 2))
"""With these, who tries all orders of 12 accesses one by one, equal ones too, never ends."""


@cache
def every_total(threads, increments):
    """Return every total of the race: a walk through all its states, each visited once.

    A state is n and, for each thread, how many increments it has done and what it has read.
    """
    totals, seen, waiting = set(), set(), [(0, ((0, None),) * threads)]
    while waiting:
        state = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        n, places = state
        if all(done == increments for done, _read in places):
            totals.add(n)
        for number, (done, read) in enumerate(places):
            before, after = places[:number], places[number + 1 :]
            if read is not None:
                waiting.append((read + 1, (*before, (done + 1, None), *after)))
            elif done < increments:
                waiting.append((n, (*before, (done, n), *after)))
    return totals


def _require_totals(answers, sizes):
    for size, told in zip(sizes, answers, strict=True):
        totals, asked = every_total(*size), "possible_totals({}, {})".format(*size)
        facts = {**told, "asked": asked}
        if "error" in told:
            raise Broken("{asked} raised {value}", asked=asked, value=_named(told))
        if "type" in told:
            raise Broken("{asked} should return a set, it returned a value of type {type}", **facts)
        for other in told["others"]:
            raise Broken("{asked} has {other}, which is not a number", asked=asked, other=other)
        for total in sorted(totals - set(told["totals"])):
            raise Broken(
                "{asked} lacks {n}: there is an order that ends with n = {n}", asked=asked, n=total
            )
        for total in sorted(set(told["totals"]) - totals):
            raise Broken(
                "{asked} has {n}: there is no order that ends with n = {n}", asked=asked, n=total
            )


def _named(told):
    return ": ".join(filter(None, told["error"]))


@pytest.mark.task(4)
def test_every_total_is_found_and_no_other(submission):
    """possible_totals() has every total that the race can end with, and no other."""
    _require_totals(submission.run(totals_of, sizes=SMALL_SIZES), SMALL_SIZES)
    try:
        answers = submission.run(totals_of, sizes=LARGER_SIZES)
    except (OutOfTime, OutOfMemory):
        submission.note(said("possible_totals() was asked only about races with up to 8 accesses"))
    else:
        _require_totals(answers, LARGER_SIZES)


@pytest.mark.task(4)
def test_possible_totals_refuses_negative_numbers(submission):
    """A negative number is a ValueError with the number in it."""
    sizes = ((-2, 3), (3, -2), (0, -7), (-7, 0))
    for size, told in zip(sizes, submission.run(totals_of, sizes=sizes), strict=True):
        asked = "possible_totals({}, {})".format(*size)
        refused_with(told.get("error"), asked, min(size))
