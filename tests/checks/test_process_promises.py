"""Promises of calls that work with processes: each can be broken in each of its ways."""

import pytest

from threadlings.checks import Broken
from threadlings.checks.process_promises import (
    not_at_once,
    require_calls,
    require_elsewhere,
    require_met,
    require_nothing_left,
    require_refusals,
    require_results,
    require_workers,
)


def refusal(**changes):
    end = {"value": -3, "error": "ValueError", "text": "not -3", "is_value_error": True}
    return [end | {"started": 0} | changes]


def test_results_are_those_of_the_task_in_order():
    require_results("f()", abs, [-1, 2], [1, 2])
    with pytest.raises(Broken, match=r"(?s)f\(\) with \[-1, 2\].*\[1, 2\]; it returned \[2, 1\]"):
        require_results("f()", abs, [-1, 2], [2, 1])
    require_results("f()", abs, [-1, 2], [2, 1], in_any_order=True)
    with pytest.raises(Broken, match=r"it returned \[2, 2\]"):
        require_results("f()", abs, [-1, 2], [2, 2], in_any_order=True)


def test_each_number_is_called_once():
    require_calls("f", [7, 7, 5], [(5, 1), (7, 2)])
    with pytest.raises(Broken, match=r"7 was given 2 times, .* with it 0 times"):
        require_calls("f", [7, 7, 5], [(5, 1)])


NUMBERS = [2, 1, 0]


def test_a_meeting_has_its_results_and_its_processes():
    results = [[2, 8, 0], [1, 9, 0], [0, 8, 0]]
    assert require_met("f()", NUMBERS, 1, results) == [8, 9, 8]
    require_workers("f()", 2, results)


@pytest.mark.parametrize(
    ("results", "told"),
    [
        (None, "returned a NoneType"),
        ([[2, 8, 0], [1, 9, 0]], "did not return what the task returned"),
        ([[1, 9, 0], [2, 8, 0], [0, 9, 0]], r"those of \[1, 2, 0\]"),
        ([[2, 1, 0], [1, 9, 0], [0, 8, 0]], "in your own process"),
    ],
)
def test_a_meeting_of_another_kind_is_told(results, told):
    with pytest.raises(Broken, match=told):
        require_met("f()", NUMBERS, 1, results)


@pytest.mark.parametrize("early", [0, 1])
def test_workers_that_are_too_many_are_told_alike(early):
    with pytest.raises(Broken, match="more processes than that did tasks"):
        require_workers("f()", 2, [[2, 8, 0], [1, 9, early], [0, 7, 0]])


def test_two_workers_may_hand_out_numbers_in_any_order():
    require_workers("f()", 2, [[0, 8, 0], [1, 9, 1], [2, 8, 0]])


def test_a_meeting_that_never_was_is_told():
    assert "3 tasks waited" in str(not_at_once("f()", 3, "fork", "stuck"))


def test_a_refusal_has_its_error_and_its_value():
    require_refusals("f({})", refusal())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"is_value_error": False, "error": None},
            r"f\(-3\) should raise ValueError; it raised nothing",
        ),
        ({"text": "too few"}, "should have the value -3"),
        ({"started": 1}, r"f\(-3\) had started a process"),
    ],
)
def test_a_refusal_of_another_kind_is_told(changes, told):
    with pytest.raises(Broken, match=told):
        require_refusals("f({})", refusal(**changes))


def test_what_is_left_is_told():
    require_nothing_left("f() returned", {"left": 0, "unclosed": 0})
    with pytest.raises(Broken, match="neither closed nor terminated"):
        require_nothing_left("f() returned", {"left": 2, "unclosed": 1})
    with pytest.raises(Broken, match=r"f\(\) returned, and its processes were still running"):
        require_nothing_left("f() returned", {"left": 2, "unclosed": 0})


def test_what_was_computed_in_the_calling_process_is_told():
    require_elsewhere("f()", 7, [8, 9])
    with pytest.raises(Broken, match=r"f\(\) called the task in your own process"):
        require_elsewhere("f()", 7, [8, 7])
