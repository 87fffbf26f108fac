"""A real scenario is the main program of its cell: nothing is simulated."""

from __future__ import annotations

import multiprocessing
from typing import Any

import pytest

from threadlings.grading import ScenarioError, faults, real_scenario

from .conftest import MakeSubmission, School


def negated(number: int) -> int:
    return -number


@real_scenario(negated)
def mapped(lesson: Any, method: str, numbers: list[int]) -> Any:
    import multiprocessing

    multiprocessing.set_start_method(method)
    return lesson.act(negated, numbers)


@real_scenario()
def act(lesson: Any) -> Any:
    return lesson.act()


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_processes_can_be_started_in_every_way(
    make_submission: MakeSubmission, method: str
) -> None:
    submission = make_submission(
        """
        from multiprocessing import Pool
        def act(task, numbers):
            with Pool(1) as pool:
                return pool.map(task, numbers)
        """
    )
    assert submission.run(mapped, method=method, numbers=[1, 2]) == [-1, -2]


def test_nothing_is_simulated(make_submission: MakeSubmission) -> None:
    submission = make_submission(
        """
        import _thread, sys, threading, time
        def act():
            name = sys.modules[__name__].__name__
            return [name, threading.Lock is _thread.allocate_lock or threading.Lock is _thread.lock,
                    time.sleep.__class__.__name__]
        """
    )
    assert submission.run(act) == ["tiny", True, "builtin_function_or_method"]


def test_an_exception_of_the_students_is_told_with_its_line(
    make_submission: MakeSubmission,
) -> None:
    submission = make_submission("def act():\n    return {}['key']")
    with pytest.raises(faults.Raised, match=r"KeyError: 'key' \(tiny.py:2\)"):
        submission.run(act)


def test_a_todo_is_not_started(make_submission: MakeSubmission) -> None:
    submission = make_submission("def act():\n    raise NotImplementedError('TODO 1 in tiny.py')")
    with pytest.raises(faults.NotStarted, match=r"TODO 1 in tiny\.py"):
        submission.run(act)


def test_a_program_that_ends_the_process_is_told(make_submission: MakeSubmission) -> None:
    submission = make_submission("import os\ndef act():\n    os._exit(3)")
    with pytest.raises(faults.EndedProcess, match="exit status 3"):
        submission.run(act)


def test_a_child_that_never_ends_holds_nothing_up(make_submission: MakeSubmission) -> None:
    submission = make_submission(
        """
        import time
        from multiprocessing import get_context
        def act():
            get_context("fork").Process(target=time.sleep, args=(1000,)).start()
            return "started"
        """
    )
    assert submission.run(act) == "started"


def test_what_it_does_not_carry_is_refused() -> None:
    def uses_another(lesson: Any) -> Any:
        return negated(1)

    def looks_outside(number: int) -> Any:
        return ScenarioError

    with pytest.raises(ScenarioError, match="uses negated, which the cell does not have"):
        real_scenario()(uses_another)
    with pytest.raises(ScenarioError, match="looks_outside uses ScenarioError"):
        real_scenario(looks_outside)(uses_another)


def test_a_note_reaches_the_gradebook(school: School) -> None:
    school.set_grader(
        """
import pytest
from threadlings.grading import real_scenario

@real_scenario()
def doubled(lesson):
    return lesson.double(2)

@pytest.mark.task(1)
def test_double(submission):
    assert submission.run(doubled) == 4
    submission.note("decided for real")

@pytest.mark.task(2)
def test_nothing(submission):
    pass
"""
    )
    first, second = school.grade_source("def double(n): return 2 * n").tasks
    assert (first.points, first.notes) == (4, ("decided for real",))
    assert second.notes == ()
