"""Hidden checks of lesson 05, task 1: run_all."""

import pytest

from threadlings.checks import (
    POLLING_S,
    calls_with_tasks,
    ended_well,
    never_wrong,
    nothing_wrong,
    only_waited,
    task,
    told_ending,
    told_error,
)
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said

calls_of_run_all = scenario(calls_with_tasks)

LONG_S = 61
"""Longer than the round numbers of seconds after which one might give up."""


def _simulated(submission, *calls):
    return submission.run(calls_of_run_all, name="run_all", calls=calls)


def _always_good(submission, tasks):
    """Require that a call of run_all ends well under every schedule."""
    asked = {"name": "run_all", "calls": [tasks], "every_schedule": True}
    seen = submission.run(calls_of_run_all, **asked)
    results = [each["returns"] for each in tasks]
    never_wrong(seen, lambda ends: _what_is_wrong(ends[0], results))


def _what_is_wrong(end, results):
    """Return what is wrong with the end of a call of run_all that should return ``results``."""
    wrong = _not_once(end, "returned")
    if wrong:
        return wrong
    if end["error"] is not None:
        return said(
            "run_all() raised {named}, and no task had raised", named=told_error(end["error"])
        )
    if end["results"] != results:
        return said(
            "the results are not those of the tasks in task order\n"
            "  they should be {results}, they are {results_2}",
            results=results,
            results_2=end["results"],
        )
    return ""


def _not_once(end, did):
    """Return which task had not ended exactly once when run_all ``did`` something."""
    for number, times in enumerate(end["ended"]):
        if times > 1:
            return said(
                "tasks[{number}] was called {times} times; each task must be called once",
                number=number,
                times=times,
            )
    if 0 in end["ended"]:
        late = end["ended"].index(0)
        return said(
            "run_all() {did} before every task had ended\n  tasks[{late}] had not ended",
            did=did,
            late=late,
        )
    return ""


@scenario
def meeting_of_tasks(lesson, count):
    """Let each task wait until all of them are there, or 10 s have gone by."""

    def program():
        from contextlib import suppress
        from threading import Barrier, BrokenBarrierError, get_ident

        everybody, caller = Barrier(count), get_ident()
        inside, crowds, in_caller = [], [], []

        def make(number):
            def task():
                inside.append(number)
                crowds.append(len(inside))
                if get_ident() == caller:
                    in_caller.append(number)
                with suppress(BrokenBarrierError):
                    everybody.wait(10)
                inside.remove(number)

            return task

        lesson.run_all([make(number) for number in range(count)])
        return {"together": max(crowds, default=0), "in_caller": list(in_caller)}

    return simulate(program)


def _meeting(submission, count):
    run = submission.run(meeting_of_tasks, count=count)
    end = ended_well(run)
    if end["together"] != count:
        raise Broken(
            "the tasks did not run at the same time\n"
            "  at most {together} of {count} tasks were running together",
            shown_by=run,
            together=end["together"],
            count=count,
        )
    return end


@pytest.mark.task(1)
def test_tasks_run_at_the_same_time(submission):
    """All the tasks run at the same time, however many they are."""
    _meeting(submission, count=101)  # More than the round numbers that pools are given.


@pytest.mark.task(1)
def test_each_task_has_a_thread_of_its_own(submission):
    """No task runs in the thread that called run_all()."""
    for count in (3, 1):
        for number in _meeting(submission, count=count)["in_caller"]:
            raise Broken(
                "tasks[{number}] did not run in a thread of its own\n"
                "  it ran in the thread that called run_all(); number of tasks: {count}",
                number=number,
                count=count,
            )


@pytest.mark.task(1)
def test_ten_tasks_of_one_second_take_one_second(submission):
    """Ten tasks of one second end together after one second."""
    run = _simulated(submission, [task(number, after_s=1) for number in range(10)])
    (end,) = ended_well(run)
    nothing_wrong(_not_once(end, "returned"))
    if run.returned_s > 1 + POLLING_S:
        raise Broken(
            "ten tasks of 1 s took {returned_s:.1f} s; 1.0 s is possible",
            shown_by=run,
            returned_s=run.returned_s,
        )


@pytest.mark.task(1)
def test_run_all_waits_for_its_own_threads_only(submission):
    """run_all() waits for no other threads than its own."""
    tasks = [task(1, after_s=1), task(2, after_s=2)]
    run = submission.run(calls_of_run_all, name="run_all", calls=[tasks], beside_s=100)
    ended_well(run)
    if run.returned_s > 2 + POLLING_S:
        raise Broken(
            "tasks of 1 s and 2 s took {returned_s:.1f} s\n"
            "  another thread of the program takes 100 s: run_all() should not wait for that one",
            shown_by=run,
            returned_s=run.returned_s,
        )


@pytest.mark.task(1)
def test_waiting_for_the_tasks_costs_nothing(submission):
    """Waiting for the tasks does not burn time."""
    run = _simulated(submission, [task(number, after_s=1) for number in range(3)])
    only_waited(run, "run_all()")


@pytest.mark.task(1)
def test_results_are_in_task_order(submission):
    """The results are in the order of the tasks, whichever ended first."""
    for results, after_s in (
        (["a", None, "c"], (3, 1, 2)),
        # The other way round; and what is false, equal, or cannot be hashed or compared.
        ([False, {"n": 1}, None, [], {"n": 1}, 0], (6, 5, 4, 3, 2, 1)),
    ):
        tasks = [task(each, after_s=s) for each, s in zip(results, after_s, strict=True)]
        (end,) = ended_well(_simulated(submission, tasks))
        nothing_wrong(_what_is_wrong(end, results))
    _always_good(submission, [task(number) for number in range(3)])


@pytest.mark.task(1)
def test_a_function_may_be_in_the_list_twice(submission):
    """A function that is in the list twice is called twice, and has two results."""
    run = _simulated(submission, [task(7, times=2)])
    (end,) = ended_well(run)
    (calls,), results = end["ended"], end["results"]
    if results != [7, 7] or calls != 2:
        raise Broken(
            "a function is in the list twice: that makes two tasks\n"
            "  run_all([seven, seven]) should call it twice and return [7, 7]\n"
            "  number of calls: {calls}; it returned {results}",
            shown_by=run,
            calls=calls,
            results=results,
        )


@pytest.mark.task(1)
def test_run_all_returns_after_every_task_has_ended(submission):
    """run_all() waits for every task, however long it takes."""
    for slow, slow_s in ((0, 6), (1, 6), (2, LONG_S)):
        tasks = [task(number, after_s=slow_s if number == slow else 1) for number in range(3)]
        (end,) = ended_well(_simulated(submission, tasks))
        nothing_wrong(_not_once(end, "returned"))
    _always_good(submission, [task("a"), task("b")])


def _raised(submission, tasks):
    """Return how a call of run_all ended whose tasks raise ValueError or LookupError."""
    run = _simulated(submission, tasks)
    first = next(number for number, each in enumerate(tasks) if each["raises"])
    wanted = tasks[first]["raises"]
    if run.error is not None:
        raise Broken(
            "run_all() raised {type_name} instead of the task's own {named}",
            type_name=run.error.type_name,
            named=told_error(wanted),
        )
    (end,) = run.value if run.returned else ended_well(run)  # Threads may have errors here.
    if end["error"] is None:
        raise Broken(
            "the error of tasks[{first}] was not raised\n"
            "  it raised {named}; run_all() returned {results}",
            shown_by=run,
            first=first,
            named=told_error(wanted),
            results=end["results"],
        )
    if end["error"] != wanted and any(each["raises"] for each in tasks[first + 1 :]):
        raise Broken(
            "the error is not that of the first task in the list that failed\n"
            "  tasks[1] and tasks[2] failed; run_all() raised {named}",
            named=told_error(end["error"]),
        )
    if end["error"] != wanted:
        raise Broken(
            "run_all() raised {named} instead of {named_2}",
            named=told_error(end["error"]),
            named_2=told_error(wanted),
        )
    return end


@pytest.mark.task(1)
def test_the_error_of_a_task_reaches_the_caller(submission):
    """When a task raises, run_all() raises that error."""
    for failing in range(3):
        tasks = [task(number) for number in range(3)]
        tasks[failing] = task(raises=["LookupError", "no such word"])
        _raised(submission, tasks)
    _raised(submission, [task(raises=["NoSuchWordError", "no such word"])])


@pytest.mark.task(1)
def test_the_first_failed_task_in_task_order_decides(submission):
    """If several tasks raise, the error of the first one in the list is raised."""
    for after_s in ((4, 3, 1), (3, 1, 4)):
        errors = [None, ["ValueError", "of tasks[1]"], ["LookupError", "of tasks[2]"]]
        tasks = [task(after_s=s, raises=error) for s, error in zip(after_s, errors, strict=True)]
        _raised(submission, tasks)


@pytest.mark.task(1)
def test_an_error_waits_for_the_other_tasks(submission):
    """An error is raised after every task has ended."""
    for failing in (0, 1):
        tasks = [task(after_s=6), task(after_s=6)]
        tasks[failing] = task(raises=["ValueError", "no good"])
        end = _raised(submission, tasks)
        nothing_wrong(_not_once(end, said("raised the error of tasks[{failing}]", failing=failing)))


@pytest.mark.task(1)
def test_no_tasks_give_no_results(submission):
    """An empty list of tasks gives an empty list."""
    run = _simulated(submission, [])
    did = said("raised {named}", named=run.error.type_name) if run.error else ""
    if not did:
        (end,) = ended_well(run)
        did = told_ending(end) if end["error"] or end["results"] != [] else ""
    if did:
        raise Broken("run_all([]) should return an empty list; it {did}", shown_by=run, did=did)


@pytest.mark.task(1)
def test_a_second_call_starts_afresh(submission):
    """A second call knows nothing of the first."""
    good, bad = task(1), task(raises=["ValueError", "no good"])
    for before, tasks in (
        ([good], [task(2), task(3)]),
        ([bad], [task(2), task(3)]),
        ([good, task(2), task(3)], [task(4)]),  # Fewer, and other ones.
        ([good, bad, bad], [task(2)]),
        ([good, good], [task(raises=["LookupError", "no such word"])]),
    ):
        run = _simulated(submission, before, tasks)
        first, end = run.value if run.returned else ended_well(run)
        error, results = tasks[0]["raises"], [each["returns"] for each in tasks]
        wanted = {"error": error, "results": None if error else results}
        if wanted != {"error": end["error"], "results": end["results"]}:
            raise Broken(
                "a call of run_all() should know nothing of an earlier call\n"
                "  the first call {before}; the second should have {wanted}, it {did}",
                shown_by=run,
                before=told_ending(first),
                wanted=told_ending(wanted),
                did=told_ending(end),
            )
        if first["afterwards"] != first["results"]:
            raise Broken(
                "a call of run_all() should know nothing of an earlier call\n"
                "  the second call changed what the first had returned: {results} became {later}",
                shown_by=run,
                results=first["results"],
                later=first["afterwards"],
            )


@scenario
def call_in_a_task(lesson):
    def program():
        run_all = lesson.run_all
        return run_all([lambda: run_all([lambda: 1, lambda: 2]), lambda: 3])

    return simulate(program)


@pytest.mark.task(1)
def test_a_task_may_call_run_all(submission):
    """A task may call run_all() itself: calls know nothing of each other."""
    run = submission.run(call_in_a_task)
    results = ended_well(run)
    if results != [[1, 2], 3]:
        raise Broken(
            "a task that calls run_all() itself should not disturb the call that it is part of\n"
            "  the results should be [[1, 2], 3], they are {results}",
            results=results,
            shown_by=run,
        )
