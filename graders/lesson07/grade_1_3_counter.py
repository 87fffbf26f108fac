"""Hidden checks of lesson 07, tasks 1 and 3: Counter and LOST_UPDATE."""

import pytest

from threadlings.checks import ended_well, spelled, story_of
from threadlings.engine import Ending, search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said


@scenario
def increments_alone(lesson):
    """Read n of a new counter, increment it three times; then make another counter."""

    def program():
        counter = lesson.Counter()
        numbers = [counter.n]
        for _ in range(3):
            counter.increment()
            numbers.append(counter.n)
        return [numbers, lesson.Counter().n]

    return simulate(program)


@pytest.mark.task(1)
def test_a_counter_counts_alone(submission):
    """A new counter begins at 0, and each increment adds one."""
    numbers, another = ended_well(submission.run(increments_alone))
    if numbers != [0, 1, 2, 3]:
        raise Broken(
            "increment() does not add one to n\n"
            "  one thread, three increments: n should be 0, 1, 2, 3; it is {listed}",
            listed=", ".join(map(str, numbers)),
        )
    if another != 0:
        raise Broken(
            "a new counter should begin at 0, it begins at {another}\n"
            "  another counter had been incremented before",
            another=another,
        )


@scenario
def increments_at_once(lesson, letters=False, of_the_notebook=False):
    """Let threads A and B increment one counter, under every schedule."""
    if letters and lesson.LOST_UPDATE is ...:
        raise NotImplementedError("TODO 3 in exercises/lesson07/race_condition.py")

    class Counter:
        def __init__(self):
            self.n = 0

        def increment(self):
            self.n += 1

    def program():
        from threading import Thread

        counter = Counter() if of_the_notebook else lesson.Counter()
        a, b = Thread(target=counter.increment), Thread(target=counter.increment)
        a.start()
        b.start()
        a.join()
        b.join()
        return counter.n

    seen = search(program, max_runs=150, max_decisions=300, keep_runs=True)
    return {"letters": lesson.LOST_UPDATE if letters else None, "seen": seen}


def _is_racing(seen):
    """Return True if the order of two increments decides what n is."""
    return len(set(filter(_is_number, seen.values))) > 1


def _is_number(value):
    return isinstance(value, int | float)


@pytest.mark.task(1)
def test_two_increments_at_once_can_lose_an_update(submission):
    """Two increments at the same time can lose an update."""
    seen = submission.run(increments_at_once)["seen"]
    for outcome in seen.outcomes:
        if outcome.kind != Ending.EXHAUSTED:
            ended_well(outcome.run)
    if not seen.is_complete or _is_racing(seen):
        return
    asked = said(
        "two threads incremented once each, and n was {values} under every schedule",
        values=seen.values[0],
    )
    if seen.values != [2]:
        raise Broken("increment() does not add one to n\n  {asked}", asked=asked)
    raise Broken(
        "this counter never loses an update\n"
        "  {asked}\n"
        "  what protects it belongs in lesson 08; here the bug is wanted",
        asked=asked,
    )


@pytest.mark.task(3)
def test_lost_update_is_lost(submission):
    """LOST_UPDATE spells an order of your own reads and writes that loses an update."""
    told = submission.run(increments_at_once, letters=True)
    seen, whose = told["seen"], "A and B"
    if not _is_racing(seen):  # Task 1 says so; the letters are judged by themselves.
        told = submission.run(increments_at_once, letters=True, of_the_notebook=True)
        seen, whose = told["seen"], said("with a Counter that has no lock, A and B")
    letters, most = told["letters"], max(filter(_is_number, seen.values))
    for run in spelled(seen, letters, name="LOST_UPDATE", what="n"):
        if not _is_number(run.value) or run.value >= most:
            raise Broken(
                "LOST_UPDATE = {letters!r} loses no update\n"
                "  {whose} incremented once each, and n is {value}{story_of}",
                letters=letters,
                whose=whose,
                value=run.value,
                story_of=story_of(run),
            )
