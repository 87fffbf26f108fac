"""Hidden checks of lesson 09, task 1: drain."""

import pytest

from threadlings.checks import counted, describe, ended_well, never_wrong
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said


@scenario
def drained(lesson, plans):
    """Drain queues of which others have already taken some items; then use them once more."""

    def program_of(kind, items, others):
        def program():
            import queue

            box = getattr(queue, kind)()
            for item in items:
                box.put(item)
            for _ in range(others):
                box.get()
            got = lesson.drain(box)
            unfinished = box.unfinished_tasks
            box.put(1)
            box.get_nowait()
            return {
                "kind": "None" if got is None else f"a {type(got).__name__}",
                "items": list(got) if isinstance(got, list) else None,
                "unfinished": unfinished,
            }

        return program

    return [simulate(program_of(*plan)) for plan in plans]


def _drained(submission, *plans):
    """Require of each plan (kind, items, how many others have taken) what drain() should do."""
    runs = submission.run(drained, plans=[plan[:3] for plan in plans])
    for (kind, items, others, expected), run in zip(plans, runs, strict=True):
        asked = f"drain() of a {kind} with {counted(len(items) - others, 'item')}"
        if run.deadlock:
            raise Broken(
                "{asked} blocks: it waits for one more item\n{describe}",
                asked=asked,
                describe=describe(run),
            )
        _judge_items(run, ended_well(run), asked, expected)
        _judge_books(run, ended_well(run)["unfinished"], asked, others, len(expected))


def _judge_items(run, end, asked, expected):
    if end["items"] is None:
        raise Broken(
            "{asked} should return a list; it returned {kind}",
            shown_by=run,
            asked=asked,
            kind=end["kind"],
        )
    if end["items"] != expected:
        if sorted(map(repr, end["items"])) == sorted(map(repr, expected)):
            wrong = said("the items are not in the order in which the queue gives them")
        else:
            wrong = said("the list is not what was in the queue")
        raise Broken(
            "{wrong}\n  {asked}: should be {expected}, it is {items}",
            shown_by=run,
            wrong=wrong,
            asked=asked,
            expected=expected,
            items=end["items"],
        )


def _judge_books(run, unfinished, asked, others, count):
    if run.returned_s > 0:
        raise Broken(
            "{asked} blocks: it took {took_s:g} s\n"
            "  it should ask without waiting, not even for a moment",
            shown_by=run,
            asked=asked,
            took_s=run.returned_s,
        )
    if unfinished > others:
        raise Broken(
            "{unfinished} of {count} items are not marked done\n"
            "  after {asked}, queue.join() would wait for ever",
            shown_by=run,
            unfinished=unfinished - others,
            count=count,
            asked=asked,
        )
    if unfinished < others:
        raise Broken(
            "drain() marked done what others took\n"
            "  {others} items were taken by others and are not done yet; the queue counts "
            "{unfinished}",
            shown_by=run,
            others=others,
            unfinished=unfinished,
        )


@pytest.mark.task(1)
def test_everything_is_taken_in_the_order_of_the_queue(submission):
    """drain() takes everything, in the order in which the queue gives it."""
    mixed = ["c", None, 0, "a", "", False]
    _drained(
        submission,
        ("Queue", mixed, 0, mixed),
        ("LifoQueue", [1, 3, 2], 0, [2, 3, 1]),
        ("PriorityQueue", [3, 1, 2], 0, [1, 2, 3]),
    )


@pytest.mark.task(1)
def test_an_empty_queue_gives_an_empty_list_at_once(submission):
    """drain() of an empty queue returns an empty list at once."""
    _drained(submission, ("Queue", [], 0, []))


@pytest.mark.task(1)
def test_only_what_drain_took_is_marked_done(submission):
    """Each item that drain() took is marked done, and no other."""
    _drained(submission, ("Queue", ["a", "b", "c", "d"], 2, ["c", "d"]))


@scenario
def drained_by_two(lesson, numbers):
    def program_of(number):
        def program():
            from queue import Queue
            from threading import Thread

            box, got, drain = Queue(), [[], []], lesson.drain
            for item in range(number):
                box.put(item)

            def take(mine):
                result = drain(box)
                mine.extend(result if isinstance(result, list) else [])

            threads = [Thread(target=take, args=(mine,)) for mine in got]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return {
                "items": sorted(got[0] + got[1], key=repr),
                "in_order": all(mine == sorted(mine, key=repr) for mine in got),
                "unfinished": box.unfinished_tasks,
            }

        return program

    programs = [program_of(number) for number in numbers]
    return [[search(p, max_runs=60, max_decisions=300), simulate(p)] for p in programs]


@pytest.mark.task(1)
def test_two_may_drain_the_same_queue(submission):
    """Two threads may drain one queue: neither blocks, and each item goes to one of them."""
    for number, (seen, fair) in enumerate(submission.run(drained_by_two, numbers=[0, 1, 2])):
        items = list(range(number))

        def wrong(end, items=items):
            if end["items"] != items:
                return said(
                    "an item was lost or taken twice\n  together they got {items}",
                    items=end["items"],
                )
            if not end["in_order"]:
                return said("the items are not in the order of the queue")
            if end["unfinished"]:
                return said("not marked done: {number}", number=counted(end["unfinished"], "item"))
            return ""

        asked = said("two threads drain one queue with {items}", items=items)
        never_wrong(seen, wrong, fair=fair, call=asked)
