"""Scenarios of real processes are not asked for any more where nothing can be learned."""

import pytest

from threadlings.cells import OutOfTime, StudentError, faults
from threadlings.checks import Broken
from threadlings.checks.asking import Asking
from threadlings.language import Text


class Submission:
    """Ends each scenario in the same way, and counts them."""

    def __init__(self, ending):
        self.ending = ending
        self.asked = 0

    def run(self, scenario, /, **arguments):
        self.asked += 1
        if isinstance(self.ending, Exception):
            raise self.ending
        return arguments


def asking(**options):
    return Asking(
        waited=lambda arguments: Text(f"it waited: {arguments}"),
        not_pickled=lambda method, error: Broken("{method}: {error}", method=method, error=error),
        **options,
    )


def test_an_answer_comes_through_with_the_start_method():
    assert asking().run(Submission(None), None, method="fork", count=2) == {
        "method": "fork",
        "count": 2,
    }


def test_who_waited_for_ever_is_asked_once():
    patient, submission = asking(), Submission(OutOfTime("late"))
    with pytest.raises(OutOfTime):
        patient.run(submission, None, method="fork", count=2)
    with pytest.raises(Broken, match=r"not tried: it waited: \{'count': 2\}"):
        patient.run(submission, None, method="spawn")
    assert submission.asked == 1
    assert patient.run(Submission(None), None, method="fork") == {"method": "fork"}


def test_an_error_of_pickling_is_explained():
    submission = Submission(StudentError("cannot pickle 'x' object"))
    for patient, times in (
        (asking(), 2),
        (asking(hopeless_if_not_pickled=Text("no way")), 3),
    ):
        with pytest.raises(Broken, match="fork: cannot pickle"):
            patient.run(submission, None, method="fork")
        with pytest.raises(Broken, match="spawn: cannot pickle" if times == 2 else "no way"):
            patient.run(submission, None, method="spawn")
    assert submission.asked == 3


def test_another_error_goes_on():
    with pytest.raises(faults.Raised, match="KeyError"):
        asking().run(Submission(faults.Raised("KeyError")), None, method="fork")


def test_a_submission_can_be_given_up():
    patient, submission = asking(), Submission(None)
    patient.give_up(submission, Text("enough"))
    with pytest.raises(Broken, match="not tried: enough"):
        patient.run(submission, None, method="fork")
