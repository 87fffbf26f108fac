"""Hidden checks of lesson 09, task 2 and others: alike items; calls that know of no other."""

import pytest

from threadlings.checks import LEFT_OR_RAISED, describe, ended_well, refusal, refused
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario, scenario_with
from threadlings.language import said


@scenario
def alike_processed(lesson, plans):
    """Process four items that are equal to each other, or one and the same, by a plan each.

    A plan has the workers, whether it is one item, and the places of the items that fail.
    """

    def call(workers, is_one, failing):
        import time

        class Alike:
            """Equal to its like: it has no hash, and no order."""

            def __init__(self, place):
                self.place = place

            def __eq__(self, other):
                return isinstance(other, Alike)

        handled = []

        def handle(item):
            number = len(handled)
            handled.append(item)
            place = number if is_one else item.place
            time.sleep(40 - 10 * place)
            if place in failing:
                raise ValueError(f"items[{place}]")
            return place

        items = [Alike(0)] * 4 if is_one else [Alike(place) for place in range(4)]
        try:
            results = lesson.process_all(items, handle, workers)
            raised = None
        except ValueError as error:
            results, raised = None, str(error)
        found = list(results) if isinstance(results, list) else []
        return {"results": found, "raised": raised, "handled": len(handled)}

    return [simulate(lambda plan=plan: call(*plan)) for plan in plans]


@pytest.mark.task(2)
def test_items_may_be_alike(submission):
    """Items that are equal, or the same object again, are handled each for itself."""
    one_by_one = [1, True, []], [1, False, [2, 3]]
    plans = [*one_by_one, [3, False, []], [3, False, [1, 2]], [3, False, [3]]]
    runs = submission.run(alike_processed, plans=plans)
    for (workers, is_one, failing), run in zip(plans, runs, strict=True):
        end = ended_well(run, LEFT_OR_RAISED)
        same, equal = said("the same object 4 times"), said("4 items that are equal to each other")
        kind = same if is_one else equal
        if failing and end["raised"] != f"items[{failing[0]}]":
            raise Broken(
                "of items that are alike, the error is not that of the first that failed\n"
                "  items: {kind}; workers: {workers}\n"
                "  it should be that of items[{first}], it is that of {raised}",
                shown_by=run,
                kind=kind,
                workers=workers,
                first=failing[0],
                raised=end["raised"],
            )
        if end["handled"] != 4 or (not failing and sorted(end["results"]) != [0, 1, 2, 3]):
            raise _not_each(run, kind, workers, end)
        if not (failing or is_one or end["results"] == [0, 1, 2, 3]):
            raise _not_each(run, kind, workers, end)


def _not_each(run, kind, workers, end):
    return Broken(
        "items that are alike should be handled each for itself\n"
        "  items: {kind}; workers: {workers}\n"
        "  handle() was called {handled} times; its results are 0, 1, 2 and 3\n"
        "  process_all() returned {results}",
        shown_by=run,
        kind=kind,
        workers=workers,
        handled=end["handled"],
        results=end["results"],
    )


@scenario
def two_at_once(lesson, name):
    """Call the function of this name in two threads, the second call while the first is busy."""

    def program():
        import time
        from threading import Thread

        found = {}

        def call(items, after_s):
            got = []

            def handle(item):
                time.sleep(10)
                got.append(item)
                return item * 2

            time.sleep(after_s)
            if name == "fan":
                lesson.fan([list(items)], handle, 1, 2)
                found[items] = "".join(got)
            else:
                results = lesson.process_all(list(items), handle, 1)
                found[items] = "".join(results) if isinstance(results, list) else ""

        calls = [Thread(target=call, args=("abcd", 0)), Thread(target=call, args=("xy", 15))]
        for thread in calls:
            thread.start()
        for thread in calls:
            thread.join()
        return [found.get("abcd"), found.get("xy")]

    return simulate(program)


def _apart(submission, name, expected):
    run = submission.run(two_at_once, name=name)
    if run.returned and run.value == expected:
        return
    told = said("their items: abcd and xy; what came of them: {found}", found=run.value)
    raise Broken(
        "two calls of {function}() at the same time should know nothing of each other\n  {told}",
        shown_by=run,
        function=name,
        told=told if run.returned else describe(run),
    )


@pytest.mark.task(2)
def test_two_calls_at_the_same_time_are_apart(submission):
    """Two calls of process_all() at the same time know nothing of each other."""
    _apart(submission, "process_all", ["aabbccdd", "xxyy"])


@pytest.mark.task(3)
def test_two_calls_of_fan_at_the_same_time_are_apart(submission):
    """Two calls of fan() at the same time know nothing of each other."""
    _apart(submission, "fan", ["abcd", "xy"])


@scenario
def kept_afterwards(lesson, name):
    """Call the function of this name twice; return what the first call returned, as it is then."""

    def program():
        import queue

        def call(items):
            if name == "process_all":
                return lesson.process_all(items, str, 2)
            box = queue.Queue()
            for item in items:
                box.put(str(item))
            return lesson.drain(box)

        first = call([1, 2, 3])
        call([4])
        return first

    return simulate(program)


def _kept(submission, name):
    run = submission.run(kept_afterwards, name=name)
    results = ended_well(run)
    if results != ["1", "2", "3"]:
        raise Broken(
            "a call of {function}() changed the list that an earlier one had returned\n"
            "  it should still be {expected}, it is {results}",
            shown_by=run,
            function=name,
            expected=["1", "2", "3"],
            results=results,
        )


@pytest.mark.task(1)
def test_a_later_drain_changes_no_earlier_list(submission):
    """What drain() returned is not changed by a later call."""
    _kept(submission, "drain")


@pytest.mark.task(2)
def test_a_later_call_changes_no_earlier_results(submission):
    """What process_all() returned is not changed by a later call."""
    _kept(submission, "process_all")


@scenario_with(refusal)
def refusal_without_items(lesson):
    return simulate(lambda: refusal(lesson.process_all, [], print, 0))


@pytest.mark.task(2)
def test_too_few_workers_are_refused_without_items_too(submission):
    """Fewer than 1 worker is a ValueError, also if there are no items."""
    refused(submission.run(refusal_without_items), "process_all([], handle, 0)", 0)
