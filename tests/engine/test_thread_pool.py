"""``ThreadPool`` ends in the ways in which the library's own ends, and its search is short."""

from types import SimpleNamespace

import pytest

from threadlings.engine import search, simulate
from threadlings.engine.world import _fresh

from . import programs_of_thread_pools as programs


def without_pipes(module):
    """Let the library's own pool tell its threads by a queue what it tells them through a pipe."""
    names = vars(module)

    class Notifier(names["queue"].SimpleQueue):
        _reader = None

    class Finalize:
        def __init__(self, _pool, callback, args, exitpriority):
            self._todo = [lambda: callback(*args)]

        def __call__(self):
            if self._todo:
                self._todo.pop()()

    names["get_context"] = lambda: SimpleNamespace(SimpleQueue=Notifier)
    names["util"] = SimpleNamespace(debug=lambda *_: None, Finalize=Finalize)
    names["Pool"].__del__ = lambda _pool: None
    names["Pool"]._wait_for_updates = staticmethod(lambda _, notifier: notifier.get())


def endings(seen):
    return {(outcome.kind, str(outcome.value)) for outcome in seen.outcomes}


@pytest.mark.parametrize(
    "program",
    [
        *[programs.one_worker, programs.callbacks, programs.error_of_a_call],
        *[programs.error_in_a_callback, programs.first_error, programs.order_of_completion],
        *[programs.tasks_that_come_late, programs.asked_in_time, programs.asked_too_late],
        *[programs.closed, programs.calls_with_several_arguments],
    ],
)
def test_pool_ends_as_the_library_alone(program, monkeypatch):
    short = search(program)
    assert short.is_complete
    monkeypatch.setattr(_fresh, "simplify", without_pipes)
    alone = search(program, max_runs=150)
    assert endings(alone) <= endings(short)
    assert endings(alone) == endings(short) or not alone.is_complete
    assert short.runs <= max(alone.runs, 50)


@pytest.mark.parametrize(
    ("program", "values"),
    [
        (programs.unlocked, [1, 2]),
        (programs.locked, [2]),
        (programs.many_at_a_time, [2, 3, 4]),
        (programs.queue_filled_by_the_library, [[False], [True]]),
        (programs.looked_at, [False, True]),
        (programs.order_of_completion, [[0, 1], [1, 0]]),
        (programs.order_of_tasks, [[0, 1]]),
        (programs.tasks_that_never_end, [1]),
        (programs.terminated, [False, True]),
        (programs.with_timeout, [0, "too late"]),
        (programs.closed_meanwhile, [0, "Pool not running"]),
        (programs.processes_that_are_threads, [1, 2]),
    ],
)
def test_every_value_is_found_and_no_other(program, values):
    seen = search(program)
    assert seen.is_complete
    assert sorted(seen.values, key=str) == values


def test_callbacks_never_overlap():
    assert {counted for counted, _order in search(programs.callbacks).values} == {2}


def test_time_in_a_pool_is_virtual_and_exact():
    run = simulate(programs.sleeping)
    assert (run.value, run.ended_s) == (2.0, 2.0)


def test_pool_of_two_is_decided_in_a_few_runs():
    assert search(programs.locked).runs < 20
