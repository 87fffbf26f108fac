"""Hidden checks of lesson 11, task 2: large results, failures, and what run_processes leaves."""

import re

import pytest

from threadlings.checks.asking import ask
from threadlings.checks.processes import (
    CHEAPEST,
    LEAVING,
    OTHERS,
    computed_s,
    descendants,
    left_by,
    lingers,
    negated,
    only_wait,
    settle,
    start_by,
)
from threadlings.grading import Broken, OutOfTime, real_scenario
from threadlings.language import said


def megabyte(number):
    return chr(number) * 2**20


def raises(number):
    if number == 42:
        raise LookupError("no such word")
    return megabyte(number)


def is_to_end(number):
    """Return True for 42; False for the others, when nobody does anything more about its end."""
    import multiprocessing
    import os

    if not hasattr(os, "mkfifo"):
        return number == 42
    if number == 42:
        os.open("gone-41", os.O_WRONLY)  # Closed by the end of the process.
        return True
    with open(f"gone-{number}", "rb") as fifo:
        fifo.read()
    if number == 41:
        caller = multiprocessing.parent_process().pid
        settle(lambda: [caller, *descendants(caller)])
        os.close(os.open("gone-43", os.O_WRONLY))
    return False


def exits(number):
    import os

    if is_to_end(number):
        os._exit(3)
    return number


def exits_politely(number):
    import os

    if is_to_end(number):
        os._exit(0)
    return number


def is_killed(number):
    import os
    import signal

    if is_to_end(number):
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return megabyte(number)


def lingers_or_raises(number):
    if number == 42:
        raise LookupError("no such word")
    return megabyte(lingers(number))


def lingers_or_exits(number):
    import os

    if number == 42:
        os._exit(3)
    return megabyte(lingers(number))


FAILING = (
    *(descendants, only_wait, computed_s, settle, is_to_end),
    *(megabyte, raises, exits, exits_politely, is_killed),
)
DID = {
    "raises": said("The task of 42 raised LookupError('no such word')"),
    "exits": said("The process of 42 ended by itself, with exit code 3 and without a result"),
    "exits_politely": said(
        "The process of 42 ended by itself, with exit code 0 and without a result"
    ),
    "is_killed": said("The process of 42 was killed"),
}


NUMBERS = {
    "raises": [41, 42, 43],
    "exits": [41, 43, 42],
    "exits_politely": [42, 41, 43],
    "is_killed": [41, 43, 42],
}
"""With which numbers each is called: 42 fails in the middle, as the first and as the last."""


@real_scenario(start_by, megabyte, ends_when_stuck=True)
def large_results(lesson, method):
    start_by(method)
    results = lesson.run_processes(megabyte, [66, 65])
    if not isinstance(results, list | tuple):
        return results
    return [r[:1] + str(len(r)) if isinstance(r, str) else r for r in results]


@real_scenario(start_by, *FAILING, negated, ends_when_stuck=True)
def failures(lesson, calls, method):
    """Let calls fail; after each, another call with fewer numbers."""
    import os

    start_by(method)
    for name in ("gone-41", "gone-43") if hasattr(os, "mkfifo") else ():
        os.mkfifo(name)
    ends = []
    for name, numbers in calls.items():
        end = {"task": name, "error": None, "text": "", "is_runtime": False}
        try:
            value = lesson.run_processes(globals()[name], list(numbers))
            end["value"] = str([str(v)[:20] for v in value] if isinstance(value, list) else value)
        except Exception as error:
            end |= {"error": type(error).__name__, "text": str(error)}
            end["is_runtime"] = isinstance(error, RuntimeError)
        try:
            end["next"] = lesson.run_processes(negated, [5])
        except Exception as error:
            end["next"] = f"{type(error).__name__}: {error}"
        ends.append(end)
    return ends


@real_scenario(
    start_by, megabyte, *LEAVING, lingers_or_raises, lingers_or_exits, ends_when_stuck=True
)
def slow_endings(lesson, method):
    """Who has no patience with slow processes may raise an error; what is left is asked here."""
    from functools import partial

    start_by(method)

    def call(task, numbers):
        try:
            lesson.run_processes(task, list(numbers))
        except Exception as error:  # As long as it is known, its frames keep their pipes open.
            return error
        return None

    calls = {
        "lingers": (lingers, [1, 2]),
        "raises": (lingers_or_raises, [41, 42, 43]),
        "exits": (lingers_or_exits, [41, 42, 43]),
    }
    ends = {name: left_by(partial(call, *arguments)) for name, arguments in calls.items()}
    return {name: [end["value"] is not None, end["left"]] for name, end in ends.items()}


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
        calls = {name: NUMBERS[name] for name in names}
        ends = ask(submission, 2, failures, calls=calls, method=method)
    except OutOfTime as error:
        did = said("{did} (start method: {method})", did=DID[names[0]], method=method)
        raise Broken(
            "{did}\n  run_processes() waited for ever\n  {error}", did=did, error=error
        ) from None
    for end in ends:
        did = said("{did} (start method: {method})", did=DID[end["task"]], method=method)
        numbers = NUMBERS[end["task"]]
        did = said("{did}\n  the numbers are {numbers}", did=did, numbers=numbers)
        _keep_failure(end, did, numbers)


def _keep_failure(end, did, numbers):
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
    if not _names_42(end["text"], numbers):
        raise Broken(
            "{did}\n  the RuntimeError does not name the number; its message: {text!r}",
            did=did,
            text=end["text"],
        )
    if end["next"] != [-5]:
        raise Broken(
            "{did}\n"
            "  then run_processes() was called with 5 alone, whose task returns -5; that call\n"
            "  knows nothing of the one before and returns [-5]; it ended with {found}",
            did=did,
            found=end["next"],
        )


def _names_42(text, numbers):
    """Return True if 42 is named by itself: neither in another number nor in the list of all."""
    all_of_them = r",\s*".join(map(str, numbers))
    return re.search(r"(?<!\d)42(?!\d)", re.sub(all_of_them, "", text)) is not None


@pytest.mark.task(2)
def test_no_process_is_left(submission):
    """When run_processes() returns or raises, all its processes have ended, however slowly."""
    ends = ask(submission, 2, slow_endings, method=CHEAPEST)
    for name, (has_raised, left) in ends.items():
        if left and has_raised and name in DID:
            raise Broken(
                "{did}\n"
                "  run_processes() raised its RuntimeError while processes were still running",
                did=DID[name],
            )
        if left:
            raise Broken(
                "run_processes() returned while processes of its own were still running\n"
                "  a process may go on for a while after it has handed over its result;\n"
                "  join() waits for it, join(timeout) does only for so long"
            )
