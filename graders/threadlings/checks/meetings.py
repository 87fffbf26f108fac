"""Tasks that meet: each waits for the others, so that all of them must be under way at once.

As :mod:`~threadlings.checks.processes`, these are sent to the cell with the scenario.
"""

from __future__ import annotations

from .processes import computed_s, descendants, only_wait, settle, start_by


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


def prepare_meeting(
    method: str, count: int, more: int = 0, *, first_ends_first: bool = False
) -> list[int]:
    """Make what ``meet`` needs, for another meeting too, on a machine that seems to have two cores.

    Args:
        method: How processes are started from now on.
        count: How many tasks meet, 2 or more.
        more: How many other tasks there are.
        first_ends_first: True if of those that meet the first of the list is the first to end,
            False if it is the last.
    Returns:
        The numbers of all: of those that meet, the first to end has 1; the others have 0.
    """
    import glob
    import json
    import os

    start_by(method)
    for count_of_cores in ("cpu_count", "process_cpu_count"):
        setattr(os, count_of_cores, lambda: 2)  # The same number on every machine.
    with open("meeting.json", "w") as file:
        json.dump([count, os.getpid(), more > 0], file)
    for early in glob.glob("early-*"):
        os.remove(early)
    for number in range(1, count + 1):
        for name in (f"in-{number}", f"turn-{number}"):
            if hasattr(os, "mkfifo") and not os.path.exists(name):
                os.mkfifo(name)
    meeting = range(1, count + 1)
    return [*(meeting if first_ends_first else reversed(meeting)), *[0] * more]


def meet(number: int) -> list[int]:
    """Wait until all tasks of the meeting have begun; then return, the smaller number first.

    The first returns when nobody begins another task any more. The second to the fifth return
    when nobody does anything any more with what the one before has returned: so it is not for
    the system to choose which of the first five arrives first. What is not in the meeting returns
    at once.

    Returns:
        The number, the process, and how many other tasks began before the meeting was over.
    """
    import glob
    import json
    import os
    import uuid

    with open("meeting.json") as file:
        count, caller, has_more = json.load(file)
    if number == 0:
        open(f"early-{uuid.uuid4()}", "wb").close()
        return [number, os.getpid(), 0]
    for other in range(2, count + 1) if number == 1 else ():
        hear(f"in-{other}")
    if number > 1:
        tell(f"in-{number}")
        hear(f"turn-{number - 1}")
    if 2 <= number <= 5 or (number == 1 and has_more):
        settle(lambda: [caller, *descendants(caller)])
    early = len(glob.glob("early-*")) if number == 1 else 0
    if number < count:
        tell(f"turn-{number}")
    return [number, os.getpid(), early]


MEETING = (
    *(start_by, hear, tell, descendants, only_wait, computed_s, settle),
    *(prepare_meeting, meet),
)
"""What a scenario carries in which tasks meet."""
