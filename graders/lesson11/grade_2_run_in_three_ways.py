"""Hidden checks of lesson 11, task 2: one after another, in threads, in processes.

Threads are decided by the engine. Processes are real, under every start method there is; where
it matters what comes first, each is held until it is its turn.
"""

import pytest

from threadlings.checks import always, ended_well
from threadlings.checks.asking import ask
from threadlings.checks.meetings import MEETING, meet, prepare_meeting
from threadlings.checks.process_promises import (
    not_at_once,
    require_calls,
    require_met,
    require_results,
)
from threadlings.checks.processes import (
    CHEAPEST,
    LOOKING_UP,
    METHODS,
    OTHERS,
    Thing,
    calls_noted,
    described,
    look_up,
    start_by,
    value_of,
    where,
)
from threadlings.engine import search, simulate
from threadlings.grading import Broken, OutOfTime, real_scenario, scenario, scenario_with
from threadlings.language import said

MANY = 40
"""A pool has at most 32 threads if nobody says how many."""
MANY_PROCESSES = 9
"""More than a pool has that is made for four or eight cores."""
POLLING_S = 0.1
"""How much later than possible a call may return: who asks again and again is a little late."""


CALLS = ([], [7, 7, 5], [1, 2, 3, 4, 6], [8])
"""Of fewer numbers in the end: who keeps something of the call before shows it."""


@real_scenario(start_by, where, *LOOKING_UP, ends_when_stuck=True)
def real_calls(lesson, name, method, calls):
    import os

    start_by(method)
    run = getattr(lesson, name)
    told = {"caller": os.getpid(), "where": run(where, [9, 9]), "single": run(where, [5])}
    told["looked up"] = [[numbers, described(run(look_up, list(numbers)))] for numbers in calls]
    return told | {"calls": calls_noted()}


@real_scenario(start_by, where, ends_when_stuck=True)
def one_call(lesson, method):
    import os

    start_by(method)
    return {"caller": os.getpid(), "where": lesson.run_processes(where, [7, 5])}


@real_scenario(*MEETING, ends_when_stuck=True)
def meetings(lesson, counts, method):
    """Let tasks meet; the last one of the list is the first to end. Then again, the other way."""
    import os

    told = {"caller": os.getpid(), "meetings": []}
    for count in counts:
        numbers = prepare_meeting(method, count, first_ends_first=told["meetings"] != [])
        told["meetings"].append([numbers, lesson.run_processes(meet, list(numbers))])
    return told


@real_scenario(where)
def process_of_threads(lesson):
    import os

    return {"caller": os.getpid(), "where": lesson.run_threads(where, [9, 8])}


@scenario_with(Thing, value_of, described)
def calls_of_run_threads(lesson, calls):
    def program():
        asked = []

        def task(number):
            asked.append(number)
            return value_of(number)

        found = [[numbers, described(lesson.run_threads(task, list(numbers)))] for numbers in calls]
        return {"looked up": found, "calls": [[n, asked.count(n)] for n in {*asked}]}

    return simulate(program)


@scenario
def calls_one_after_another(lesson, numbers):
    """Each task sleeps for 1 s, and notes how many of them do so at the same time."""

    def program():
        import time

        under_way, together = [], []

        def task(number):
            under_way.append(number)
            together.append(len(under_way))
            time.sleep(1)
            under_way.remove(number)

        lesson.run_sequential(task, list(numbers))
        return together

    return simulate(program)


@scenario_with(described)
def threads_that_sleep(lesson, numbers):
    """Each task sleeps, that of the largest number for 1 s, that of 1 for the shortest time.

    What the results are is looked at when the call returns, and not when all threads have ended.
    """

    def program():
        import time

        def task(number):
            time.sleep(number / max(numbers))
            return [number]

        return [described(lesson.run_threads(task, list(called))) for called in (numbers, [1])]

    return simulate(program)


@scenario_with(described)
def threads_in_every_order(lesson, numbers):
    def program():
        return described(lesson.run_threads(lambda number: [number], list(numbers)))

    return search(program, max_runs=60, max_decisions=300)


def _real(submission, name, in_any_order=False):
    """Require the results of real calls; return what was told."""
    told = ask(submission, 2, real_calls, name=name, calls=CALLS, method=CHEAPEST)
    _keep_values(name, told, in_any_order)
    return told


def _keep_values(name, told, in_any_order=False):
    for numbers, results in told["looked up"]:
        require_results(f"{name}()", value_of, numbers, results, in_any_order=in_any_order)
    require_calls(name, [number for numbers in CALLS for number in numbers], told["calls"])


def _processes(told):
    return {process for _number, process in [*told["where"], *told.get("single", [])]}


def _require_other_process(submission, told):
    if told["caller"] in _processes(told):
        submission.given_up[2] = said("run_processes() calls the task in your own process")
        raise Broken(
            "a number did not get a process of its own\n"
            "  its task ran in the process that called run_processes()"
        )


@pytest.mark.task(2)
def test_run_sequential_calls_one_after_another(submission):
    """run_sequential() calls the task here, with one number after another."""
    run = submission.run(calls_one_after_another, numbers=[3, 1, 2])
    if max(ended_well(run), default=1) > 1:
        raise Broken(
            "run_sequential() called the task while another call was under way", shown_by=run
        )
    told = _real(submission, "run_sequential")
    if _processes(told) != {told["caller"]}:
        raise Broken("run_sequential() called the task in another process")


@pytest.mark.task(2)
def test_run_threads_returns_results_in_order(submission):
    """run_threads() returns the result of each number, in the order of the numbers."""
    told = submission.run(process_of_threads)
    if _processes(told) != {told["caller"]}:
        raise Broken("run_threads() called the task in another process, not in threads of this one")
    _keep_values("run_threads", ended_well(submission.run(calls_of_run_threads, calls=CALLS)))
    numbers = [3, 1, 2]
    always(
        submission.run(threads_in_every_order, numbers=numbers),
        [[number] for number in numbers],
        lambda found: said(
            "the results of run_threads() are not in the order of the numbers\n"
            "  the numbers are {numbers}; each result is a list of its number: {found}",
            numbers=numbers,
            found=found,
        ),
    )


@pytest.mark.task(2)
def test_run_threads_calls_at_the_same_time(submission):
    """run_threads() calls the task with all the numbers at the same time, however many they are."""
    numbers = list(range(MANY, 0, -1))
    run = submission.run(threads_that_sleep, numbers=numbers)
    first, second = ended_well(run)
    if run.returned_s < 1:
        raise Broken(
            "run_threads() returned before all of its tasks had ended\n"
            "  a list that somebody still fills is not yet a result; join every thread",
            shown_by=run,
        )
    if first != [[number] for number in numbers]:
        raise Broken(
            "the results of run_threads() are not in the order of the numbers\n"
            "  the task of the last number ended first; the first numbers are {numbers}, and the\n"
            "  first results, each a list of its number, are {found}",
            shown_by=run,
            numbers=numbers[:4],
            found=first[:4] if isinstance(first, list) else first,
        )
    require_results("run_threads()", lambda number: [number], [1], second)
    if run.returned_s > 1 + 1 / MANY + POLLING_S:
        raise Broken(
            "run_threads() did not run the tasks at the same time\n"
            "  {count} tasks slept, the longest for 1 s, then one alone for a moment; in all\n"
            "  that took {took_s:.1f} s, and 1 s is enough",
            shown_by=run,
            count=MANY,
            took_s=run.returned_s,
        )


@pytest.mark.task(2)
def test_run_processes_returns_results_in_order(submission):
    """run_processes() returns the result of each number, computed in another process."""
    told = _real(submission, "run_processes", in_any_order=True)
    _require_other_process(submission, told)
    if len({process for _number, process in told["where"]}) < 2:
        raise Broken("a number did not get a process of its own")


@pytest.mark.task(2)
@pytest.mark.parametrize("method", OTHERS)
def test_run_processes_works_under_other_start_methods(submission, method):
    """run_processes() works under every start method."""
    try:
        told = ask(submission, 2, one_call, method=method)
    except OutOfTime as error:
        raise Broken(
            "run_processes() never returned (start method: {method})\n"
            "  {error}\n"
            "  a new interpreter knows only what it imports and what its Process was given",
            method=method,
            error=error,
        ) from None
    found = [number for number, _process in told["where"]]
    require_results("run_processes()", int, [7, 5], found, in_any_order=True)
    _require_other_process(submission, told)


@pytest.mark.task(2)
@pytest.mark.parametrize("method", METHODS)
def test_run_processes_calls_at_the_same_time(submission, method):
    """run_processes() runs all its processes at the same time, under every start method."""
    counts = (3, MANY_PROCESSES) if method == CHEAPEST else (3,)
    try:
        told = ask(submission, 2, meetings, counts=counts, method=method)
    except OutOfTime as error:
        shown = "run_processes(task, numbers)"
        raise not_at_once(shown, counts[-1], method, error) from None
    for numbers, results in told["meetings"]:
        processes = require_met("run_processes()", numbers, told["caller"], results)
        if len(set(processes)) < len(processes):
            raise Broken("a number did not get a process of its own")
