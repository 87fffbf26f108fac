"""Hidden checks of lesson 09, task 3: fan."""

import pytest

from threadlings.checks import (
    LEFT,
    LEFT_OR_RAISED,
    Calls,
    called,
    counted,
    left_behind,
    named,
    never_wrong,
    nothing_wrong,
    outcome_of,
    outcome_told,
    same_again,
)
from threadlings.engine import Ending, search, simulate
from threadlings.grading import Broken, scenario_with
from threadlings.language import said

POLLING_S = 5
"""How much later than possible a call may end: its threads may look around now and then.
What they consume takes 10 s and more."""


@scenario_with(Calls, outcome_of)
def calls_of_fan(lesson, runs, samples=None):
    """Call fan for each plan of each run; return runs, with the outcomes and the books.

    A source is a dict: its items, whether it is a plain list, after how many items it raises,
    the seconds before each item.
    Options: the seconds that an item takes, the items on which consume raises, whether that is
    queue.Empty, who should meet at the beginning (``sources`` or ``consumers``). With
    ``samples``, a number for each run, schedules are searched.
    """

    def call(sources, consumers, maxsize, takes_s, raises, is_empty, meet):
        import queue
        import time

        items = [item for source in sources for item in source["items"]]
        book = Calls(items, {"sources": len(sources), "consumers": consumers}.get(meet, 1))

        def read(items, after, pause_s):
            if meet == "sources":
                book.meet()
            for number, item in enumerate(items):
                if pause_s:
                    time.sleep(pause_s)
                if number == after:
                    raise LookupError("in a source")
                yield item
            if after == len(items):
                raise LookupError("in a source")

        def consume(item):
            if book.begin(item) is None:
                return None
            if meet == "consumers":
                book.meet()
            if str(item) in takes_s:
                time.sleep(takes_s[str(item)])
            book.end(item)
            if item in raises:
                raise (queue.Empty if is_empty else ValueError)("in consume")
            return item

        consume.__qualname__ = "consume"
        made = [
            list(source["items"])
            if source.get("plain")
            else read(source["items"], source.get("raises_after"), source.get("pause_s", 0))
            for source in sources
        ]
        outcome = outcome_of(lambda: lesson.fan(made, consume, consumers, maxsize), queue.Empty)
        return outcome | book.told()

    def searched(program, drawn):
        few = {"max_runs": 10, "samples": drawn} if drawn else {"max_runs": 60, "samples": 0}
        return [search(program, max_decisions=300, **few), simulate(program)]

    programs = [lambda plans=plans: [call(**plan) for plan in plans] for plans in runs]
    if samples is None:
        return [simulate(program) for program in programs]
    return [searched(*each) for each in zip(programs, samples, strict=True)]


def _plan(*sources, consumers=1, maxsize=1, takes_s=None, raises=(), is_empty=False, meet=None):
    """Return a plan of calls_of_fan. A source of n items may be given as n."""
    made = []
    for letter, source in zip("abcdefghijkl", sources, strict=False):
        own = source if isinstance(source, dict) else {"items": source}
        if isinstance(own["items"], int):
            own = {**own, "items": [f"{letter}{n}" for n in range(own["items"])]}
        made.append(own)
    return {
        "sources": made,
        "consumers": consumers,
        "maxsize": maxsize,
        "takes_s": takes_s or {},
        "raises": list(raises),
        "is_empty": is_empty,
        "meet": meet,
    }


def _asked(plan):
    sizes = [counted(len(source["items"]), "item") for source in plan["sources"]]
    sources = f"{counted(len(sizes), 'source')}{' of ' if sizes else ''}{' and '.join(sizes)}"
    return f"fan() with {sources}, consumers={plan['consumers']}, maxsize={plan['maxsize']}"


def _fanned(submission, *plans, raises=False):
    """Simulate calls of fan, in which something may raise; yield each plan, its run and end."""
    runs = submission.run(calls_of_fan, runs=[[plan] for plan in plans])
    for plan, run in zip(plans, runs, strict=True):
        raised_by = said("consume() or a source") if raises else ""
        yield plan, run, outcome_told(run, "fan", _asked(plan), raised_by=raised_by)


def _not_consumed(end):
    """Return what is wrong with how the items were consumed; empty if nothing is."""
    calls = called(end)
    if calls.strange:
        return said("consume() should get an item\n  it got {strange}", strange=calls.strange[0])
    if calls.again:
        return said("consume() was called more than once for one item")
    if calls.missing and not end["error"]:
        return said("never consumed: {number}", number=counted(len(calls.missing), "item"))
    if calls.running:
        return said("fan() returned before every item was consumed")
    return ""


def _wrong(end):
    """Return what is wrong with the end of a call in which nothing raised."""
    if end["error"]:
        return said(
            "fan() raised {named}, but neither consume() nor a source did",
            named=named(end["error"]),
        )
    return _not_consumed(end) or left_behind(end, "fan")


def _not_raised(end, possible):
    """Return what is wrong with the end of a call in which something raised."""
    if end["error"] is None:
        return said("{named} was raised, but fan() did not raise it", named=named(possible[0]))
    if end["error"] not in possible:
        return said(
            "fan() raised {named}\n  what was raised was {named_2}",
            named=named(end["error"]),
            named_2=" and ".join(map(named, possible)),
        )
    return _not_consumed(end) or left_behind(end, "fan")


def _all_consumed(submission, *plans):
    for plan, _run, end in _fanned(submission, *plans):
        nothing_wrong(_wrong(end), call=_asked(plan))


def _all_raise(submission, possible, *plans):
    for plan, _run, end in _fanned(submission, *plans, raises=True):
        nothing_wrong(_not_raised(end, possible), call=_asked(plan))


def _always(submission, plan, wrong, told_by_value, *, samples=0):
    ((seen, fair),) = submission.run(calls_of_fan, runs=[[plan]], samples=[samples])
    never_wrong(
        seen,
        lambda ends: wrong(ends[0]),
        fair=fair,
        told_by_value=told_by_value,
        call=_asked(plan),
    )


@pytest.mark.task(3)
def test_every_item_is_consumed_once(submission):
    """Every item of every source is consumed once: many to many, one to many, many to one."""
    plain = {"items": 4, "plain": True}
    _all_consumed(
        submission,
        _plan(3, 5, plain, consumers=2, maxsize=2),
        _plan(6, consumers=3),
        _plan(plain, 3),
        _plan(2, 2, consumers=2, maxsize=50),
    )


@pytest.mark.task(3)
def test_items_may_be_anything_in_fan(submission):
    """Items may be anything: None, falsy, equal, of kinds that cannot be hashed or compared."""
    items = [1, None, 0, "", [], [], {}, False, None, "END", "STOP", -1, 2]
    source, other = {"items": items}, {"items": items[::-1]}
    try:
        _all_consumed(submission, _plan(source), _plan(source, other, consumers=3, maxsize=2))
    except Broken as broken:
        told = "an item may be anything: {items}\n  {told}"
        raise broken.within(told, items=items) from None


@pytest.mark.task(3)
def test_a_second_call_of_fan_starts_afresh(submission):
    """A second call of fan() knows nothing of the first, whatever became of that."""
    for first in (
        _plan(3, 4, consumers=3, maxsize=2),
        _plan(4, 4, raises=["a1", "b1"], consumers=2),
        _plan({"items": 3, "raises_after": 1}, 2),
    ):
        same_again(
            submission.run,
            calls_of_fan,
            "fan",
            first=first,
            second=_plan({"items": ["a0", "c"]}),
            wrong=_wrong,
            told_by_value=Ending,
        )


@pytest.mark.task(3)
def test_fan_does_not_depend_on_the_schedule(submission):
    """Whoever goes first: every item is consumed once, and nobody waits for ever."""
    _always(submission, _plan(2, consumers=2), _wrong, LEFT)
    _always(submission, _plan(1, 1), _wrong, LEFT)
    _always(submission, _plan(2, 2, consumers=2), _wrong, LEFT, samples=10)


@pytest.mark.task(3)
def test_it_returns_after_everything_is_consumed(submission):
    """fan() returns after the last item was consumed, and no thread is left."""
    slow = [_plan(3, consumers=3, maxsize=3, takes_s={item: 10}) for item in ("a0", "a2")]
    _all_consumed(submission, *slow)


@pytest.mark.task(3)
def test_a_slow_source_is_waited_for(submission):
    """Every item is consumed, however long a source takes to give it."""
    slow = {"items": 2, "pause_s": 12}
    try:
        _all_consumed(submission, _plan(slow), _plan(slow, 3, consumers=2, maxsize=3))
    except Broken as broken:
        text = "one source takes 12 s for each of its 2 items\n  {told}"
        raise broken.within(text) from None


@pytest.mark.task(3)
def test_there_may_be_nothing_to_bring(submission):
    """There may be no sources, and sources without items."""
    _all_consumed(submission, _plan(consumers=2), _plan(0, consumers=2), _plan(0, 2, 0))


@pytest.mark.task(3)
def test_the_sources_are_read_at_the_same_time(submission):
    """Each source is read by a thread of its own."""
    for n in (3, 12):
        ((_plan_of_it, _run, end),) = _fanned(submission, _plan(*[1] * n, meet="sources"))
        if end["is_apart"]:
            raise Broken(
                "the sources were not read at the same time\n"
                "  each of {n} sources waited until the others were read, too",
                n=n,
            )


@pytest.mark.task(3)
def test_the_consumers_work_at_the_same_time(submission):
    """consume() runs in as many threads as there are consumers, and never in more."""
    for n in (3, 12):
        takes_s = {f"a{item}": 10 for item in range(2 * n)}
        plan = _plan(2 * n, consumers=n, maxsize=2, meet="consumers", takes_s=takes_s)
        ((_plan_of_it, _run, end),) = _fanned(submission, plan)
        if end["most"] > n:
            raise Broken(
                "{n} consumers consumed {most} items at the same time", n=n, most=end["most"]
            )
        if end["is_apart"]:
            raise Broken("{n} consumers did not consume {n} items at the same time", n=n)


@pytest.mark.task(3)
def test_no_consumer_is_idle_while_an_item_waits(submission):
    """A slow consume() does not hold up the items that other consumers can take."""
    others = {f"a{n}": 10 for n in range(6)}
    plans = [_plan(6, consumers=2, takes_s={**others, item: 50}) for item in ("a0", "a1")]
    for limit_s, (plan, run, end) in zip((50, 60), _fanned(submission, *plans), strict=True):
        nothing_wrong(_wrong(end), call=_asked(plan))
        if run.returned_s > limit_s + POLLING_S:
            raise Broken(
                "{told} took {took_s:g} s; {limit_s} s is possible\n"
                "  one item took 50 s, the others 10 s each: a consumer was idle while an "
                "item waited",
                told=_asked(plan),
                took_s=run.returned_s,
                limit_s=limit_s,
            )


ERROR_OF_CONSUME = ["ValueError", ["in consume"]]
ERROR_OF_SOURCE = ["LookupError", ["in a source"]]


@pytest.mark.task(3)
def test_an_error_in_consume_is_raised_after_an_orderly_end(submission):
    """An error in consume() is raised; no thread is left, and nobody waits for ever."""
    everything = [f"{letter}{n}" for letter in "ab" for n in range(4)]
    _all_raise(
        submission,
        [ERROR_OF_CONSUME],
        _plan(5, raises=["a0"]),
        _plan(4, 4, consumers=2, raises=["a1"]),
        _plan(3, consumers=2, maxsize=5, raises=["a2"]),
        _plan(4, 4, consumers=2, maxsize=2, raises=everything),
        _plan(4, consumers=2, takes_s={"a0": 30}, raises=["a1"]),
    )
    # consume() may ask a queue of its own, which is empty.
    _all_raise(submission, [["Empty", ["in consume"]]], _plan(4, raises=["a1"], is_empty=True))


@pytest.mark.task(3)
def test_an_error_in_a_source_is_raised_after_an_orderly_end(submission):
    """An error in a source is raised; no thread is left, and nobody waits for ever."""
    sources = [{"items": 4, "raises_after": after} for after in (0, 2, 4)]
    alone = [_plan(source, consumers=2) for source in sources]
    beside = [_plan(3, source, maxsize=2) for source in sources]
    beside.append(_plan({"items": 2, "pause_s": 12}, sources[0]))
    _all_raise(submission, [ERROR_OF_SOURCE], *alone, *beside)


@pytest.mark.task(3)
def test_one_of_several_errors_is_raised(submission):
    """If consume() and a source raise, one of the errors is raised."""
    plan = _plan({"items": 2, "raises_after": 2}, 4, consumers=2, raises=["b0"])
    _all_raise(submission, [ERROR_OF_CONSUME, ERROR_OF_SOURCE], plan)


@pytest.mark.task(3)
def test_an_error_leaves_nobody_waiting_in_fan(submission):
    """After an error nobody waits for ever, whoever goes first."""
    source = {"items": 1, "raises_after": 1}
    for error, plan in (
        (ERROR_OF_CONSUME, _plan(3, raises=["a0"])),
        (ERROR_OF_SOURCE, _plan(source, consumers=2)),
    ):
        _always(submission, plan, lambda end, e=error: _not_raised(end, [e]), LEFT_OR_RAISED)
