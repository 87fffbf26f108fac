"""Hidden checks of lesson 11: Process. Real processes, under every start method there is."""

import multiprocessing
import os
from weakref import WeakKeyDictionary

import pytest

from threadlings.engine import well_formed
from threadlings.grading import Broken, OutOfTime, StudentError, real_scenario
from threadlings.language import said

METHODS = multiprocessing.get_all_start_methods()
CHEAPEST = "fork" if "fork" in METHODS else METHODS[0]
OTHERS = [method for method in METHODS if method != CHEAPEST]
PICKLING = ("pickle", "local object")
"""What the errors of pickling have in their messages, in one version of Python or another."""
SHOWS = 1.2
"""How much faster two plain processes must be than one, for this machine to show anything."""
ENOUGH = 0.45
"""The share of what two plain processes gain that two of the student's must gain."""
MOST = 0.5
"""The share of the computing that may be done in the process that called run_processes."""

_HOPELESS = WeakKeyDictionary()
"""Of which submissions no more is asked, since nothing more can be learned from them."""


def hear(name):
    """Wait until somebody tells this name, and somebody tells it."""
    import os
    import time

    if hasattr(os, "mkfifo"):
        with open(name, "rb") as fifo:
            fifo.read()
        return
    open(f"{name}-heard", "wb").close()
    while not os.path.exists(f"{name}-told"):
        time.sleep(0.01)


def tell(name):
    """Tell this name, and wait until somebody hears it."""
    import os
    import time

    if hasattr(os, "mkfifo"):
        open(name, "wb").close()
        return
    open(f"{name}-told", "wb").close()
    while not os.path.exists(f"{name}-heard"):
        time.sleep(0.01)


def meet(number):
    """Wait for the task of the next smaller number to end, and that of the next larger to wait."""
    import json
    import os

    with open("meeting.json") as file:
        count = json.load(file)
    if number > 1:
        hear(f"turn-{number - 1}")
    if number < count:
        tell(f"turn-{number}")
    return [number, os.getpid()]


def where(number):
    import os

    return [number, os.getpid()]


def negated(number):
    return -number


def look_up(number):
    return {1: None, 2: 0, 3: "", 4: False}.get(number, [number])


def alone(number):
    """Return how many of these tasks were under way in this process at the same time."""
    import time

    alone.__dict__.setdefault("inside", []).append(number)
    time.sleep(0.005)
    together = len(alone.inside)
    alone.inside.remove(number)
    return together


def megabyte(number):
    return chr(number) * 2**20


def raises(number):
    if number == 42:
        raise LookupError("no such word")
    return megabyte(number)


def exits(number):
    import os

    if number == 42:
        os._exit(3)
    return number


def exits_politely(number):
    import os

    if number == 42:
        os._exit(0)
    return number


def is_killed(number):
    import os
    import signal

    if number == 42:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return megabyte(number)


def lingers(number):
    """Return at once; the process goes on until both it and its parent have only waited."""
    import os
    import threading
    import time

    parent = os.getppid()

    def waits(process):
        with open(f"/proc/{process}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] == "S"

    def linger():
        quiet = 0
        while quiet < 15:
            time.sleep(0.01)
            sees = os.path.exists("/proc/self/stat")
            quiet = quiet + 1 if not sees or (waits(os.getpid()) and waits(parent)) else 0

    threading.Thread(target=linger).start()
    return number


def burn(number):
    total = 0
    for i in range(number):
        total += i * i
    return total


def children():
    """Return how many processes of this one are running, the library's own helpers left out."""
    import contextlib
    import glob
    import multiprocessing

    found = {child.pid for child in multiprocessing.active_children()}
    helpers = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
    for path in glob.glob("/proc/self/task/*/children"):
        with contextlib.suppress(OSError):  # A thread or a process may just have gone.
            with open(path) as file:
                numbers = file.read().split()
            for number in numbers:
                with open(f"/proc/{number}/cmdline") as file:
                    command = file.read()
                if command and not any(helper in command for helper in helpers):
                    found.add(int(number))
    return len(found)


@real_scenario()
def divided(lesson, numbers):
    return [lesson.divisors(number) for number in numbers]


@real_scenario(where, negated, look_up, alone, ends_when_stuck=True)
def ordinary_calls(lesson, name, method):
    import multiprocessing
    import os

    multiprocessing.set_start_method(method, force=True)
    run = getattr(lesson, name)
    told = {"caller": os.getpid(), "where": run(where, [9, 8]), "negated": run(negated, [7, 5])}
    told["looked up"] = [
        [numbers, run(look_up, list(numbers))] for numbers in ([], [7, 7, 5], [1, 2, 3, 4, 6])
    ]
    told["together"] = run(alone, [3, 1, 2])
    return told


@real_scenario(where, ends_when_stuck=True)
def one_call(lesson, method):
    import multiprocessing
    import os

    multiprocessing.set_start_method(method, force=True)
    return {"caller": os.getpid(), "where": lesson.run_processes(where, [7, 5])}


@real_scenario(hear, tell, meet, ends_when_stuck=True)
def meeting(lesson, name, count, method):
    """The last number of the list is the first whose task ends."""
    import json
    import multiprocessing
    import os

    multiprocessing.set_start_method(method, force=True)
    with open("meeting.json", "w") as file:
        json.dump(count, file)
    for number in range(1, count):
        if hasattr(os, "mkfifo"):
            os.mkfifo(f"turn-{number}")
    results = getattr(lesson, name)(meet, list(range(count, 0, -1)))
    return {"caller": os.getpid(), "results": results}


@real_scenario(megabyte, ends_when_stuck=True)
def large_results(lesson, method):
    import multiprocessing

    multiprocessing.set_start_method(method, force=True)
    results = lesson.run_processes(megabyte, [66, 65])
    if not isinstance(results, list | tuple):
        return results
    return [r[:1] + str(len(r)) if isinstance(r, str) else r for r in results]


@real_scenario(megabyte, raises, exits, exits_politely, is_killed, children, ends_when_stuck=True)
def failures(lesson, names, method):
    import multiprocessing

    multiprocessing.set_start_method(method, force=True)
    tasks = {
        "raises": raises,
        "exits": exits,
        "exits_politely": exits_politely,
        "is_killed": is_killed,
    }
    ends = []
    for name in names:
        end = {"task": name, "error": None, "text": "", "is_runtime": False}
        try:
            value = lesson.run_processes(tasks[name], [41, 42, 43])
            end["value"] = str([str(v)[:20] for v in value] if isinstance(value, list) else value)
            end["left"] = children()
        except Exception as error:  # As long as it is known, its frames keep their pipes open.
            end |= {"error": type(error).__name__, "text": str(error), "left": children()}
            end["is_runtime"] = isinstance(error, RuntimeError)
        ends.append(end)
    return ends


@real_scenario(lingers, children, ends_when_stuck=True)
def slow_endings(lesson, method):
    import multiprocessing

    multiprocessing.set_start_method(method, force=True)
    lesson.run_processes(lingers, [1, 2])
    return children()


@real_scenario(burn, ends_when_stuck=True)
def race(lesson, method, tries, shows, enough):
    """Take the time of one process, of two plain ones, and of the student's, in turn."""
    import multiprocessing
    import time

    multiprocessing.set_start_method(method, force=True)
    small, large = [1, 2], [300_000, 300_001]
    best = {"plain": 0.0, "theirs": 0.0, "here": 1.0}

    def plain(numbers):
        processes = [multiprocessing.Process(target=burn, args=(number,)) for number in numbers]
        for process in processes:
            process.start()
        for process in processes:
            process.join()

    def one(numbers):
        for number in numbers:
            burn(number)

    def theirs(numbers):
        lesson.run_processes(burn, numbers)

    def timed(run, numbers):
        wall_s, cpu_s = time.perf_counter(), time.process_time()
        run(numbers)
        return time.perf_counter() - wall_s, time.process_time() - cpu_s

    for _ in range(tries):
        one_s, one_cpu_s = timed(one, large)
        for name, run in (("plain", plain), ("theirs", theirs)):
            start_s, _start_cpu_s = timed(run, small)
            wall_s, cpu_s = timed(run, large)
            gain = one_s / max(one_s / len(large), wall_s - start_s)
            best[name] = max(best[name], gain)
        best["here"] = min(best["here"], cpu_s / one_cpu_s)
        if best["plain"] >= shows and best["theirs"] >= enough * best["plain"]:
            break
    return best


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


@real_scenario(nap, given_sequential, given_threads, given_processes, ends_when_stuck=True)
def comparison(lesson, method):
    """What task 2 lacks is not held against task 3: functions of ours stand in for its own."""
    import glob
    import multiprocessing
    import os
    import time

    multiprocessing.set_start_method(method, force=True)
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


@real_scenario()
def answer(lesson, name):
    value = getattr(lesson, name)
    if value is ...:
        raise NotImplementedError("TODO 4 in exercises/lesson11/processes.py")
    return value


def _run(submission, scenario, **arguments):
    """Run a scenario that calls the student's functions of task 2, if there is any hope."""
    name = arguments.get("name", "run_processes")
    if submission in _HOPELESS:
        raise Broken("not tried: {hopeless}", hopeless=_HOPELESS[submission])
    try:
        return submission.run(scenario, **arguments)
    except OutOfTime:
        _HOPELESS[submission] = said("{name}() waited for ever in another check", name=name)
        raise
    except StudentError as error:
        raise _kind_about_pickling(error, arguments["method"]) from None


def _kind_about_pickling(error, method):
    if not any(word in str(error) for word in PICKLING):
        return error
    return Broken(
        "with the start method {method}, the other process could not be given what it needs\n"
        "  {error}\n"
        "  What a Process gets is pickled there. A function is pickled by its name: it has "
        "to\n"
        "  be at the top of the file. A lambda, or a def inside a function, cannot be found.",
        method=method,
        error=error,
    )


def _processes(name, results, numbers):
    """Require the results of ``where`` or ``meet``; return in which process each was computed."""
    if not isinstance(results, list):
        raise Broken(
            "{name}() should return a list; it returned a {type}",
            name=name,
            type=type(results).__name__,
        )
    found = [result[0] if isinstance(result, list) else result for result in results]
    if sorted(map(str, found)) != sorted(map(str, numbers)):
        raise Broken(
            "{name}(task, {numbers}) did not return what the task returned\n"
            "  the task returns a list that begins with its number; the results begin with "
            "{found}",
            name=name,
            numbers=numbers,
            found=found,
        )
    if found != numbers:
        raise Broken(
            "the results of {name}() are not in the order of the numbers\n"
            "  the numbers are {numbers}; the results are those of {found}",
            name=name,
            numbers=numbers,
            found=found,
        )
    return [process for _number, process in results]


@pytest.mark.task(1)
@well_formed()
def test_divisors_are_found_in_order(submission):
    """divisors() returns all divisors, from 1 to the number itself."""
    numbers = [1, 2, 7, 12, 36, 97, 2400, 7897]
    for number, found in zip(numbers, submission.run(divided, numbers=numbers), strict=True):
        wanted = [i for i in range(1, number + 1) if number % i == 0]
        if found != wanted:
            raise Broken(
                "divisors({number}) should return {wanted}\n  it returned {answer}",
                number=number,
                wanted=wanted,
                answer=found,
            )


def _ordinary(submission, name):
    told = _run(submission, ordinary_calls, name=name, method=CHEAPEST)
    looked_up = [[look_up, numbers, results] for numbers, results in told["looked up"]]
    for task, numbers, results in [[negated, [7, 5], told["negated"]], *looked_up]:
        wanted = [task(number) for number in numbers]
        if results != wanted:
            raise Broken(
                "{name}(task, {numbers}) did not return the results of the task in order\n"
                "  they are {wanted}; it returned {results}",
                name=name,
                numbers=numbers,
                wanted=wanted,
                results=results,
            )
    return told, _processes(name, told["where"], [9, 8])


def _met(submission, name, method):
    """Require that three tasks were under way at once, and the results in order."""
    try:
        told = _run(submission, meeting, name=name, count=3, method=method)
    except OutOfTime as error:
        raise Broken(
            "{name}() did not run the tasks at the same time (start method: {method})\n"
            "  three tasks waited for each other, and not all three had begun\n"
            "  {error}",
            name=name,
            method=method,
            error=error,
        ) from None
    return told["caller"], _processes(name, told["results"], [3, 2, 1])


@pytest.mark.task(2)
@well_formed()
def test_run_sequential_calls_one_after_another(submission):
    """run_sequential() calls the task here, with one number after another."""
    told, processes = _ordinary(submission, "run_sequential")
    if set(processes) != {told["caller"]}:
        raise Broken("run_sequential() called the task in another process")
    if told["together"] != [1, 1, 1]:
        raise Broken("run_sequential() called the task while another call was under way")


@pytest.mark.task(2)
@well_formed()
def test_run_threads_returns_results_in_order(submission):
    """run_threads() returns the result of each number, in the order of the numbers."""
    told, processes = _ordinary(submission, "run_threads")
    if set(processes) != {told["caller"]}:
        raise Broken("run_threads() called the task in another process, not in threads of this one")


@pytest.mark.task(2)
@well_formed()
def test_run_threads_calls_at_the_same_time(submission):
    """run_threads() calls the task with all the numbers at the same time."""
    _met(submission, "run_threads", CHEAPEST)


@pytest.mark.task(2)
@well_formed()
def test_run_processes_returns_results_in_order(submission):
    """run_processes() returns the result of each number, computed in another process."""
    told, processes = _ordinary(submission, "run_processes")
    _require_other_process(submission, told["caller"], processes)


@pytest.mark.task(2)
@pytest.mark.parametrize("method", OTHERS)
@well_formed()
def test_run_processes_works_under_other_start_methods(submission, method):
    """run_processes() works under every start method."""
    try:
        told = _run(submission, one_call, method=method)
    except OutOfTime as error:
        raise Broken(
            "run_processes() never returned (start method: {method})\n"
            "  {error}\n"
            "  a new interpreter knows only what it imports and what its Process was given",
            method=method,
            error=error,
        ) from None
    processes = _processes("run_processes", told["where"], [7, 5])
    _require_other_process(submission, told["caller"], processes)


def _require_other_process(submission, caller, processes):
    if caller in processes:
        _HOPELESS[submission] = said("run_processes() calls the task in your own process")
        raise Broken(
            "a number did not get a process of its own\n"
            "  its task ran in the process that called run_processes()"
        )


@pytest.mark.task(2)
@pytest.mark.parametrize("method", METHODS)
@well_formed()
def test_run_processes_calls_at_the_same_time(submission, method):
    """run_processes() runs all its processes at the same time, under every start method."""
    caller, processes = _met(submission, "run_processes", method)
    _require_other_process(submission, caller, processes)
    if len(set(processes)) < len(processes):
        raise Broken("a number did not get a process of its own")


@pytest.mark.task(2)
@well_formed()
def test_large_results_come_back(submission):
    """Results of 1 MB come back."""
    try:
        found = _run(submission, large_results, method=CHEAPEST)
    except OutOfTime as error:
        raise Broken(
            "run_processes() never returned: each result had 1 MB\n"
            "  {error}\n"
            "  a child does not end before its result is taken out of the queue or the pipe",
            error=error,
        ) from None
    if found != ["B1048576", "A1048576"]:
        raise Broken("results of 1 MB did not come back as they were")


_DID = {
    "raises": said("The task of 42 raised LookupError('no such word')"),
    "exits": said("The process of 42 ended by itself, with exit code 3 and without a result"),
    "exits_politely": said(
        "The process of 42 ended by itself, with exit code 0 and without a result"
    ),
    "is_killed": said("The process of 42 was killed"),
}


def _failed(submission, names, method):
    try:
        ends = _run(submission, failures, names=names, method=method)
    except OutOfTime as error:
        did = said("{did} (start method: {method})", did=_DID[names[0]], method=method)
        raise Broken(
            "{did}\n  run_processes() waited for ever\n  {error}", did=did, error=error
        ) from None
    for end in ends:
        _keep_failure(
            end, said("{did} (start method: {method})", did=_DID[end["task"]], method=method)
        )


def _keep_failure(end, did):
    did = said("{did}\n  the numbers are [41, 42, 43]", did=did)
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
    if "42" not in end["text"]:
        raise Broken(
            "{did}\n  the RuntimeError does not name the number; its message: {text!r}",
            did=did,
            text=end["text"],
        )
    if end["left"]:
        raise Broken(
            "{did}\n  processes still running after the RuntimeError: {left}",
            did=did,
            left=end["left"],
        )


@pytest.mark.task(2)
@pytest.mark.parametrize("name", list(_DID))
@well_formed()
def test_a_failure_is_raised_with_its_number(submission, name):
    """A task that raises, or a process that dies, is a RuntimeError that names the number."""
    _failed(submission, [name], CHEAPEST)


@pytest.mark.task(2)
@pytest.mark.parametrize("method", OTHERS)
@well_formed()
def test_a_failure_is_raised_under_other_start_methods(submission, method):
    """Errors and deaths are noticed under every start method."""
    _failed(submission, ["raises", "is_killed"], method)


@pytest.mark.task(2)
@well_formed()
def test_no_process_is_left(submission):
    """When run_processes() returns, all its processes have ended, however slowly they end."""
    left = _run(submission, slow_endings, method=CHEAPEST)
    if left:
        raise Broken(
            "run_processes() returned while {left} of its processes were still running\n"
            "  a process may go on for a while after it has handed over its result",
            left=left,
        )


@pytest.mark.task(2)
@pytest.mark.alone
@well_formed()
def test_two_processes_are_faster_than_one(submission):
    """Two processes that compute are faster than one, if the machine can show it."""
    if len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else "..") < 2:
        submission.note("one core cannot show a speedup: the meeting of the processes decided")
        return
    told = _run(submission, race, method=CHEAPEST, tries=12, shows=SHOWS, enough=ENOUGH)
    if told["plain"] < SHOWS:
        submission.note("this machine showed no speedup: the meeting of the processes decided")
    elif told["theirs"] < ENOUGH * told["plain"] and told["here"] > MOST:
        raise Broken(
            "run_processes() was not faster than calling one after another\n"
            "  most of the computing was done in the process that called it"
        )


@pytest.mark.task(3)
@well_formed()
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


def _answered(submission, name, right, why):
    words = ["sequential", "threads", "processes"]
    given = submission.run(answer, name=name)
    if given not in words:
        raise Broken(
            "{name} is {given!r}; it should be one of {words}", name=name, given=given, words=words
        )
    if given != right:
        raise Broken(
            "{name} = {given!r} is not the fastest way\n  {why}", name=name, given=given, why=why
        )


@pytest.mark.task(4)
@well_formed()
def test_fastest_for_cpu(submission):
    """FASTEST_FOR_CPU is the fastest way for tasks that compute."""
    why = said("how many threads of one process can compute at the same time, under a GIL?")
    _answered(submission, "FASTEST_FOR_CPU", "processes", why)


@pytest.mark.task(4)
@well_formed()
def test_fastest_for_io(submission):
    """FASTEST_FOR_IO is the fastest way for tasks that wait for the network."""
    why = said(
        "who waits needs no core and no GIL: which of the ways waits at once, and starts cheaply?"
    )
    _answered(submission, "FASTEST_FOR_IO", "threads", why)
