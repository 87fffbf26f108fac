"""Hidden checks of lesson 08, tasks 1 and 2: Counter and TidyCounter."""

import pytest

from threadlings.checks import always, ended_well
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said

BOTH_COUNTERS = pytest.mark.parametrize(
    "name",
    [
        pytest.param("Counter", marks=pytest.mark.task(1)),
        pytest.param("TidyCounter", marks=pytest.mark.task(2)),
    ],
)


@scenario
def increments_at_once(lesson, name, threads, rounds):
    def program():
        from threading import Thread

        counter = getattr(lesson, name)()

        def work():
            for _ in range(rounds):
                counter.increment()

        workers = [Thread(target=work) for _ in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return counter.n

    return search(program, max_runs=80, max_decisions=1_000)


@BOTH_COUNTERS
def test_no_increment_is_lost(submission, name):
    """Increments at the same time all count."""
    for threads, rounds in ((2, 1), (2, 2), (3, 1)):
        total = threads * rounds
        asked = said(
            "{threads} threads incremented {value} each",
            threads=threads,
            value="once" if rounds == 1 else "twice",
        )

        def told(n, total=total, asked=asked):
            is_less = isinstance(n, int) and n < total
            headline = said("lost an update") if is_less else said("does not add one to n")
            return said(
                "increment() {headline}\n  {asked}; n should be {total}, it is {n}",
                headline=headline,
                asked=asked,
                total=total,
                n=n,
            )

        seen = submission.run(increments_at_once, name=name, threads=threads, rounds=rounds)
        always(seen, total, told)


@scenario
def beginnings(lesson, name):
    def program():
        make = getattr(lesson, name)
        counters = [make(), make(5), make(n=7)]
        begun = [counter.n for counter in counters]
        counters[1].increment()
        return [begun, [counter.n for counter in counters]]

    return simulate(program)


@BOTH_COUNTERS
def test_counting_begins_at_n(submission, name):
    """A counter begins to count at the number that it is given."""
    run = submission.run(beginnings, name=name)
    begun, after = ended_well(run)
    for call, expected, n in zip(("", "5", "n=7"), (0, 5, 7), begun, strict=True):
        if n != expected:
            why = said("the start value is ignored: ") if call else ""
            raise Broken(
                why
                + said(
                    "{name}({call}).n should be {expected}, it is {n}",
                    name=name,
                    call=call,
                    expected=expected,
                    n=n,
                )
            )
    if after[1] != 6:
        raise Broken(
            "{name}(5).n should be 6 after one increment(), it is {after}",
            name=name,
            after=after[1],
        )
    if [after[0], after[2]] != [0, 7]:
        raise Broken(
            "each {name} should have a number of its own\n"
            "  {name}(5) was incremented; {name}().n and {name}(7).n should still be 0 and 7, they "
            "are {first} and {last}",
            name=name,
            first=after[0],
            last=after[2],
        )
