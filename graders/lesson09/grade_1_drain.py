"""Hidden checks of lesson 09, task 1: drain."""

import pytest

from threadlings.checks import counted, describe, ended_well, never_wrong, nothing_wrong, same_again
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said


@scenario
def drained(lesson, runs):
    """Drain queues in each run, of which others have already taken some items; use them again."""

    def call(kind, items, others):
        import queue as queues

        box = getattr(queues, kind)()
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

    return [simulate(lambda calls=calls: [call(*each) for each in calls]) for calls in runs]


def _drained(submission, *plans):
    """Require of each plan (kind, items, how many others have taken) what drain() should do."""
    runs = submission.run(drained, runs=[[plan[:3]] for plan in plans])
    for (kind, items, others, expected), run in zip(plans, runs, strict=True):
        asked = f"drain() of a {kind} with {counted(len(items) - others, 'item')}"
        if run.deadlock:
            raise Broken(
                "{asked} blocks\n{describe}",
                describe=describe(run),
                asked=asked,
            )
        (end,) = ended_well(run)
        nothing_wrong(_wrong_items(end, asked, expected), shown_by=run)
        _judge_books(run, end["unfinished"], asked, others, len(expected))


def _wrong_items(end, asked, expected):
    """Return what is wrong with what drain() returned; nothing if nothing is."""
    if end["items"] is None:
        return said(
            "{asked} should return a list; it returned {kind}", asked=asked, kind=end["kind"]
        )
    if end["items"] == expected:
        return ""
    if sorted(map(repr, end["items"])) == sorted(map(repr, expected)):
        wrong = said("the items are not in the order in which the queue gives them")
    else:
        wrong = said("the list is not what was in the queue")
    return said(
        "{wrong}\n  {asked}: should be {expected}, it is {items}",
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
    mixed = ["c", None, 0, "a", "", False, [1], [1], {}]
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


@pytest.mark.task(1)
def test_a_second_drain_starts_afresh(submission):
    """A second call of drain() knows nothing of the first."""
    same_again(
        submission.run,
        drained,
        "drain",
        first=["Queue", ["a", "b", "c"], 0],
        second=["LifoQueue", ["d"], 0],
        wrong=lambda end: _wrong_items(end, "drain() of another queue", ["d"]),
    )


@scenario
def drained_while_others_wait(lesson):
    """Drain a full queue while a producer waits for room, and somebody in join().

    Who waits goes on only if woken, as in the library: the engine's own queue, which looks how
    full it is, would let them go on in any case.
    """

    def program():
        import queue
        import time
        from threading import Thread

        class Box(queue.Queue):
            def put(self, item):
                with self.not_full:
                    while self._qsize() >= self.maxsize:
                        self.not_full.wait()
                    self._put(item)
                    self.unfinished_tasks += 1
                    self.not_empty.notify()

            def join(self):
                with self.all_tasks_done:
                    while self.unfinished_tasks:
                        self.all_tasks_done.wait()

        box, ended = Box(2), []

        def produce():
            for item in "abcd":
                box.put(item)
            ended.append("put")

        def wait():
            box.join()
            ended.append("join")

        for target in (produce, wait):
            Thread(target=target, daemon=True).start()
        got = []
        for _ in range(4):
            time.sleep(10)
            got += lesson.drain(box)
        time.sleep(10)
        return {"items": got, "ended": ended}

    return simulate(program)


@pytest.mark.task(1)
def test_who_waits_for_the_queue_goes_on(submission):
    """drain() leaves the queue usable: a producer that waits for room goes on, and a join()."""
    run = submission.run(drained_while_others_wait)
    end = ended_well(run)
    if "put" not in end["ended"]:
        raise Broken(
            "drain() made room in a full queue, and the producer that waited for it still waits\n"
            "  the queue can hold 2 items; a thread puts 4; 4 calls of drain() brought {items}\n"
            "  who takes items by get() or get_nowait() wakes those who wait in put()",
            shown_by=run,
            items=end["items"],
        )
    if end["items"] != list("abcd"):
        raise Broken(
            "items were lost or changed places while a producer waited for room\n"
            "  it put a, b, c and d; 4 calls of drain() brought {items}",
            shown_by=run,
            items=end["items"],
        )
    if "join" not in end["ended"]:
        raise Broken(
            "all items are marked done, and the thread that waits in queue.join() still waits\n"
            "  task_done() wakes those who wait in join()",
            shown_by=run,
        )


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
