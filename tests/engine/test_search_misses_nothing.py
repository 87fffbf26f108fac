"""The reduced search sees the same set of endings as all schedules together."""

import os

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from threadlings.engine import search

from .enumeration import enumerate_all
from .generated import callable_of, outcome_of, programs, source_of
from .model import STATEMENTS, outcomes_of

EXAMPLES = int(os.environ.get("THREADLINGS_ORACLE_PROGRAMS", "200"))
_SETTINGS = {
    "deadline": None,
    "derandomize": True,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much],
}
_INCREMENT = "shared.x = shared.x + 1"
_LOCKED = "lock.acquire(); shared.x += 1; lock.release()"


def compared(found, expected, program):
    if found != expected:
        missed, invented = expected - found, found - expected
        pytest.fail(f"missed {missed}, invented {invented}\n{source_of(program)}")


@pytest.mark.timeout(1200)
@settings(max_examples=EXAMPLES, **_SETTINGS)
@given(programs(max_threads=3, max_statements=3))
@example((("with semaphore: shared.x += 1",), ("with semaphore: shared.x += 1",)))
@example(((_INCREMENT,), (_INCREMENT,)))
@example((("lock.acquire()", "log.append(lock.acquire(blocking=False))"), (_LOCKED,)))
@example(((_LOCKED,), ("lock.release()",)))
def test_search_sees_what_the_model_can_do(program):
    seen = search(callable_of(program), max_runs=500, samples=20)
    found, expected = {outcome_of(o.run) for o in seen.outcomes}, outcomes_of(program)
    if not seen.is_complete:
        found |= expected  # not all was seen, but nothing may have been invented
    compared(found, expected, program)


@settings(max_examples=max(1, EXAMPLES // 10), **_SETTINGS)
@given(programs(max_threads=2, max_statements=1))
def test_model_can_do_what_plain_enumeration_does(program):
    runs = enumerate_all(callable_of(program), max_runs=500)
    assume(runs is not None)
    compared({outcome_of(execution.run) for execution in runs}, outcomes_of(program), program)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_statement_against_itself(statement):
    program = ((statement,), (statement,))
    seen = search(callable_of(program))
    assert seen.is_complete
    compared({outcome_of(o.run) for o in seen.outcomes}, outcomes_of(program), program)
