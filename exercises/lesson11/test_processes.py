"""What you can check yourself in lesson 11. Run it with: pytest exercises/lesson11"""

import multiprocessing
import os
import threading
import time
import uuid
from contextlib import suppress

import pytest

from threadlings.checks import Broken, Unfinished, real_call
from threadlings.checks.processes import lingers


# The tasks stand at the top of the file, so that another process can find them by their names.
def square(number):
    return number * number


def where(number):
    return os.getpid()


def megabyte(number):
    return bytes([number]) * 2**20


def note(number):
    """Leave a file for this call in the working directory; return None for 1."""
    with open(f"{number}-{uuid.uuid4()}", "wb"):
        return None if number == 1 else number


def together(number):
    """Return True if nine of these tasks were under way at the same time."""
    note(number)
    until = time.monotonic() + 5
    while len(os.listdir()) < 9 and time.monotonic() < until:
        time.sleep(0.01)
    return len(os.listdir()) == 9


def slow_is_first(number):
    """Return after a moment; it is the longer, the earlier the number is in [30, 20, 10]."""
    time.sleep(number / 200)
    return number


def no_42(number):
    if number == 42:
        raise LookupError("no such number")
    return number


def dies_at_42(number):
    if number == 42:
        os._exit(3)
    return number


def ends_at_42(number):
    if number == 42:
        os._exit(0)
    return number


def nap(number):
    time.sleep(0.05)


def long_nap(number):
    time.sleep(0.3 if multiprocessing.parent_process() else 0.1)


@pytest.mark.task(1)
@pytest.mark.parametrize(
    ("number", "wanted"),
    [(1, [1]), (2, [1, 2]), (12, [1, 2, 3, 4, 6, 12]), (97, [1, 97])],
)
def test_divisors_are_found_in_order(real_lesson, number, wanted):
    """divisors() returns all divisors, from 1 to the number itself."""
    found = real_lesson.divisors(number)
    if found != wanted:
        raise Broken(
            "divisors({number}) should return {wanted}\n  it returned {found}",
            number=number,
            wanted=wanted,
            found=found,
        )


@pytest.mark.task(2)
@pytest.mark.parametrize("name", ["run_sequential", "run_threads", "run_processes"])
def test_results_are_in_the_order_of_the_numbers(real_lesson, name):
    """The results are in the order of the numbers, whichever task ended first."""
    found = real_call(getattr(real_lesson, name), slow_is_first, [30, 20, 10])
    if found != [30, 20, 10]:
        raise Broken(
            "the results of {name}() are not in the order of the numbers\n"
            "  they should be [30, 20, 10], they are {found}; the task of 10 ended first",
            name=name,
            found=found,
        )


@pytest.mark.task(2)
@pytest.mark.parametrize("name", ["run_sequential", "run_threads", "run_processes"])
def test_each_call_stands_alone(real_lesson, tmp_path, monkeypatch, name):
    """A call returns its own results alone, also None; equal numbers are called twice."""
    monkeypatch.chdir(tmp_path)
    run = getattr(real_lesson, name)
    for numbers, wanted in [([7, 7, 1, 5], [7, 7, None, 5]), ([], []), ([3], [3])]:
        found = real_call(run, note, numbers)
        if found != wanted:
            raise Broken(
                "a call of {name}() with {numbers} should return {wanted}\n"
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


@pytest.mark.task(2)
def test_threads_run_at_the_same_time(real_lesson):
    """run_threads() calls the task with all the numbers at the same time."""
    numbers = list(range(40))  # More than a ThreadPoolExecutor has by itself.
    everybody = threading.Barrier(len(numbers))

    def task(number):
        with suppress(threading.BrokenBarrierError):
            everybody.wait(5)
        return not everybody.broken

    if not all(real_call(real_lesson.run_threads, task, numbers)):
        raise Broken(
            "run_threads() did not run the tasks at the same time\n"
            "  40 tasks waited 5 s for each other; start all threads before you join one"
        )


@pytest.mark.task(2)
def test_processes_run_at_the_same_time(real_lesson, tmp_path, monkeypatch):
    """run_processes() has all its processes at the same time."""
    monkeypatch.chdir(tmp_path)
    if not all(real_call(real_lesson.run_processes, together, list(range(9)))):
        raise Broken(
            "run_processes() did not run the tasks at the same time\n"
            "  nine tasks waited 5 s for each other; start all processes before you join one"
        )


@pytest.mark.task(2)
def test_each_number_has_a_process_of_its_own(real_lesson):
    """run_processes() computes in other processes, not in your own."""
    found = real_call(real_lesson.run_processes, where, [1, 2])
    found += real_call(real_lesson.run_processes, where, [3])
    if os.getpid() in found:
        raise Broken("run_processes() called the task in your own process\n  look at start()")
    if len(set(found[:2])) != 2:
        raise Broken(
            "two numbers need two processes; os.getpid() in the tasks was {found}",
            found=found[:2],
        )


@pytest.mark.task(2)
def test_large_results_come_back(real_lesson):
    """Results of 1 MB come back."""
    found = real_call(real_lesson.run_processes, megabyte, [65, 66])
    if found != [megabyte(65), megabyte(66)]:
        raise Broken("two results of 1 MB did not come back as they were")


@pytest.mark.task(2)
def test_no_process_is_left(real_lesson):
    """When run_processes() returns, no process is left, also none that ends late."""
    real_call(real_lesson.run_processes, lingers, [1, 2])


@pytest.fixture(params=multiprocessing.get_all_start_methods())
def method(request):
    """Each start method of this platform, for the time of one test."""
    before = multiprocessing.get_start_method(allow_none=True)
    multiprocessing.set_start_method(request.param, force=True)
    yield request.param
    multiprocessing.set_start_method(before, force=True)


@pytest.mark.task(2)
def test_every_start_method_works(real_lesson, method):
    """run_processes() works under every start method."""
    found = real_call(real_lesson.run_processes, square, [7])
    if found != [49]:
        raise Broken(
            "with the start method {method}: 7 squared is 49, not {found}",
            method=method,
            found=found,
        )


@pytest.mark.task(2)
@pytest.mark.parametrize(
    ("task", "numbers"),
    [(no_42, [41, 42, 43]), (dies_at_42, [41, 43, 42]), (ends_at_42, [42, 41, 43])],
    ids=["it raises", "its process dies", "its process ends"],
)
def test_failure_names_the_number(real_lesson, task, numbers):
    """If the task of 42 fails, run_processes() raises a RuntimeError that names 42."""
    try:
        found = real_call(real_lesson.run_processes, task, numbers)
    except NotImplementedError:
        raise
    except RuntimeError as error:
        if "42" not in str(error).replace(str(numbers)[1:-1], "the list"):
            raise Broken(
                "the RuntimeError does not name the number: {error}", error=error
            ) from None
    else:
        raise Broken("the task of 42 failed, and run_processes() returned {found}", found=found)
    after = real_call(real_lesson.run_processes, square, [5])
    if after != [25]:
        raise Broken(
            "after a call that failed, 5 squared is 25; run_processes() returned {after}",
            after=after,
        )


def measured(found, **naps_s):
    """Require for each way at least the seconds that its tasks sleep."""
    for way, least_s in naps_s.items():
        if found[way] < 0.9 * least_s:
            raise Broken(
                "compare()[{way!r}] is {found:.4f} s, but its tasks sleep {least_s} s\n"
                "  measure from before the call until the last result is there",
                way=way,
                found=found[way],
                least_s=least_s,
            )


@pytest.mark.task(3)
def test_compare_has_the_seconds_of_three_ways(real_lesson):
    """compare() returns the wall seconds of all three ways."""
    found = real_call(real_lesson.compare, nap, [1, 2])
    if sorted(found) != ["processes", "sequential", "threads"]:
        raise Broken(
            "compare() should have the keys sequential, threads, processes: {found}", found=found
        )
    measured(found, sequential=0.1, threads=0.05, processes=0.05)


@pytest.mark.task(3)
def test_compare_measures_anew_in_each_call(real_lesson):
    """Each call of compare() has a dict of its own, with the seconds of this call."""
    first = real_call(real_lesson.compare, nap, [1, 2])
    kept = dict(first)
    begin_s = time.perf_counter()
    second = real_call(real_lesson.compare, long_nap, [1])
    took_s = time.perf_counter() - begin_s
    if first != kept:
        raise Broken("a second call of compare() changed what the first had returned")
    measured(second, sequential=0.1, threads=0.1, processes=0.3)
    if sum(second.values()) > 1.1 * took_s:
        raise Broken(
            "compare() took {took_s:.2f} s, but its three times are {sum_s:.2f} s together\n"
            "  each is of its own way only",
            took_s=took_s,
            sum_s=sum(second.values()),
        )


@pytest.mark.task(4)
@pytest.mark.parametrize("name", ["FASTEST_FOR_CPU", "FASTEST_FOR_IO"])
def test_fastest_is_one_of_the_three_ways(real_lesson, name):
    """FASTEST_FOR_CPU and FASTEST_FOR_IO are each one of the three ways."""
    answer = getattr(real_lesson, name)
    if answer is ...:
        raise Unfinished("TODO 4 in exercises/lesson11/processes.py")
    if answer not in ("sequential", "threads", "processes"):
        raise Broken(
            "{name} is {answer!r}; it should be one of the keys of compare()",
            name=name,
            answer=answer,
        )
