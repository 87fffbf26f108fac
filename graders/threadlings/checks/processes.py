"""Real processes: what a scenario calls, and what it hands to student code as a task.

All of these are sent to the cell with the scenario that needs them
(:func:`~threadlings.grading.real_scenario`), so that each imports what it needs. Tasks stand at
the top of the main program there: other processes find them under every start method. Where
``/proc`` does not tell what processes do, less is seen, and nothing is held against anybody.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any

METHODS = multiprocessing.get_all_start_methods()
"""The start methods of this system."""
CHEAPEST = "fork" if "fork" in METHODS else METHODS[0]
OTHERS = [method for method in METHODS if method != CHEAPEST]


def start_by(method: str) -> None:
    """Let processes be started by a method, whatever was chosen before."""
    import multiprocessing

    multiprocessing.set_start_method(method, force=True)


def hear(name: str) -> None:
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


def tell(name: str) -> None:
    """Tell this name, and wait until somebody hears it."""
    import os
    import time

    if hasattr(os, "mkfifo"):
        open(name, "wb").close()
        return
    open(f"{name}-told", "wb").close()
    while not os.path.exists(f"{name}-heard"):
        time.sleep(0.01)


def prepare_meeting(method: str, count: int) -> list[int]:
    """Make what ``meet`` needs, for any number of meetings one after another.

    Args:
        method: How processes are started from now on.
        count: How many tasks meet, 2 or more.
    Returns:
        Their numbers, the last one to end first.
    """
    import json
    import os

    start_by(method)
    with open("meeting.json", "w") as file:
        json.dump([count, method == "fork" and os.path.exists("/proc/self/stat")], file)
    for number in range(1, count):
        if hasattr(os, "mkfifo"):
            os.mkfifo(f"turn-{number}")
    return list(range(count, 0, -1))


def meet(number: int) -> list[int | None]:
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


def children(parent: int | str = "self") -> int:
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


MEETING = (start_by, hear, tell, children, prepare_meeting, meet)
"""What a scenario carries in which tasks meet."""


def negated(number: int) -> int:
    """Return a number that is not the one given."""
    return -number


def look_up(number: int) -> Any:
    """Return a value that is often false; note that it was called, for ``calls_noted``."""
    import uuid

    open(f"call-{number}-{uuid.uuid4()}", "wb").close()
    return {1: None, 2: 0, 3: "", 4: False}.get(number, [number])


def calls_noted() -> list[tuple[int, int]]:
    """Return how often ``look_up`` was called with each number, in whatever process."""
    import collections
    import glob

    return sorted(collections.Counter(int(n.split("-")[1]) for n in glob.glob("call-*")).items())


def lingers(number: int) -> int:
    """Return at once; the process goes on until both it and its parent have only waited."""
    import os
    import threading
    import time

    parent = os.getppid()

    def waits(process: int) -> bool:
        with open(f"/proc/{process}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] == "S"

    def linger() -> None:
        quiet = 0
        while quiet < 15:
            time.sleep(0.01)
            sees = os.path.exists("/proc/self/stat")
            quiet = quiet + 1 if not sees or (waits(os.getpid()) and waits(parent)) else 0

    threading.Thread(target=linger).start()
    return number


def burn(number: int) -> int:
    """Compute for some milliseconds, if the number is some hundred thousand."""
    total = 0
    for i in range(number):
        total += i * i
    return total


def race(
    theirs: Callable[[list[int]], object], tries: int, shows: float, enough: float
) -> dict[str, float]:
    """Take the time of one process, of two plain ones, and of the student's, in turn.

    Args:
        theirs: Calls ``burn`` with each of two numbers, in processes of the student's.
        tries: How often; the best counts.
        shows: A gain of two plain processes with which no more tries are needed,
        enough: if the student's two gain this share of it.
    Returns:
        How much faster two ``plain`` processes were than one, and ``theirs``; and which share of
        the computing of one was done ``here``, in the process that called.
    """
    import multiprocessing
    import time

    small, large = [1, 2], [300_000, 300_001]
    best = {"plain": 0.0, "theirs": 0.0, "here": 1.0}

    def plain(numbers: list[int]) -> None:
        processes = [multiprocessing.Process(target=burn, args=(number,)) for number in numbers]
        for process in processes:
            process.start()
        for process in processes:
            process.join()

    def one(numbers: list[int]) -> None:
        for number in numbers:
            burn(number)

    def timed(run: Callable[[list[int]], object], numbers: list[int]) -> tuple[float, float]:
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


def refusals(call: Callable[[int], object], values: list[int]) -> list[dict[str, Any]]:
    """Call with each of some values that must be refused, and tell what came of it.

    Returns:
        For each: the ``value``; the ``error``, its type, or None; its ``text``; whether it
        ``is_value_error``; how many processes were ``started`` by then, where fork starts them.
    """
    import os

    forks: list[int] = []
    ends: list[dict[str, Any]] = []
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_parent=lambda: forks.append(1))
    for value in values:
        end: dict[str, Any] = {"value": value, "error": None, "text": "", "is_value_error": False}
        try:
            call(value)
        except Exception as error:
            end |= {"error": type(error).__name__, "text": str(error)}
            end["is_value_error"] = isinstance(error, ValueError)
        ends.append(end | {"started": len(forks)})
    return ends


def left_by(call: Callable[[], object]) -> dict[str, int]:
    """Return how many processes are ``left`` after a call, and how many pools are ``unclosed``.

    These were dropped without an end.
    """
    import warnings

    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always", ResourceWarning)
        call()
    unclosed = [warning for warning in seen if "multiprocessing pool" in str(warning.message)]
    return {"left": children(), "unclosed": len(unclosed)}
