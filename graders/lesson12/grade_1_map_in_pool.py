"""Hidden checks of lesson 12, tasks 1 and 4: a pool for one call, without errors and with them.

What one of them promises the other promises too; so they are in one file.
"""

import os

import pytest

from threadlings.checks.asking import Asking
from threadlings.checks.process_promises import (
    not_at_once,
    require_calls,
    require_meeting,
    require_nothing_left,
    require_refusals,
    require_results,
)
from threadlings.checks.processes import (
    CHEAPEST,
    MEETING,
    OTHERS,
    burn,
    calls_noted,
    children,
    left_by,
    lingers,
    look_up,
    meet,
    negated,
    prepare_meeting,
    race,
    refusals,
    start_by,
)
from threadlings.grading import Broken, OutOfTime, StudentError, real_scenario
from threadlings.language import said

DEFAULT = 4
VALUES = {1: None, 2: 0, 3: "", 4: False}
ERROR_OF_2 = ["LookupError", ["no such word"]]
SHOWS = 1.2
"""How much faster two plain processes must be than one, for this machine to show anything."""
ENOUGH = 0.45
"""The share of what two plain processes gain that a pool of two must gain."""
MOST = 0.5
"""The share of the computing that may be done in the process that called map_in_pool."""


def asking():
    return Asking(
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


ASKING = {"map_in_pool": asking(), "map_with_errors": asking()}


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


def described(result):
    """Return a result as plain data."""
    if isinstance(result, BaseException):
        return [f"{type(result).__name__}", [str(argument) for argument in result.args]]
    return result


class Refused(Exception):  # noqa: N818 - as a student might call it
    pass


def fails_often(number):
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


@real_scenario(*READY, negated, look_up, calls_noted, ends_when_stuck=True)
def ordinary_calls(lesson, name, method):
    run = function(lesson, name, method)
    told = {"negated": run(negated, [7, 5], 2), "looked up": []}
    for numbers, processes in ([], 2), ([7, 7, 5], 2), ([1, 2, 3, 4, 6, 10, 9, 8, 5], 2), ([5], 1):
        told["looked up"].append([numbers, run(look_up, list(numbers), processes)])
    return told | {"calls": calls_noted()}


@real_scenario(*MEETING, meet_or_raise, *READY[1:], described, ends_when_stuck=True)
def meeting(lesson, name, count, method, says_processes):
    """The last number of the list is the first whose task ends."""
    import os

    numbers, run = prepare_meeting(method, count), function(lesson, name, method)
    keywords = {"processes": count} if says_processes else {}
    results = run(meet_or_raise if name == "map_with_errors" else meet, numbers, **keywords)
    if isinstance(results, list):
        results = [described(result) for result in results]
    return {"caller": os.getpid(), "results": results, "left": children()}


@real_scenario(*READY, negated, refusals, ends_when_stuck=True)
def too_few_processes(lesson, name, method):
    run = function(lesson, name, method)
    return refusals(lambda processes: run(negated, [1, 2], processes=processes), [0, -3])


@real_scenario(*READY, lingers, left_by, children, ends_when_stuck=True)
def slow_endings(lesson, name, method):
    run = function(lesson, name, method)
    return left_by(lambda: run(lingers, [1, 2], processes=2))


@real_scenario(*READY, fails_often, Refused, described, children, ends_when_stuck=True)
def errors(lesson, name, method):
    run = function(lesson, name, method)
    found = []
    for numbers in ([1, 2, 3, 4, 5, 6, 8, 7, 9, 10], [5], [2, 4]):
        results = run(fails_often, numbers, 2)
        if isinstance(results, list):
            results = [described(result) for result in results]
        found.append([numbers, results])
    return {"found": found, "left": children()}


@real_scenario(start_by, burn, race, ends_when_stuck=True)
def race_of_two(lesson, method, **figures):
    start_by(method)
    return race(lambda numbers: lesson.map_in_pool(burn, numbers, 2), **figures)


def _run(submission, scenario, name, method=CHEAPEST, **arguments):
    return ASKING[name].run(submission, scenario, name=name, method=method, **arguments)


def _ordinary(submission, name):
    told = _run(submission, ordinary_calls, name)
    require_results(f"{name}()", negated, [7, 5], told["negated"])
    for numbers, results in told["looked up"]:
        require_results(f"{name}()", lambda n: VALUES.get(n, [n]), numbers, results)
    asked = [number for numbers, _results in told["looked up"] for number in numbers]
    require_calls(name, asked, told["calls"])


def _meeting(submission, name, count, method=CHEAPEST, says_processes=True):
    said_processes = f", processes={count}" if says_processes else ""
    shown = f"{name}(task, numbers{said_processes})"
    arguments = {"method": method, "count": count, "says_processes": says_processes}
    try:
        told = _run(submission, meeting, name, **arguments)
    except OutOfTime as error:
        raise not_at_once(shown, count, method, error) from None
    results = told["results"]
    if name == "map_with_errors" and isinstance(results, list):
        _keep_error_of_2(results, count)
        results = [[2, 0, None] if result == ERROR_OF_2 else result for result in results]
    require_meeting(shown, told["caller"], results, count)
    if told["left"]:
        raise Broken(
            "processes still running after {shown}: {left}", shown=shown, left=told["left"]
        )


def _keep_error_of_2(results, count):
    if len(results) != count or results[count - 2] != ERROR_OF_2:
        raise Broken(
            "the task of 2 raised LookupError('no such word'), which should be in its place\n"
            "  map_with_errors() returned {results} for the numbers {count}",
            results=[_shown(result) for result in results],
            count=list(range(count, 0, -1)),
        )


def _shown(result):
    return result[0] if isinstance(result, list) and result else result


def _refuses(submission, name):
    call = f"{name}(task, numbers, processes={{}})"
    require_refusals(call, _run(submission, too_few_processes, name))


@pytest.mark.task(1)
def test_map_in_pool_returns_results_in_order(submission):
    """map_in_pool() returns the result of each number, in the order of the numbers."""
    _ordinary(submission, "map_in_pool")


@pytest.mark.task(1)
def test_map_in_pool_has_so_many_processes(submission):
    """map_in_pool() computes with as many processes at the same time as was said."""
    for count in (3, 5):
        _meeting(submission, "map_in_pool", count)


@pytest.mark.task(1)
def test_map_in_pool_has_four_processes_by_itself(submission):
    """map_in_pool() has 4 processes if nobody says how many."""
    _meeting(submission, "map_in_pool", DEFAULT, says_processes=False)


@pytest.mark.task(1)
@pytest.mark.parametrize("method", OTHERS)
def test_map_in_pool_works_under_other_start_methods(submission, method):
    """map_in_pool() works under every start method."""
    _meeting(submission, "map_in_pool", 2, method)


@pytest.mark.task(1)
def test_map_in_pool_refuses_too_few_processes(submission):
    """map_in_pool() refuses less than one process, with the value in the message."""
    _refuses(submission, "map_in_pool")


@pytest.mark.task(1)
def test_map_in_pool_leaves_no_process(submission):
    """When map_in_pool() returns, its workers have ended, however slowly they end."""
    told = _run(submission, slow_endings, "map_in_pool")
    require_nothing_left("map_in_pool() returned", told)


@pytest.mark.task(1)
@pytest.mark.alone
def test_two_processes_are_faster_than_one(submission):
    """Two processes that compute are faster than one, if the machine can show it."""
    if len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else "..") < 2:
        submission.note("one core cannot show a speedup: the meeting of the workers decided")
        return
    asking = ASKING["map_in_pool"]
    told = asking.run(
        submission, race_of_two, method=CHEAPEST, tries=12, shows=SHOWS, enough=ENOUGH
    )
    if told["plain"] < SHOWS:
        submission.note("this machine showed no speedup: the meeting of the workers decided")
    elif told["theirs"] < ENOUGH * told["plain"] and told["here"] > MOST:
        raise Broken(
            "map_in_pool() with 2 processes was not faster than calling one after another\n"
            "  most of the computing was done in the process that called it"
        )


@pytest.mark.task(4)
def test_map_with_errors_returns_results_in_order(submission):
    """map_with_errors() returns the result of each number, in the order of the numbers."""
    _ordinary(submission, "map_with_errors")


@pytest.mark.task(4)
def test_an_error_is_in_its_place(submission):
    """A task that raised has its exception in its place; the others have their results."""
    try:
        told = _run(submission, errors, "map_with_errors")
    except StudentError as error:
        if isinstance(error, OutOfTime) or error.kind == "not started":
            raise
        raise Broken(
            "map_with_errors() should keep the errors of the task\n  {error}", error=error
        ) from None
    for numbers, results in told["found"]:
        wanted = [_what_fails_often(number) for number in numbers]
        if results != wanted:
            raise Broken(
                "the exceptions of the tasks and the results are not each in its place\n"
                "  the numbers are {numbers}: 3 raised Refused('no', 'good'), the other odd ones "
                "LookupError\n"
                "  map_with_errors() returned {shown_errors}",
                numbers=numbers,
                shown_errors=[*map(_shown, results)] if isinstance(results, list) else results,
            )
    if told["left"]:
        raise Broken("processes still running after map_with_errors(): {left}", left=told["left"])


def _what_fails_often(number):
    if number == 3:
        return ["Refused", ["no", "good"]]
    return ["LookupError", [str(number)]] if number % 2 else number


@pytest.mark.task(4)
def test_map_with_errors_has_so_many_processes(submission):
    """map_with_errors() computes with as many processes as was said, or 4."""
    _meeting(submission, "map_with_errors", 3)
    _meeting(submission, "map_with_errors", DEFAULT, says_processes=False)


@pytest.mark.task(4)
@pytest.mark.parametrize("method", OTHERS)
def test_map_with_errors_works_under_other_start_methods(submission, method):
    """map_with_errors() works under every start method."""
    _meeting(submission, "map_with_errors", 2, method)


@pytest.mark.task(4)
def test_map_with_errors_refuses_too_few_processes(submission):
    """map_with_errors() refuses less than one process, with the value in the message."""
    _refuses(submission, "map_with_errors")


@pytest.mark.task(4)
def test_map_with_errors_leaves_no_process(submission):
    """When map_with_errors() returns, its workers have ended, however slowly they end."""
    told = _run(submission, slow_endings, "map_with_errors")
    require_nothing_left("map_with_errors() returned", told)
