"""Hidden checks of lesson 03, task 2: start_named."""

import pytest

from threadlings.checks import (
    Starts,
    always,
    ended_well,
    listed,
    nothing_wrong,
    number_of_name,
    same_again,
    wrong_afterwards,
    wrong_with_calls,
    wrong_with_threads,
)
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario, scenario_with
from threadlings.language import said

POLLING_S = 0.1
"""How much later than possible threads may end: starting them one by one takes no time."""

MADE_BEFORE = 7
"""So many threads are made before the call: the numbers in Python's own names go on from here."""


def _is_from_python(name):
    """Return True if Python itself gave a thread this name, after those made before."""
    return (number_of_name(name) or 0) > MADE_BEFORE


@scenario_with(Starts)
def named(lesson, runs, made_before=0, lasts_s=5):
    """Call start_named: in each run, one call after the other, with these names.

    The threads of a call are still at work when the next call comes.
    """

    def begun(names):
        from threading import Thread, current_thread

        starts = Starts([lasts_s] * len(names))

        def target(*arguments, **keywords):
            starts.target(current_thread().name, len(arguments) + len(keywords))

        for _ in range(made_before):
            Thread()
        starts.begin(lesson.start_named, target, list(names))
        return starts

    def program_of(lists):
        return lambda: [starts.told() for starts in [begun(names) for names in lists]]

    return [simulate(program_of(lists)) for lists in runs]


def _wrong_start(seen, names):
    """Return what is wrong if a call did not start one thread per name, for one call each."""
    asked = f"start_named(target, {names!r})"
    if any(given for calls in seen["calls"] for _name, given in calls):
        return said(
            "the target got an argument, but it takes none\n"
            "  the name belongs to the thread; the target can ask for it"
        )
    return wrong_with_threads(seen, asked, len(names)) or wrong_with_calls(seen, asked)


def _wrong_names(seen, names):
    """Return what is wrong if the threads do not have these names."""
    wrong = _wrong_start(seen, names)
    if not wrong and seen["names"] != names:
        return said(
            "the threads are not those of the names, in their order\n"
            "  they should be {shown}, they are {shown_2}",
            shown=listed(names),
            shown_2=listed(seen["names"]),
        )
    found = [name for ((name, _given),) in seen["calls"]] if not wrong else names
    for wanted, name in zip(names, found, strict=True):
        if name != wanted:
            return said(
                "the target did not find the name {names!r}\n"
                "  when it ran, its thread was called {name!r}",
                names=wanted,
                name=name,
            )
    return wrong


def _named(submission, names, wrong, **arguments):
    """Return what was seen of a call that should not be ``wrong``."""
    (run,) = submission.run(named, runs=[[names]], **arguments)
    (seen,) = ended_well(run)
    nothing_wrong(wrong(seen, names), shown_by=run)
    return seen


@pytest.mark.task(2)
def test_each_thread_has_its_name(submission):
    """There is one started thread per name, in the order of the names; a name may come twice."""
    _named(submission, ["west", "east", "north", "east"], _wrong_names)
    _named(submission, ["MainThread", "west"], _wrong_names)
    _named(submission, [], _wrong_names)


@pytest.mark.task(2)
def test_a_second_call_starts_threads_of_its_own(submission):
    """A second call starts a thread for each of its own names, and returns these alone."""
    same_again(
        submission.run,
        named,
        "start_named",
        first=["west", "east", "north"],
        second=["south", "west"],
        wrong=lambda seen: _wrong_names(seen, ["south", "west"]),
        afterwards=wrong_afterwards,
    )


@pytest.mark.task(2)
def test_none_leaves_the_name_that_python_gives(submission):
    """None leaves the name that Python gives to a thread."""
    names = ["east", None, None]
    seen = _named(submission, names, _wrong_start, made_before=MADE_BEFORE)
    for place in (1, 2):
        if not _is_from_python(seen["names"][place]):
            raise Broken(
                "names[{place}] is None: the thread should keep the name that Python gives it\n"
                "  it is called {names!r}, and Python did not choose that for it",
                place=place,
                names=seen["names"][place],
            )


@scenario
def named_from_the_beginning(lesson):
    def program():
        from threading import current_thread

        inside = []
        threads = lesson.start_named(lambda *_given: inside.append(current_thread().name), ["east"])
        outside = [thread.name for thread in threads]
        for thread in threads:
            thread.join()
        return [inside, outside]

    return search(program, max_runs=100, max_decisions=300)


@pytest.mark.task(2)
def test_a_thread_has_its_name_from_its_beginning(submission):
    """A thread has its name before it starts: nobody ever sees it without."""

    def told(found):
        inside, outside = found
        is_inside = inside != ["east"]
        return said(
            "the thread did not have its name from its beginning\n"
            "  {who} should find 'east', and found {shown}",
            who=said("the target") if is_inside else said("who looks at the returned thread"),
            shown=listed(inside if is_inside else outside),
        )

    always(submission.run(named_from_the_beginning), [["east"], ["east"]], told)


@pytest.mark.task(2)
def test_the_threads_run_at_the_same_time(submission):
    """Four targets that block for one second are done together after one second."""
    over_s = _named(submission, ["a", "b", "c", "d"], _wrong_start, lasts_s=1)["over_s"]
    if over_s > 1 + POLLING_S:
        raise Broken(
            "the threads did not run at the same time\n"
            "  four targets of 1 s took {ended_s:.1f} s together; 1.0 s is possible",
            ended_s=over_s,
        )
