"""The models of the library's primitives end in the ways in which the library's own code does."""

import pytest

from threadlings.engine import search
from threadlings.engine.world import _fresh

from . import programs

PROGRAMS = [
    programs.counting(lambda: programs.SemaphoreCounter(2), 2, 1),
    programs.released_too_often,
    programs.event_hand_over,
    programs.event_set_and_cleared,
    programs.event_set_twice,
    programs.set_then_write,
    programs.cancelled_timer,
    programs.emptying_a_queue,
    programs.pool_looked_at,
    programs.pool_cancelled,
    programs.pool_with_timeout,
    programs.pool_with_error,
    programs.pool_called_back,
]


def endings(program):
    """Return how a program can end, and in how many runs that was found out."""
    seen = search(program)
    assert seen.is_complete
    return {(outcome.kind, str(outcome.value)) for outcome in seen.outcomes}, seen.runs


@pytest.mark.parametrize("program", PROGRAMS)
def test_models_end_as_the_library_alone(program, monkeypatch):
    modelled, runs = endings(program)
    monkeypatch.setattr(_fresh, "install", lambda module: None)
    monkeypatch.setattr(_fresh, "_definitions", {})
    alone, runs_alone = endings(program)
    assert modelled == alone
    assert runs <= runs_alone


def test_three_tasks_on_two_workers_meet_in_every_way():
    assert sorted(search(programs.pool_that_shares).values) == [1, 2]


def test_futures_are_completed_in_every_order():
    assert sorted(search(programs.pool_in_order_of_completion).values) == [[0, 1], [1, 0]]


def test_what_is_read_without_a_lock_is_a_step():
    expected = [[(items, waiting, 2)] for items in (0, 1) for waiting in (0, 1)]
    assert sorted(search(programs.kinds_of_library_use).values) == expected


def test_what_the_library_calls_as_a_target_is_a_step():
    assert sorted(search(programs.method_of_the_library_as_target).values) == [False, True]


def test_daemon_workers_are_decided_where_the_library_alone_takes_thousands_of_runs():
    seen = search(programs.consumers(2, 2))
    assert (seen.verdict, seen.values) == ("HOLDS", [[0, 1]])
    assert seen.runs < 50
