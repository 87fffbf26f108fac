"""What you can check yourself in lesson 02. Run it with: pytest exercises/lesson02"""

import pytest

from threadlings.checks import (
    Broken,
    Starts,
    always,
    ended_well,
    nothing_wrong,
    refusal,
    refused,
    wrong_afterwards,
    wrong_with_threads,
)
from threadlings.engine import search, simulate
from threadlings.language import said


@pytest.mark.task(1)
def test_every_thread_has_its_own_number(lesson):
    """Two threads call the target with 0 and 1, however late they begin."""

    def program():
        numbers = []
        for thread in lesson.start_numbered(numbers.append, 2):
            thread.join()
        return sorted(numbers)

    always(
        search(program, max_runs=50),
        [0, 1],
        lambda numbers: said(
            "the target should be called with 0 and with 1, it was called with {numbers}\n"
            "  which number does a thread see that begins late?",
            numbers=numbers,
        ),
    )


@pytest.mark.task(1)
def test_start_numbered_does_not_wait(lesson):
    """start_numbered() returns the started threads at once."""

    def program():
        import time

        threads = lesson.start_numbered(lambda number: time.sleep(60), 3)
        return [len(threads), time.monotonic()]

    count, returned_s = ended_well(simulate(program))
    if count != 3:
        raise Broken(
            "start_numbered(target, 3) should return 3 threads, it returned {count}", count=count
        )
    if returned_s > 0:
        raise Broken(
            "start_numbered() should return at once; it returned after {returned_s} s",
            returned_s=returned_s,
        )


@pytest.mark.task(1)
def test_a_negative_count_is_refused(lesson):
    """A negative count raises ValueError with the value in the message; nothing is started."""
    run = simulate(lambda: refusal(lesson.start_numbered, print, -1))
    refused(run, "start_numbered(target, -1)", -1)


def called_twice(start, first, second):
    """Return what was seen of two calls, of which the second comes before the first's end."""

    def program():
        seen = []
        for given in (first, second):
            starts = Starts([5] * 10)
            starts.begin(start, starts.target, given)
            seen.append(starts)
        return [starts.told() for starts in seen]

    return ended_well(simulate(program))


@pytest.mark.task(1)
def test_thread_i_has_the_number_i_at_each_call(lesson):
    """The thread at place i of the list calls target(i), at a second call too."""
    first, second = called_twice(lambda *given: lesson.start_numbered(*given), 3, 2)
    for seen, count in ((first, 3), (second, 2)):
        nothing_wrong(wrong_with_threads(seen, f"start_numbered(target, {count})", count))
        numbers = [call for calls in seen["calls"] for (call,) in calls]
        if numbers != list(range(count)):
            raise Broken(
                "the threads should call the target with {wanted}, in the order of the list\n"
                "  they called it with {numbers}",
                wanted=list(range(count)),
                numbers=numbers,
            )
    nothing_wrong(wrong_afterwards(first))


@pytest.mark.task(2)
def test_each_call_has_its_arguments(lesson):
    """Each thread has the arguments of its call, whatever they are, at a second call too."""

    def start(target, calls):
        def work(*args, **kwargs):
            target(list(args), kwargs)

        return lesson.start_calls(work, calls)

    calls = [
        *([(1, 2), {}], [(), {"loud": True}], [[3], {"loud": False}]),
        *([(), {}], [(0, None), {"name": ""}], [([],), {"key": {}}], [(1, 2), {}]),
    ]
    first, second = called_twice(start, calls, calls[:2])
    for seen, given in ((first, calls), (second, calls[:2])):
        nothing_wrong(wrong_with_threads(seen, "start_calls(target, calls)", len(given)))
        for (args, kwargs), found in zip(given, seen["calls"], strict=True):
            if found != [[list(args), kwargs]]:
                raise Broken(
                    "the thread of this call should call the target with {args} and {kwargs}\n"
                    "  it called it with {found}",
                    args=args,
                    kwargs=kwargs,
                    found=[tuple(each) for each in found],
                )
    nothing_wrong(wrong_afterwards(first))


@pytest.mark.task(2)
def test_later_changes_have_no_effect(lesson):
    """What the caller changes after start_calls() does not reach the threads."""

    def program():
        seen, args, kwargs = [], [1], {"loud": True}

        def target(*args, **kwargs):
            seen.append([list(args), dict(kwargs)])

        threads = lesson.start_calls(target, [(args, kwargs)])
        args[0] = 99
        kwargs["loud"] = False
        for thread in threads:
            thread.join()
        return seen

    always(
        search(program, max_runs=50),
        [[[1], {"loud": True}]],
        lambda seen: said(
            "the caller changed its list and dict after start_calls(), and the thread saw it\n"
            "  it was called with {seen} and {seen_2}, not with [1] and loud=True",
            seen=seen[0][0],
            seen_2=seen[0][1],
        ),
    )


@pytest.mark.task(3)
def test_a_pair_is_printed_by_its_own_thread(lesson):
    """PairThread(args=(50, 30)).start() prints: 50 30: This is a thread"""

    def program():
        for pair in ((50, 30), (0, None)):
            thread = lesson.PairThread(args=pair)
            thread.start()
            thread.join()

    run = simulate(program)
    ended_well(run)
    for letter, line in (("A", "50 30: This is a thread"), ("B", "0 None: This is a thread")):
        if line not in run.lines(letter):
            raise Broken(
                "the started thread should print {line!r}\n  printed in all: {lines}",
                line=line,
                lines=run.lines(),
            )


@pytest.mark.task(3)
def test_name_and_daemon_work_as_on_thread(lesson):
    """name= and daemon= of a PairThread work as on Thread."""

    def program():
        thread = lesson.PairThread(args=(1, 2), name="pair", daemon=True)
        return [thread.name, thread.daemon]

    found = ended_well(simulate(program))
    if found != ["pair", True]:
        raise Broken(
            "PairThread(args=(1, 2), name='pair', daemon=True) should have that name and be a "
            "daemon\n"
            "  its name is {found!r}, its daemon is {found_2}",
            found=found[0],
            found_2=found[1],
        )


@pytest.mark.task(3)
def test_what_is_not_given_is_as_on_thread(lesson):
    """Without name= and daemon= a PairThread has Python's defaults: a daemon's heir is a daemon."""

    def program():
        from threading import Thread

        def make():
            found.append(lesson.PairThread(args=(1, 2), name=None))

        found = []
        make()
        maker = Thread(target=make, daemon=True)
        maker.start()
        maker.join()
        return [[each.name for each in found], [each.daemon for each in found]]

    names, daemons = ended_well(simulate(program))
    if not all(name.startswith("Thread-") for name in names) or daemons != [False, True]:
        raise Broken(
            "PairThreads, one made in the main thread, one in a daemon thread, should have names\n"
            "  such as Thread-7, and only the second should be a daemon, as with Thread\n"
            "  their names are {names}, daemon is {daemons}",
            names=names,
            daemons=daemons,
        )
