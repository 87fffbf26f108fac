"""Hidden checks of lesson 09, task 3: fan, and how much its queue holds."""

import pytest

from threadlings.checks import counted, ended_well
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario


@scenario
def held_back(lesson, plans):
    """Let consume block; return how many items are held by then, or were taken ahead."""

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
            looks.append(held or len(taken) - len(begun) - sources)

        consume.__qualname__ = "consume"
        lesson.fan([source() for _ in range(sources)], consume, consumers, maxsize)
        return looks[0] if looks else None

    return [simulate(lambda plan=plan: look(*plan)) for plan in plans]


@pytest.mark.task(3)
def test_the_queue_never_holds_more_than_maxsize(submission):
    """The queue never holds more than maxsize items."""
    plans = [[1, 1, 1], [2, 2, 3]]
    runs = submission.run(held_back, plans=plans)
    for (sources, consumers, maxsize), run in zip(plans, runs, strict=True):
        held = ended_well(run)
        asked = f"fan() with {counted(sources, 'source')}, {consumers=}, {maxsize=}"
        if held is None:
            raise Broken(
                "fan() returned before every item was consumed\n  {asked}",
                shown_by=run,
                asked=asked,
            )
        if held > maxsize:
            raise Broken(
                "while consume() was slow, {held} items were waiting\n"
                "  {asked}: never more than {maxsize}",
                shown_by=run,
                held=held,
                asked=asked,
                maxsize=maxsize,
            )
