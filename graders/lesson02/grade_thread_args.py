"""Hidden checks of lesson 02: arguments."""

import pytest

from threadlings.checks import (
    Starts,
    describe,
    ended_well,
    never_wrong,
    nothing_wrong,
    number_of_name,
    refusal,
    refused,
    same_again,
    wrong_with_threads,
    wrong_with_waiting,
)
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario, scenario_with
from threadlings.language import said

TEXT = ": This is a thread"


@scenario_with(Starts)
def numbered(lesson, runs, every_schedule=False):
    """Call start_numbered: in each run, one call after the other, with these counts."""

    def call(count):
        starts = Starts([0 if every_schedule else 5] * count)

        def target(number):
            starts.target(number)

        target.__qualname__ = "target"
        return starts.seen(lesson.start_numbered, target, count)

    programs = [lambda counts=counts: [call(count) for count in counts] for counts in runs]
    if every_schedule:
        return search(programs[0], max_runs=50)
    return [simulate(program) for program in programs]


def _wrong_numbers(seen, count, hint=""):
    asked = f"start_numbered(target, {count})"
    wrong = wrong_with_threads(seen, asked, count)
    if not wrong and seen["calls"] != [[[number]] for number in range(count)]:
        return said(
            "{asked}: the thread at place i should call the target once, with i\n"
            "  its threads called it with {numbers}{hint}",
            asked=asked,
            hint=hint,
            numbers=[[number for (number,) in calls] for calls in seen["calls"]],
        )
    return wrong or wrong_with_waiting(seen, asked)


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


def _judged(submission, scenario, asked_for, wrong):
    """Return what was seen of one call that should not be ``wrong``."""
    (run,) = submission.run(scenario, runs=[[asked_for]])
    (seen,) = _arguments_told(run)
    nothing_wrong(wrong(seen, asked_for), shown_by=run)
    return seen


@pytest.mark.task(1)
def test_thread_i_calls_the_target_with_i(submission):
    """The thread at place i calls target(i), i from 0."""
    over_s = _judged(submission, numbered, 4, _wrong_numbers)["over_s"]
    if over_s > 5:
        raise Broken(
            "four threads of 5 s took {over_s:.1f} s; they should run at once", over_s=over_s
        )


@pytest.mark.task(1)
def test_the_number_is_fixed_when_the_thread_is_made(submission):
    """However late a thread begins, it calls the target with its own number."""
    seen = submission.run(numbered, runs=[[2]], every_schedule=True)
    hint = said("\n  a thread that begins late sees what a variable holds then")
    never_wrong(seen, lambda calls: _wrong_numbers(calls[0], 2, hint))


@pytest.mark.task(1)
def test_no_threads_for_0(submission):
    """A count of 0 gives an empty list."""
    _judged(submission, numbered, 0, _wrong_numbers)


@pytest.mark.task(1)
def test_a_second_call_starts_threads_of_its_own(submission):
    """A second call counts from 0 again, and returns its own threads alone."""
    same_again(
        submission.run,
        numbered,
        "start_numbered",
        first=4,
        second=2,
        wrong=lambda seen: _wrong_numbers(seen, 2),
    )


@scenario_with(refusal)
def refusal_of_numbers(lesson):
    return simulate(lambda: refusal(lesson.start_numbered, print, -3))


@pytest.mark.task(1)
def test_a_negative_count_is_refused(submission):
    """A negative count raises ValueError with the value, and nothing is started."""
    refused(submission.run(refusal_of_numbers), "start_numbered(target, -3)", -3)


@scenario_with(Starts)
def called(lesson, runs, change=None):
    """Call start_calls: in each run, one call after the other, with these lists of calls.

    With ``change``, every schedule is tried: what was handed over is changed after the call.
    """

    def call(calls):
        starts = Starts([0 if change else 5] * len(calls))
        given = [(list(args), dict(kwargs)) for args, kwargs in calls]

        def target(*args, **kwargs):
            starts.target(list(args), dict(kwargs))

        def start_and_change():
            threads = lesson.start_calls(target, given)
            if change == "args":
                given[0][0][0] = "changed"
            if change == "kwargs":
                given[0][1]["key"] = "changed"
            if change == "calls":
                given[1] = (["changed"], {})
            return threads

        target.__qualname__ = "target"
        return starts.seen(start_and_change)

    programs = [lambda lists=lists: [call(calls) for calls in lists] for lists in runs]
    if change:
        return search(programs[0], max_runs=50)
    return [simulate(program) for program in programs]


def _wrong_calls(seen, calls):
    asked = "start_calls(target, calls)"
    wrong = wrong_with_threads(seen, asked, len(calls)) or wrong_with_waiting(seen, asked)
    for place, (wanted, found) in enumerate(zip(calls, seen["calls"], strict=False)):
        if not wrong and found != [wanted]:
            return said(
                "the thread of calls[{place}] did not call the target with its arguments\n"
                "  args and kwargs should be {wanted}, they were {found}",
                place=place,
                wanted=wanted,
                found=found,
            )
    return wrong


CALLS = [[[1, "two"], {}], [[], {"key": 3}], [[4], {"key": 5, "other": None}], [[1, "two"], {}]]
"""The last one equals the first: equal calls are still two calls."""

ODD_CALLS = [[[], {}], [[None, 0, ""], {"key": False}], [[[1], {}], {"key": []}]]
"""Nothing at all, values that count as false, values that cannot be hashed."""


@pytest.mark.task(2)
def test_each_thread_has_the_arguments_of_its_call(submission):
    """Positional and keyword arguments arrive as they were given, in the order of the list."""
    _judged(submission, called, CALLS, _wrong_calls)
    _judged(submission, called, ODD_CALLS, _wrong_calls)


@pytest.mark.task(2)
def test_no_calls_are_no_threads(submission):
    """An empty list of calls gives an empty list of threads."""
    _judged(submission, called, [], _wrong_calls)


@pytest.mark.task(2)
@pytest.mark.parametrize("change", ["args", "kwargs", "calls"])
def test_later_changes_have_no_effect(submission, change):
    """What the caller changes in its lists and dicts afterwards does not reach the threads."""
    calls = [[[1], {"key": 2}], [[3], {"key": 4}]]
    what = {"args": said("an args"), "kwargs": "a kwargs", "calls": said("the list of calls")}

    def wrong(told):
        if "changed" not in repr(told):
            return _wrong_calls(told[0], calls)
        return said(
            "the caller changed {what} after start_calls() had returned, and a thread saw it\n"
            "  the calls should be {calls}, they were {seen}",
            what=what[change],
            calls=calls,
            seen=[call for (call,) in told[0]["calls"]],
        )

    never_wrong(submission.run(called, runs=[[calls]], change=change), wrong)


@pytest.mark.task(2)
def test_a_second_list_of_calls_has_threads_of_its_own(submission):
    """A second call does the calls of its own list, and returns their threads alone."""
    calls = [[[7], {}], [[], {"key": 8}]]
    same_again(
        submission.run,
        called,
        "start_calls",
        first=CALLS,
        second=calls,
        wrong=lambda seen: _wrong_calls(seen, calls),
    )


@scenario
def pair(lesson, pairs, options, in_daemon=False):
    """Make and start a PairThread for each pair; tell what it is."""

    def made():
        from threading import Thread

        threads = [lesson.PairThread(args=tuple(values), **options) for values in pairs]
        seen = {
            "is_thread": all(isinstance(one, Thread) for one in threads),
            "names": [one.name for one in threads],
            "daemons": [one.daemon for one in threads],
        }
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return seen

    def made_in_a_daemon():
        from threading import Thread

        seen = []
        maker = Thread(target=lambda: seen.append(made()), daemon=True)
        maker.start()
        maker.join()
        return seen[0]

    return simulate(made_in_a_daemon if in_daemon else made)


def _pairs(submission, pairs, in_daemon=False, **options):
    """Return what was seen of PairThreads; each must print its line itself."""
    run = submission.run(pair, pairs=pairs, options=options, in_daemon=in_daemon)
    wrong = describe(run)
    if wrong:
        shown = "".join(f", {name}={value!r}" for name, value in options.items())
        made = f"args={tuple(pairs[0])}{shown}"
        raise Broken("PairThread({made}): {wrong}", made=made, wrong=wrong)
    seen = ended_well(run)
    if not seen["is_thread"]:
        raise Broken("PairThread is not a subclass of Thread")
    wanted = [f"{first} {second}{TEXT}" for first, second in pairs]
    if any(line in run.lines("m") for line in wanted):
        raise Broken("the line was printed by the thread that made the PairThread, not by itself")
    by_thread = [run.lines(thread.letter) for thread in run.threads[1 + in_daemon :]]
    for values, line, printed in zip(pairs, wanted, by_thread, strict=False):
        if printed.count(line) != 1:
            raise Broken(
                "PairThread(args={pairs}) should print {line!r} once\n  it printed {by_thread}",
                pairs=tuple(values),
                line=line,
                by_thread=printed[:5],
            )
    return seen


@pytest.mark.task(3)
def test_a_pair_is_printed_by_its_thread(submission):
    """A started PairThread prints its two values and the text."""
    _pairs(submission, [[50, 30]])
    _pairs(submission, [["first", None]])
    _pairs(submission, [[0, ""], [[1], {}]])


@pytest.mark.task(3)
def test_pairs_do_not_mix(submission):
    """Each of two PairThreads prints its own values."""
    _pairs(submission, [[1, 2], [3, 4]])


@pytest.mark.task(3)
def test_name_and_daemon_are_those_of_thread(submission):
    """name= and daemon= of a PairThread work as on Thread."""
    seen = _pairs(submission, [[1, 2]], name="left pair", daemon=True)
    if seen["names"] != ["left pair"]:
        raise Broken("PairThread(name='left pair') has the name {names!r}", names=seen["names"][0])
    if seen["daemons"] != [True]:
        raise Broken("PairThread(daemon=True) should be a daemon thread, it is not")
    if _pairs(submission, [[1, 2]], daemon=False)["daemons"] != [False]:
        raise Broken("PairThread(daemon=False) should not be a daemon thread, it is")


@pytest.mark.task(3)
def test_what_is_not_given_is_as_on_thread(submission):
    """Without name= and daemon= a PairThread has what Python gives: a daemon's heir is a daemon."""
    for options in ({}, {"name": None, "daemon": None}):
        seen = _pairs(submission, [[1, 2]], **options)
        heir = _pairs(submission, [[1, 2]], in_daemon=True, **options)
        shown = "".join(f", {name}=None" for name in options)
        if number_of_name(seen["names"][0]) is None:
            raise Broken(
                "PairThread(args=(1, 2){shown}) should have a name from Python, such as Thread-7\n"
                "  its name is {name!r}",
                shown=shown,
                name=seen["names"][0],
            )
        if (seen["daemons"], heir["daemons"]) != ([False], [True]):
            raise Broken(
                "PairThread(args=(1, 2){shown}) should be a daemon if who makes it is one\n"
                "  made in the main thread, its daemon is {made}; made in a daemon, it is {heir}\n"
                "  Thread tells daemon=None, its default, from daemon=False",
                shown=shown,
                made=seen["daemons"][0],
                heir=heir["daemons"][0],
            )


@pytest.mark.task(3)
def test_the_other_keywords_of_thread_are_taken(submission):
    """group=, target= and kwargs= may be given, as on Thread."""
    _pairs(submission, [[1, 2]], group=None, target=None, kwargs=None)
