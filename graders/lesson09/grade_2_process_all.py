"""Hidden checks of lesson 09, task 2: process_all."""

import pytest

from threadlings.checks import (
    LEFT,
    LEFT_OR_RAISED,
    Calls,
    called,
    counted,
    describe,
    ended_well,
    left_behind,
    named,
    never_wrong,
    nothing_wrong,
    outcome_of,
    outcome_told,
    refusal,
    refused,
    same_again,
)
from threadlings.engine import Ending, search, simulate
from threadlings.grading import Broken, scenario_with
from threadlings.language import said

POLLING_S = 5
"""How much later than possible a call may end: its threads may look around now and then.
What they handle takes 10 s and more."""


@scenario_with(Calls, outcome_of)
def calls_of_process_all(lesson, runs, samples=None):
    """Call process_all for each plan of each run; return runs, with the outcomes and the books.

    A plan has the items, the workers, and by item: the seconds it takes, what comes out, which
    error is raised. With ``meet`` as many items as workers wait for each other; with ``numbered``
    the n-th call of handle returns n. With ``samples``, a number for each run, schedules are
    searched.
    """

    def call(items, workers, after_s=None, returns=None, raises=None, meet=False, numbered=False):
        import builtins
        import queue
        import time

        book = Calls(items, workers if meet else 1)

        def handle(item):
            place = book.begin(item)
            if place is None:
                return None
            if meet:
                book.meet()
            if after_s:
                time.sleep(after_s[place])
            book.end(item)
            if raises and raises[place]:
                name, text = raises[place]
                raise (queue.Empty if name == "Empty" else getattr(builtins, name))(text)
            if numbered:
                return len(book.begun)
            return returns[place] if returns else item * 10

        handle.__qualname__ = "handle"
        outcome = outcome_of(lambda: lesson.process_all(list(items), handle, workers), queue.Empty)
        return outcome | book.told()

    def searched(program, drawn):
        few = {"max_runs": 10, "samples": drawn} if drawn else {"max_runs": 60, "samples": 0}
        return [search(program, max_decisions=300, **few), simulate(program)]

    programs = [lambda plans=plans: [call(**plan) for plan in plans] for plans in runs]
    if samples is None:
        return [simulate(program) for program in programs]
    return [searched(*each) for each in zip(programs, samples, strict=True)]


def _processed(submission, *plans, raises=False):
    """Simulate calls of process_all, in which handle may raise; yield plan, run and outcome."""
    runs = submission.run(calls_of_process_all, runs=[[plan] for plan in plans])
    for plan, run in zip(plans, runs, strict=True):
        yield plan, run, _outcome(run, plan, raises)


def _outcome(run, plan, raises=False):
    raised_by = "handle()" if raises else ""
    return outcome_told(run, "process_all", _asked(plan), raised_by=raised_by)


def _asked(plan):
    items, workers = counted(len(plan["items"]), "item"), counted(plan["workers"], "worker")
    return f"process_all() of {items} with {workers}"


def _not_processed(end):
    """Return what is wrong with how often the items were handled; empty if nothing is."""
    calls = called(end)
    if calls.strange:
        return said("handle() should get an item\n  it got {strange}", strange=calls.strange[0])
    if calls.again:
        return said("handle() was called {begun} times for one item", begun=calls.again[0])
    if calls.running:
        return said(
            "process_all() returned before every item was handled\n"
            "  items[{index}] was being handled",
            index=calls.running[0],
        )
    if calls.missing:
        return said(
            "not every item was handled when process_all() {verb}\n  never handled: {missing}",
            verb="raised" if end["error"] else "returned",
            missing=", ".join(f"items[{place}]" for place in calls.missing),
        )
    return ""


def _not_the_results(end, plan):
    expected = plan.get("returns") or [item * 10 for item in plan["items"]]
    if end["error"]:
        return said(
            "process_all() raised {named}, but handle() raised nothing", named=named(end["error"])
        )
    if end["result"] is None:
        return said("process_all() should return a list; it returned {kind}", kind=end["kind"])
    if end["result"] == expected:
        return ""
    return said(
        "{wrong}\n  should be {expected}, it is {results}",
        wrong=said("the results are not those of handle(), in the order of the items"),
        expected=expected,
        results=end["result"],
    )


def _wrong(end, plan):
    """Return what is wrong with the end of a call in which nothing raised."""
    return _not_processed(end) or _not_the_results(end, plan) or left_behind(end, "process_all")


def _all_processed(submission, *plans):
    for plan, _run, end in _processed(submission, *plans):
        nothing_wrong(_wrong(end, plan), call=_asked(plan))


@pytest.mark.task(2)
def test_results_are_in_the_order_of_the_items(submission):
    """Each item is handled once, and the results are in the order of the items."""
    _all_processed(
        submission,
        {"items": [7, 3, 5, 4], "workers": 2, "after_s": [40, 10, 20, 30]},
        {"items": [1, 2, 3], "workers": 3, "after_s": [1, 3, 2], "returns": [None, 0, None]},
        {"items": [4, 9, 2], "workers": 1},
        {"items": [0, 1, 2, 3], "workers": 4, "after_s": [40, 30, 20, 10]},
        {"items": [0, 1, 2, 3], "workers": 4, "after_s": [20, 40, 10, 30]},
    )


@pytest.mark.task(2)
def test_results_do_not_depend_on_the_schedule(submission):
    """Whoever goes first: each item is handled once, and nobody waits for ever."""
    sizes = ((1, 2), (2, 2), (5, 3))
    plans = [{"items": list(range(items)), "workers": workers} for items, workers in sizes]
    _always(submission, plans, [0, 0, 10], _wrong, LEFT)


def _always(submission, plans, samples, wrong, told_by_value):
    runs = [[plan] for plan in plans]
    searches = submission.run(calls_of_process_all, runs=runs, samples=samples)
    for plan, (seen, fair) in zip(plans, searches, strict=True):
        never_wrong(
            seen,
            lambda ends, plan=plan: wrong(ends[0], plan),
            fair=fair,
            told_by_value=told_by_value,
            call=_asked(plan),
        )


@pytest.mark.task(2)
def test_as_many_items_at_a_time_as_there_are_workers(submission):
    """With n workers, n items are handled at the same time, and never more."""
    for n in (3, 12):
        plan = {"items": list(range(2 * n)), "workers": n, "after_s": [10] * 2 * n, "meet": True}
        ((_plan, _run, end),) = _processed(submission, plan)
        nothing_wrong(_not_processed(end), call=_asked(plan))
        if end["most"] > n:
            raise Broken("{n} workers handled {most} items at the same time", n=n, most=end["most"])
        if end["is_apart"]:
            raise Broken("{n} workers did not handle {n} items at the same time", n=n)


@pytest.mark.task(2)
def test_no_worker_is_idle_while_an_item_waits(submission):
    """A worker that is free takes the next item."""
    plan = {"items": [1, 2, 3, 4, 5], "workers": 2, "after_s": [40, 10, 10, 10, 10]}
    other = {**plan, "after_s": [10, 40, 10, 10, 10]}
    for _plan, run, end in _processed(submission, plan, other):
        nothing_wrong(_wrong(end, plan), call=_asked(plan))
        if run.returned_s > 40 + POLLING_S:
            raise Broken(
                "{asked} took {took_s:g} s; 40 s is possible\n"
                "  one item takes 40 s, the others 10 s each: a worker was idle while an "
                "item waited",
                asked=_asked(plan),
                took_s=run.returned_s,
            )


@pytest.mark.task(2)
def test_more_workers_than_items(submission):
    """There may be more workers than items, and no items at all."""
    _all_processed(submission, {"items": [4], "workers": 5}, {"items": [], "workers": 2})


@pytest.mark.task(2)
def test_a_second_call_starts_afresh(submission):
    """A second call knows nothing of the first."""
    before = {"items": [1, 2, 3, 4], "workers": 2}
    failing = {**before, "raises": [["ValueError", "no good"]] * 4}
    plan = {"items": [3, 1], "workers": 1}
    for first in ({"items": [1], "workers": 2}, before, failing):
        same_again(
            submission.run,
            calls_of_process_all,
            "process_all",
            first=first,
            second=plan,
            wrong=lambda end: _wrong(end, plan),
            told_by_value=Ending,
        )


@pytest.mark.task(2)
def test_items_may_be_anything(submission):
    """Items may be anything: None, falsy, of kinds that cannot be hashed or compared."""
    items = [None, 0, "", [], {}, "b", False, [None], 1.5, "END"]
    plan = {"items": items, "returns": [[place] for place in range(len(items))]}
    try:
        _all_processed(submission, {**plan, "workers": 1}, {**plan, "workers": 3})
    except Broken as broken:
        told = "an item may be anything: {items}\n  {told}"
        raise broken.within(told, items=items) from None


@pytest.mark.task(2)
def test_items_may_be_equal(submission):
    """Equal items are handled each for itself, whatever they are."""
    plan = {"items": [[5], [5], [5]], "workers": 1, "numbered": True}
    (run,) = submission.run(calls_of_process_all, runs=[[plan]])
    if run.error is not None and "unhashable" in run.error.message:
        raise Broken("items may be of any kind, lists too\n  {describe}", describe=describe(run))
    (end,) = ended_well(run)
    if _not_processed(end) or sorted(end["result"] or [], key=repr) != [1, 2, 3]:
        raise Broken(
            "equal items should be handled each for itself\n"
            "  of 3 equal items handle() got {count}; its results were 1, 2 and 3; process_all() "
            "returned {results}",
            shown_by=run,
            count=len(end["begun"]),
            results=end["result"],
        )


GOOD, BAD, WORSE = None, ["ValueError", "bad"], ["LookupError", "worse"]
EMPTY = ["Empty", "no more"]
"""handle() may ask a queue of its own, which is empty."""


def _not_raised(end, plan):
    """Return what is wrong with the end of a call in which handle() raised."""
    wanted = next([error[0], [error[1]]] for error in plan["raises"] if error)
    if end["error"] is None:
        return said(
            "handle() raised {named}, but process_all() did not raise it\n  it returned {results}",
            named=named(wanted),
            results=end["result"],
        )
    wrong = _not_processed(end)
    if wrong:
        return said(
            "an error in handle() should be raised after the rest was processed\n{wrong}",
            wrong=wrong,
        )
    if end["error"] != wanted:
        return said(
            "the error is not that of the first item that failed, in the order of the items\n"
            "  it should be {named}, it is {named_2}",
            named=named(wanted),
            named_2=named(end["error"]),
        )
    return left_behind(end, "process_all")


def _all_raised(submission, *plans):
    for plan, _run, end in _processed(submission, *plans, raises=True):
        nothing_wrong(_not_raised(end, plan), call=_asked(plan))


@pytest.mark.task(2)
def test_an_error_is_raised_after_the_rest_was_processed(submission):
    """An error in handle() is raised after all other items were handled."""
    some = {"items": [0, 1, 2, 3], "workers": 2, "after_s": [10, 20, 10, 20]}
    _all_raised(
        submission,
        {**some, "raises": [BAD, GOOD, GOOD, GOOD]},
        {**some, "raises": [GOOD, GOOD, GOOD, BAD]},
        {"items": [0, 1, 2], "workers": 1, "raises": [BAD, GOOD, GOOD]},
        {"items": [0, 1, 2], "workers": 1, "raises": [GOOD, EMPTY, GOOD]},
    )


@pytest.mark.task(2)
def test_the_first_failed_item_decides(submission):
    """If several items fail, the error of the first of them in item order is raised."""
    plan = {"items": [0, 1, 2], "workers": 3, "raises": [GOOD, BAD, WORSE]}
    late, early = {**plan, "after_s": [10, 30, 20]}, {**plan, "after_s": [30, 10, 20]}
    _all_raised(submission, late, early, {"items": [0, 1], "workers": 1, "raises": [BAD, WORSE]})


@pytest.mark.task(2)
def test_an_error_leaves_nobody_waiting(submission):
    """After an error nobody waits for ever, whoever goes first."""
    plan = {"items": [0, 1], "workers": 2, "raises": [BAD, GOOD]}
    _always(submission, [plan], [0], _not_raised, LEFT_OR_RAISED)


@scenario_with(refusal)
def refusal_of_workers(lesson, workers):
    def handle(item):
        raise RuntimeError("handle() was called")

    return simulate(lambda: refusal(lesson.process_all, [1, 2], handle, workers))


@pytest.mark.task(2)
def test_fewer_than_one_worker_is_refused(submission):
    """Fewer than 1 worker is a ValueError with the number in it, and nothing starts."""
    for workers in (0, -2):
        run = submission.run(refusal_of_workers, workers=workers)
        refused(run, f"process_all(items, handle, {workers})", workers)
