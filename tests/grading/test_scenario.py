"""A scenario travels as source, and only what exists in the cell may be in it."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from threadlings.grading import ScenarioError, scenario, scenario_with

from .conftest import MakeSubmission

OUTSIDE = 3


def test_only_the_function_itself_travels() -> None:
    @scenario
    def counts(lesson: Any, rounds: int = 2) -> Any:
        # A comment.
        return lesson.count(rounds)

    assert counts.name == "counts"
    assert counts.source.splitlines()[0] == ("def counts(lesson: Any, rounds: int = 2) -> Any:")
    assert "@scenario" not in counts.source
    assert "# A comment." in counts.source


def test_builtins_the_engine_own_imports_and_own_names_may_be_used() -> None:
    @scenario
    def wide(lesson):  # type: ignore[no-untyped-def]
        import queue

        class Box:
            size = 2
            double = size * 2

        def program():  # type: ignore[no-untyped-def]
            from threading import Thread

            return [Thread, queue, Box, *(str(i) for i in range(3))]

        return [simulate(program), search(program), replay]  # type: ignore[name-defined]  # noqa: F821

    assert wide.name == "wide"


def test_a_name_of_the_grader_file_is_refused() -> None:
    def uses_globals(lesson: Any) -> Any:
        def program() -> Any:
            return threading.active_count() + OUTSIDE

        return program()

    with pytest.raises(ScenarioError, match="uses OUTSIDE, threading, which the cell does not"):
        scenario(uses_globals)


def test_a_default_from_the_grader_file_is_refused() -> None:
    def has_default(lesson: Any, number: int = OUTSIDE) -> Any:
        return number

    with pytest.raises(ScenarioError, match="uses OUTSIDE"):
        scenario(has_default)


def test_a_name_of_the_function_around_it_is_refused() -> None:
    secret = 42

    def uses_closure(lesson: Any) -> Any:
        return secret

    with pytest.raises(ScenarioError, match="uses secret of the function around it"):
        scenario(uses_closure)


class Ledger:
    """Counts in two steps, were it part of the program; others may act while it sleeps."""

    def __init__(self) -> None:
        self.n = 0

    def add(self) -> None:
        import time

        seen = self.n
        self.n = counted(seen)
        time.sleep(1)


def counted(seen: int) -> int:
    return seen + 1


@scenario_with(Ledger, counted)
def adds_at_the_same_time(lesson):  # type: ignore[no-untyped-def]
    def program():  # type: ignore[no-untyped-def]
        import time
        from threading import Thread

        ledger = Ledger()
        threads = [Thread(target=lesson.act, args=(ledger,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [ledger.n, time.monotonic()]

    found = search(program).as_data()  # type: ignore[name-defined]  # noqa: F821
    return [simulate(program).as_data()["value"], found["runs"], len(found["outcomes"])]  # type: ignore[name-defined]  # noqa: F821


def test_what_a_scenario_carries_is_one_step_but_for_its_waits(
    make_submission: MakeSubmission,
) -> None:
    submission = make_submission("def act(ledger):\n    ledger.add()")
    value, runs, outcomes = submission.run(adds_at_the_same_time)
    assert value == [2, 1.0]
    assert (runs, outcomes) == (1, 1)


def test_a_helper_that_needs_the_grader_file_is_refused() -> None:
    def helper() -> int:
        return OUTSIDE

    with pytest.raises(ScenarioError, match="scenario helper uses OUTSIDE"):
        scenario_with(helper)


def test_what_is_not_a_def_is_refused() -> None:
    with pytest.raises(ScenarioError, match="not a plain def"):
        scenario(lambda lesson: 1)
    with pytest.raises(ScenarioError, match="has no source to send"):
        scenario(eval("lambda lesson: 1"))


def test_a_scenario_does_not_run_in_the_grader() -> None:
    @scenario
    def plain(lesson: Any) -> int:
        return 1

    with pytest.raises(ScenarioError, match=r"call submission.run\(plain, ...\)"):
        plain(None)
