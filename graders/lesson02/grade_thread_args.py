"""Hidden checks of lesson 02: arguments."""

import pytest

from threadlings.checks import always, describe, ended_well
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said

TEXT = ": This is a thread"


@scenario
def numbered(lesson, count, every_schedule=False):
    """Call start_numbered; tell which thread called the target with which number."""

    def program():
        import time
        from threading import Thread, get_ident

        caller, calls = get_ident(), []

        def target(number):
            calls.append((get_ident(), number))
            if not every_schedule:
                time.sleep(5)

        target.__qualname__ = "target"
        threads = lesson.start_numbered(target, count)
        end = {"returned_s": time.monotonic(), "type": type(threads).__name__}
        if isinstance(threads, list) and all(isinstance(one, Thread) for one in threads):
            idents = [one.ident for one in threads]
            for one in threads:
                if one.ident is not None:
                    one.join()
            end["numbers"] = [[n for ident, n in calls if ident == mine] for mine in idents]
            end["started"] = sum(ident is not None for ident in idents)
        end["in_caller"] = [number for ident, number in calls if ident == caller]
        end["called_with"] = [number for _ident, number in calls]
        if every_schedule:
            return sorted(end["called_with"], key=repr)
        return {**end, "over_s": time.monotonic()}

    return search(program, max_runs=50) if every_schedule else simulate(program)


def _threads_were_started(end, asked, count):
    """Require a list of threads, started and not waited for."""
    if end["in_caller"]:
        raise Broken(
            "{asked} called the target in the thread of the caller\n"
            "  target(...) is a call of your own; Thread wants the function and its arguments",
            asked=asked,
        )
    if end["type"] != "list" or "numbers" not in end or len(end["numbers"]) != count:
        raise Broken("{asked} should return a list of {count} threads", asked=asked, count=count)
    if end["returned_s"] > 0:
        raise Broken(
            "{asked} should return at once; it waited for {returned_s:.1f} s",
            asked=asked,
            returned_s=end["returned_s"],
        )
    if end["started"] != count:
        raise Broken(
            "{asked} should start {count} threads, it started {started}",
            asked=asked,
            count=count,
            started=end["started"],
        )


def _arguments_told(run):
    """Say more of the error that a thread ends with when args is no tuple."""
    for failure in run.uncaught.values():
        if "must be an iterable" in failure.message or "must be a mapping" in failure.message:
            raise Broken(
                "the arguments were not handed over as Thread wants them: {message}\n"
                "  args is a tuple; what makes a tuple of one value?",
                message=failure.message,
            )
        if "positional argument" in failure.message or "keyword argument" in failure.message:
            raise Broken(
                "the target was called with other arguments than it takes: {message}",
                message=failure.message,
            )
    return ended_well(run)


@pytest.mark.task(1)
def test_thread_i_calls_the_target_with_i(submission):
    """The thread at place i calls target(i), i from 0."""
    end = _arguments_told(submission.run(numbered, count=4))
    _threads_were_started(end, "start_numbered(target, 4)", 4)
    if end["numbers"] != [[0], [1], [2], [3]]:
        raise Broken(
            "the threads should call the target with 0, 1, 2, 3, in the order of the list\n"
            "  they called it with {numbers}",
            numbers=end["numbers"],
        )
    if end["over_s"] > 5:
        raise Broken(
            "four threads of 5 s took {over_s:.1f} s; they should run at once", over_s=end["over_s"]
        )


@pytest.mark.task(1)
def test_the_number_is_fixed_when_the_thread_is_made(submission):
    """However late a thread begins, it calls the target with its own number."""
    seen = submission.run(numbered, count=2, every_schedule=True)
    always(
        seen,
        [0, 1],
        lambda numbers: said(
            "two threads should call the target with 0 and 1, they called it with {numbers}\n"
            "  a thread that begins late sees what a variable holds then",
            numbers=numbers,
        ),
    )


@pytest.mark.task(1)
def test_no_threads_for_0(submission):
    """A count of 0 gives an empty list."""
    end = ended_well(submission.run(numbered, count=0))
    _threads_were_started(end, "start_numbered(target, 0)", 0)


@scenario
def refusal(lesson):
    def program():
        try:
            lesson.start_numbered(print, -3)
        except ValueError as error:
            return str(error)
        return None

    return simulate(program)


@pytest.mark.task(1)
def test_a_negative_count_is_refused(submission):
    """A negative count raises ValueError with the value, and nothing is started."""
    run = submission.run(refusal)
    message = ended_well(run)
    if message is None:
        raise Broken("start_numbered(target, -3) should raise ValueError; it raised nothing")
    if "-3" not in message:
        raise Broken(
            "the message of the ValueError should have the value -3: {message!r}", message=message
        )
    if len(run.threads) > 1:
        raise Broken("start_numbered() started a thread before it refused count -3")


@scenario
def called(lesson, calls, change="", every_schedule=False):
    """Call start_calls, then change what was handed over; tell what each thread's call got."""

    def program():
        import time
        from threading import Thread, get_ident

        caller, seen = get_ident(), []

        def target(*args, **kwargs):
            seen.append((get_ident(), [list(args), dict(kwargs)]))
            if not every_schedule:
                time.sleep(5)

        target.__qualname__ = "target"
        given = [(list(args), dict(kwargs)) for args, kwargs in calls]
        threads = lesson.start_calls(target, given)
        returned_s = time.monotonic()
        if change == "args":
            given[0][0][0] = "changed"
        if change == "kwargs":
            given[0][1]["key"] = "changed"
        if change == "calls":
            given[1] = (["changed"], {})
        end = {"returned_s": returned_s, "type": type(threads).__name__}
        if isinstance(threads, list) and all(isinstance(one, Thread) for one in threads):
            idents = [one.ident for one in threads]
            for one in threads:
                if one.ident is not None:
                    one.join()
            end["numbers"] = [[call for ident, call in seen if ident == mine] for mine in idents]
            end["started"] = sum(ident is not None for ident in idents)
        end["in_caller"] = [call for ident, call in seen if ident == caller]
        if every_schedule:
            return sorted((call for _ident, call in seen), key=repr)
        return end

    return search(program, max_runs=50) if every_schedule else simulate(program)


# The last one equals the first: equal calls are still two calls.
CALLS = [[[1, "two"], {}], [[], {"key": 3}], [[4], {"key": 5, "other": None}], [[1, "two"], {}]]


@pytest.mark.task(2)
def test_each_thread_has_the_arguments_of_its_call(submission):
    """Positional and keyword arguments arrive as they were given, in the order of the list."""
    end = _arguments_told(submission.run(called, calls=CALLS))
    _threads_were_started(end, "start_calls(target, calls)", len(CALLS))
    wanted = [[call] for call in CALLS]
    if end["numbers"] != wanted:
        place = next(i for i in range(len(CALLS)) if end["numbers"][i] != wanted[i])
        raise Broken(
            "the thread of calls[{place}] did not call the target with its arguments\n"
            "  args and kwargs should be {wanted}, they were {numbers}",
            place=place,
            wanted=wanted[place],
            numbers=end["numbers"][place],
        )


@pytest.mark.task(2)
def test_no_calls_are_no_threads(submission):
    """An empty list of calls gives an empty list of threads."""
    end = ended_well(submission.run(called, calls=[]))
    _threads_were_started(end, "start_calls(target, [])", 0)


@pytest.mark.task(2)
@pytest.mark.parametrize("change", ["args", "kwargs", "calls"])
def test_later_changes_have_no_effect(submission, change):
    """What the caller changes in its lists and dicts afterwards does not reach the threads."""
    calls = [[[1], {"key": 2}], [[3], {"key": 4}]]
    seen = submission.run(called, calls=calls, change=change, every_schedule=True)
    what = {"args": said("an args"), "kwargs": "a kwargs", "calls": said("the list of calls")}[
        change
    ]
    always(
        seen,
        calls,
        lambda seen: (
            said(
                "the caller changed {what} after start_calls() had returned, and a thread saw it\n"
                "  the calls should be {calls}, they were {seen}",
                what=what,
                calls=calls,
                seen=seen,
            )
            if "changed" in repr(seen)
            else said("the calls should be {calls}, they were {seen}", calls=calls, seen=seen)
        ),
    )


@scenario
def pair(lesson, pairs, options):
    """Make and start a PairThread for each pair; tell what it is."""

    def program():
        from threading import Thread

        threads = [lesson.PairThread(args=tuple(values), **options) for values in pairs]
        end = {
            "is_thread": all(isinstance(one, Thread) for one in threads),
            "names": [one.name for one in threads],
            "daemons": [one.daemon for one in threads],
        }
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return end

    return simulate(program)


def _pairs(submission, pairs, **options):
    """Return the run and what was seen of PairThreads; each must print its line itself."""
    run = submission.run(pair, pairs=pairs, options=options)
    shown = "".join(f", {name}={value!r}" for name, value in options.items())
    wrong = describe(run)
    if wrong:
        made = f"args={tuple(pairs[0])}{shown}"
        raise Broken("PairThread({made}): {wrong}", made=made, wrong=wrong)
    end = ended_well(run)
    if not end["is_thread"]:
        raise Broken("PairThread is not a subclass of Thread")
    wanted = [f"{first} {second}{TEXT}" for first, second in pairs]
    if any(line in run.lines("m") for line in wanted):
        raise Broken("the line was printed by the thread that made the PairThread, not by itself")
    by_thread = [run.lines(thread.letter) for thread in run.threads[1:]]
    for place, line in enumerate(wanted):
        if by_thread[place].count(line) != 1:
            raise Broken(
                "PairThread(args={pairs}) should print {line!r} once\n  it printed {by_thread}",
                pairs=tuple(pairs[place]),
                line=line,
                by_thread=by_thread[place][:5],
            )
    return end


@pytest.mark.task(3)
def test_a_pair_is_printed_by_its_thread(submission):
    """A started PairThread prints its two values and the text."""
    _pairs(submission, [[50, 30]])
    _pairs(submission, [["first", None]])


@pytest.mark.task(3)
def test_pairs_do_not_mix(submission):
    """Each of two PairThreads prints its own values."""
    _pairs(submission, [[1, 2], [3, 4]])


@pytest.mark.task(3)
def test_name_and_daemon_are_those_of_thread(submission):
    """name= and daemon= of a PairThread work as on Thread."""
    end = _pairs(submission, [[1, 2]], name="left pair", daemon=True)
    if end["names"] != ["left pair"]:
        raise Broken("PairThread(name='left pair') has the name {names!r}", names=end["names"][0])
    if end["daemons"] != [True]:
        raise Broken("PairThread(daemon=True) should be a daemon thread, it is not")
    if _pairs(submission, [[1, 2]], daemon=False)["daemons"] != [False]:
        raise Broken("PairThread(daemon=False) should not be a daemon thread, it is")


@pytest.mark.task(3)
def test_the_other_keywords_of_thread_are_taken(submission):
    """group=, target= and kwargs= may be given, as on Thread."""
    _pairs(submission, [[1, 2]], group=None, target=None, kwargs=None)
