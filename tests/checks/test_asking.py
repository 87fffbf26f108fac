"""Scenarios of real processes are not asked for any more where nothing can be learned."""

import pytest

from threadlings.cells import OutOfTime, StudentError, faults
from threadlings.checks import Broken
from threadlings.checks.asking import ask


class Submission:
    """Ends each scenario in the same way, and counts them."""

    def __init__(self, ending=None):
        self.ending = ending
        self.asked = 0
        self.given_up = {}

    def run(self, scenario, /, **arguments):
        self.asked += 1
        if self.ending is not None:
            raise self.ending
        return arguments


def test_an_answer_comes_through_with_the_start_method():
    found = ask(Submission(), 2, None, method="fork", count=2)
    assert found == {"method": "fork", "count": 2}


def test_who_waited_for_ever_is_asked_once_for_each_task():
    submission = Submission(OutOfTime("late"))
    with pytest.raises(OutOfTime):
        ask(submission, 2, None, method="fork")
    with pytest.raises(Broken, match=r"not tried: .* waited for ever"):
        ask(submission, 2, None, method="spawn")
    with pytest.raises(OutOfTime):
        ask(submission, 3, None, method="fork")
    assert submission.asked == 2


def test_an_error_of_pickling_is_explained_with_the_start_method():
    submission = Submission(StudentError("cannot pickle 'x' object"))
    for method in ("fork", "spawn"):
        with pytest.raises(Broken, match=rf"(?s)method: {method}\).*cannot pickle.*at the top"):
            ask(submission, 2, None, method=method)


def test_another_error_goes_on():
    with pytest.raises(faults.Raised, match="KeyError"):
        ask(Submission(faults.Raised("KeyError")), 2, None, method="fork")
