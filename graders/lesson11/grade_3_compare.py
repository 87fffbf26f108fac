"""Hidden checks of lesson 11, task 3: the seconds of three ways."""

import pytest

from threadlings.checks.processes import CHEAPEST, start_by
from threadlings.grading import Broken, real_scenario


def nap(number):
    """Sleep: longest in the main thread, longer in another process than in another thread."""
    import os
    import threading
    import time
    import uuid

    with open("caller") as file:
        is_caller = int(file.read()) == os.getpid()
    is_main = threading.current_thread() is threading.main_thread()
    way = "processes" if not is_caller else "sequential" if is_main else "threads"
    open(f"{way}-{uuid.uuid4()}", "wb").close()
    time.sleep({"processes": 0.25, "sequential": 0.1, "threads": 0.05}[way])
    return number


def given_sequential(task, numbers):
    return [task(number) for number in numbers]


def given_threads(task, numbers):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(len(numbers)) as pool:
        return list(pool.map(task, numbers))


def given_processes(task, numbers):
    import multiprocessing

    processes = [multiprocessing.Process(target=task, args=(number,)) for number in numbers]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return list(numbers)


@real_scenario(
    start_by, nap, given_sequential, given_threads, given_processes, ends_when_stuck=True
)
def comparison(lesson, method):
    """What task 2 lacks is not held against task 3: functions of ours stand in for its own."""
    import glob
    import os
    import time

    start_by(method)
    with open("caller", "w") as file:
        file.write(str(os.getpid()))
    lesson.run_sequential = given_sequential
    lesson.run_threads = given_threads
    lesson.run_processes = given_processes
    begin_s = time.perf_counter()
    seconds = lesson.compare(nap, [1, 2])
    total_s = time.perf_counter() - begin_s
    ways = ("sequential", "threads", "processes")
    calls = {way: len(glob.glob(f"{way}-*")) for way in ways}
    return {"seconds": seconds, "total": total_s, "calls": calls}


@pytest.mark.task(3)
def test_compare_measures_three_ways(submission):
    """compare() returns the wall seconds of all three ways."""
    told = submission.run(comparison, method=CHEAPEST)
    seconds, calls = told["seconds"], told["calls"]
    keys = ["processes", "sequential", "threads"]
    if not isinstance(seconds, dict) or sorted(seconds) != keys:
        found = sorted(seconds) if isinstance(seconds, dict) else seconds
        raise Broken(
            "compare() should return a dict with the keys {keys}; it has {found}",
            keys=keys,
            found=found,
        )
    for way in ("sequential", "threads", "processes"):
        if calls[way] < 2:
            raise Broken(
                "compare(task, [1, 2]) did not run the task in the way {way!r}\n"
                "  calls of the task in this way: {calls}",
                way=way,
                calls=calls[way],
            )
        if not isinstance(seconds[way], int | float) or not seconds[way] > 0:
            raise Broken(
                "compare()[{way!r}] should be seconds above 0; it is {seconds!r}",
                way=way,
                seconds=seconds[way],
            )
    for way, least_s in (("sequential", 0.2), ("threads", 0.05), ("processes", 0.25)):
        if seconds[way] < 0.9 * least_s:
            raise Broken(
                "compare()[{way!r}] is less than its tasks slept\n"
                "  they slept {least_s} s on the clock on the wall, from the first call to "
                "the last "
                "result",
                way=way,
                least_s=least_s,
            )
    if sum(seconds.values()) > 1.1 * told["total"] + 0.05:
        raise Broken(
            "the three times of compare() are together longer than the call of compare() took\n"
            "  they should be seconds, each of its own way only"
        )
