"""Hidden checks of lesson 12, task 2: worker processes that stay."""

import pytest

from threadlings.checks.asking import Asking
from threadlings.checks.process_promises import (
    not_at_once,
    require_meeting,
    require_nothing_left,
    require_refusals,
    require_results,
)
from threadlings.checks.processes import (
    CHEAPEST,
    MEETING,
    METHODS,
    children,
    left_by,
    lingers,
    look_up,
    meet,
    negated,
    prepare_meeting,
    refusals,
    start_by,
)
from threadlings.grading import Broken, OutOfTime, real_scenario
from threadlings.language import said

ASKING = Asking(
    waited=lambda _arguments: said("in another check of this task the code waited for ever"),
    not_pickled=lambda method, error: Broken(
        "the worker processes could not be given what they need (start method: {method})\n"
        "  {error}\n"
        "  What goes to a worker is pickled. A function is pickled by its name: it has to be\n"
        "  at the top of the file. A lambda, or a def inside a function, cannot be found.",
        method=method,
        error=error,
    ),
    hopeless_if_not_pickled=said("what goes to a worker cannot be pickled"),
)
VALUES = {1: None, 2: 0, 3: "", 4: False}


@real_scenario(*MEETING, negated, ends_when_stuck=True)
def block_of_workers(lesson, count, method):
    """Two meetings in one block; then a call after the block."""
    import os

    numbers = prepare_meeting(method, count)
    with lesson.Workers(count) as workers:
        told = {"caller": os.getpid(), "maps": [workers.map(meet, numbers) for _ in range(2)]}
    told |= {"left": children(), "error": None, "is_value_error": False}
    try:
        told["value"] = workers.map(negated, [1])
    except Exception as error:
        told |= {"error": f"{type(error).__name__}: {error}"}
        told["is_value_error"] = isinstance(error, ValueError)
    return told


@real_scenario(start_by, negated, look_up, children, ends_when_stuck=True)
def more_of_workers(lesson, method):
    """Ordinary calls, an error in the block, a block in a block."""
    start_by(method)
    told = {"error": None}
    with lesson.Workers(2) as workers:
        told["negated"] = workers.map(negated, [7, 5])
        told["looked up"] = [
            [numbers, workers.map(look_up, list(numbers))]
            for numbers in ([], [7, 7, 5], [1, 2, 3, 4, 6, 9])
        ]
    try:
        with lesson.Workers(1) as workers:
            raise LookupError("no such word")
    except LookupError as error:
        told["error"] = str(error)
    told["left"] = children()
    with lesson.Workers(1) as outer:
        with lesson.Workers(1) as inner:
            inner.map(negated, [1])
        told["outer"] = outer.map(negated, [2])
    return told


@real_scenario(start_by, negated, refusals, ends_when_stuck=True)
def too_few_workers(lesson, method):
    start_by(method)

    def call(processes):
        with lesson.Workers(processes) as workers:
            workers.map(negated, [1, 2])

    return refusals(call, [0, -3])


@real_scenario(start_by, lingers, left_by, children, ends_when_stuck=True)
def slow_endings(lesson, method):
    start_by(method)

    def call():
        with lesson.Workers(2) as workers:
            workers.map(lingers, [1, 2])

    return left_by(call)


@pytest.mark.task(2)
def test_workers_return_results_in_order(submission):
    """Workers.map() returns the results in order; errors of the block go on; blocks may nest."""
    told = ASKING.run(submission, more_of_workers, method=CHEAPEST)
    require_results("Workers.map()", negated, [7, 5], told["negated"])
    for numbers, results in told["looked up"]:
        require_results("Workers.map()", lambda n: VALUES.get(n, [n]), numbers, results)
    if told["error"] != "no such word":
        raise Broken("an error in the block of Workers did not go on to the caller")
    if told["left"]:
        raise Broken(
            "processes still running after an error in the block: {left}", left=told["left"]
        )
    require_results(said("the outer one of two Workers"), negated, [2], told["outer"])


@pytest.mark.task(2)
@pytest.mark.parametrize("method", METHODS)
def test_workers_stay_for_the_whole_block(submission, method):
    """All calls of Workers.map() in a block have the same worker processes, none after it."""
    count = 3 if method == CHEAPEST else 2
    shown = f"Workers({count}).map()"
    try:
        told = ASKING.run(submission, block_of_workers, count=count, method=method)
    except OutOfTime as error:
        raise not_at_once(shown, count, method, error) from None
    first, second = (
        require_meeting(shown, told["caller"], results, count) for results in told["maps"]
    )
    if set(first) != set(second):
        raise Broken(
            "two calls of map() in one block did not have the same worker processes\n"
            "  make the pool once for the block, not at each call"
        )
    if told["left"]:
        raise Broken(
            "processes still running after the block of Workers: {left}", left=told["left"]
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
    require_refusals("Workers({})", ASKING.run(submission, too_few_workers, method=CHEAPEST))


@pytest.mark.task(2)
def test_workers_leave_no_process(submission):
    """After the block the workers have ended, however slowly they end."""
    told = ASKING.run(submission, slow_endings, method=CHEAPEST)
    require_nothing_left(said("the block of Workers ended"), told)
