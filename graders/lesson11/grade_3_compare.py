"""Hidden checks of lesson 11, task 3: the seconds of three ways."""

import pytest

from threadlings.checks.processes import CHEAPEST, start_by
from threadlings.grading import Broken, real_scenario


def nap(number):
    """Sleep for as long as the call says for the way in which it is called; note the way."""
    import json
    import os
    import threading
    import time
    import uuid

    with open("call.json") as file:
        call, caller, naps_s = json.load(file)
    is_main = threading.current_thread() is threading.main_thread()
    way = "processes" if caller != os.getpid() else "sequential" if is_main else "threads"
    open(f"{call}-{way}-{uuid.uuid4()}", "wb").close()
    time.sleep(naps_s[way])
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
def comparisons(lesson, method):
    """Call twice; the tasks of the second call sleep longer than the whole first call took.

    So what fits one call cannot fit the other, and to start a process takes less than its task
    sleeps, however busy the machine is. What task 2 lacks is not held against task 3: functions
    of ours stand in for its own.
    """
    import glob
    import json
    import os
    import time

    start_by(method)
    lesson.run_sequential = given_sequential
    lesson.run_threads = given_threads
    lesson.run_processes = given_processes
    naps_s = {"sequential": 0.02, "threads": 0.01, "processes": 0.1}
    told, answers = [], []
    for call, numbers in enumerate(([1, 2], [1])):
        with open("call.json", "w") as file:
            json.dump([call, os.getpid(), naps_s], file)
        begin_s = time.perf_counter()
        seconds = lesson.compare(nap, list(numbers))
        total_s = time.perf_counter() - begin_s
        answers.append(seconds)
        told.append({"numbers": numbers, "total_s": total_s, "naps_s": naps_s})
        told[-1]["seconds"] = dict(seconds) if isinstance(seconds, dict) else seconds
        told[-1]["calls"] = {way: len(glob.glob(f"{call}-{way}-*")) for way in naps_s}
        long_s = 2 * min(total_s, 4) + 0.1
        naps_s = {"sequential": long_s, "threads": long_s / 4, "processes": long_s / 2}
    return {"told": told, "first": answers[0]}


WAYS = ("sequential", "threads", "processes")


@pytest.mark.task(3)
def test_compare_measures_three_ways(submission):
    """compare() returns the wall seconds of all three ways."""
    answer = submission.run(comparisons, method=CHEAPEST)
    for call in answer["told"]:
        _keep_ways(call)
    for call in reversed(answer["told"]):
        _not_too_short(call)
    for call in answer["told"]:
        _not_too_long(call)
    if answer["first"] != answer["told"][0]["seconds"]:
        raise Broken(
            "compare() was called again, and that changed what its first call had returned\n"
            "  make a new dict in each call"
        )


def _keep_ways(told):
    """Require seconds of three ways, and the task called in each of them."""
    seconds, calls = told["seconds"], told["calls"]
    if not isinstance(seconds, dict) or sorted(seconds) != sorted(WAYS):
        raise Broken(
            "compare() should return a dict with the keys {keys}; it has {found}",
            keys=sorted(WAYS),
            found=sorted(seconds) if isinstance(seconds, dict) else seconds,
        )
    for way in WAYS:
        if calls[way] < len(told["numbers"]):
            raise Broken(
                "compare(task, {numbers}) did not run the task in the way {way!r}\n"
                "  calls of the task in this way: {calls}",
                numbers=told["numbers"],
                way=way,
                calls=calls[way],
            )
        if not isinstance(seconds[way], int | float) or not seconds[way] > 0:
            raise Broken(
                "compare()[{way!r}] should be seconds above 0; it is {seconds!r}",
                way=way,
                seconds=seconds[way],
            )


def _not_too_short(told):
    """Require for each way what its tasks slept at least."""
    seconds, naps_s = told["seconds"], told["naps_s"]
    for way in WAYS:
        times = len(told["numbers"]) if way == "sequential" else 1
        if seconds[way] < 0.9 * times * naps_s[way]:
            raise Broken(
                "compare()[{way!r}] is less than its tasks slept\n"
                "  in each call they sleep for another time: read a clock before the tasks begin\n"
                "  and when the last result is there, one that goes on while a process waits",
                way=way,
            )


def _not_too_long(told):
    """Require for all ways together no more than there was."""
    if sum(told["seconds"].values()) > 1.1 * told["total_s"] + 0.05:
        raise Broken(
            "the three times of compare() are together longer than the call of compare() took\n"
            "  they should be seconds, each of its own way only"
        )
