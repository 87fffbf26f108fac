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


def settle(processes: Callable[[], list[int]]) -> None:
    """Wait until some processes have only waited for 0.15 s, but for those that never do.

    Who looks again and again without a pause never only waits: a process is not waited for any
    longer when it has computed for 0.3 s. On a busy machine all that takes as long as they wait
    for a core, but for half a minute at most.

    Args:
        processes: Returns which; it is asked again each time.
    """
    import time

    quiet, before = 0, computed_s(processes())
    used_s: dict[int, float] = {}
    for _ in range(3000):
        time.sleep(0.01)
        now = computed_s(processes())
        for each in now:
            used_s[each] = used_s.get(each, 0) + now[each] - before.get(each, 0)
        before = now
        quiet = quiet + 1 if only_wait([each for each in now if used_s[each] <= 0.3]) else 0
        if quiet == 15:
            return


def computed_s(processes: list[int]) -> dict[int, float]:
    """Return for how many seconds each of some processes has had a core; 0 without ``/proc``."""
    import contextlib
    import os

    found = dict.fromkeys(processes, 0.0)
    for process in processes:
        with contextlib.suppress(OSError), open(f"/proc/{process}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
            found[process] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return found


def only_wait(processes: list[int]) -> bool:
    """Return True if every thread of some processes waits, or has ended; but for the one that asks.

    What could run and has to wait for a core does not wait. Nothing is known of what is not in
    ``/proc``.
    """
    import contextlib
    import glob
    import threading

    me = str(threading.get_native_id())
    for process in processes:
        for path in glob.glob(f"/proc/{process}/task/*/stat"):
            with contextlib.suppress(OSError), open(path) as file:  # It may just have gone.
                state = file.read().rpartition(")")[2].split()[0]
                if state not in "SZX" and path.split("/")[-2] != me:
                    return False
    return True


def descendants(process: int) -> list[int]:
    """Return the processes that a process has started, those that they have started, and so on."""
    import contextlib
    import glob

    found, parents = [], [process]
    while parents:
        for path in glob.glob(f"/proc/{parents.pop()}/task/*/children"):
            with contextlib.suppress(OSError), open(path) as file:  # It may just have gone.
                started = [int(number) for number in file.read().split()]
                found += started
                parents += started
    return found


def children() -> int:
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


def negated(number: int) -> int:
    """Return a number that is not the one given."""
    return -number


def where(number: int) -> list[int]:
    """Return the number, and in which process it was called."""
    import os

    return [number, os.getpid()]


class Thing:
    """Something that can neither be ordered nor be equal to anything but itself."""


def value_of(number: int) -> Any:
    """Return a value for a number: often a false one, or one that cannot be hashed or ordered."""
    return {1: None, 2: 0, 3: "", 4: False, 7: Thing()}.get(number, [number])


def look_up(number: int) -> Any:
    """Return its value; note that it was called, for ``calls_noted``."""
    import uuid

    open(f"call-{number}-{uuid.uuid4()}", "wb").close()
    return value_of(number)


def calls_noted() -> list[tuple[int, int]]:
    """Return how often ``look_up`` was called with each number, in whatever process."""
    import collections
    import glob

    return sorted(collections.Counter(int(n.split("-")[1]) for n in glob.glob("call-*")).items())


def described(results: Any) -> Any:
    """Return results as plain data: of an error its type and arguments, of a thing its type."""
    if isinstance(results, list | tuple):
        return [described(result) for result in results]
    if isinstance(results, BaseException):
        return [type(results).__name__, [str(argument) for argument in results.args]]
    is_plain = results is None or isinstance(results, str | int | float | dict)
    return results if is_plain else [type(results).__name__]


LOOKING_UP = (Thing, value_of, look_up, calls_noted, described)
"""What a scenario carries in which values are looked up."""


def lingers(number: int) -> int:
    """Return at once; the process goes on until it and its parent have only waited for a while.

    Its parent is who asked for it: what a fork server has started is not the server's.
    """
    import multiprocessing
    import os
    import threading

    parent = multiprocessing.parent_process()
    ours = [os.getpid(), (parent and parent.pid) or os.getppid()]
    if all(thread.name != "lingers" for thread in threading.enumerate()):
        threading.Thread(target=settle, args=(lambda: ours,), name="lingers").start()
    return number


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


def hurried(call: Callable[[], object]) -> Any:
    """Return what a call returns in which no time passes while this process waits.

    A ``join`` with a time limit and a ``sleep`` come back at once, as if their time was over:
    whether somebody has ended by then is not for the machine's load to decide.
    """
    import multiprocessing
    import os
    import sys
    import time
    from contextlib import ExitStack
    from multiprocessing.process import BaseProcess
    from unittest import mock

    join, sleep, me = BaseProcess.join, time.sleep, os.getpid()
    library = os.path.dirname(multiprocessing.__file__)

    def is_hurried() -> bool:
        is_of_library = sys._getframe(2).f_code.co_filename.startswith(library)
        return os.getpid() == me and not is_of_library

    def hurried_join(self: BaseProcess, timeout: float | None = None) -> None:
        join(self, 0 if timeout is not None and is_hurried() else timeout)

    def hurried_sleep(seconds: float) -> None:
        sleep(0 if is_hurried() else seconds)

    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(BaseProcess, "join", hurried_join))
        for module in [*sys.modules.values()]:
            if getattr(module, "__dict__", {}).get("sleep") is sleep:
                stack.enter_context(mock.patch.object(module, "sleep", hurried_sleep))
        return call()


def left_by(call: Callable[[], object]) -> dict[str, Any]:
    """Return what is left after a ``hurried`` call, whatever the system lets end sooner or later.

    Pools are kept until this has been counted: one that is dropped ends its workers, but nobody
    knows when.

    Returns:
        The ``value`` of the call, how many processes are ``left``, and how many pools are
        ``unclosed``.
    """
    from multiprocessing.pool import RUN, Pool
    from unittest import mock

    begin = Pool.__init__
    pools: list[Any] = []

    def kept(self: Any, *args: Any, **kwargs: Any) -> None:
        pools.append(self)
        begin(self, *args, **kwargs)

    with mock.patch.object(Pool, "__init__", kept):
        told = {"value": hurried(call), "left": children()}
    return told | {"unclosed": sum(pool._state == RUN for pool in pools)}


LEAVING = (only_wait, computed_s, settle, lingers, children, hurried, left_by)
"""What a scenario carries in which processes end late, and are counted then."""
