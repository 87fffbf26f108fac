"""A broken promise about time has the picture of its run, in the gradebook too."""

from __future__ import annotations

import pytest

from .conftest import School

GRADER = """
import pytest
from threadlings.checks import Broken, ended_well
from threadlings.grading import scenario

@scenario
def sleep_beside(lesson):
    import threading

    def program():
        thread = threading.Thread(target=lesson.work)
        thread.start()
        lesson.work()
        thread.join()

    run = simulate(program).as_data()
    return {"threadlings run": getattr(lesson, "told_of", dict)(run) or run}  # As it is packed.

@pytest.mark.task(1)
def test_at_once(submission):
    '''It does not wait.'''
    run = submission.run(sleep_beside)
    ended_well(run)
    if run.returned_s != 0:
        raise Broken(f"it took {run.returned_s} s")

@pytest.mark.task(2)
def test_nothing(submission):
    '''It is never right.'''
    raise Broken("this has no run")
"""
SLOW = "import time\ndef work():\n    time.sleep(2)\n"


def messages(school: School, source: str) -> list[str]:
    """Return why each task of a file was lost."""
    school.set_grader(GRADER)
    lesson = school.grade_source(source)
    assert lesson.status == "failed"
    return [reason.told()["message"] for task in lesson.tasks for reason in task.reasons]


def test_the_picture_is_below_the_reason_of_its_own_check(school: School) -> None:
    timed, other = messages(school, SLOW)
    reason, blank, main, worker, *_scale_and_key = timed.splitlines()
    assert (reason, blank) == ("it took 2.0 s", "")
    assert main.startswith("  main │░sleeps░░░")
    assert worker.startswith("  A    │░sleeps░░░")
    assert other == "this has no run"


def test_where_no_time_passed_there_is_no_picture(school: School) -> None:
    assert messages(school, "def work():\n    [].pop()\n")[0].count("\n") <= 2


@pytest.mark.parametrize(
    "strange",
    [
        "run['ended_s'] = float('inf')",
        "run['ended_s'] = 'long'",
        "run['timeline'] = [dict(span, start_s=-1e300) for span in run['timeline']]",
        "run['timeline'] = [dict(span, state=[]) for span in run['timeline']]",
        "run['threads'] = [dict(thread, letter=7) for thread in run['threads']]",
        "run['threads'] *= 10_000",
    ],
)
def test_a_strange_run_costs_nothing_but_its_picture(school: School, strange: str) -> None:
    reason = messages(school, f"{SLOW}def told_of(run):\n    {strange}\n    return run\n")[0]
    assert reason.startswith("it took 2.0 s")
    assert len(reason) < 3_000
