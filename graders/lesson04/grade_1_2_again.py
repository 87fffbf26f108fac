"""Hidden checks of lesson 04, tasks 1 and 2: a second call, and nothing deprecated."""

import pytest

from threadlings.checks import Starts, ended_well, same_again, wrong_with_waiting
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario, scenario_with
from threadlings.language import said

POLLING_S = 0.1
"""How much later than possible a call may return: who asks again and again is a little late."""

BOTH = pytest.mark.parametrize(
    "name",
    [
        pytest.param("start_background", marks=pytest.mark.task(1)),
        pytest.param("start_foreground", marks=pytest.mark.task(2)),
    ],
)


@scenario_with(Starts)
def started(lesson, runs):
    """Start threads: in each run, one call after the other, by functions of these names.

    The thread of a call is still at work when the next call comes.
    """

    def begun(name):
        starts = Starts([5], patience_s=100)
        starts.begin(lambda: [getattr(lesson, name)(starts.target)])
        return starts

    def program_of(names):
        return lambda: [starts.told() for starts in [begun(name) for name in names]]

    return [simulate(program_of(names)) for names in runs]


def _wrong_start(seen, name):
    """Return what is wrong if what came at once is not the thread that ran the target, once."""
    if seen["took_s"] > POLLING_S:
        return wrong_with_waiting(seen, f"{name}(target)")
    if seen["calls"] == [[[]]]:
        return ""
    return said(
        "{name}(target) should return the thread that it starts for this target\n"
        "  calls of the target: {in_all}; by the thread that was returned: {count}",
        **seen,
        name=name,
        count=sum(map(len, seen["calls"])),
    )


@BOTH
def test_a_second_call_starts_another_thread(submission, name):
    """A second call starts another thread, and lets that one run its target."""
    same_again(
        submission.run,
        started,
        name,
        first=name,
        second=name,
        wrong=lambda seen: _wrong_start(seen, name),
    )


@scenario
def warnings_of(lesson, name):
    def program():
        import warnings

        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            getattr(lesson, name)(lambda *_arguments: None)
        return [
            f"{warning.message} ({warning.filename}:{warning.lineno})"
            for warning in seen
            if issubclass(warning.category, DeprecationWarning)
        ]

    return simulate(program)


@BOTH
def test_nothing_deprecated_is_used(submission, name):
    """Nothing that Python has deprecated is used."""
    run = submission.run(warnings_of, name=name)
    for warning in ended_well(run):
        raise Broken(
            "{name}() uses what Python has deprecated, and may take away one day\n  {warning}",
            name=name,
            warning=warning,
        )
