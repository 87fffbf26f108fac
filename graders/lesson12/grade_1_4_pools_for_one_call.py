"""Hidden checks of lesson 12, tasks 1 and 4: a pool for one call, without errors and with them.

What one of them promises the other promises too; so they are in one file.
"""

import pytest

from threadlings.checks.asking import ask
from threadlings.checks.meetings import MEETING, meet, prepare_meeting
from threadlings.checks.process_promises import (
    not_at_once,
    require_calls,
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
    OTHERS,
    calls_noted,
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
from threadlings.grading import Broken, OutOfTime, StudentError, real_scenario

TASKS = {"map_in_pool": 1, "map_with_errors": 4}
MORE = 3
"""How many numbers there are for which a worker has to take another task."""
DEFAULT = 4


def given_map_in_pool(task, numbers, processes=4):
    """Stand in for the student's, so that what task 1 lacks is not held against task 4."""
    import multiprocessing

    if processes < 1:
        raise ValueError(f"processes is {processes}")
    pool = multiprocessing.Pool(processes)
    try:
        return pool.map(task, numbers)
    finally:
        pool.close()
        pool.join()


def function(lesson, name, method):
    """Return the student's function, ready to be called."""
    start_by(method)
    if name == "map_with_errors":
        lesson.map_in_pool = given_map_in_pool
    return getattr(lesson, name)


READY = (start_by, given_map_in_pool, function)


class Refused(Exception):  # noqa: N818 - as a student might call it
    pass


def fails_often(number):
    look_up(lingers(number))
    if number == 3:
        raise Refused("no", "good")
    if number % 2:
        raise LookupError(number)
    return number


def meet_or_raise(number):
    met = meet(number)
    if number == 2:
        raise LookupError("no such word")
    return met


@real_scenario(*READY, negated, where, *LOOKING_UP, ends_when_stuck=True)
def ordinary_calls(lesson, name, method):
    import os

    run = function(lesson, name, method)
    told = {"negated": run(negated, [7, 5], 2), "looked up": [], "caller": os.getpid()}
    told["where"] = [[2, run(where, [9], 2)], [1, run(where, [9, 8], 1)]]
    for numbers, processes in (
        *(([], 2), ([7, 7, 5], 2), ([1, 2, 3, 4, 6, 10, 9, 8, 5], 2)),
        *(([5, 9, 7], 1), ([8], 1)),
    ):
        results = described(run(look_up, list(numbers), processes))
        told["looked up"].append([numbers, results])
    return told | {"calls": calls_noted()}


@real_scenario(*MEETING, meet_or_raise, *READY[1:], described, ends_when_stuck=True)
def meetings(lesson, name, counts, method, more, says_processes=True):
    """Let tasks meet; the last one of the list is the first to end. Then again, the other way."""
    import os

    told = []
    run = function(lesson, name, method)
    for count in counts:
        numbers = prepare_meeting(method, count, more, first_ends_first=told != [])
        keywords = {"processes": count} if says_processes else {}
        task = meet_or_raise if name == "map_with_errors" else meet
        results = described(run(task, list(numbers), **keywords))
        told.append({"caller": os.getpid(), "numbers": numbers, "results": results})
    return told


@real_scenario(*READY, negated, refusals, ends_when_stuck=True)
def too_few_processes(lesson, name, method):
    run = function(lesson, name, method)
    return refusals(lambda processes: run(negated, [1, 2], processes=processes), [0, -3])


@real_scenario(*READY, *LEAVING, ends_when_stuck=True)
def slow_endings(lesson, name, method):
    run = function(lesson, name, method)
    return left_by(lambda: run(lingers, [1, 2], processes=2))


@real_scenario(*READY, *LEAVING, fails_often, Refused, *LOOKING_UP, ends_when_stuck=True)
def errors(lesson, name, method):
    from functools import partial

    run = function(lesson, name, method)
    found = []
    for numbers in ([1, 2, 3, 4, 5, 6, 8, 7, 9, 10], [5], [4, 2], [3, 3]):
        end = left_by(partial(run, fails_often, list(numbers), 2))
        found.append([numbers, described(end["value"]), end["left"]])
    return {"ends": found, "calls": calls_noted()}


def _ask(submission, scenario, name, method=CHEAPEST, **arguments):
    return ask(submission, TASKS[name], scenario, name=name, method=method, **arguments)


def _ordinary(submission, name):
    told = _ask(submission, ordinary_calls, name)
    require_results(f"{name}()", negated, [7, 5], told["negated"], in_any_order=True)
    for numbers, results in told["looked up"]:
        require_results(f"{name}()", value_of, numbers, results, in_any_order=True)
    asked = [number for numbers, _results in told["looked up"] for number in numbers]
    require_calls(name, asked, told["calls"])
    for processes, results in told["where"]:
        shown = f"{name}(task, numbers, processes={processes})"
        require_elsewhere(shown, told["caller"], [process for _number, process in results])


def _meetings(submission, name, *counts, method=CHEAPEST, says_processes=True):
    shown = f"{name}(task, numbers" + (", processes={})" if says_processes else ")")
    arguments = {"counts": counts, "more": MORE, "says_processes": says_processes}
    try:
        told = _ask(submission, meetings, name, method=method, **arguments)
    except OutOfTime as error:
        raise not_at_once(shown.format(counts[0]), counts[0], method, error) from None
    for count, call in zip(counts, told, strict=True):
        _keep_meeting(shown.format(count), name, count, call)


def _keep_meeting(shown, name, count, told):
    results = told["results"]
    if name == "map_with_errors" and isinstance(results, list):
        _keep_error_of_2(results, told["numbers"])
        place = told["numbers"].index(2)
        told["numbers"].pop(place)
        results.pop(place)
    require_met(shown, told["numbers"], told["caller"], results)
    require_workers(shown, count, results)


def _keep_error_of_2(results, numbers):
    wanted = ["LookupError", ["no such word"]]
    if len(results) != len(numbers) or results[numbers.index(2)] != wanted:
        raise Broken(
            "the task of 2 raised LookupError('no such word'), which should be in its place\n"
            "  map_with_errors() returned {results} for the numbers {numbers}",
            results=[_shown(result) for result in results],
            numbers=numbers,
        )


def _shown(result):
    return result[0] if isinstance(result, list) and result else result


def _refuses(submission, name):
    call = f"{name}(task, numbers, processes={{}})"
    require_refusals(call, _ask(submission, too_few_processes, name))


@pytest.mark.task(1)
def test_map_in_pool_returns_results_in_order(submission):
    """map_in_pool() returns the result of each number, in the order of the numbers."""
    _ordinary(submission, "map_in_pool")


@pytest.mark.task(1)
def test_map_in_pool_has_so_many_processes(submission):
    """map_in_pool() computes with as many processes at the same time as was said."""
    _meetings(submission, "map_in_pool", 5, 3)


@pytest.mark.task(1)
def test_map_in_pool_has_four_processes_by_itself(submission):
    """map_in_pool() has 4 processes if nobody says how many."""
    _meetings(submission, "map_in_pool", DEFAULT, says_processes=False)


@pytest.mark.task(1)
@pytest.mark.parametrize("method", OTHERS)
def test_map_in_pool_works_under_other_start_methods(submission, method):
    """map_in_pool() works under every start method."""
    _meetings(submission, "map_in_pool", 2, method=method)


@pytest.mark.task(1)
def test_map_in_pool_refuses_too_few_processes(submission):
    """map_in_pool() refuses less than one process, with the value in the message."""
    _refuses(submission, "map_in_pool")


@pytest.mark.task(1)
def test_map_in_pool_leaves_no_process(submission):
    """When map_in_pool() returns, its workers have ended, however slowly they end."""
    told = _ask(submission, slow_endings, "map_in_pool")
    require_nothing_left("map_in_pool() returned", told)


@pytest.mark.task(4)
def test_map_with_errors_returns_results_in_order(submission):
    """map_with_errors() returns the result of each number, in the order of the numbers."""
    _ordinary(submission, "map_with_errors")


@pytest.mark.task(4)
def test_an_error_is_in_its_place(submission):
    """A task that raised has its exception in its place; the others have their results."""
    try:
        told = _ask(submission, errors, "map_with_errors")
    except StudentError as error:
        if isinstance(error, OutOfTime) or error.kind == "not started":
            raise
        raise Broken(
            "map_with_errors() should keep the errors of the task\n  {error}", error=error
        ) from None
    for numbers, results, left in told["ends"]:
        wanted = [_what_fails_often(number) for number in numbers]
        if not isinstance(results, list) or sorted(map(repr, results)) != sorted(map(repr, wanted)):
            raise Broken(
                "the exceptions of the tasks and the results are not each in its place\n"
                "  the numbers are {numbers}: 3 raised Refused('no', 'good'), the other odd ones "
                "LookupError\n"
                "  map_with_errors() returned {shown_errors}",
                numbers=numbers,
                shown_errors=[*map(_shown, results)] if isinstance(results, list) else results,
            )
        if left:
            raise Broken("map_with_errors() returned, and its processes were still running")
    asked = [number for numbers, *_told in told["ends"] for number in numbers]
    require_calls("map_with_errors", asked, told["calls"])


def _what_fails_often(number):
    if number == 3:
        return ["Refused", ["no", "good"]]
    return ["LookupError", [str(number)]] if number % 2 else number


@pytest.mark.task(4)
def test_map_with_errors_has_so_many_processes(submission):
    """map_with_errors() computes with as many processes as was said, or 4."""
    _meetings(submission, "map_with_errors", 5, 3)
    _meetings(submission, "map_with_errors", DEFAULT, says_processes=False)


@pytest.mark.task(4)
@pytest.mark.parametrize("method", OTHERS)
def test_map_with_errors_works_under_other_start_methods(submission, method):
    """map_with_errors() works under every start method."""
    _meetings(submission, "map_with_errors", 2, method=method)


@pytest.mark.task(4)
def test_map_with_errors_refuses_too_few_processes(submission):
    """map_with_errors() refuses less than one process, with the value in the message."""
    _refuses(submission, "map_with_errors")


@pytest.mark.task(4)
def test_map_with_errors_leaves_no_process(submission):
    """When map_with_errors() returns, its workers have ended, however slowly they end."""
    told = _ask(submission, slow_endings, "map_with_errors")
    require_nothing_left("map_with_errors() returned", told)
