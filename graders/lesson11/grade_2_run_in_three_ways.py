"""Hidden checks of lesson 11, task 2: real processes, under every start method there is."""

import os

import pytest

from threadlings.checks.asking import Asking
from threadlings.checks.processes import (
    CHEAPEST,
    MEETING,
    METHODS,
    OTHERS,
    burn,
    children,
    lingers,
    look_up,
    meet,
    negated,
    prepare_meeting,
    race,
    start_by,
)
from threadlings.grading import Broken, OutOfTime, real_scenario
from threadlings.language import said

SHOWS = 1.2
"""How much faster two plain processes must be than one, for this machine to show anything."""
ENOUGH = 0.45
"""The share of what two plain processes gain that two of the student's must gain."""
MOST = 0.5
"""The share of the computing that may be done in the process that called run_processes."""

ASKING = Asking(
    waited=lambda arguments: said(
        "{name}() waited for ever in another check", name=arguments.get("name", "run_processes")
    ),
    not_pickled=lambda method, error: Broken(
        "with the start method {method}, the other process could not be given what it needs\n"
        "  {error}\n"
        "  What a Process gets is pickled there. A function is pickled by its name: it has to\n"
        "  be at the top of the file. A lambda, or a def inside a function, cannot be found.",
        method=method,
        error=error,
    ),
)


def where(number):
    import os

    return [number, os.getpid()]


def alone(number):
    """Return how many of these tasks were under way in this process at the same time."""
    import time

    alone.__dict__.setdefault("inside", []).append(number)
    time.sleep(0.005)
    together = len(alone.inside)
    alone.inside.remove(number)
    return together


def megabyte(number):
    return chr(number) * 2**20


def raises(number):
    if number == 42:
        raise LookupError("no such word")
    return megabyte(number)


def exits(number):
    import os

    if number == 42:
        os._exit(3)
    return number


def exits_politely(number):
    import os

    if number == 42:
        os._exit(0)
    return number


def is_killed(number):
    import os
    import signal

    if number == 42:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return megabyte(number)


@real_scenario(start_by, where, negated, look_up, alone, ends_when_stuck=True)
def ordinary_calls(lesson, name, method):
    import os

    start_by(method)
    run = getattr(lesson, name)
    told = {"caller": os.getpid(), "where": run(where, [9, 8]), "negated": run(negated, [7, 5])}
    told["looked up"] = [
        [numbers, run(look_up, list(numbers))] for numbers in ([], [7, 7, 5], [1, 2, 3, 4, 6])
    ]
    told["together"] = run(alone, [3, 1, 2])
    return told


@real_scenario(start_by, where, ends_when_stuck=True)
def one_call(lesson, method):
    import os

    start_by(method)
    return {"caller": os.getpid(), "where": lesson.run_processes(where, [7, 5])}


@real_scenario(*MEETING, ends_when_stuck=True)
def meeting(lesson, name, count, method):
    """The last number of the list is the first whose task ends."""
    import os

    numbers = prepare_meeting(method, count)
    return {"caller": os.getpid(), "results": getattr(lesson, name)(meet, numbers)}


@real_scenario(start_by, megabyte, ends_when_stuck=True)
def large_results(lesson, method):
    start_by(method)
    results = lesson.run_processes(megabyte, [66, 65])
    if not isinstance(results, list | tuple):
        return results
    return [r[:1] + str(len(r)) if isinstance(r, str) else r for r in results]


@real_scenario(
    start_by, megabyte, raises, exits, exits_politely, is_killed, children, ends_when_stuck=True
)
def failures(lesson, names, method):
    start_by(method)
    ends = []
    for name in names:
        end = {"task": name, "error": None, "text": "", "is_runtime": False}
        try:
            value = lesson.run_processes(globals()[name], [41, 42, 43])
            end["value"] = str([str(v)[:20] for v in value] if isinstance(value, list) else value)
            end["left"] = children()
        except Exception as error:  # As long as it is known, its frames keep their pipes open.
            end |= {"error": type(error).__name__, "text": str(error), "left": children()}
            end["is_runtime"] = isinstance(error, RuntimeError)
        ends.append(end)
    return ends


@real_scenario(start_by, lingers, children, ends_when_stuck=True)
def slow_endings(lesson, method):
    start_by(method)
    lesson.run_processes(lingers, [1, 2])
    return children()


@real_scenario(start_by, burn, race, ends_when_stuck=True)
def race_of_two(lesson, method, **figures):
    start_by(method)
    return race(lambda numbers: lesson.run_processes(burn, numbers), **figures)


def _processes(name, results, numbers):
    """Require the results of ``where`` or ``meet``; return in which process each was computed."""
    if not isinstance(results, list):
        raise Broken(
            "{name}() should return a list; it returned a {type}",
            name=name,
            type=type(results).__name__,
        )
    found = [result[0] if isinstance(result, list) else result for result in results]
    if sorted(map(str, found)) != sorted(map(str, numbers)):
        raise Broken(
            "{name}(task, {numbers}) did not return what the task returned\n"
            "  the task returns a list that begins with its number; the results begin with "
            "{found}",
            name=name,
            numbers=numbers,
            found=found,
        )
    if found != numbers:
        raise Broken(
            "the results of {name}() are not in the order of the numbers\n"
            "  the numbers are {numbers}; the results are those of {found}",
            name=name,
            numbers=numbers,
            found=found,
        )
    return [process for _number, process, *_ in results]


def _ordinary(submission, name):
    told = ASKING.run(submission, ordinary_calls, name=name, method=CHEAPEST)
    looked_up = [[look_up, numbers, results] for numbers, results in told["looked up"]]
    for task, numbers, results in [[negated, [7, 5], told["negated"]], *looked_up]:
        wanted = [task(number) for number in numbers]
        if results != wanted:
            raise Broken(
                "{name}(task, {numbers}) did not return the results of the task in order\n"
                "  they are {wanted}; it returned {results}",
                name=name,
                numbers=numbers,
                wanted=wanted,
                results=results,
            )
    return told, _processes(name, told["where"], [9, 8])


def _met(submission, name, method):
    """Require that three tasks were under way at once, and the results in order."""
    try:
        told = ASKING.run(submission, meeting, name=name, count=3, method=method)
    except OutOfTime as error:
        raise Broken(
            "{name}() did not run the tasks at the same time (start method: {method})\n"
            "  three tasks waited for each other, and not all three had begun\n"
            "  {error}",
            name=name,
            method=method,
            error=error,
        ) from None
    return told["caller"], _processes(name, told["results"], [3, 2, 1])


@pytest.mark.task(2)
def test_run_sequential_calls_one_after_another(submission):
    """run_sequential() calls the task here, with one number after another."""
    told, processes = _ordinary(submission, "run_sequential")
    if set(processes) != {told["caller"]}:
        raise Broken("run_sequential() called the task in another process")
    if told["together"] != [1, 1, 1]:
        raise Broken("run_sequential() called the task while another call was under way")


@pytest.mark.task(2)
def test_run_threads_returns_results_in_order(submission):
    """run_threads() returns the result of each number, in the order of the numbers."""
    told, processes = _ordinary(submission, "run_threads")
    if set(processes) != {told["caller"]}:
        raise Broken("run_threads() called the task in another process, not in threads of this one")


@pytest.mark.task(2)
def test_run_threads_calls_at_the_same_time(submission):
    """run_threads() calls the task with all the numbers at the same time."""
    _met(submission, "run_threads", CHEAPEST)


@pytest.mark.task(2)
def test_run_processes_returns_results_in_order(submission):
    """run_processes() returns the result of each number, computed in another process."""
    told, processes = _ordinary(submission, "run_processes")
    _require_other_process(submission, told["caller"], processes)


@pytest.mark.task(2)
@pytest.mark.parametrize("method", OTHERS)
def test_run_processes_works_under_other_start_methods(submission, method):
    """run_processes() works under every start method."""
    try:
        told = ASKING.run(submission, one_call, method=method)
    except OutOfTime as error:
        raise Broken(
            "run_processes() never returned (start method: {method})\n"
            "  {error}\n"
            "  a new interpreter knows only what it imports and what its Process was given",
            method=method,
            error=error,
        ) from None
    processes = _processes("run_processes", told["where"], [7, 5])
    _require_other_process(submission, told["caller"], processes)


def _require_other_process(submission, caller, processes):
    if caller in processes:
        ASKING.give_up(submission, said("run_processes() calls the task in your own process"))
        raise Broken(
            "a number did not get a process of its own\n"
            "  its task ran in the process that called run_processes()"
        )


@pytest.mark.task(2)
@pytest.mark.parametrize("method", METHODS)
def test_run_processes_calls_at_the_same_time(submission, method):
    """run_processes() runs all its processes at the same time, under every start method."""
    caller, processes = _met(submission, "run_processes", method)
    _require_other_process(submission, caller, processes)
    if len(set(processes)) < len(processes):
        raise Broken("a number did not get a process of its own")


@pytest.mark.task(2)
def test_large_results_come_back(submission):
    """Results of 1 MB come back."""
    try:
        found = ASKING.run(submission, large_results, method=CHEAPEST)
    except OutOfTime as error:
        raise Broken(
            "run_processes() never returned: each result had 1 MB\n"
            "  {error}\n"
            "  a child does not end before its result is taken out of the queue or the pipe",
            error=error,
        ) from None
    if found != ["B1048576", "A1048576"]:
        raise Broken("results of 1 MB did not come back as they were")


_DID = {
    "raises": said("The task of 42 raised LookupError('no such word')"),
    "exits": said("The process of 42 ended by itself, with exit code 3 and without a result"),
    "exits_politely": said(
        "The process of 42 ended by itself, with exit code 0 and without a result"
    ),
    "is_killed": said("The process of 42 was killed"),
}


def _failed(submission, names, method):
    try:
        ends = ASKING.run(submission, failures, names=names, method=method)
    except OutOfTime as error:
        did = said("{did} (start method: {method})", did=_DID[names[0]], method=method)
        raise Broken(
            "{did}\n  run_processes() waited for ever\n  {error}", did=did, error=error
        ) from None
    for end in ends:
        _keep_failure(
            end, said("{did} (start method: {method})", did=_DID[end["task"]], method=method)
        )


def _keep_failure(end, did):
    did = said("{did}\n  the numbers are [41, 42, 43]", did=did)
    if end["error"] is None:
        raise Broken(
            "{did}\n  run_processes() raised nothing; it returned {value}",
            did=did,
            value=end["value"],
        )
    if not end["is_runtime"]:
        raise Broken(
            "{did}\n  run_processes() raised {error} ({text}), not a RuntimeError",
            did=did,
            error=end["error"],
            text=end["text"],
        )
    if "42" not in end["text"]:
        raise Broken(
            "{did}\n  the RuntimeError does not name the number; its message: {text!r}",
            did=did,
            text=end["text"],
        )
    if end["left"]:
        raise Broken(
            "{did}\n  processes still running after the RuntimeError: {left}",
            did=did,
            left=end["left"],
        )


@pytest.mark.task(2)
@pytest.mark.parametrize("name", list(_DID))
def test_a_failure_is_raised_with_its_number(submission, name):
    """A task that raises, or a process that dies, is a RuntimeError that names the number."""
    _failed(submission, [name], CHEAPEST)


@pytest.mark.task(2)
@pytest.mark.parametrize("method", OTHERS)
def test_a_failure_is_raised_under_other_start_methods(submission, method):
    """Errors and deaths are noticed under every start method."""
    _failed(submission, ["raises", "is_killed"], method)


@pytest.mark.task(2)
def test_no_process_is_left(submission):
    """When run_processes() returns, all its processes have ended, however slowly they end."""
    left = ASKING.run(submission, slow_endings, method=CHEAPEST)
    if left:
        raise Broken(
            "run_processes() returned while {left} of its processes were still running\n"
            "  a process may go on for a while after it has handed over its result",
            left=left,
        )


@pytest.mark.task(2)
@pytest.mark.alone
def test_two_processes_are_faster_than_one(submission):
    """Two processes that compute are faster than one, if the machine can show it."""
    if len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else "..") < 2:
        submission.note("one core cannot show a speedup: the meeting of the processes decided")
        return
    told = ASKING.run(
        submission, race_of_two, method=CHEAPEST, tries=12, shows=SHOWS, enough=ENOUGH
    )
    if told["plain"] < SHOWS:
        submission.note("this machine showed no speedup: the meeting of the processes decided")
    elif told["theirs"] < ENOUGH * told["plain"] and told["here"] > MOST:
        raise Broken(
            "run_processes() was not faster than calling one after another\n"
            "  most of the computing was done in the process that called it"
        )
