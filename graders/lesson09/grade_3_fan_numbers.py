"""Hidden checks of lesson 09, task 3: fan, how much its queue holds, which numbers it refuses."""

import pytest

from threadlings.checks import counted, ended_well, refusal, refused
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario, scenario_with


@scenario
def held_back(lesson, plans):
    """Let consume block; return how many items wait by then, how many were read, and whether all
    were consumed in the order in which they were read."""

    def look(sources, consumers, maxsize):
        import queue
        import time

        class Item:
            pass

        made, taken, begun, looks = [], [], [], []
        initialise = queue.Queue.__init__

        def noting(self, maxsize=0):
            made.append(self)
            initialise(self, maxsize)

        queue.Queue.__init__ = noting

        def source():
            for _ in range(maxsize * 3 + consumers * 2):
                item = Item()
                taken.append(item)
                yield item

        def has_item(entry):
            parts = entry if isinstance(entry, tuple | list) else [entry]
            return any(isinstance(part, Item) for part in parts)

        def consume(item):
            begun.append(item)
            if len(begun) > 1:
                time.sleep(20 if len(begun) <= consumers else 0)
                return
            time.sleep(10)
            held = sum(has_item(entry) for box in made for entry in list(box.queue))
            # Another kind of buffer shows in how much was taken from the sources: each producer
            # may have one item in its hand.
            looks.extend([held or len(taken) - len(begun) - sources, len(taken)])

        consume.__qualname__ = "consume"
        lesson.fan([source() for _ in range(sources)], consume, consumers, maxsize)
        return [*looks, begun == taken] if looks else None

    return [simulate(lambda plan=plan: look(*plan)) for plan in plans]


@pytest.mark.task(3)
def test_the_queue_never_holds_more_than_maxsize(submission):
    """The queue never holds more than maxsize items."""
    for asked, maxsize, run, (held, _taken, _is_ordered) in _looks(
        submission, [1, 1, 1], [2, 2, 3], [1, 1, 7]
    ):
        if held > maxsize:
            raise Broken(
                "while consume() was slow, {held} items were waiting\n"
                "  {asked}: never more than {maxsize}",
                shown_by=run,
                held=held,
                asked=asked,
                maxsize=maxsize,
            )


@pytest.mark.task(3)
def test_the_queue_is_used_as_it_is(submission):
    """A producer waits only while maxsize items are in the queue; first in is first out."""
    for asked, maxsize, run, (_held, taken, is_ordered) in _looks(submission, [1, 1, 7]):
        if taken < maxsize:
            raise Broken(
                "a producer waited for room, though the queue was not full\n"
                "  {asked}: while consume() was slow, {taken} items had been read from the source",
                shown_by=run,
                asked=asked,
                taken=taken,
            )
        if not is_ordered:
            raise Broken(
                "the one consumer did not get the items in the order in which they were put\n"
                "  {asked}: a Queue gives out first what was put in first",
                shown_by=run,
                asked=asked,
            )


def _looks(submission, *plans):
    """Yield for each plan the call in words, maxsize, the run, and what was seen in it."""
    runs = submission.run(held_back, plans=plans)
    for (sources, consumers, maxsize), run in zip(plans, runs, strict=True):
        looked = ended_well(run)
        asked = f"fan() with {counted(sources, 'source')}, {consumers=}, {maxsize=}"
        if looked is None:
            raise Broken(
                "fan() returned before every item was consumed\n  {asked}",
                shown_by=run,
                asked=asked,
            )
        yield asked, maxsize, run, looked


@scenario_with(refusal)
def refusal_of_numbers(lesson, sources, consumers, maxsize):
    def source():
        raise RuntimeError("a source was read")
        yield

    made = [source() for _ in range(sources)]
    return simulate(lambda: refusal(lesson.fan, made, print, consumers, maxsize))


@pytest.mark.task(3)
def test_too_small_numbers_are_refused(submission):
    """consumers or maxsize below 1 is a ValueError with the number, and nothing starts."""
    cases = [(1, 0, 2), (1, -3, 2), (1, 2, 0), (1, 2, -4), (0, 0, 2), (0, 2, 0)]
    for sources, consumers, maxsize in cases:
        asked = {"sources": sources, "consumers": consumers, "maxsize": maxsize}
        run = submission.run(refusal_of_numbers, **asked)
        call = f"fan({'sources' if sources else '[]'}, consume, {consumers}, {maxsize})"
        refused(run, call, min(consumers, maxsize))
