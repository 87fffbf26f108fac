"""The reduced search has the same set of outcomes as all schedules together."""

import os

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from threadlings.engine import search

from .enumeration import enumerate_all, outcome
from .generated import program_of, programs, source_of

_LOCKED_STEP = "lock.acquire(); shared.x += 1; lock.release()"
EXAMPLES = int(os.environ.get("THREADLINGS_ORACLE_PROGRAMS", "60"))


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(programs(max_threads=2, max_statements=2))
@example((("semaphore.acquire(); shared.x += 1; semaphore.release()",) * 1,) * 2)
@example((("shared.x = shared.x + 1",),) * 2)
@example((("lock.acquire()", "log.append(lock.acquire(blocking=False))"), (_LOCKED_STEP,)))
@example(((_LOCKED_STEP,), ("lock.release() if lock.locked() else None",)))
def test_reduced_search_finds_every_outcome(threads):
    program = program_of(threads)
    everything = enumerate_all(program, max_runs=400)
    assume(everything is not None)
    expected = {outcome(execution.run) for execution in everything}
    seen = search(program, max_runs=400)
    found = {outcome(o.run) for o in seen.outcomes}
    if found != expected:
        pytest.fail(f"missed {expected - found}, invented {found - expected}\n{source_of(threads)}")
