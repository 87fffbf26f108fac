"""What you can check yourself in lesson 12. Run it with: pytest exercises/lesson12"""

import os
import time

import pytest

from threadlings.checks import Broken, real_call


# The tasks stand at the top of the file, so that another process can find them by their names.
def slow_is_first(number):
    """Return after a moment; it is the longer, the earlier the number is in [30, 20, 10]."""
    time.sleep(number / 1000)
    return number


def where(number):
    time.sleep(0.02)
    return os.getpid()


def no_odd_numbers(number):
    if number % 2:
        raise LookupError(f"{number} is odd")
    return number


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


@pytest.mark.task(1)
def test_the_pool_has_as_many_processes_as_you_say(real_lesson):
    """With processes=2 the task runs in at most two processes, neither of them yours."""
    found = set(real_call(real_lesson.map_in_pool, where, list(range(6)), processes=2))
    if os.getpid() in found:
        raise Broken("map_in_pool() called the task in your own process, not in a worker process")
    if len(found) > 2:
        raise Broken("processes=2, but {count} processes ran the task", count=len(found))


@pytest.mark.task(1)
def test_map_in_pool_refuses_no_processes(real_lesson):
    """map_in_pool() refuses -3 processes, and says so."""
    call = lambda: real_lesson.map_in_pool(where, [1], processes=-3)  # noqa: E731
    refused(call, "map_in_pool(task, numbers, processes=-3)", -3)


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
def test_an_error_is_in_its_place(real_lesson):
    """A task that raised has its exception in its place; the others have their results."""
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
