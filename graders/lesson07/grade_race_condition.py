"""Hidden checks of lesson 07: race condition."""

from functools import cache

import pytest

from threadlings.checks import always, describe, ended_well, picture, spelled
from threadlings.engine import Ending, search, simulate
from threadlings.grading import Broken, OutOfMemory, OutOfTime, real_scenario, scenario
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
            listed=_listed(numbers),
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


@scenario
def races(lesson, threads, increments, adds=1, every_schedule=False):
    """Call run_race; unless ``every_schedule``, nobody increments before all threads are there."""

    def program():
        import time
        from threading import Barrier, Lock, get_ident

        everybody = Barrier(max(threads, 1))

        class Given:
            def __init__(self):
                self.n = 5
                self.lock = Lock()
                self.calls = {}
                self.came_s = []

            def increment(self):
                if not every_schedule and get_ident() not in self.calls:
                    self.came_s.append(time.monotonic())
                    everybody.wait()
                with self.lock:
                    self.calls[get_ident()] = self.calls.get(get_ident(), 0) + 1
                    self.n += adds

        counter, error, returned = Given(), None, None
        try:
            returned = lesson.run_race(counter, threads, increments)
        except ValueError as caught:
            error = str(caught)
        if every_schedule:
            return [returned, counter.n]
        return {
            "error": error,
            "returned": returned,
            "n": counter.n,
            "calls": list(counter.calls.values()),
            "came_s": [came_s - min(counter.came_s) for came_s in counter.came_s],
        }

    if every_schedule:
        return search(program, max_runs=100, max_decisions=200)
    return simulate(program)


def _raced(submission, threads, increments, adds=1):
    """Return the run of a run_race that must not be refused, how it ended, and the call."""
    run = submission.run(races, threads=threads, increments=increments, adds=adds)
    asked = f"run_race(counter, {threads}, {increments})"
    if any(wait.place and wait.place.function == "increment" for wait in run.deadlock):
        raise Broken(
            "the threads did not run at the same time\n"
            "  {asked}: {threads} threads should be able to increment before one has ended",
            asked=asked,
            threads=threads,
        )
    end = ended_well(run)
    if end["error"] is not None:
        raise Broken("{asked} was refused: ValueError: {error}", asked=asked, error=end["error"])
    return run, end, asked


@pytest.mark.task(2)
def test_every_thread_increments_as_often_as_asked(submission):
    """The threads run at the same time, and each increments as often as asked."""
    for threads, increments in ((3, 4), (0, 4), (3, 0)):
        run, end, asked = _raced(submission, threads, increments)
        if end["calls"] != [increments] * threads * bool(increments):
            raise Broken(
                "{count} threads called increment() {calls} times\n"
                "  {asked}: {threads} threads should call it {increments} times each",
                count=len(end["calls"]),
                calls=sum(end["calls"]),
                asked=asked,
                threads=threads,
                increments=increments,
            )
        if _slept_between_starts(run, end["came_s"]):
            came = ", ".join(f"{came_s:g}" for came_s in end["came_s"])
            raise Broken(
                "the threads did not begin at the same time\n"
                "  {asked} slept between the starts: they began after {came} s\n"
                "  a pause makes the race rare, and no less wrong",
                asked=asked,
                came=came,
            )


def _slept_between_starts(run, came_s):
    return max(came_s, default=0) > 0 and any(
        span.thread == "m" and span.state == "sleeping" and span.start_s < max(came_s)
        for span in run.timeline
    )


@pytest.mark.task(2)
def test_it_returns_what_the_race_made_of_the_counter(submission):
    """The total is counter.n, not the number that was asked for."""
    for adds in (1, 0):
        _run, end, asked = _raced(submission, 2, 3, adds)
        if end["returned"] != end["n"]:
            raise Broken(
                said(
                    "run_race() returned {returned}, but counter.n is {n}\n"
                    "  {asked}, with a counter that began at 5",
                    returned=end["returned"],
                    n=end["n"],
                    asked=asked,
                )
                + ("" if adds else said(" and lost every update"))
            )


@pytest.mark.task(2)
def test_it_returns_after_every_thread_has_ended(submission):
    """The total is read after every thread has ended."""
    for increments in (1, 2):
        seen = submission.run(races, threads=2, increments=increments, every_schedule=True)
        total = 5 + 2 * increments
        asked = said(
            "run_race(counter, 2, {increments}), with a counter that began at 5",
            increments=increments,
        )

        def told(end, total=total, asked=asked):
            returned, n = end
            if n == total:
                return said(
                    "run_race() returned {returned}, but counter.n is {n}\n  {asked}",
                    returned=returned,
                    n=n,
                    asked=asked,
                )
            return said(
                "run_race() returned before every increment was made\n"
                "  {asked}: counter.n was {n} when it returned; all increments make {total}",
                asked=asked,
                n=n,
                total=total,
            )

        always(seen, [total, total], told)


@pytest.mark.task(2)
def test_run_race_refuses_negative_numbers(submission):
    """A negative number is a ValueError with the number in it, and nothing starts."""
    for threads, increments in ((-2, 3), (3, -2), (0, -7), (-7, 0)):
        run = submission.run(races, threads=threads, increments=increments)
        asked = f"run_race(counter, {threads}, {increments})"
        _refused(ended_well(run)["error"], asked, min(threads, increments))
        if len(run.threads) != 1:
            raise Broken(
                "{asked} had started {begun} threads before it refused",
                asked=asked,
                begun=len(run.threads) - 1,
            )


def _refused(error, asked, number):
    if error is None:
        raise Broken("{asked} raised no ValueError", asked=asked)
    if str(number) not in error:
        raise Broken(
            "{asked}: the ValueError should have {number} in its message: {error}",
            asked=asked,
            number=number,
            error=error,
        )


@pytest.mark.task(3)
def test_lost_update_is_lost(submission):
    """LOST_UPDATE spells an order of your own reads and writes that loses an update."""
    told = submission.run(increments_at_once, letters=True)
    seen, whose = told["seen"], "A and B"
    if not _is_racing(seen):  # Task 1 says so; the letters are judged by themselves.
        told = submission.run(increments_at_once, letters=True, of_the_notebook=True)
        seen, whose = told["seen"], said("with the notebook's Counter, A and B")
    letters, most = told["letters"], max(filter(_is_number, seen.values))
    for run in spelled(seen, letters, name="LOST_UPDATE", what="n"):
        if not _is_number(run.value) or run.value >= most:
            raise Broken(
                "LOST_UPDATE = {letters!r} loses no update\n"
                "  {whose} incremented once each, and n is {value}{story_of}",
                letters=letters,
                whose=whose,
                value=run.value,
                story_of=_story_of(run),
            )


def _story_of(run):
    """Return what happened in a run, behind the words that say what should have happened."""
    bad, drawn = describe(run), picture(run)
    return f"\n  {bad}" * bool(bad) + f"\n\n{drawn}" * bool(drawn)


@real_scenario()
def totals_of(lesson, sizes):
    """Return what possible_totals() says to each pair of threads and increments."""
    from collections.abc import Set

    def answer(threads, increments):
        try:
            found = lesson.possible_totals(threads, increments)
        except NotImplementedError:
            raise
        except Exception as error:
            return {"error": [type(error).__name__, str(error)]}
        if not isinstance(found, Set):
            return {"type": type(found).__name__}
        numbers = [total for total in found if isinstance(total, int | float)]
        others = [repr(total) for total in found if not isinstance(total, int | float)]
        return {"totals": sorted(numbers)[:1_000], "others": sorted(others)[:1]}

    return [answer(*size) for size in sizes]


SMALL_SIZES = ((0, 0), (0, 3), (3, 0), (1, 1), (1, 3), (2, 1), (3, 1), (4, 1), (2, 2))
LARGER_SIZES = ((2, 3), (3, 2))
"""With these, who tries all orders of 12 accesses one by one, equal ones too, never ends."""


@cache
def every_total(threads, increments):
    """Return every total of the race: a walk through all its states, each visited once.

    A state is n and, for each thread, how many increments it has done and what it has read.
    """
    totals, seen, waiting = set(), set(), [(0, ((0, None),) * threads)]
    while waiting:
        state = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        n, places = state
        if all(done == increments for done, _read in places):
            totals.add(n)
        for number, (done, read) in enumerate(places):
            before, after = places[:number], places[number + 1 :]
            if read is not None:
                waiting.append((read + 1, (*before, (done + 1, None), *after)))
            elif done < increments:
                waiting.append((n, (*before, (done, n), *after)))
    return totals


def _require_totals(answers, sizes):
    for (threads, increments), told in zip(sizes, answers, strict=True):
        asked, totals = (
            f"possible_totals({threads}, {increments})",
            every_total(threads, increments),
        )
        if "error" in told:
            raise Broken(
                "{asked} raised {value}", asked=asked, value=": ".join(filter(None, told["error"]))
            )
        if "type" in told:
            raise Broken(
                "{asked} should return a set, it returned a value of type {type}",
                asked=asked,
                type=told["type"],
            )
        for other in told["others"]:
            raise Broken("{asked} has {other}, which is not a number", asked=asked, other=other)
        for total in sorted(totals - set(told["totals"])):
            raise Broken(
                "{asked} lacks {n}: there is an order that ends with n = {n}", asked=asked, n=total
            )
        for total in sorted(set(told["totals"]) - totals):
            raise Broken(
                "{asked} has {n}: there is no order that ends with n = {n}", asked=asked, n=total
            )


@pytest.mark.task(4)
def test_every_total_is_found_and_no_other(submission):
    """possible_totals() has every total that the race can end with, and no other."""
    _require_totals(submission.run(totals_of, sizes=SMALL_SIZES), SMALL_SIZES)
    try:
        answers = submission.run(totals_of, sizes=LARGER_SIZES)
    except (OutOfTime, OutOfMemory):
        submission.note(said("possible_totals() was asked only about races with up to 8 accesses"))
    else:
        _require_totals(answers, LARGER_SIZES)


@pytest.mark.task(4)
def test_possible_totals_refuses_negative_numbers(submission):
    """A negative number is a ValueError with the number in it."""
    sizes = ((-2, 3), (3, -2), (0, -7), (-7, 0))
    for (threads, increments), told in zip(
        sizes, submission.run(totals_of, sizes=sizes), strict=True
    ):
        asked = f"possible_totals({threads}, {increments})"
        kind, message = told.get("error", (said("no error"), ""))
        if kind != "ValueError":
            raise Broken(
                "{asked} should raise a ValueError; it raised {kind}", asked=asked, kind=kind
            )
        _refused(message, asked, min(threads, increments))


@scenario
def sales_alone(lesson, seats, buyers):
    """Let buyers come one after the other."""

    def program():
        desk = lesson.TicketDesk(seats)
        return [[desk.sell(), desk.seats] for _ in range(buyers)]

    return simulate(program)


@pytest.mark.task(5)
def test_a_desk_sells_what_it_has(submission):
    """A desk sells its seats to one buyer after the other, and then no more."""
    for seats in (2, 0):
        run = submission.run(sales_alone, seats=seats, buyers=seats + 2)
        for number, (sold, left) in enumerate(ended_well(run), start=1):
            expected = number <= seats
            asked = f"sell() number {number} of a TicketDesk({seats})"
            if sold != expected:
                raise Broken(
                    "{asked} should return {expected}, it returned {sold}",
                    asked=asked,
                    expected=expected,
                    sold=sold,
                )
            if left != max(seats - number, 0):
                raise Broken(
                    "after {asked}, seats should be {seats}; it is {left}",
                    asked=asked,
                    seats=max(seats - number, 0),
                    left=left,
                )


@scenario
def sales_at_once(lesson):
    """Let A and B buy the one seat, under every schedule."""
    if lesson.OVERSOLD is ...:
        raise NotImplementedError("TODO 5 in exercises/lesson07/race_condition.py")

    class Buyer:
        told = None

    def program():
        from threading import Thread

        desk, first, second = lesson.TicketDesk(1), Buyer(), Buyer()

        def buy(buyer):
            buyer.told = desk.sell()

        a, b = Thread(target=buy, args=(first,)), Thread(target=buy, args=(second,))
        a.start()
        b.start()
        a.join()
        b.join()
        return [first.told, second.told]

    seen = search(program, max_runs=150, max_decisions=300, keep_runs=True)
    return {"letters": lesson.OVERSOLD, "seen": seen}


@pytest.mark.task(5)
def test_oversold_is_oversold(submission):
    """OVERSOLD spells an order after which both A and B were told that they have the seat."""
    told = submission.run(sales_at_once)
    seen, letters = told["seen"], told["letters"]
    if seen.is_complete and [True, True] not in seen.values:
        for outcome in seen.outcomes:
            if outcome.kind == Ending.THREAD_ERROR:
                raise Broken(
                    "one of two buyers was told nothing\n  {describe}",
                    describe=describe(outcome.run),
                )
            ended_well(outcome.run)
        raise Broken(
            "this desk never sells its one seat twice\n  two buyers at the same time, and one of "
            "them was refused under every schedule\n"
            "  what protects it belongs in lesson 08; here the bug is wanted"
        )
    for run in spelled(seen, letters, name="OVERSOLD", what="seats"):
        if run.value != [True, True]:
            a, b = run.value if run.value else (None, None)
            raise Broken(
                "OVERSOLD = {letters!r} does not sell the one seat twice\n"
                "  A was told {a}, B was told {b}{story_of}",
                letters=letters,
                a=a,
                b=b,
                story_of=_story_of(run),
            )


def _listed(values):
    return ", ".join(map(str, values))
