"""Hidden checks of lesson 05, task 1: run_all."""

import pytest

from threadlings.checks import POLLING_S, ended_well, never_wrong, nothing_wrong, only_waited
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said


@scenario
def calls_of_run_all(lesson, calls, every_schedule=False):
    """Call run_all once for each list of tasks; tell of each call as it was when it returned.

    A task is a dict: after how many seconds it ends, and what it returns or which error it raises.
    """

    def program():
        import builtins
        import time

        class Seen:
            ended = 0

        def make(seen, after_s, returns, raises):
            def task():
                if after_s:
                    time.sleep(after_s)
                seen.ended += 1
                if raises:
                    name, text = raises
                    raise getattr(builtins, name)(text)
                return returns

            return task

        def call(plans):
            seen = [Seen() for _plan in plans]
            tasks = [make(mine, **plan) for mine, plan in zip(seen, plans, strict=True)]
            results = error = None
            try:
                results = lesson.run_all(tasks)
            except (ValueError, LookupError) as caught:
                error = [type(caught).__name__, [str(arg) for arg in caught.args]]
            ended = [mine.ended for mine in seen]
            if isinstance(results, list):
                results = list(results)  # As it is now: late tasks may still change it.
            return {"results": results, "error": error, "ended": ended}

        return [call(plans) for plans in calls]

    if every_schedule:
        return search(program, max_runs=60, max_decisions=300)
    return simulate(program)


def _task(returns=None, *, after_s=0, raises=None):
    return {"after_s": after_s, "returns": returns, "raises": raises}


def _simulated(submission, *calls):
    return submission.run(calls_of_run_all, calls=calls)


def _always_good(submission, tasks):
    """Require that a call of run_all ends well under every schedule."""
    seen = submission.run(calls_of_run_all, calls=[tasks], every_schedule=True)
    results = [task["returns"] for task in tasks]
    never_wrong(seen, lambda ends: _what_is_wrong(ends[0], results))


def _what_is_wrong(end, results):
    """Return what is wrong with the end of a call of run_all that should return ``results``."""
    wrong = _not_once(end, "returned")
    if wrong:
        return wrong
    if end["error"] is not None:
        return said("run_all() raised {named}, and no task had raised", named=_named(end["error"]))
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


def _named(error):
    name, arguments = error
    return f"{name}({', '.join(map(repr, arguments))})"


def _did(end):
    """Say how a call of run_all ended."""
    if end["error"]:
        return said("raised {named}", named=_named(end["error"]))
    return said("returned {results}", results=end["results"])


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
    _meeting(submission, count=40)  # A pool has at most 32 threads if nobody says how many.


@pytest.mark.task(1)
def test_each_task_has_a_thread_of_its_own(submission):
    """No task runs in the thread that called run_all()."""
    for number in _meeting(submission, count=3)["in_caller"]:
        raise Broken(
            "tasks[{number}] did not run in a thread of its own\n"
            "  it ran in the thread that called run_all()",
            number=number,
        )


@pytest.mark.task(1)
def test_ten_tasks_of_one_second_take_one_second(submission):
    """Ten tasks of one second end together after one second."""
    run = _simulated(submission, [_task(number, after_s=1) for number in range(10)])
    (end,) = ended_well(run)
    nothing_wrong(_not_once(end, "returned"))
    if run.returned_s > 1 + POLLING_S:
        raise Broken(
            "ten tasks of 1 s took {returned_s:.1f} s; 1.0 s is possible",
            shown_by=run,
            returned_s=run.returned_s,
        )


@pytest.mark.task(1)
def test_waiting_for_the_tasks_costs_nothing(submission):
    """Waiting for the tasks does not burn time."""
    run = _simulated(submission, [_task(number, after_s=1) for number in range(3)])
    only_waited(run, "run_all()")


@pytest.mark.task(1)
def test_results_are_in_task_order(submission):
    """The results are in the order of the tasks, whichever ended first."""
    tasks = [_task("a", after_s=3), _task(None, after_s=1), _task("c", after_s=2)]
    (end,) = ended_well(_simulated(submission, tasks))
    nothing_wrong(_what_is_wrong(end, ["a", None, "c"]))
    _always_good(submission, [_task(number) for number in range(3)])


@scenario
def one_task_twice(lesson):
    def program():
        calls = []

        def task():
            calls.append(1)
            return 7

        results = lesson.run_all([task, task])
        return [results, len(calls)]

    return simulate(program)


@pytest.mark.task(1)
def test_a_function_may_be_in_the_list_twice(submission):
    """A function that is in the list twice is called twice, and has two results."""
    run = submission.run(one_task_twice)
    results, calls = ended_well(run)
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
    for slow in range(3):
        tasks = [_task(number, after_s=6 if number == slow else 1) for number in range(3)]
        (end,) = ended_well(_simulated(submission, tasks))
        nothing_wrong(_not_once(end, "returned"))
    _always_good(submission, [_task("a"), _task("b")])


def _raised(submission, tasks):
    """Return how a call of run_all ended whose tasks raise ValueError or LookupError."""
    run = _simulated(submission, tasks)
    first = next(number for number, task in enumerate(tasks) if task["raises"])
    wanted = [tasks[first]["raises"][0], [tasks[first]["raises"][1]]]
    if run.error is not None:
        raise Broken(
            "run_all() raised {type_name} instead of the task's own {named}",
            type_name=run.error.type_name,
            named=_named(wanted),
        )
    (end,) = run.value if run.returned else ended_well(run)  # Threads may have errors here.
    if end["error"] is None:
        raise Broken(
            "the error of tasks[{first}] was not raised\n"
            "  it raised {named}; run_all() returned {results}",
            shown_by=run,
            first=first,
            named=_named(wanted),
            results=end["results"],
        )
    return end, wanted


@pytest.mark.task(1)
def test_the_error_of_a_task_reaches_the_caller(submission):
    """When a task raises, run_all() raises that error."""
    for failing in range(3):
        tasks = [_task(number) for number in range(3)]
        tasks[failing] = _task(raises=["LookupError", "no such word"])
        end, wanted = _raised(submission, tasks)
        if end["error"] != wanted:
            raise Broken(
                "run_all() raised {named} instead of {named_2}",
                named=_named(end["error"]),
                named_2=_named(wanted),
            )


@pytest.mark.task(1)
def test_the_first_failed_task_in_task_order_decides(submission):
    """If several tasks raise, the error of the first one in the list is raised."""
    for after_s in ((4, 3, 1), (3, 1, 4)):
        errors = [None, ["ValueError", "of tasks[1]"], ["LookupError", "of tasks[2]"]]
        tasks = [_task(after_s=s, raises=error) for s, error in zip(after_s, errors, strict=True)]
        end, wanted = _raised(submission, tasks)
        if end["error"] != wanted:
            raise Broken(
                "the error is not that of the first task in the list that failed\n"
                "  tasks[1] and tasks[2] failed; run_all() raised {named}",
                named=_named(end["error"]),
            )


@pytest.mark.task(1)
def test_an_error_waits_for_the_other_tasks(submission):
    """An error is raised after every task has ended."""
    for failing in (0, 1):
        tasks = [_task(after_s=6), _task(after_s=6)]
        tasks[failing] = _task(raises=["ValueError", "no good"])
        end, _wanted = _raised(submission, tasks)
        nothing_wrong(_not_once(end, said("raised the error of tasks[{failing}]", failing=failing)))


@pytest.mark.task(1)
def test_no_tasks_give_no_results(submission):
    """An empty list of tasks gives an empty list."""
    run = _simulated(submission, [])
    did = said("raised {named}", named=run.error.type_name) if run.error else ""
    if not did:
        (end,) = ended_well(run)
        did = _did(end) if end["error"] or end["results"] != [] else ""
    if did:
        raise Broken("run_all([]) should return an empty list; it {did}", shown_by=run, did=did)


@pytest.mark.task(1)
def test_a_second_call_starts_afresh(submission):
    """A second call knows nothing of the first."""
    failed = [_task(raises=["ValueError", "no good"])]
    for before in ([_task(1)], failed):
        run = _simulated(submission, before, [_task(2), _task(3)])
        _before, end = run.value if run.returned else ended_well(run)
        if end["error"] is not None or end["results"] != [2, 3]:
            raise Broken(
                "a call of run_all() should know nothing of an earlier call\n"
                "  the second call should return [2, 3], it {did}",
                shown_by=run,
                did=_did(end),
            )
