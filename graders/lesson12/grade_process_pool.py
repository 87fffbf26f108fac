"""Hidden checks of lesson 12: Pool. Real processes, under every start method there is."""

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
DEFAULT = 4
PICKLING = ("pickle", "local object")
"""What the errors of pickling have in their messages, in one version of Python or another."""
SHOWS = 1.2
"""How much faster two plain processes must be than one, for this machine to show anything."""
ENOUGH = 0.45
"""The share of what two plain processes gain that a pool of two must gain."""
MOST = 0.5
"""The share of the computing that may be done in the process that called map_in_pool."""

_HOPELESS = WeakKeyDictionary()
"""Why nothing more is asked of a task of a submission: nothing more can be learned from it."""


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
    """Wait for the task of the next smaller number to end, and that of the next larger to wait.

    Returns:
        The number, the process, and how many processes its parent has (None if unknown).
    """
    import json
    import os

    with open("meeting.json") as file:
        count, counts_siblings = json.load(file)
    siblings = children(os.getppid()) if counts_siblings and number == 1 else None
    if number > 1:
        hear(f"turn-{number - 1}")
    if number < count:
        tell(f"turn-{number}")
    return [number, os.getpid(), siblings]


def meet_or_raise(number):
    met = meet(number)
    if number == 2:
        raise LookupError("no such word")
    return met


def prepare_meeting(method, count):
    """Make what ``meet`` needs, for any number of meetings one after another."""
    import json
    import multiprocessing
    import os

    multiprocessing.set_start_method(method, force=True)
    with open("meeting.json", "w") as file:
        json.dump([count, method == "fork" and os.path.exists("/proc/self/stat")], file)
    for number in range(1, count):
        if hasattr(os, "mkfifo"):
            os.mkfifo(f"turn-{number}")


def given_map_in_pool(task, numbers, processes=4):
    """Stand in for the student's, so that what task 1 lacks is not held against task 4."""
    import multiprocessing

    if processes < 1:
        raise ValueError(f"processes is {processes}")
    pool = multiprocessing.Pool(processes)
    try:
        return pool.map(task, numbers)
    finally:
        pool.close()
        pool.join()


def described(result):
    """Return a result as plain data."""
    if isinstance(result, BaseException):
        return [f"{type(result).__name__}", [str(argument) for argument in result.args]]
    return result


def negated(number):
    return -number


def look_up(number):
    """Return a value that is often false; note that it was called."""
    import uuid

    open(f"call-{number}-{uuid.uuid4()}", "wb").close()
    return {1: None, 2: 0, 3: "", 4: False}.get(number, [number])


class Refused(Exception):  # noqa: N818 - as a student might call it
    pass


def fails_often(number):
    if number == 3:
        raise Refused("no", "good")
    if number % 2:
        raise LookupError(number)
    return number


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


def children(parent="self"):
    """Return how many processes of a process are running, the library's own helpers left out."""
    import contextlib
    import glob
    import multiprocessing

    is_self = parent == "self"
    found = {child.pid for child in multiprocessing.active_children()} if is_self else set()
    helpers = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
    for path in glob.glob(f"/proc/{parent}/task/*/children"):
        with contextlib.suppress(OSError):  # A thread or a process may just have gone.
            with open(path) as file:
                numbers = file.read().split()
            for number in numbers:
                with open(f"/proc/{number}/cmdline") as file:
                    command = file.read()
                if command and not any(helper in command for helper in helpers):
                    found.add(int(number))
    return len(found)


@real_scenario(
    hear,
    tell,
    meet,
    meet_or_raise,
    prepare_meeting,
    given_map_in_pool,
    described,
    children,
    ends_when_stuck=True,
)
def meeting(lesson, name, count, method, says_processes):
    """The last number of the list is the first whose task ends."""
    import os

    prepare_meeting(method, count)
    task = meet
    if name == "map_with_errors":
        lesson.map_in_pool, task = given_map_in_pool, meet_or_raise
    keywords = {"processes": count} if says_processes else {}
    results = getattr(lesson, name)(task, list(range(count, 0, -1)), **keywords)
    if isinstance(results, list):
        results = [described(result) for result in results]
    return {"caller": os.getpid(), "results": results, "left": children()}


@real_scenario(negated, look_up, given_map_in_pool, ends_when_stuck=True)
def ordinary_calls(lesson, name, method):
    import collections
    import glob
    import multiprocessing

    multiprocessing.set_start_method(method, force=True)
    if name == "map_with_errors":
        lesson.map_in_pool = given_map_in_pool
    run = getattr(lesson, name)
    told = {"negated": run(negated, [7, 5], 2), "looked up": []}
    for numbers, processes in ([], 2), ([7, 7, 5], 2), ([1, 2, 3, 4, 6, 10, 9, 8, 5], 2), ([5], 1):
        told["looked up"].append([numbers, run(look_up, list(numbers), processes)])
    calls = collections.Counter(int(name.split("-")[1]) for name in glob.glob("call-*"))
    return told | {"calls": sorted(calls.items())}


@real_scenario(negated, given_map_in_pool, children, ends_when_stuck=True)
def refusals(lesson, name, method):
    """Ask for too few processes, and count what is started all the same."""
    import multiprocessing
    import os

    multiprocessing.set_start_method(method, force=True)
    if name == "map_with_errors":
        lesson.map_in_pool = given_map_in_pool
    forks, ends = [], []
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_parent=lambda: forks.append(1))

    def call(processes):
        if name == "Workers":
            with lesson.Workers(processes) as workers:
                workers.map(negated, [1, 2])
        else:
            getattr(lesson, name)(negated, [1, 2], processes=processes)

    for processes in (0, -3):
        end = {"processes": processes, "error": None, "text": "", "is_value_error": False}
        try:
            call(processes)
        except Exception as error:
            end |= {"error": type(error).__name__, "text": str(error)}
            end["is_value_error"] = isinstance(error, ValueError)
        ends.append(end | {"started": len(forks)})
    return ends


@real_scenario(lingers, given_map_in_pool, children, ends_when_stuck=True)
def slow_endings(lesson, name, method):
    """Return how many processes are left, and how many pools were dropped without an end."""
    import multiprocessing
    import warnings

    multiprocessing.set_start_method(method, force=True)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always", ResourceWarning)
        if name == "Workers":
            with lesson.Workers(2) as workers:
                workers.map(lingers, [1, 2])
        else:
            if name == "map_with_errors":
                lesson.map_in_pool = given_map_in_pool
            getattr(lesson, name)(lingers, [1, 2], processes=2)
    unclosed = [warning for warning in seen if "multiprocessing pool" in str(warning.message)]
    return {"left": children(), "unclosed": len(unclosed)}


@real_scenario(hear, tell, meet, prepare_meeting, negated, children, ends_when_stuck=True)
def block_of_workers(lesson, count, method):
    """Two meetings in one block; then a call after the block."""
    import os

    prepare_meeting(method, count)
    numbers = list(range(count, 0, -1))
    with lesson.Workers(count) as workers:
        told = {"caller": os.getpid(), "maps": [workers.map(meet, numbers) for _ in range(2)]}
    told |= {"left": children(), "error": None, "is_value_error": False}
    try:
        told["value"] = workers.map(negated, [1])
    except Exception as error:
        told |= {"error": f"{type(error).__name__}: {error}"}
        told["is_value_error"] = isinstance(error, ValueError)
    return told


@real_scenario(negated, look_up, children, ends_when_stuck=True)
def more_of_workers(lesson, method):
    """Ordinary calls, an error in the block, a block in a block."""
    import multiprocessing

    multiprocessing.set_start_method(method, force=True)
    told = {"error": None}
    with lesson.Workers(2) as workers:
        told["negated"] = workers.map(negated, [7, 5])
        told["looked up"] = [
            [numbers, workers.map(look_up, list(numbers))]
            for numbers in ([], [7, 7, 5], [1, 2, 3, 4, 6, 9])
        ]
    try:
        with lesson.Workers(1) as workers:
            raise LookupError("no such word")
    except LookupError as error:
        told["error"] = str(error)
    told["left"] = children()
    with lesson.Workers(1) as outer:
        with lesson.Workers(1) as inner:
            inner.map(negated, [1])
        told["outer"] = outer.map(negated, [2])
    return told


@real_scenario()
def choices(lesson, cases):
    return [lesson.choose_processes(tasks, cpus) for tasks, cpus in cases]


@real_scenario(fails_often, Refused, given_map_in_pool, described, children, ends_when_stuck=True)
def errors(lesson, method):
    import multiprocessing

    multiprocessing.set_start_method(method, force=True)
    lesson.map_in_pool = given_map_in_pool
    found = []
    for numbers in ([1, 2, 3, 4, 5, 6, 8, 7, 9, 10], [5], [2, 4]):
        results = lesson.map_with_errors(fails_often, numbers, 2)
        if isinstance(results, list):
            results = [described(result) for result in results]
        found.append([numbers, results])
    return {"found": found, "left": children()}


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
        lesson.map_in_pool(burn, numbers, 2)

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


def _run(submission, task, scenario, **arguments):
    """Run a scenario, if there is any hope for this task."""
    reasons = _HOPELESS.setdefault(submission, {})
    if task in reasons:
        raise Broken("not tried: {reasons}", reasons=reasons[task])
    try:
        return submission.run(scenario, **arguments)
    except OutOfTime:
        reasons[task] = said("in another check of this task the code waited for ever")
        raise
    except StudentError as error:
        if not any(word in str(error) for word in PICKLING):
            raise
        reasons[task] = said("what goes to a worker cannot be pickled")
        raise Broken(
            "the worker processes could not be given what they need (start method: {method})\n"
            "  {error}\n"
            "  What goes to a worker is pickled. A function is pickled by its name: it has to be\n"
            "  at the top of the file. A lambda, or a def inside a function, cannot be found.",
            method=arguments["method"],
            error=error,
        ) from None


def _keep_values(name, task, numbers, results):
    wanted = [task(number) for number in numbers]
    if results != wanted:
        raise Broken(
            "{name} with {numbers} did not return the results of the task in order\n"
            "  they are {wanted}; it returned {results}",
            name=name,
            numbers=numbers,
            wanted=wanted,
            results=results,
        )


_VALUES = {1: None, 2: 0, 3: "", 4: False}


def _looked_up(number):
    return _VALUES.get(number, [number])


def _not_together(name, count, method, error):
    return Broken(
        "{name} did not compute with {count} processes at the same time (start method: "
        "{method})\n"
        "  {count} tasks waited for each other, and not all had begun\n"
        "  {error}",
        name=name,
        count=count,
        method=method,
        error=error,
    )


def _met(name, caller, results, count):
    """Require the results of a meeting; return the processes that were there."""
    if not isinstance(results, list):
        raise Broken(
            "{name} should return a list; it returned a {type}",
            name=name,
            type=type(results).__name__,
        )
    found = [result[0] if isinstance(result, list) else result for result in results]
    wanted = list(range(count, 0, -1))
    if found != wanted:
        raise Broken(
            "the results of {name} are not those of the task, in the order of the numbers\n"
            "  for {wanted} they should begin with these numbers; they begin with {found}",
            name=name,
            wanted=wanted,
            found=found,
        )
    processes = [process for _number, process, _siblings in results]
    if caller in processes:
        raise Broken(
            "{name} called the task in your own process, not in a worker process", name=name
        )
    for _number, _process, siblings in results:
        if siblings is not None and siblings > count:
            raise Broken(
                "{name} was to have {count} worker processes; while it worked, there were "
                "{siblings}",
                name=name,
                count=count,
                siblings=siblings,
            )
    return processes


def _meeting(submission, task, name, count, method, says_processes=True):
    shown = (
        f"{name}(task, numbers, processes={count})" if says_processes else f"{name}(task, numbers)"
    )
    arguments = {"name": name, "count": count, "says_processes": says_processes}
    try:
        told = _run(submission, task, meeting, method=method, **arguments)
    except OutOfTime as error:
        raise _not_together(shown, count, method, error) from None
    results = told["results"]
    if name == "map_with_errors" and isinstance(results, list):
        _keep_error_of_2(results, count)
        told["results"] = [[2, 0, None] if r == _ERROR_OF_2 else r for r in results]
    _met(shown, told["caller"], told["results"], count)
    if told["left"]:
        raise Broken(
            "processes still running after {shown}: {left}", shown=shown, left=told["left"]
        )


_ERROR_OF_2 = ["LookupError", ["no such word"]]


def _keep_error_of_2(results, count):
    if len(results) != count or results[count - 2] != _ERROR_OF_2:
        raise Broken(
            "the task of 2 raised LookupError('no such word'), which should be in its place\n"
            "  map_with_errors() returned {results} for the numbers {count}",
            results=[_shown(result) for result in results],
            count=list(range(count, 0, -1)),
        )


def _shown(result):
    return result[0] if isinstance(result, list) and result else result


@pytest.mark.task(1)
@well_formed()
def test_map_in_pool_returns_results_in_order(submission):
    """map_in_pool() returns the result of each number, in the order of the numbers."""
    _ordinary(submission, 1, "map_in_pool")


def _ordinary(submission, task, name):
    told = _run(submission, task, ordinary_calls, name=name, method=CHEAPEST)
    _keep_values(f"{name}()", negated, [7, 5], told["negated"])
    asked = []
    for numbers, results in told["looked up"]:
        _keep_values(f"{name}()", _looked_up, numbers, results)
        asked += numbers
    calls = dict(told["calls"])
    for number in sorted(set(asked)):
        if calls.get(number) != asked.count(number):
            raise Broken(
                "{name}() should call the task once for each number of each call\n"
                "  {number} was given {count} times, the task was called with it {calls} times",
                name=name,
                number=number,
                count=asked.count(number),
                calls=calls.get(number, 0),
            )


@pytest.mark.task(1)
@well_formed()
def test_map_in_pool_has_so_many_processes(submission):
    """map_in_pool() computes with as many processes at the same time as was said."""
    for count in (3, 5):
        _meeting(submission, 1, "map_in_pool", count, CHEAPEST)


@pytest.mark.task(1)
@well_formed()
def test_map_in_pool_has_four_processes_by_itself(submission):
    """map_in_pool() has 4 processes if nobody says how many."""
    _meeting(submission, 1, "map_in_pool", DEFAULT, CHEAPEST, says_processes=False)


@pytest.mark.task(1)
@pytest.mark.parametrize("method", OTHERS)
@well_formed()
def test_map_in_pool_works_under_other_start_methods(submission, method):
    """map_in_pool() works under every start method."""
    _meeting(submission, 1, "map_in_pool", 2, method)


@pytest.mark.task(1)
@well_formed()
def test_map_in_pool_refuses_too_few_processes(submission):
    """map_in_pool() refuses less than one process, with the value in the message."""
    _refused(submission, 1, "map_in_pool", "map_in_pool(task, numbers, processes={})")


def _refused(submission, task, name, call):
    for end in _run(submission, task, refusals, name=name, method=CHEAPEST):
        asked = call.format(end["processes"])
        if not end["is_value_error"]:
            raise Broken(
                "{asked} should raise a ValueError; it raised {error}",
                asked=asked,
                error=end["error"],
            )
        if str(end["processes"]) not in end["text"]:
            raise Broken(
                "the ValueError of {asked} does not have the value in its message\n"
                "  the message is {text!r}",
                asked=asked,
                text=end["text"],
            )
        if end["started"]:
            raise Broken("{asked} had started a process before it refused", asked=asked)


@pytest.mark.task(1)
@well_formed()
def test_map_in_pool_leaves_no_process(submission):
    """When map_in_pool() returns, its workers have ended, however slowly they end."""
    _left_after(submission, 1, "map_in_pool", "map_in_pool() returned")


def _left_after(submission, task, name, what):
    told = _run(submission, task, slow_endings, name=name, method=CHEAPEST)
    if told["unclosed"]:
        raise Broken("{what}, and its pool was neither closed nor terminated", what=what)
    if told["left"]:
        raise Broken("{what}; processes still running: {left}", what=what, left=told["left"])


@pytest.mark.task(1)
@pytest.mark.alone
@well_formed()
def test_two_processes_are_faster_than_one(submission):
    """Two processes that compute are faster than one, if the machine can show it."""
    if len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else "..") < 2:
        submission.note("one core cannot show a speedup: the meeting of the workers decided")
        return
    told = _run(submission, 1, race, method=CHEAPEST, tries=12, shows=SHOWS, enough=ENOUGH)
    if told["plain"] < SHOWS:
        submission.note("this machine showed no speedup: the meeting of the workers decided")
    elif told["theirs"] < ENOUGH * told["plain"] and told["here"] > MOST:
        raise Broken(
            "map_in_pool() with 2 processes was not faster than calling one after another\n"
            "  most of the computing was done in the process that called it"
        )


@pytest.mark.task(2)
@well_formed()
def test_workers_return_results_in_order(submission):
    """Workers.map() returns the results in order; errors of the block go on; blocks may nest."""
    told = _run(submission, 2, more_of_workers, method=CHEAPEST)
    _keep_values("Workers.map()", negated, [7, 5], told["negated"])
    for numbers, results in told["looked up"]:
        _keep_values("Workers.map()", _looked_up, numbers, results)
    if told["error"] != "no such word":
        raise Broken("an error in the block of Workers did not go on to the caller")
    if told["left"]:
        raise Broken(
            "processes still running after an error in the block: {left}", left=told["left"]
        )
    _keep_values(said("the outer one of two Workers"), negated, [2], told["outer"])


@pytest.mark.task(2)
@pytest.mark.parametrize("method", METHODS)
@well_formed()
def test_workers_stay_for_the_whole_block(submission, method):
    """All calls of Workers.map() in a block have the same worker processes, none after it."""
    count = 3 if method == CHEAPEST else 2
    shown = f"Workers({count}).map()"
    try:
        told = _run(submission, 2, block_of_workers, count=count, method=method)
    except OutOfTime as error:
        raise _not_together(shown, count, method, error) from None
    first, second = (_met(shown, told["caller"], results, count) for results in told["maps"])
    if set(first) != set(second):
        raise Broken(
            "two calls of map() in one block did not have the same worker processes\n"
            "  make the pool once for the block, not at each call"
        )
    if told["left"]:
        raise Broken(
            "processes still running after the block of Workers: {left}", left=told["left"]
        )
    if told["error"] is None:
        raise Broken(
            "after the block, map() should raise ValueError; it returned {value}",
            value=told["value"],
        )
    if not told["is_value_error"]:
        raise Broken(
            "after the block, map() should raise ValueError; it raised {error}", error=told["error"]
        )


@pytest.mark.task(2)
@well_formed()
def test_workers_refuse_too_few_processes(submission):
    """Workers() refuses less than one process, with the value in the message."""
    _refused(submission, 2, "Workers", "Workers({})")


@pytest.mark.task(2)
@well_formed()
def test_workers_leave_no_process(submission):
    """After the block the workers have ended, however slowly they end."""
    _left_after(submission, 2, "Workers", said("the block of Workers ended"))


@pytest.mark.task(3)
@well_formed()
def test_choice_has_its_limits(submission):
    """choose_processes() returns as many as there are tasks or cores, whichever is less."""
    cases = [[100, 4], [3, 8], [4, 4], [9, 1], [1, 20], [20, 20], [0, 4]]
    for (tasks, cpus), found in zip(cases, submission.run(choices, cases=cases), strict=True):
        wanted = max(1, min(tasks, cpus))
        if found != wanted:
            raise Broken(
                "choose_processes({tasks}, {cpus}) should be {wanted}, it is {found}\n"
                "  more than the tasks have nothing to do, more than the cores wait for a core",
                tasks=tasks,
                cpus=cpus,
                wanted=wanted,
                found=found,
            )


@pytest.mark.task(4)
@well_formed()
def test_map_with_errors_returns_results_in_order(submission):
    """map_with_errors() returns the result of each number, in the order of the numbers."""
    _ordinary(submission, 4, "map_with_errors")


@pytest.mark.task(4)
@well_formed()
def test_an_error_is_in_its_place(submission):
    """A task that raised has its exception in its place; the others have their results."""
    try:
        told = _run(submission, 4, errors, method=CHEAPEST)
    except StudentError as error:
        if isinstance(error, OutOfTime) or error.kind == "not started":
            raise
        raise Broken(
            "map_with_errors() should keep the errors of the task\n  {error}", error=error
        ) from None
    for numbers, results in told["found"]:
        wanted = [_what_fails_often(number) for number in numbers]
        if results != wanted:
            raise Broken(
                "the exceptions of the tasks and the results are not each in its place\n"
                "  the numbers are {numbers}: 3 raised Refused('no', 'good'), the other odd ones "
                "LookupError\n"
                "  map_with_errors() returned {shown_errors}",
                numbers=numbers,
                shown_errors=_shown_errors(results),
            )
    if told["left"]:
        raise Broken("processes still running after map_with_errors(): {left}", left=told["left"])


def _what_fails_often(number):
    if number == 3:
        return ["Refused", ["no", "good"]]
    return ["LookupError", [str(number)]] if number % 2 else number


def _shown_errors(results):
    if not isinstance(results, list):
        return results
    return [_shown(result) for result in results]


@pytest.mark.task(4)
@well_formed()
def test_map_with_errors_has_so_many_processes(submission):
    """map_with_errors() computes with as many processes as was said, or 4."""
    _meeting(submission, 4, "map_with_errors", 3, CHEAPEST)
    _meeting(submission, 4, "map_with_errors", DEFAULT, CHEAPEST, says_processes=False)


@pytest.mark.task(4)
@pytest.mark.parametrize("method", OTHERS)
@well_formed()
def test_map_with_errors_works_under_other_start_methods(submission, method):
    """map_with_errors() works under every start method."""
    _meeting(submission, 4, "map_with_errors", 2, method)


@pytest.mark.task(4)
@well_formed()
def test_map_with_errors_refuses_too_few_processes(submission):
    """map_with_errors() refuses less than one process, with the value in the message."""
    _refused(submission, 4, "map_with_errors", "map_with_errors(task, numbers, processes={})")


@pytest.mark.task(4)
@well_formed()
def test_map_with_errors_leaves_no_process(submission):
    """When map_with_errors() returns, its workers have ended, however slowly they end."""
    _left_after(submission, 4, "map_with_errors", "map_with_errors() returned")
