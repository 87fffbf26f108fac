"""Hidden checks of lesson 12, task 2: worker processes that stay."""

import pytest

from threadlings.checks.asking import ask
from threadlings.checks.meetings import MEETING, meet, prepare_meeting
from threadlings.checks.process_promises import (
    not_at_once,
    require_elsewhere,
    require_met,
    require_nothing_left,
    require_refusals,
    require_results,
    require_workers,
)
from threadlings.checks.processes import (
    CHEAPEST,
    LEAVING,
    LOOKING_UP,
    METHODS,
    described,
    left_by,
    lingers,
    look_up,
    negated,
    refusals,
    start_by,
    value_of,
    where,
)
from threadlings.grading import Broken, OutOfTime, real_scenario
from threadlings.language import said

MORE = 2
"""How many numbers there are for which a worker has to take another task."""


def raises(number):
    raise LookupError("no such word")


@real_scenario(*MEETING, negated, ends_when_stuck=True)
def block_of_workers(lesson, count, method, more):
    """Two meetings in one block; then a call after the block."""
    import os

    start_by(method)
    told = {"caller": os.getpid(), "error": None, "is_value_error": False, "maps": []}
    with lesson.Workers(count) as workers:
        for is_second in (False, True):
            numbers = prepare_meeting(method, count, more, first_ends_first=is_second)
            told["maps"].append([numbers, workers.map(meet, list(numbers))])
    try:
        told["value"] = workers.map(negated, [1])
    except Exception as error:
        told |= {"error": f"{type(error).__name__}: {error}"}
        told["is_value_error"] = isinstance(error, ValueError)
    return told


@real_scenario(start_by, negated, where, *LOOKING_UP, ends_when_stuck=True)
def ordinary_blocks(lesson, method):
    """Ordinary calls, with fewer numbers at last; then a block in a block, of other workers."""
    import os

    start_by(method)
    with lesson.Workers(2) as workers:
        told = {"negated": workers.map(negated, [7, 5])}
        told["looked up"] = [
            [numbers, described(workers.map(look_up, list(numbers)))]
            for numbers in ([], [7, 7, 5], [1, 2, 3, 4, 6, 9], [8])
        ]
    with lesson.Workers(1) as outer:
        with lesson.Workers(1) as inner:
            told["where"] = inner.map(where, [1, 2])
        told["outer"] = outer.map(negated, [2])
    return told | {"caller": os.getpid()}


def block_with_an_error(lesson, is_of_task):
    """End a block of slow workers with an error of its own, or of a task; return the workers."""
    error = None
    try:
        with lesson.Workers(1) as workers:
            workers.map(lingers, [1])
            workers.map(raises if is_of_task else negated, [1])
            raise LookupError("no such word")
    except Exception as raised:
        error = f"{type(raised).__name__}: {raised}"
    return workers, error


@real_scenario(start_by, negated, *LEAVING, raises, block_with_an_error, ends_when_stuck=True)
def errors_in_blocks(lesson, method):
    from functools import partial

    start_by(method)
    told = []
    for is_of_task in (False, True):
        end = left_by(partial(block_with_an_error, lesson, is_of_task))
        workers, error = end.pop("value")
        end |= {"error": error, "is_of_task": is_of_task, "next": None}
        try:
            workers.map(negated, [1])
        except Exception as error:
            end["next"] = "ValueError" if isinstance(error, ValueError) else type(error).__name__
        told.append(end)
    return told


@real_scenario(start_by, refusals, ends_when_stuck=True)
def too_few_workers(lesson, method):
    start_by(method)

    def call(processes):
        with lesson.Workers(processes):
            pass

    return refusals(call, [0, -3])


@real_scenario(start_by, *LEAVING, ends_when_stuck=True)
def slow_endings(lesson, method):
    start_by(method)

    def call():
        with lesson.Workers(2) as workers:
            workers.map(lingers, [1, 2])

    return left_by(call)


@pytest.mark.task(2)
def test_workers_return_results_in_order(submission):
    """Workers.map() returns the results in order; errors of the block go on; blocks may nest."""
    told = ask(submission, 2, ordinary_blocks, method=CHEAPEST)
    require_results("Workers.map()", negated, [7, 5], told["negated"], in_any_order=True)
    for numbers, results in told["looked up"]:
        require_results("Workers.map()", value_of, numbers, results, in_any_order=True)
    found = [process for _number, process in told["where"]]
    require_elsewhere("Workers(1).map()", told["caller"], found)
    require_results(said("the outer one of two Workers"), negated, [2], told["outer"])
    for end in ask(submission, 2, errors_in_blocks, method=CHEAPEST):
        _keep_error_of_block(end)


def _keep_error_of_block(end):
    if end["error"] is None or (not end["is_of_task"] and "no such word" not in end["error"]):
        raise Broken("an error in the block of Workers did not go on to the caller")
    if end["left"]:
        raise Broken(
            "the block of Workers ended with an error, and its processes were still running"
        )
    if end["next"] != "ValueError":
        raise Broken(
            "after a block that ended with an error, map() should raise ValueError\n"
            "  it raised {error}",
            error=end["next"],
        )


@pytest.mark.task(2)
@pytest.mark.parametrize("method", METHODS)
def test_workers_stay_for_the_whole_block(submission, method):
    """All calls of Workers.map() in a block have the same worker processes."""
    count = 3 if method == CHEAPEST else 2
    shown = f"Workers({count}).map()"
    try:
        told = ask(submission, 2, block_of_workers, count=count, method=method, more=MORE)
    except OutOfTime as error:
        raise not_at_once(shown, count, method, error) from None
    for numbers, results in told["maps"]:
        require_met(shown, numbers, told["caller"], results)
        require_workers(shown, count, results)
    first, second = ({process for _n, process, _e in results} for _n, results in told["maps"])
    if first != second:
        raise Broken(
            "two calls of map() in one block did not have the same worker processes\n"
            "  make the pool once for the block, not at each call"
        )
    if told["error"] is None:
        raise Broken(
            "after the block, map() should raise ValueError; it returned {value}",
            value=told["value"],
        )
    if not told["is_value_error"]:
        raise Broken(
            "after the block, map() should raise ValueError; it raised {error}", error=told["error"]
        )


@pytest.mark.task(2)
def test_workers_refuse_too_few_processes(submission):
    """Workers() refuses less than one process, with the value in the message."""
    require_refusals("Workers({})", ask(submission, 2, too_few_workers, method=CHEAPEST))


@pytest.mark.task(2)
def test_workers_leave_no_process(submission):
    """After the block the workers have ended, however slowly they end."""
    told = ask(submission, 2, slow_endings, method=CHEAPEST)
    require_nothing_left(said("the block of Workers ended"), told)
