"""What you can check yourself in lesson 09. Run it with: pytest exercises/lesson09"""

import pytest

from threadlings.checks import Broken, always, describe, ended_well
from threadlings.engine import search, simulate
from threadlings.language import said


def threads_left():
    """Return the names of the threads that are still alive, the main thread left out."""
    from threading import enumerate, main_thread

    return [thread.name for thread in enumerate() if thread is not main_thread()]


def require_none_left(function, names):
    if names:
        raise Broken(
            "a thread is left after {function}() returned: {names}\n"
            "  tell each thread when to end, and wait until it has ended",
            function=function,
            names=", ".join(names),
        )


@pytest.mark.task(1)
@pytest.mark.parametrize(
    ("kind", "items", "expected"),
    [
        ("Queue", ["b", None, "a", 0], ["b", None, "a", 0]),
        ("LifoQueue", [1, 2, 3], [3, 2, 1]),
        ("Queue", [], []),
    ],
)
def test_drain_takes_everything_in_order(lesson, kind, items, expected):
    """drain() returns everything in the queue, in order and at once; of an empty queue, []."""

    def program():
        import queue

        box = getattr(queue, kind)()
        for item in items:
            box.put(item)
        return lesson.drain(box)

    run = simulate(program)
    if run.deadlock and not run.returned:
        raise Broken(
            "drain() of a {kind} with {count} items blocks\n{describe}",
            kind=kind,
            count=len(items),
            describe=describe(run),
        )
    got = ended_well(run)
    if got != expected:
        raise Broken(
            "drain() of a {kind} should return {expected}, it returned {got}",
            kind=kind,
            expected=expected,
            got=got,
        )
    if run.returned_s > 0:
        raise Broken(
            "drain() of a {kind} took {took_s:g} s; it should not wait, not even for a moment",
            kind=kind,
            took_s=run.returned_s,
        )


@pytest.mark.task(1)
def test_drain_marks_each_item_done(lesson):
    """After drain() the queue has no unfinished item, so queue.join() returns."""

    def program():
        from queue import Queue

        box = Queue()
        box.put("a")
        box.put("b")
        lesson.drain(box)
        return box.unfinished_tasks

    unfinished = ended_well(simulate(program))
    if unfinished:
        raise Broken(
            "{unfinished} of 2 items are not marked done\n"
            "  queue.join() would wait for ever: each get() needs its task_done()",
            unfinished=unfinished,
        )


@pytest.mark.task(1)
def test_two_threads_may_drain_one_queue(lesson):
    """Two threads drain one queue: each item goes to one of them, and neither blocks."""

    def program():
        from queue import Queue
        from threading import Thread

        box, got, drain = Queue(), [], lesson.drain
        box.put("a")
        box.put("b")
        threads = [Thread(target=lambda: got.extend(drain(box))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(got)

    always(
        search(program, max_runs=60, max_decisions=300, samples=0),
        ["a", "b"],
        lambda got: said(
            "two threads drained a queue with a and b; together they got {got}", got=got
        ),
    )


@pytest.mark.task(2)
def test_results_are_in_the_order_of_the_items(lesson):
    """Six items of one second take three workers two seconds; the results are in order."""

    def program():
        import time

        def handle(item):
            time.sleep(1)
            return None if item == 2 else item * 10

        return lesson.process_all([4, 2, 6, 1, 5, 3], handle, 3)

    run = simulate(program)
    results = ended_well(run)
    expected = [40, None, 60, 10, 50, 30]
    if results != expected:
        raise Broken(
            "the results are not in the order of the items\n"
            "  they should be {expected}, they are {results}",
            expected=expected,
            results=results,
        )
    if not 2 <= run.returned_s <= 3:
        raise Broken(
            "three workers took {returned_s:g} s for six items of 1 s each; they need 2 s\n"
            "  three items at a time, and never more",
            returned_s=run.returned_s,
        )


@pytest.mark.task(2)
def test_each_item_is_handled_once(lesson):
    """Two workers share two items: each is handled once, and no thread is left."""

    def program():
        handled = []
        lesson.process_all(["a", "b"], handled.append, 2)
        return [sorted(handled), len(threads_left())]

    def told(end):
        handled, left = end
        if handled != ["a", "b"]:
            return said(
                "each item should be handled once\n  of a and b, handle() got {handled}",
                handled=handled,
            )
        return said("{left} threads are left after process_all() returned", left=left)

    always(search(program, max_runs=60, max_decisions=300, samples=0), [["a", "b"], 0], told)


@pytest.mark.task(2)
def test_an_error_is_raised_after_the_rest_was_processed(lesson):
    """An error in handle() is raised after the other items were handled."""

    def program():
        handled = []

        def handle(item):
            if item != 3:
                raise ValueError(f"no good: {item}")
            handled.append(item)

        try:
            lesson.process_all([1, 2, 3], handle, 1)
        except ValueError as error:
            return [str(error), handled]
        return ["nothing", handled]

    run = simulate(program)
    if run.deadlock and not run.returned:
        raise Broken(
            "after an error in handle() threads wait for ever\n{describe}", describe=describe(run)
        )
    message, handled = run.value if run.returned else ended_well(run)
    if message != "no good: 1":
        raise Broken(
            "items 1 and 2 failed; process_all() should raise the error of the first, 'no good: "
            "1'\n"
            "  it raised: {message}",
            message=message,
        )
    if not handled:
        raise Broken("process_all() raised an error before the rest was processed: item 3")


ANYTHING = [None, 0, "", [1], [1], {}, "END", None]
"""Falsy items, equal ones, and some that cannot be compared or be keys of a dict."""


@pytest.mark.task(2)
@pytest.mark.parametrize("workers", [1, 3])
def test_items_may_be_anything(lesson, workers):
    """Items may be None, falsy, equal, lists and dicts: process_all() handles each of them."""
    run = simulate(lambda: lesson.process_all(ANYTHING, lambda item: [item], workers))
    results = ended_well(run)
    if results != [[item] for item in ANYTHING]:
        raise Broken(
            "an item may be anything: {items}\n"
            "  handle(item) returned [item]; process_all() returned {results}",
            items=ANYTHING,
            results=results,
        )


@pytest.mark.task(2)
def test_a_free_worker_takes_the_next_item(lesson):
    """While one worker is busy for 4 s, the other handles the four items of 1 s."""

    def program():
        import time

        lesson.process_all([4, 1, 1, 1, 1], time.sleep, 2)

    run = simulate(program)
    ended_well(run)
    took_s = run.returned_s
    if took_s >= 5:
        raise Broken(
            "two workers took {took_s:g} s for items of 4, 1, 1, 1 and 1 s; they need 4 s\n"
            "  a worker was idle while an item waited",
            took_s=took_s,
        )


@pytest.mark.task(2)
def test_a_second_call_knows_nothing_of_the_first(lesson):
    """process_all() may be called again, also after an error: the second call starts afresh."""

    def program():
        def fail(item):
            raise ValueError(f"no good: {item}")

        lesson.process_all([1, 2, 3], str, 2)
        refusal(lambda: lesson.process_all([4, 5, 6], fail, 2))
        return lesson.process_all([8, 7], str, 2)

    run = simulate(program)
    results = run.value if run.returned else ended_well(run)
    if results != ["8", "7"]:
        raise Broken(
            "a call should know nothing of an earlier one\n"
            "  the results should be ['8', '7'], they are {results}",
            results=results,
        )


@pytest.mark.task(2)
def test_fewer_than_one_worker_is_refused(lesson):
    """workers=0 is a ValueError with the number in it, before anything starts."""
    for items in ([1], []):
        run = simulate(lambda items=items: refusal(lambda: lesson.process_all(items, str, 0)))
        require_refusal(run, f"process_all({items}, handle, 0)", 0)


def refusal(call):
    try:
        call()
    except ValueError as error:
        return str(error)
    return None


def require_refusal(run, asked, number):
    message = run.value if run.returned else ended_well(run)
    if message is None:
        raise Broken("{asked} raised no ValueError", asked=asked)
    if str(number) not in message:
        raise Broken(
            "{asked}: {number} is not in the message of the ValueError: {message}",
            asked=asked,
            number=number,
            message=message,
        )
    if len(run.threads) > 1:
        raise Broken(
            "{asked}: {count} threads had started before it refused",
            asked=asked,
            count=len(run.threads) - 1,
        )


@pytest.mark.task(3)
@pytest.mark.parametrize(("sources", "consumers"), [([3, 4], 2), ([5], 3), ([1, 2, 0], 1)], ids=str)
def test_every_item_is_consumed_once(lesson, sources, consumers):
    """Every item of every source is consumed once, and no thread is left."""
    items = [[f"{letter}{n}" for n in range(s)] for letter, s in zip("abc", sources, strict=False)]

    def program():
        consumed = []
        lesson.fan(items, consumed.append, consumers, maxsize=1)
        return [sorted(consumed), threads_left()]

    consumed, left = ended_well(simulate(program))
    if consumed != [item for source in items for item in source]:
        raise Broken(
            "each item of {items} should be consumed once\n  consume() got {consumed}",
            items=items,
            consumed=consumed,
        )
    require_none_left("fan", left)


@pytest.mark.task(3)
def test_nobody_waits_for_ever(lesson):
    """One source, two consumers: whoever goes first, fan() ends and no thread is left."""

    def program():
        consumed = []
        lesson.fan([["a", "b"]], consumed.append, 2, 1)
        return [sorted(consumed), len(threads_left())]

    def told(end):
        consumed, left = end
        if consumed != ["a", "b"]:
            return said(
                "of a and b, each should be consumed once; consume() got {consumed}",
                consumed=consumed,
            )
        return said("{left} threads are left after fan() returned", left=left)

    always(search(program, max_runs=60, max_decisions=300, samples=0), [["a", "b"], 0], told)


@pytest.mark.task(3)
@pytest.mark.parametrize("consumers", [1, 3])
def test_items_may_be_anything_in_fan(lesson, consumers):
    """Items may be None, falsy, equal, lists and dicts: fan() brings each to consume()."""

    def program():
        consumed = []
        lesson.fan([ANYTHING, ["last"]], consumed.append, consumers, 2)
        return consumed

    consumed = ended_well(simulate(program))
    if sorted(map(repr, consumed)) != sorted(map(repr, [*ANYTHING, "last"])):
        raise Broken(
            "an item may be anything: {items}\n  consume() got {consumed}",
            items=[*ANYTHING, "last"],
            consumed=consumed,
        )


@pytest.mark.task(3)
def test_nobody_is_idle_while_an_item_waits(lesson):
    """While one consumer is busy, the other consumes; what a slow source gives is consumed, too."""

    def program():
        import time

        def slow():
            time.sleep(8)
            yield 1

        consumed = []

        def consume(item):
            time.sleep(item)
            consumed.append(item)

        began_s = time.monotonic()
        lesson.fan([[4, 1, 1, 1, 1]], consume, 2, 1)
        took_s = time.monotonic() - began_s
        lesson.fan([slow()], consume, 2, 1)
        return [took_s, len(consumed)]

    took_s, count = ended_well(simulate(program))
    if took_s >= 5:
        raise Broken(
            "two consumers took {took_s:g} s for items of 4, 1, 1, 1 and 1 s; they need 4 s\n"
            "  a consumer was idle while an item waited",
            took_s=took_s,
        )
    if count != 6:
        raise Broken("a source gave its item after 8 s, and it was not consumed")


@pytest.mark.task(3)
def test_a_second_fan_knows_nothing_of_the_first(lesson):
    """fan() may be called again, also after an error: the second call starts afresh."""

    def program():
        def fail(item):
            raise ValueError(f"no good: {item}")

        consumed = []
        refusal(lambda: lesson.fan([[1, 2, 3]], fail, 2, 1))
        wrong = refusal(lambda: lesson.fan([[5, 4]], consumed.append, 1, 1))
        return [wrong, consumed]

    run = simulate(program)
    wrong, consumed = run.value if run.returned else ended_well(run)
    if wrong or consumed != [5, 4]:
        raise Broken(
            "a call should know nothing of an earlier one\n"
            "  consume() should get 5 and 4, it got {consumed}; the error was {wrong}",
            consumed=consumed,
            wrong=wrong,
        )


@pytest.mark.task(3)
def test_the_queue_never_holds_more_than_maxsize(lesson):
    """While consume() is slow, no more than maxsize items wait in the queue."""

    def program():
        import queue
        import time

        made, held = [], []
        initialise = queue.Queue.__init__

        def noting(self, maxsize=0):
            made.append(self)
            initialise(self, maxsize)

        queue.Queue.__init__ = noting

        def consume(item):
            time.sleep(1)
            held.append(sum(box.qsize() for box in made))

        lesson.fan([range(20)], consume, 1, maxsize=2)
        return held[0]

    held = ended_well(simulate(program))
    if held > 2:
        raise Broken(
            "with maxsize=2 the queue held {held} items while consume() was slow", held=held
        )


@pytest.mark.task(3)
@pytest.mark.parametrize("where", ["consume()", "a source"])
def test_an_error_is_raised_after_an_orderly_end(lesson, where):
    """An error in consume() or in a source is raised, and no thread is left waiting."""

    def program():
        def source():
            yield from "abc"
            if where == "a source":
                raise ValueError("no good")

        def consume(item):
            if where == "consume()":
                raise ValueError("no good")

        message = refusal(lambda: lesson.fan([source(), source()], consume, 2, 1))
        return [message, threads_left()]

    run = simulate(program)
    if run.deadlock and not run.returned:
        raise Broken(
            "after an error in {where} threads wait for ever\n{describe}",
            where=where,
            describe=describe(run),
        )
    message, left = run.value if run.returned else ended_well(run)
    if message != "no good":
        raise Broken(
            "{where} raised ValueError('no good'), but fan() did not raise it", where=where
        )
    require_none_left("fan", left)


@pytest.mark.task(3)
@pytest.mark.parametrize(("consumers", "maxsize"), [(0, 2), (2, 0)])
def test_too_small_numbers_are_refused(lesson, consumers, maxsize):
    """consumers or maxsize below 1 is a ValueError with the number, before anything starts."""
    run = simulate(lambda: refusal(lambda: lesson.fan([[1]], str, consumers, maxsize)))
    require_refusal(run, f"fan(sources, consume, {consumers}, {maxsize})", 0)
