"""Calls that are refused: the error, the value in it, and nothing started before."""

from threading import Thread

import pytest

from threadlings.checks import Broken, Unfinished, refusal, refused, refused_with
from threadlings.engine import simulate


class RefusedError(ValueError):
    pass


def good(count):
    raise RefusedError(f"count is {count}")


def silent(count):
    return [count]


def without_the_value(_count):
    raise ValueError("count is below 0")


def other_error(count):
    raise TypeError(f"count is {count}")


def late(count):
    Thread(target=print).start()
    raise ValueError(f"count is {count}")


def not_done(_count):
    raise NotImplementedError("TODO 1 in exercises/lesson01/thread_creation.py")


def judged(function):
    refused(simulate(lambda: refusal(function, -3)), "start(-3)", -3)


def test_a_refusal_with_the_value_is_right():
    judged(good)


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (silent, r"start\(-3\) should raise ValueError; it raised nothing"),
        (other_error, r"start\(-3\) should raise ValueError; it raised TypeError"),
        (without_the_value, "should have the value -3\n  the message is 'count is below 0'"),
        (late, "threads that it had started before it raised ValueError: 1"),
    ],
)
def test_what_is_no_refusal_is_told(function, told):
    with pytest.raises(Broken, match=told):
        judged(function)


def test_a_todo_is_told_as_that():
    with pytest.raises(Unfinished, match="TODO 1"):
        judged(not_done)


def test_an_error_of_real_code_is_judged_alike():
    refused_with(["ValueError", "-3 is too few"], "f(-3)", -3)
    with pytest.raises(Broken, match="it raised nothing"):
        refused_with(None, "f(-3)", -3)
    with pytest.raises(Broken, match="it raised KeyError"):
        refused_with(["KeyError", "-3"], "f(-3)", -3)
