"""Hidden checks of lesson 02, tasks 1 and 2: threads that are started with arguments."""

import pytest

from threadlings.checks import (
    Starts,
    ended_well,
    never_wrong,
    nothing_wrong,
    refusal,
    refused,
    same_again,
    wrong_afterwards,
    wrong_with_calls,
    wrong_with_threads,
    wrong_with_waiting,
)
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario_with
from threadlings.language import said


@scenario_with(Starts)
def numbered(lesson, runs, every_schedule=False):
    """Call start_numbered: in each run, one call after the other, with these counts.

    The threads of a call are still at work when the next call comes.
    """

    def begun(count):
        starts = Starts([0 if every_schedule else 5] * count)

        def target(number):
            starts.target(number)

        target.__qualname__ = "target"
        starts.begin(lesson.start_numbered, target, count)
        return starts

    def program_of(counts):
        return lambda: [starts.told() for starts in [begun(count) for count in counts]]

    programs = [program_of(counts) for counts in runs]
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
    return wrong or wrong_with_waiting(seen, asked) or wrong_with_calls(seen, asked)


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
    _judged(submission, numbered, 12, _wrong_numbers)


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
        afterwards=wrong_afterwards,
    )


@scenario_with(refusal)
def refusals_of_numbers(lesson, counts):
    return [simulate(lambda n=count: refusal(lesson.start_numbered, print, n)) for count in counts]


@pytest.mark.task(1)
def test_a_negative_count_is_refused(submission):
    """A negative count raises ValueError with the value, and nothing is started."""
    counts = [-3, -1]
    for count, run in zip(counts, submission.run(refusals_of_numbers, counts=counts), strict=True):
        refused(run, f"start_numbered(target, {count})", count)


@scenario_with(Starts)
def called(lesson, runs, change=None):
    """Call start_calls: in each run, one call after the other, with these lists of calls.

    Some ``args`` are tuples. The threads of a call are still at work when the next call
    comes. With ``change``, every schedule is tried: what was handed over is changed after the call.
    """

    def begun(calls):
        starts = Starts([0 if change else 5] * len(calls))
        kinds = [list, tuple, tuple, list] * len(calls)
        given = [(kinds.pop(0)(args), dict(kwargs)) for args, kwargs in calls]

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
        starts.begin(start_and_change)
        return starts

    def program_of(lists):
        return lambda: [starts.told() for starts in [begun(calls) for calls in lists]]

    programs = [program_of(lists) for lists in runs]
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
    return wrong or wrong_with_calls(seen, asked)


CALLS = [[[1, "two"], {}], [[], {"key": 3}], [[4], {"key": 5, "other": None}], [[1, "two"], {}]]
"""The last one equals the first: equal calls are still two calls."""

NAMES_OF_OTHERS = {"target": 1, "name": 2, "args": 3, "self": 4, "number": 5}

ODD_CALLS = [
    *([[], {}], [[None, 0, ""], {"key": False}], [[[1], {}], {"key": []}]),
    [[], NAMES_OF_OTHERS],
]
"""Nothing at all, false values, what cannot be hashed, keywords that Thread and others have too."""


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
        afterwards=wrong_afterwards,
    )
