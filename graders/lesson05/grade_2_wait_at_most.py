"""Hidden checks of lesson 05, task 2: wait_at_most."""

import pytest

from threadlings.checks import require_answer, waits_for_a_thread
from threadlings.grading import scenario

waiting = scenario(waits_for_a_thread)


def _waited(submission, *calls):
    """Require the answers of wait_at_most(), as early as they can be known."""
    runs = submission.run(waiting, name="wait_at_most", calls=calls)
    for run, call in zip(runs, calls, strict=True):
        require_answer(run, "wait_at_most", **call)


@pytest.mark.task(2)
def test_true_as_soon_as_the_thread_has_ended(submission):
    """True comes as soon as the thread has ended."""
    _waited(submission, {"thread_s": 2, "seconds": 60})


@pytest.mark.task(2)
def test_false_when_the_time_is_up(submission):
    """False comes when the time is up, and the thread goes on."""
    _waited(submission, {"thread_s": 60, "seconds": 2.5})


@pytest.mark.task(2)
def test_no_waiting_where_the_answer_is_known(submission):
    """The answer comes at once if the thread has already ended, or the limit is 0 s."""
    _waited(
        submission,
        {"thread_s": 1, "seconds": 30, "after_s": 3},
        {"thread_s": 1, "seconds": 0, "after_s": 3},
        {"thread_s": 30, "seconds": 0, "after_s": 3},
    )
