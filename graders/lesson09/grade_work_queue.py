"""Hidden checks of lesson 09: Queue."""

import pytest

from threadlings.checks import always, describe, ended_well
from threadlings.engine import Ending, search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said

POLLING_S = 5
"""How much later than possible a call may end: its threads may look around now and then.
What they handle takes 10 s and more."""


def _keep(wrong, asked):
    if wrong:
        raise Broken(wrong).about(asked)


def _always(data, expected, told, asked, *, raises=False):
    """Require that a program ends well, with the expected value, under every schedule seen.

    Where something ``raises``, a thread may end with that error, if the caller gets it, too.
    """
    seen, fair = data
    for outcome in seen.outcomes:
        # Threads that are left may wait for ever after the call has returned: the value says so.
        told_by_value = {Ending.DEADLOCK, Ending.THREAD_ERROR} if raises else {Ending.DEADLOCK}
        if outcome.run.returned and outcome.kind in told_by_value:
            outcome.kind, outcome.value = Ending.VALUE, outcome.run.value
    try:
        always(seen, expected, told, fair=fair)
    except Broken as broken:
        raise broken.about(asked) from None


def _number(number, word):
    return f"{number} {word}{'' if number == 1 else 's'}"


def _named(error):
    name, args = error
    return f"{name}({', '.join(map(repr, args))})"


def _refused(run, asked, number, touched):
    """Require a ValueError with the number in it, and nothing started before."""
    if run.error is not None:
        raise Broken(
            "{asked} raised {type_name} instead of a ValueError",
            asked=asked,
            type_name=run.error.type_name,
        )
    message = run.value["refusal"] if run.returned else None
    if message is None:
        raise Broken(
            "{asked} raised no ValueError\n  {number} is less than 1", asked=asked, number=number
        )
    if str(number) not in message:
        raise Broken(
            "{asked}: {number} is not in the message of the ValueError: {refusal}",
            asked=asked,
            number=number,
            refusal=message,
        )
    if len(run.threads) != 1:
        started = _number(len(run.threads) - 1, "thread")
        raise Broken(
            "{asked}: {started} had started before it refused", asked=asked, started=started
        )
    if run.value["touched"]:
        raise Broken("{asked}: it had {touched} before it refused", asked=asked, touched=touched)


# Task 1: drain


@scenario
def drained(lesson, plans):
    """Drain queues of which others have already taken some items; then use them once more."""

    def program_of(kind, items, others):
        def program():
            import queue
            import time

            box = getattr(queue, kind)()
            for item in items:
                box.put(item)
            for _ in range(others):
                box.get()
            begin_s = time.monotonic()
            got = lesson.drain(box)
            took_s = time.monotonic() - begin_s
            unfinished = box.unfinished_tasks
            box.put(1)
            box.get_nowait()
            return {
                "kind": "None" if got is None else f"a {type(got).__name__}",
                "items": list(got) if isinstance(got, list) else None,
                "took_s": took_s,
                "unfinished": unfinished,
            }

        return program

    return [simulate(program_of(*plan)) for plan in plans]


def _drained(submission, *plans):
    """Require of each plan (kind, items, how many others have taken) what drain() should do."""
    data = submission.run(drained, plans=[plan[:3] for plan in plans])
    for (kind, items, others, expected), run in zip(plans, data, strict=True):
        asked = f"drain() of a {kind} with {_number(len(items) - others, 'item')}"
        _judge_drained(run, asked, others, expected)


def _judge_drained(run, asked, others, expected):
    if run.deadlock:
        raise Broken(
            "{asked} blocks: it waits for one more item\n{describe}",
            asked=asked,
            describe=describe(run),
        )
    end = ended_well(run)
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
    if end["took_s"] > 0:
        raise Broken(
            "{asked} blocks: it took {took_s:g} s\n"
            "  it should ask without waiting, not even for a moment",
            shown_by=run,
            asked=asked,
            took_s=end["took_s"],
        )
    if end["unfinished"] > others:
        raise Broken(
            "{unfinished} of {count} items are not marked done\n"
            "  after {asked}, queue.join() would wait for ever",
            shown_by=run,
            unfinished=end["unfinished"] - others,
            count=len(expected),
            asked=asked,
        )
    if end["unfinished"] < others:
        raise Broken(
            "drain() marked done what others took\n"
            "  {others} items were taken by others and are not done yet; the queue counts "
            "{unfinished}",
            shown_by=run,
            others=others,
            unfinished=end["unfinished"],
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

    def seen(program):
        found = search(program, max_runs=60, max_decisions=300)
        return [found, simulate(program)]

    return [seen(program_of(number)) for number in numbers]


@pytest.mark.task(1)
def test_two_may_drain_the_same_queue(submission):
    """Two threads may drain one queue: neither blocks, and each item goes to one of them."""
    for number, data in enumerate(submission.run(drained_by_two, numbers=[0, 1, 2])):
        items = list(range(number))

        def told(end, items=items):
            if end["items"] != items:
                return said(
                    "an item was lost or taken twice\n  together they got {items}",
                    items=end["items"],
                )
            if not end["in_order"]:
                return said("the items are not in the order of the queue")
            return said("not marked done: {number}", number=_number(end["unfinished"], "item"))

        expected = {"items": items, "in_order": True, "unfinished": 0}
        _always(data, expected, told, said("two threads drain one queue with {items}", items=items))


# Task 2: process_all


@scenario
def calls_of_process_all(lesson, runs, samples=None):
    """Call process_all once for each plan of each run; tell how it was when a call returned.

    A plan has the numbers of the items, the workers, and by item: the seconds it takes, what
    comes out, which error is raised. With ``meet`` the first handled items wait for each
    other, at most 100 s. With ``samples``, a number for each run, schedules are searched.
    """

    def call(items, workers, after_s=None, returns=None, raises=None, meet=False):
        import builtins
        import threading
        import time

        class Seen:
            begun = ended = 0

        seen = {item: Seen() for item in items}
        inside, most, strange, apart = [], [0], [], []
        barrier = threading.Barrier(workers) if meet else None

        def handle(item):
            if not isinstance(item, int) or item not in seen:
                strange.append(repr(item)[:80])
                return None
            seen[item].begun += 1
            if samples is None:
                inside.append(item)
                most.append(len(inside))
            if meet:
                try:
                    barrier.wait(100)
                except threading.BrokenBarrierError:
                    apart.append(item)
            if after_s:
                time.sleep(after_s[items.index(item)])
            if samples is None:
                inside.remove(item)
            seen[item].ended += 1
            error = raises and raises[items.index(item)]
            if error:
                raise getattr(builtins, error[0])(error[1])
            return returns[items.index(item)] if returns else item * 10

        handle.__qualname__ = "handle"
        begin_s, results, error = time.monotonic(), None, None
        try:
            results = lesson.process_all(list(items), handle, workers)
        except (ValueError, LookupError) as caught:
            error = [type(caught).__name__, [str(arg) for arg in caught.args]]
        left = [t.name for t in threading.enumerate() if t is not threading.main_thread()]
        return {
            "kind": "None" if results is None else f"a {type(results).__name__}",
            "results": list(results) if isinstance(results, list) else None,
            "error": error,
            "begun": [seen[item].begun for item in items],
            "ended": [seen[item].ended for item in items],
            "left": left,
            "strange": strange[:1],
            "apart": bool(apart),
            "most": max(most),
            "took_s": time.monotonic() - begin_s if samples is None else 0,
        }

    def searched(program, drawn):
        few = {"max_runs": 10, "samples": drawn} if drawn else {"max_runs": 60, "samples": 0}
        found = search(program, max_decisions=300, **few)
        return [found, simulate(program)]

    programs = [lambda plans=plans: [call(**plan) for plan in plans] for plans in runs]
    if samples is None:
        return [simulate(program) for program in programs]
    return [searched(*each) for each in zip(programs, samples, strict=True)]


def _processed(submission, *runs, raises=False):
    """Simulate runs of calls of process_all, in which handle may raise; return how each ended."""
    data = submission.run(calls_of_process_all, runs=runs)
    return [_ends(run, raises) for run in data]


def _ends(run, raises):
    if run.deadlock and not run.returned:
        after = said("after an error in handle() threads wait for ever")
        wrong = after if raises else said("process_all() does not return")
        raise Broken("{wrong}\n{describe}", wrong=wrong, describe=describe(run))
    if raises and run.error is not None:
        raise Broken(
            "process_all() raised {type_name} instead of the error of handle()\n  {describe}",
            type_name=run.error.type_name,
            describe=describe(run),
        )
    # Of a thread that is left, or of its error, the value tells.
    return run.value if run.returned and (raises or run.deadlock) else ended_well(run)


def _asked(plan):
    items, workers = _number(len(plan["items"]), "item"), _number(plan["workers"], "worker")
    return f"process_all() of {items} with {workers}"


def _not_processed(end, plan):
    """Return what is wrong with how often the items were handled; empty if nothing is."""
    items = plan["items"]
    if end["strange"]:
        return said("handle() should get an item\n  it got {strange}", strange=end["strange"][0])
    for item, begun, ended in zip(items, end["begun"], end["ended"], strict=True):
        if begun > 1:
            return said("handle() was called {begun} times for one item", begun=begun)
        if ended < begun:
            return said(
                "process_all() returned before every item was handled\n"
                "  items[{index}] was being handled",
                index=items.index(item),
            )
    missing = [f"items[{place}]" for place, begun in enumerate(end["begun"]) if not begun]
    if missing:
        verb = "raised" if end["error"] else "returned"
        return said(
            "not every item was handled when process_all() {verb}\n  never handled: {missing}",
            verb=verb,
            missing=", ".join(missing),
        )
    return ""


def _left(function, end):
    if not end["left"]:
        return ""
    names = ", ".join(end["left"])
    return said(
        "a thread is left after {function}() returned: {left}\n"
        "  tell each thread when to end, and wait until it has ended",
        function=function,
        left=names,
    )


def _not_the_results(end, plan):
    expected = plan.get("returns") or [item * 10 for item in plan["items"]]
    if end["error"]:
        return said(
            "process_all() raised {named}, but handle() raised nothing", named=_named(end["error"])
        )
    if end["results"] is None:
        return said("process_all() should return a list; it returned {kind}", kind=end["kind"])
    if end["results"] == expected:
        return ""
    wrong = said("the results are not those of handle(), in the order of the items")
    return said(
        "{wrong}\n  should be {expected}, it is {results}",
        wrong=wrong,
        expected=expected,
        results=end["results"],
    )


def _what_is_wrong(end, plan):
    return _not_processed(end, plan) or _not_the_results(end, plan) or _left("process_all", end)


@pytest.mark.task(2)
def test_results_are_in_the_order_of_the_items(submission):
    """Each item is handled once, and the results are in the order of the items."""
    plans = [
        {"items": [7, 3, 5, 4], "workers": 2, "after_s": [40, 10, 20, 30]},
        {"items": [1, 2, 3], "workers": 3, "after_s": [1, 3, 2], "returns": [None, 0, None]},
        {"items": [4, 9, 2], "workers": 1},
    ]
    _all_processed(submission, plans)


def _all_processed(submission, plans):
    for (end,), plan in zip(_processed(submission, *([p] for p in plans)), plans, strict=True):
        _keep(_what_is_wrong(end, plan), _asked(plan))


@pytest.mark.task(2)
def test_results_do_not_depend_on_the_schedule(submission):
    """Whoever goes first: each item is handled once, and nobody waits for ever."""
    sizes = ((1, 2), (2, 2), (5, 3))
    plans = [{"items": list(range(items)), "workers": workers} for items, workers in sizes]
    runs, samples = [[plan] for plan in plans], [0, 0, 10]
    searches = submission.run(calls_of_process_all, runs=runs, samples=samples)
    for plan, data in zip(plans, searches, strict=True):
        _always_as(data, plan, lambda end, plan=plan: _what_is_wrong(end, plan))


def _always_as(data, plan, told, error=None):
    once = [1] * len(plan["items"])
    expected = {
        "kind": "None" if error else "a list",
        "results": None if error else [item * 10 for item in plan["items"]],
        "error": error,
        "begun": once,
        "ended": once,
        "left": [],
        "strange": [],
        "apart": False,
        "most": 0,
        "took_s": 0,
    }
    raises = error is not None
    _always(data, [expected], lambda ends: told(ends[0]), _asked(plan), raises=raises)


@pytest.mark.task(2)
def test_as_many_items_at_a_time_as_there_are_workers(submission):
    """With n workers, n items are handled at the same time, and never more."""
    for n in (3, 12):
        plan = {"items": list(range(2 * n)), "workers": n, "after_s": [10] * 2 * n, "meet": True}
        ((end,),) = _processed(submission, [plan])
        _keep(_not_processed(end, plan), _asked(plan))
        if end["most"] > n:
            raise Broken("{n} workers handled {most} items at the same time", n=n, most=end["most"])
        if end["apart"]:
            raise Broken("{n} workers did not handle {n} items at the same time", n=n)


@pytest.mark.task(2)
def test_no_worker_is_idle_while_an_item_waits(submission):
    """A worker that is free takes the next item."""
    plan = {"items": [1, 2, 3, 4, 5], "workers": 2, "after_s": [40, 10, 10, 10, 10]}
    other = {**plan, "after_s": [10, 40, 10, 10, 10]}
    for (end,) in _processed(submission, [plan], [other]):
        _keep(_what_is_wrong(end, plan), _asked(plan))
        if end["took_s"] > 40 + POLLING_S:
            raise Broken(
                "{asked} took {took_s:g} s; 40 s is possible\n"
                "  one item takes 40 s, the others 10 s each: a worker was idle while an "
                "item waited",
                asked=_asked(plan),
                took_s=end["took_s"],
            )


@pytest.mark.task(2)
def test_more_workers_than_items(submission):
    """There may be more workers than items, and no items at all."""
    plans = [{"items": [4], "workers": 5}, {"items": [], "workers": 2}]
    _all_processed(submission, plans)


@pytest.mark.task(2)
def test_a_second_call_starts_afresh(submission):
    """A second call knows nothing of the first."""
    failing = {"items": [1], "workers": 1, "raises": [["ValueError", "no good"]]}
    plan = {"items": [2, 3], "workers": 1}
    before = {"items": [1], "workers": 2}
    for _before, end in _processed(submission, [before, plan], [failing, plan], raises=True):
        wrong = _what_is_wrong(end, plan)
        if wrong:
            raise Broken(
                "a call of process_all() should know nothing of an earlier one\n  {wrong}",
                wrong=wrong,
            )


@scenario
def equal_items(lesson, items):
    """Handle equal items that cannot be keys; the n-th call of handle returns n."""

    def program():
        calls = []

        def handle(item):
            calls.append(item)
            return len(calls)

        results = lesson.process_all(list(items), handle, 1)
        return [list(results) if isinstance(results, list) else None, calls]

    return simulate(program)


@pytest.mark.task(2)
def test_items_may_be_equal(submission):
    """Equal items are handled each for itself, whatever they are."""
    items = [[5], [5], [5]]
    run = submission.run(equal_items, items=items)
    if run.error is not None and "unhashable" in run.error.message:
        raise Broken("items may be of any kind, lists too\n  {describe}", describe=describe(run))
    results, calls = ended_well(run)
    if calls != items or sorted(results or [], key=repr) != [1, 2, 3]:
        raise Broken(
            "equal items should be handled each for itself\n"
            "  of 3 equal items handle() got {count}; its results were 1, 2 and 3; process_all() "
            "returned {results}",
            shown_by=run,
            count=len(calls),
            results=results,
        )


GOOD, BAD, WORSE = None, ["ValueError", "bad"], ["LookupError", "worse"]


def _raised(end, plan):
    """Return what is wrong with the end of a call in which handle() raised."""
    wanted = next([error[0], [error[1]]] for error in plan["raises"] if error)
    if end["error"] is None:
        return said(
            "handle() raised {named}, but process_all() did not raise it\n  it returned {results}",
            named=_named(wanted),
            results=end["results"],
        )
    wrong = _not_processed(end, plan)
    if wrong:
        return said(
            "an error in handle() should be raised after the rest was processed\n{wrong}",
            wrong=wrong,
        )
    if end["error"] != wanted:
        return said(
            "the error is not that of the first item that failed, in the order of the items\n"
            "  it should be {named}, it is {named_2}",
            named=_named(wanted),
            named_2=_named(end["error"]),
        )
    return _left("process_all", end)


def _all_raised(submission, plans):
    ends = _processed(submission, *([plan] for plan in plans), raises=True)
    for (end,), plan in zip(ends, plans, strict=True):
        _keep(_raised(end, plan), _asked(plan))


@pytest.mark.task(2)
def test_an_error_is_raised_after_the_rest_was_processed(submission):
    """An error in handle() is raised after all other items were handled."""
    some = {"items": [0, 1, 2, 3], "workers": 2, "after_s": [10, 20, 10, 20]}
    plans = [
        {**some, "raises": [BAD, GOOD, GOOD, GOOD]},
        {**some, "raises": [GOOD, GOOD, GOOD, BAD]},
        {"items": [0, 1, 2], "workers": 1, "raises": [BAD, GOOD, GOOD]},
    ]
    _all_raised(submission, plans)


@pytest.mark.task(2)
def test_the_first_failed_item_decides(submission):
    """If several items fail, the error of the first of them in item order is raised."""
    plans = [
        {"items": [0, 1, 2], "workers": 3, "after_s": after_s, "raises": [GOOD, BAD, WORSE]}
        for after_s in ([10, 30, 20], [30, 10, 20])
    ]
    plans.append({"items": [0, 1], "workers": 1, "raises": [BAD, WORSE]})
    _all_raised(submission, plans)


@pytest.mark.task(2)
def test_an_error_leaves_nobody_waiting(submission):
    """After an error nobody waits for ever, whoever goes first."""
    plan = {"items": [0, 1], "workers": 2, "raises": [BAD, GOOD]}
    (data,) = submission.run(calls_of_process_all, runs=[[plan]], samples=[0])
    _always_as(data, plan, lambda end: _raised(end, plan), error=["ValueError", ["bad"]])


@scenario
def refusals(lesson, function, calls):
    """Call with too small a number; tell what was raised and whether anything was touched."""

    def refused(numbers):
        touched = []

        def source():
            touched.append(1)
            yield 1

        refusal = None
        try:
            if function == "fan":
                lesson.fan([source(), source()], touched.append, *numbers)
            else:
                lesson.process_all([1, 2], touched.append, *numbers)
        except ValueError as error:
            refusal = str(error)
        return {"refusal": refusal, "touched": len(touched)}

    return [simulate(lambda numbers=numbers: refused(numbers)) for numbers in calls]


@pytest.mark.task(2)
def test_fewer_than_one_worker_is_refused(submission):
    """Fewer than 1 worker is a ValueError with the number in it, and nothing starts."""
    calls = [[0], [-2]]
    data = submission.run(refusals, function="process_all", calls=calls)
    for (workers,), told in zip(calls, data, strict=True):
        asked = f"process_all(items, handle, {workers})"
        _refused(told, asked, workers, said("called handle()"))


# Task 3: fan


@scenario
def calls_of_fan(lesson, plans, samples=None):
    """Call fan for each plan, in a run of its own; tell how it was when the call returned.

    A source is a dict: how many items it has, whether it is a plain list, after how many items
    it raises. Options: the seconds that an item takes, the items on which consume raises, who
    should meet at the beginning (``sources`` or ``consumers``), for at most 100 s. With
    ``samples``, a number for each plan, schedules are searched.
    """

    def call(sources, consumers, maxsize, options):
        import threading
        import time

        class Seen:
            begun = ended = 0

        meet, takes_s = options.get("meet"), options.get("takes_s", {})
        names = [[f"{letter}{n}" for n in range(plan["items"])] for letter, plan in sources.items()]
        seen = {name: Seen() for mine in names for name in mine}
        inside, most, strange, apart = [], [0], [], []
        barrier = threading.Barrier({"sources": len(sources), "consumers": consumers}.get(meet, 1))

        def join_the_others(item):
            try:
                barrier.wait(100)
            except threading.BrokenBarrierError:
                apart.append(item)

        def make(plan, mine):
            if plan.get("plain"):
                return list(mine)

            def source():
                if meet == "sources":
                    join_the_others(mine)
                for number, item in enumerate(mine):
                    if number == plan.get("raises_after"):
                        raise LookupError("in a source")
                    yield item
                if plan.get("raises_after") == len(mine):
                    raise LookupError("in a source")

            return source()

        def consume(item):
            if not isinstance(item, str) or item not in seen:
                strange.append(repr(item)[:80])
                return
            seen[item].begun += 1
            if samples is None:
                inside.append(item)
                most.append(len(inside))
            if meet == "consumers":
                join_the_others(item)
            if item in takes_s:
                time.sleep(takes_s[item])
            if samples is None:
                inside.remove(item)
            seen[item].ended += 1
            if item in options.get("raises", ()):
                raise ValueError("in consume")

        consume.__qualname__ = "consume"
        begin_s, error = time.monotonic(), None
        made = [make(plan, mine) for plan, mine in zip(sources.values(), names, strict=True)]
        try:
            lesson.fan(made, consume, consumers, maxsize)
        except (ValueError, LookupError) as caught:
            error = [type(caught).__name__, [str(arg) for arg in caught.args]]
        left = [t.name for t in threading.enumerate() if t is not threading.main_thread()]
        return {
            "error": error,
            "missing": [] if error else [name for name in seen if not seen[name].begun],
            "twice": [name for name in seen if seen[name].begun > 1],
            "running": [name for name in seen if seen[name].begun > seen[name].ended],
            "left": left,
            "strange": strange[:1],
            "apart": bool(apart),
            "most": max(most),
            "took_s": time.monotonic() - begin_s if samples is None else 0,
        }

    def searched(program, drawn):
        few = {"max_runs": 10, "samples": drawn} if drawn else {"max_runs": 60, "samples": 0}
        found = search(program, max_decisions=300, **few)
        return [found, simulate(program)]

    programs = [lambda plan=plan: call(**plan) for plan in plans]
    if samples is None:
        return [simulate(program) for program in programs]
    return [searched(*each) for each in zip(programs, samples, strict=True)]


def _plan(*sources, consumers=1, maxsize=1, **options):
    """Return a plan of calls_of_fan; a source is a number of items, or a dict."""
    dicts = [{"items": source} if isinstance(source, int) else source for source in sources]
    return {
        "sources": dict(zip("abcd", dicts, strict=False)),
        "consumers": consumers,
        "maxsize": maxsize,
        "options": options,
    }


def _told(plan):
    sizes = [_number(source["items"], "item") for source in plan["sources"].values()]
    sources = f"{_number(len(sizes), 'source')}{' of ' if sizes else ''}{' and '.join(sizes)}"
    return f"fan() with {sources}, consumers={plan['consumers']}, maxsize={plan['maxsize']}"


def _fanned(submission, *plans, raises=False):
    """Simulate calls of fan, in which something may raise; return each plan and its end."""
    runs = submission.run(calls_of_fan, plans=plans)
    return [(plan, _end(run, plan, raises)) for plan, run in zip(plans, runs, strict=True)]


def _end(run, plan, raises):
    if run.deadlock and not run.returned:
        wrong = (
            said("after an error threads wait for ever")
            if raises
            else said("fan() does not return")
        )
        raise Broken(
            "{wrong}\n  {told}\n{describe}", wrong=wrong, told=_told(plan), describe=describe(run)
        )
    if raises and run.error is not None:
        raise Broken(
            "fan() raised {type_name} instead of the error of consume() or a source\n"
            "  {told}\n"
            "  {describe}",
            type_name=run.error.type_name,
            told=_told(plan),
            describe=describe(run),
        )
    # Of a thread that is left, or of its error, the value tells.
    return run.value if run.returned and (raises or run.deadlock) else ended_well(run)


def _all_consumed(submission, *plans):
    for plan, end in _fanned(submission, *plans):
        _keep(_wrong_end(end), _told(plan))


def _all_raise(submission, possible, *plans):
    for plan, end in _fanned(submission, *plans, raises=True):
        _keep(_wrong_error(end, possible), _told(plan))


def _not_consumed(end):
    """Return what is wrong with how the items were consumed; empty if nothing is."""
    if end["strange"]:
        return said("consume() should get an item\n  it got {strange}", strange=end["strange"][0])
    if end["twice"]:
        return said("consume() was called more than once for one item")
    if end["missing"]:
        return said("never consumed: {number}", number=_number(len(end["missing"]), "item"))
    if end["running"]:
        return said("fan() returned before every item was consumed")
    return ""


def _wrong_end(end):
    if end["error"]:
        return said(
            "fan() raised {named}, but neither consume() nor a source did",
            named=_named(end["error"]),
        )
    return _not_consumed(end) or _left("fan", end)


def _wrong_error(end, possible):
    """Return what is wrong with the end of a call in which something raised."""
    if end["error"] is None:
        return said("{named} was raised, but fan() did not raise it", named=_named(possible[0]))
    if end["error"] not in possible:
        return said(
            "fan() raised {named}\n  what was raised was {named_2}",
            named=_named(end["error"]),
            named_2=" and ".join(map(_named, possible)),
        )
    return _not_consumed(end) or _left("fan", end)


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
def test_fan_does_not_depend_on_the_schedule(submission):
    """Whoever goes first: every item is consumed once, and nobody waits for ever."""
    expected = {
        **{"error": None, "missing": [], "twice": [], "running": [], "left": []},
        **{"strange": [], "apart": False, "most": 0, "took_s": 0},
    }
    plans = [_plan(2, consumers=2), _plan(1, 1), _plan(2, 2, consumers=2)]
    searches = submission.run(calls_of_fan, plans=plans, samples=[0, 0, 10])
    for plan, data in zip(plans, searches, strict=True):
        _always(data, expected, _wrong_end, _told(plan))


@pytest.mark.task(3)
def test_it_returns_after_everything_is_consumed(submission):
    """fan() returns after the last item was consumed, and no thread is left."""
    slow = [_plan(3, consumers=3, maxsize=3, takes_s={item: 10}) for item in ("a0", "a2")]
    _all_consumed(submission, *slow)


@pytest.mark.task(3)
def test_there_may_be_nothing_to_bring(submission):
    """There may be no sources, and sources without items."""
    _all_consumed(submission, _plan(consumers=2), _plan(0, consumers=2), _plan(0, 2, 0))


@pytest.mark.task(3)
def test_the_sources_are_read_at_the_same_time(submission):
    """Each source is read by a thread of its own."""
    ((_plan_of_it, end),) = _fanned(submission, _plan(1, 1, 1, meet="sources"))
    if end["apart"]:
        raise Broken(
            "the sources were not read at the same time\n"
            "  each of 3 sources waited until the others were read, too"
        )


@pytest.mark.task(3)
def test_the_consumers_work_at_the_same_time(submission):
    """consume() runs in as many threads as there are consumers, and never in more."""
    takes_s = {f"a{n}": 10 for n in range(6)}
    plan = _plan(6, consumers=3, maxsize=2, meet="consumers", takes_s=takes_s)
    ((_plan_of_it, end),) = _fanned(submission, plan)
    if end["most"] > 3:
        raise Broken("3 consumers consumed {most} items at the same time", most=end["most"])
    if end["apart"]:
        raise Broken("3 consumers did not consume 3 items at the same time")


@pytest.mark.task(3)
def test_no_consumer_is_idle_while_an_item_waits(submission):
    """A slow consume() does not hold up the items that other consumers can take."""
    others = {f"a{n}": 10 for n in range(6)}
    plans = [_plan(6, consumers=2, takes_s={**others, item: 50}) for item in ("a0", "a1")]
    for limit_s, (plan, end) in zip((50, 60), _fanned(submission, *plans), strict=True):
        _keep(_wrong_end(end), _told(plan))
        if end["took_s"] > limit_s + POLLING_S:
            raise Broken(
                "{told} took {took_s:g} s; {limit_s} s is possible\n"
                "  one item took 50 s, the others 10 s each: a consumer was idle while an "
                "item waited",
                told=_told(plan),
                took_s=end["took_s"],
                limit_s=limit_s,
            )


@scenario
def held_back(lesson, plans):
    """Let consume block, and look how much has been put by then."""

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
            held = [sum(map(has_item, list(box.queue))) for box in made]
            looks.append({"held": sum(held), "ahead": len(taken) - len(begun)})

        consume.__qualname__ = "consume"
        lesson.fan([source() for _ in range(sources)], consume, consumers, maxsize)
        return looks[0] if looks else None

    return [simulate(lambda plan=plan: look(*plan)) for plan in plans]


@pytest.mark.task(3)
def test_the_queue_never_holds_more_than_maxsize(submission):
    """The queue never holds more than maxsize items."""
    plans = [[1, 1, 1], [2, 2, 3]]
    data = submission.run(held_back, plans=plans)
    for (sources, consumers, maxsize), told in zip(plans, data, strict=True):
        look = ended_well(told)
        asked = f"fan() with {_number(sources, 'source')}, {consumers=}, {maxsize=}"
        if look is None:
            raise Broken(
                "fan() returned before every item was consumed\n  {asked}",
                shown_by=told,
                asked=asked,
            )
        # Another kind of buffer shows in how much was taken from the sources: each producer
        # may have one item in its hand.
        held = look["held"] or look["ahead"] - sources
        if held > maxsize:
            raise Broken(
                "while consume() was slow, {held} items were waiting\n"
                "  {asked}: never more than {maxsize}",
                shown_by=told,
                held=held,
                asked=asked,
                maxsize=maxsize,
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
    )


@pytest.mark.task(3)
def test_an_error_in_a_source_is_raised_after_an_orderly_end(submission):
    """An error in a source is raised; no thread is left, and nobody waits for ever."""
    sources = [{"items": 4, "raises_after": after} for after in (0, 2, 4)]
    alone = [_plan(source, consumers=2) for source in sources]
    beside = [_plan(3, source, maxsize=2) for source in sources]
    _all_raise(submission, [ERROR_OF_SOURCE], *alone, *beside)


@pytest.mark.task(3)
def test_one_of_several_errors_is_raised(submission):
    """If consume() and a source raise, one of the errors is raised."""
    plan = _plan({"items": 2, "raises_after": 2}, 4, consumers=2, raises=["b0"])
    _all_raise(submission, [ERROR_OF_CONSUME, ERROR_OF_SOURCE], plan)


@pytest.mark.task(3)
def test_an_error_leaves_nobody_waiting_in_fan(submission):
    """After an error nobody waits for ever, whoever goes first."""
    expected = {
        **{"missing": [], "twice": [], "running": [], "left": []},
        **{"strange": [], "apart": False, "most": 0, "took_s": 0},
    }
    plans = [_plan(3, raises=["a0"]), _plan({"items": 1, "raises_after": 1}, consumers=2)]
    errors = [ERROR_OF_CONSUME, ERROR_OF_SOURCE]
    searches = submission.run(calls_of_fan, plans=plans, samples=[0, 0])
    for plan, error, data in zip(plans, errors, searches, strict=True):
        _always(
            data,
            {**expected, "error": error},
            lambda end, error=error: _wrong_error(end, [error]),
            _told(plan),
            raises=True,
        )


@pytest.mark.task(3)
def test_too_small_numbers_are_refused(submission):
    """consumers or maxsize below 1 is a ValueError with the number, and nothing starts."""
    calls = [[0, 2], [-3, 2], [2, 0], [2, -4]]
    data = submission.run(refusals, function="fan", calls=calls)
    for numbers, told in zip(calls, data, strict=True):
        asked = f"fan(sources, consume, {numbers[0]}, {numbers[1]})"
        touched = said("begun to read a source or to consume")
        _refused(told, asked, min(numbers), touched)
