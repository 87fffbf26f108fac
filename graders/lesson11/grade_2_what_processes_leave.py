"""Hidden checks of lesson 11, task 2: large results, failures, and what run_processes leaves."""

import re

import pytest

from threadlings.checks.asking import ask
from threadlings.checks.processes import (
    CHEAPEST,
    LEAVING,
    OTHERS,
    children,
    left_by,
    lingers,
    negated,
    start_by,
)
from threadlings.grading import Broken, OutOfTime, real_scenario
from threadlings.language import said


def megabyte(number):
    return chr(number) * 2**20


def raises(number):
    if number == 42:
        raise LookupError("no such word")
    return megabyte(lingers(number))


def exits(number):
    import os

    if number == 42:
        os._exit(3)
    return lingers(number)


def exits_politely(number):
    import os

    if number == 42:
        os._exit(0)
    return lingers(number)


def is_killed(number):
    import os
    import signal

    if number == 42:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return megabyte(lingers(number))


FAILING = (*LEAVING, megabyte, raises, exits, exits_politely, is_killed)
DID = {
    "raises": said("The task of 42 raised LookupError('no such word')"),
    "exits": said("The process of 42 ended by itself, with exit code 3 and without a result"),
    "exits_politely": said(
        "The process of 42 ended by itself, with exit code 0 and without a result"
    ),
    "is_killed": said("The process of 42 was killed"),
}


@real_scenario(start_by, megabyte, ends_when_stuck=True)
def large_results(lesson, method):
    start_by(method)
    results = lesson.run_processes(megabyte, [66, 65])
    if not isinstance(results, list | tuple):
        return results
    return [r[:1] + str(len(r)) if isinstance(r, str) else r for r in results]


@real_scenario(start_by, *FAILING, negated, ends_when_stuck=True)
def failures(lesson, names, method):
    """Let calls fail; after each, another call with fewer numbers."""
    start_by(method)
    ends = []
    for name in names:
        end = {"task": name, "error": None, "text": "", "is_runtime": False}
        try:
            value = lesson.run_processes(globals()[name], [41, 42, 43])
            end["value"] = str([str(v)[:20] for v in value] if isinstance(value, list) else value)
            end["left"] = children()
        except Exception as error:  # As long as it is known, its frames keep their pipes open.
            end |= {"error": type(error).__name__, "text": str(error), "left": children()}
            end["is_runtime"] = isinstance(error, RuntimeError)
        try:
            end["next"] = lesson.run_processes(negated, [5])
        except Exception as error:
            end["next"] = f"{type(error).__name__}: {error}"
        ends.append(end)
    return ends


@real_scenario(start_by, *LEAVING, ends_when_stuck=True)
def slow_endings(lesson, method):
    """Who has no patience with slow processes may raise an error; what is left is asked here."""
    from contextlib import suppress

    start_by(method)

    def call():
        with suppress(RuntimeError):
            lesson.run_processes(lingers, [1, 2])

    return left_by(call)


@pytest.mark.task(2)
def test_large_results_come_back(submission):
    """Results of 1 MB come back."""
    try:
        found = ask(submission, 2, large_results, method=CHEAPEST)
    except OutOfTime as error:
        raise Broken(
            "run_processes() never returned: each result had 1 MB\n"
            "  {error}\n"
            "  a child does not end before its result is taken out of the queue or the pipe",
            error=error,
        ) from None
    if found != ["B1048576", "A1048576"]:
        raise Broken("results of 1 MB did not come back as they were")


@pytest.mark.task(2)
@pytest.mark.parametrize("name", list(DID))
def test_a_failure_is_raised_with_its_number(submission, name):
    """A task that raises, or a process that dies, is a RuntimeError that names the number."""
    _failed(submission, [name], CHEAPEST)


@pytest.mark.task(2)
@pytest.mark.parametrize("method", OTHERS)
def test_a_failure_is_raised_under_other_start_methods(submission, method):
    """Errors and deaths are noticed under every start method."""
    _failed(submission, ["raises", "is_killed"], method)


def _failed(submission, names, method):
    try:
        ends = ask(submission, 2, failures, names=names, method=method)
    except OutOfTime as error:
        did = said("{did} (start method: {method})", did=DID[names[0]], method=method)
        raise Broken(
            "{did}\n  run_processes() waited for ever\n  {error}", did=did, error=error
        ) from None
    for end in ends:
        did = said("{did} (start method: {method})", did=DID[end["task"]], method=method)
        _keep_failure(end, said("{did}\n  the numbers are [41, 42, 43]", did=did))


def _keep_failure(end, did):
    if end["error"] is None:
        raise Broken(
            "{did}\n  run_processes() raised nothing; it returned {value}",
            did=did,
            value=end["value"],
        )
    if not end["is_runtime"]:
        raise Broken(
            "{did}\n  run_processes() raised {error} ({text}), not a RuntimeError",
            did=did,
            error=end["error"],
            text=end["text"],
        )
    if not _names_42(end["text"]):
        raise Broken(
            "{did}\n  the RuntimeError does not name the number; its message: {text!r}",
            did=did,
            text=end["text"],
        )
    if end["left"]:
        raise Broken(
            "{did}\n  run_processes() raised its RuntimeError while processes were still running",
            did=did,
        )
    if end["next"] != [-5]:
        raise Broken(
            "{did}\n"
            "  then run_processes() was called with 5 alone, whose task returns -5; that call\n"
            "  knows nothing of the one before and returns [-5]; it ended with {found}",
            did=did,
            found=end["next"],
        )


def _names_42(text):
    """Return True if 42 is named by itself: neither in another number nor in the list of all."""
    return re.search(r"(?<!\d)42(?!\d)", re.sub(r"41,\s*42,\s*43", "", text)) is not None


@pytest.mark.task(2)
def test_no_process_is_left(submission):
    """When run_processes() returns, all its processes have ended, however slowly they end."""
    if ask(submission, 2, slow_endings, method=CHEAPEST)["left"]:
        raise Broken(
            "run_processes() returned while processes of its own were still running\n"
            "  a process may go on for a while after it has handed over its result;\n"
            "  join() waits for it, join(timeout) does only for so long"
        )
