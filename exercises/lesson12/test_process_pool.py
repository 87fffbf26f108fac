"""What you can check yourself in lesson 12. Run it with: pytest exercises/lesson12"""

import os
import time
import uuid
from functools import partial

import pytest

from threadlings.checks import Broken, real_call
from threadlings.checks.processes import lingers


# The tasks stand at the top of the file, so that another process can find them by their names.
def slow_is_first(number):
    """Return after a moment; it is the longer, the earlier the number is in [30, 20, 10]."""
    time.sleep(number / 1000)
    return number


def where(number):
    time.sleep(0.02)
    return os.getpid()


def note(number):
    """Leave a file for this call in the working directory; return None for 1."""
    with open(f"{number}-{uuid.uuid4()}", "wb"):
        return None if number == 1 else number


def no_odd_numbers(number):
    note(number)
    if number % 2:
        raise LookupError(f"{number} is odd")
    return number


def ends_late(number):
    """Return, or raise for an odd number; the process goes on for a while."""
    lingers(number)
    if number % 2:
        raise LookupError(number)
    return number


def together(number):
    """Return how many of these tasks have begun, after waiting for so many."""
    note(number)
    until = time.monotonic() + 5
    while len(os.listdir()) < number and time.monotonic() < until:
        time.sleep(0.01)
    return len(os.listdir())


def refused(call, shown, value):
    """Require that a call refuses ``value`` processes."""
    try:
        real_call(call)
    except ValueError as error:
        if str(value) not in str(error):
            raise Broken(
                "the ValueError of {shown} does not say {value}: {error}",
                shown=shown,
                value=value,
                error=error,
            ) from None
    else:
        raise Broken("{shown} should raise a ValueError; it raised nothing", shown=shown)


both = pytest.mark.parametrize(
    "name",
    [
        pytest.param("map_in_pool", marks=pytest.mark.task(1)),
        pytest.param("map_with_errors", marks=pytest.mark.task(4)),
    ],
)
"""What map_in_pool() promises, map_with_errors() promises too."""


@pytest.mark.task(1)
def test_results_are_in_the_order_of_the_numbers(real_lesson):
    """map_in_pool() returns the results in the order of the numbers."""
    found = real_call(real_lesson.map_in_pool, slow_is_first, [30, 20, 10], processes=3)
    if found != [30, 20, 10]:
        raise Broken(
            "the results of map_in_pool() are not in the order of the numbers\n"
            "  they should be [30, 20, 10], they are {found}; the task of 10 ended first",
            found=found,
        )


@both
def test_no_process_is_left(real_lesson, name):
    """When the call returns, no worker process is left, also none that ends late."""
    numbers = [2, 4] if name == "map_in_pool" else [1, 2]
    real_call(getattr(real_lesson, name), ends_late, numbers, 2)


@both
def test_each_call_stands_alone(real_lesson, tmp_path, monkeypatch, name):
    """Each call has its own pool and results; equal numbers are called twice."""
    monkeypatch.chdir(tmp_path)
    function = getattr(real_lesson, name)
    if name == "map_with_errors":
        real_call(function, ends_late, [1, 2, 3, 4, 5], 2)
    calls = [([7, 7, 1, 5], [7, 7, None, 5], 2), ([], [], 2), ([3], [3], 1)]
    for numbers, wanted, processes in calls:
        found = real_call(function, note, numbers, processes)
        if found != wanted:
            raise Broken(
                "{name}() with {numbers} should return {wanted}\n"
                "  it returned {found}; it knows nothing of the calls before",
                name=name,
                numbers=numbers,
                wanted=wanted,
                found=found,
            )
    count = len(list(tmp_path.glob("7-*")))
    if count != 2:
        raise Broken(
            "{name}() was given 7 twice and should call the task with it twice\n"
            "  it called it so often: {count}",
            name=name,
            count=count,
        )


@both
def test_as_many_processes_compute_as_you_say(real_lesson, tmp_path, monkeypatch, name):
    """As many processes compute at the same time as you say, or 4; none of them is yours."""
    monkeypatch.chdir(tmp_path)
    function = getattr(real_lesson, name)
    for count, arguments in ((3, [3]), (4, [])):
        found = real_call(function, together, [count] * count, *arguments)
        if found != [count] * count:
            raise Broken(
                "{name}() did not compute with {count} processes at the same time\n"
                "  so many tasks waited 5 s for each other; so many had begun: {found}",
                name=name,
                count=count,
                found=found,
            )
        for file in tmp_path.iterdir():
            file.unlink()
    for count, numbers in ((1, [1]), (2, list(range(6)))):
        processes = set(real_call(function, where, numbers, count))
        if os.getpid() in processes:
            raise Broken("{name}() called the task in your own process", name=name)
        if len(processes) > count:
            raise Broken(
                "processes={count}, but {found} processes ran the task",
                count=count,
                found=len(processes),
            )


@both
@pytest.mark.parametrize("value", [0, -3])
def test_no_processes_are_refused(real_lesson, name, value):
    """Less than one process is refused, with the number in the message."""
    call = partial(getattr(real_lesson, name), where, [1], processes=value)
    refused(call, f"{name}(task, numbers, processes={value})", value)


@pytest.mark.task(2)
def test_workers_stay_for_the_whole_block(real_lesson):
    """Two calls of map() in one block have the same worker process."""

    def block():
        with real_lesson.Workers(1) as workers:
            return workers.map(where, [1]) + workers.map(where, [2])

    first, second = real_call(block)
    if os.getpid() in (first, second):
        raise Broken("map() called the task in your own process, not in a worker process")
    if first != second:
        raise Broken(
            "Workers(1) computed in two different processes\n"
            "  os.getpid() was {first} in the first map(), {second} in the second",
            first=first,
            second=second,
        )


@pytest.mark.task(2)
def test_map_after_the_block_is_refused(real_lesson):
    """After the block, map() raises ValueError."""

    def block():
        with real_lesson.Workers(1) as workers:
            workers.map(where, [1])
        try:
            return workers.map(where, [1])
        except ValueError:
            return "refused"

    found = real_call(block)
    if found != "refused":
        raise Broken(
            "after the block, map() should raise a ValueError; it returned {found}", found=found
        )


@pytest.mark.task(2)
def test_an_error_of_the_block_goes_on(real_lesson):
    """An error of the block goes on to the caller; map() raises ValueError after it, too."""

    def block():
        found = []
        try:
            with real_lesson.Workers(1) as workers:
                workers.map(ends_late, [2])
                raise LookupError("of the block")
        except LookupError:
            found.append("error")
        try:
            workers.map(where, [1])
        except ValueError:
            found.append("refused")
        return found

    found = real_call(block)
    if "error" not in found:
        raise Broken("an error in the block of Workers did not go on to the caller")
    if "refused" not in found:
        raise Broken("after a block that ended with an error, map() should raise a ValueError")


@pytest.mark.task(2)
def test_each_block_has_its_own_workers(real_lesson):
    """A block within a block has workers of its own, and calls may have fewer numbers."""

    def block():
        with real_lesson.Workers(2) as outer:
            with real_lesson.Workers(1) as inner:
                found = [inner.map(slow_is_first, [3, 2, 1])]
            return [*found, outer.map(slow_is_first, [9, 9]), outer.map(slow_is_first, [])]

    found = real_call(block)
    if found != [[3, 2, 1], [9, 9], []]:
        raise Broken(
            "a block within a block should return its results; it returned {found}", found=found
        )


@pytest.mark.task(2)
def test_workers_refuse_no_processes(real_lesson):
    """Workers() refuses 0 processes, and says so."""

    def block():
        with real_lesson.Workers(0) as workers:
            workers.map(where, [1])

    refused(block, "Workers(0)", 0)


@pytest.mark.task(3)
@pytest.mark.parametrize(("tasks", "cpus", "wanted"), [(9, 4, 4), (3, 20, 3), (5, 1, 1), (0, 4, 1)])
def test_choice_has_its_limits(real_lesson, tasks, cpus, wanted):
    """choose_processes() returns the number of tasks or of cores, whichever is less."""
    found = real_lesson.choose_processes(tasks, cpus)
    if found != wanted:
        raise Broken(
            "choose_processes({tasks}, {cpus}) should be {wanted}, it is {found}",
            tasks=tasks,
            cpus=cpus,
            wanted=wanted,
            found=found,
        )


@pytest.mark.task(4)
def test_an_error_is_in_its_place(real_lesson, tmp_path, monkeypatch):
    """A task that raised has its exception in its place; the others have their results."""
    monkeypatch.chdir(tmp_path)
    found = real_call(real_lesson.map_with_errors, no_odd_numbers, [2, 3, 4], processes=2)
    shown = [repr(result) for result in found]
    wanted = ["2", "LookupError('3 is odd')", "4"]
    if shown != wanted:
        raise Broken(
            "the exception of 3 should be in its place, between the results of 2 and 4\n"
            "  they should be [{wanted}], they are [{shown}]",
            wanted=", ".join(wanted),
            shown=", ".join(shown),
        )
    count = len(list(tmp_path.iterdir()))
    if count != 3:
        raise Broken("three numbers are three calls of the task, not {count}", count=count)
