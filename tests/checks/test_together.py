"""Calls at the same time are simulated like a program's own."""

import pytest

from threadlings.checks import at_once
from threadlings.engine import search, simulate

from ..engine import programs


def test_calls_race_with_each_other():
    def program():
        counter = programs.Counter()
        at_once(counter.increment, counter.increment)
        return counter.n

    assert sorted(search(program).values) == [1, 2]


def test_value_errors_are_returned_and_others_end_their_thread():
    def refuse():
        raise ValueError("no")

    def fail():
        raise KeyError("none")

    def program():
        return [str(error) for error in at_once(refuse, fail, list)]

    run = simulate(program)
    assert run.value == ["no"]
    assert [failure.type_name for failure in run.uncaught.values()] == ["KeyError"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_each_call_has_a_thread_of_its_own(count):
    def program():
        at_once(*[list] * count)

    assert len(simulate(program).threads) == 1 + count
