"""The programs of the engine's benchmark, each written once for every side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "programs"
HOLDS = ""
LOSES, DEADLOCKS = "value", "deadlock"


@dataclass(frozen=True)
class Case:
    """A program, by the names of its parts in a file of ``programs/``, and how it can end.

    Attributes:
        name: What the table calls it.
        file: The file's name without ``.py``.
        setup: Makes the shared state; no arguments.
        bodies: What the threads do with the state, one name for each thread.
        invariant: Takes the state after the end; True if it is as it should be.
        fails_by: ``value`` if a schedule breaks the invariant, ``deadlock`` if one never
            ends, ``""`` if all are well.
        natural: Where the program starts its threads itself: the function that does, given
            the state. ``bodies`` is then for peers that see only threads they have started;
            empty if there is nothing that a peer could start.
    """

    name: str
    file: str
    setup: str
    bodies: tuple[str, ...]
    invariant: str
    fails_by: str
    natural: str | None = None

    @property
    def path(self) -> Path:
        """The file of the program."""
        return FOLDER / f"{self.file}.py"


def _counter(name: str, bodies: tuple[str, ...], invariant: str, fails_by: str) -> Case:
    return Case(name, "counter", "Counter", bodies, invariant, fails_by)


def _signals(name: str, first: str, second: str, fails_by: str) -> Case:
    return Case(name, "signals", "Box", (first, second), "is_received", fails_by)


def _starting(name: str, file: str, setup: str, natural: str, invariant: str, by: str) -> Case:
    return Case(name, file, setup, (), invariant, by, natural)


CASES = (
    _counter("counter 2x1", ("increment",) * 2, "is_two", LOSES),
    _counter("counter 2x2", ("increment_twice",) * 2, "is_four", LOSES),
    _counter("counter 3x1", ("increment",) * 3, "is_three", LOSES),
    _counter("locked counter 2x1", ("locked",) * 2, "is_two", HOLDS),
    _counter("locked counter 2x2", ("locked_twice",) * 2, "is_four", HOLDS),
    _counter("locked counter 3x1", ("locked",) * 3, "is_three", HOLDS),
    Case("lock imported by name", "counter_by_name", "Counter", ("locked",) * 2, "is_two", HOLDS),
    _counter("a lock per call", ("lock_per_call",) * 2, "is_two", LOSES),
    _counter("read outside the lock", ("read_outside",) * 2, "is_two", LOSES),
    _counter("self-deadlock", ("takes_it_twice",), "is_one", DEADLOCKS),
    _counter("missing release", ("does_not_release",) * 2, "is_two", DEADLOCKS),
    Case(
        "opposite transfers", "bank", "Bank", ("forwards", "backwards"), "is_balanced", DEADLOCKS
    ),
    Case("check then act", "bank", "Theatre", ("sell", "sell"), "is_sold_once", LOSES),
    _starting("own threads", "counter", "Counter", "starts_threads", "is_two", LOSES),
    _starting("own threads, lock", "counter", "Counter", "starts_threads_locked", "is_two", HOLDS),
    _signals("Event", "receive_when_set", "send_and_set", HOLDS),
    _signals("Event too early", "receive_when_set", "set_and_send", LOSES),
    _signals("Event too early, sender first", "set_and_send", "receive_when_set", LOSES),
    _signals("Condition", "receive_when_there", "send_and_notify", HOLDS),
    _signals("Condition, no while", "receive_when_notified", "send_and_notify", DEADLOCKS),
    _signals(
        "Condition, no while, sender first", "send_and_notify", "receive_when_notified", DEADLOCKS
    ),
    Case(
        "while not q.empty() 2", "queues", "two_items", ("take_while_not_empty",) * 2,
        "are_two_taken", DEADLOCKS,
    ),
    Case(
        "while not q.empty() 3", "queues", "three_items", ("take_while_not_empty",) * 3,
        "are_three_taken", DEADLOCKS,
    ),
    _starting("daemon workers", "queues", "no_items", "three_daemons", "are_six_taken", HOLDS),
    Case(
        "Thread subclass", "objects", "Sum", ("adder_of_one", "adder_of_two"),
        "is_five", LOSES, "run_adders",
    ),
    Case(
        "Thread subclass, locked", "objects", "Sum", ("locked_adder_of_one", "locked_adder_of_two"),
        "is_five", HOLDS, "run_locked_adders",
    ),
    _starting("ThreadPoolExecutor", "objects", "Sum", "use_pool_unlocked", "is_five", LOSES),
    _starting("ThreadPoolExecutor, locked", "objects", "Sum", "use_pool", "is_five", HOLDS),
    Case(
        "philosophers, left first", "philosophers", "Table",
        ("first_left", "second_left", "third_left"), "have_all_eaten", DEADLOCKS,
    ),
    Case(
        "philosophers, ordered", "philosophers", "Table",
        ("first_left", "second_left", "third_lower"), "have_all_eaten", HOLDS,
    ),
)  # fmt: skip
"""Every program of the benchmark, in the order of the table."""


def case_called(name: str) -> Case:
    """Return the case of that name.

    Raises:
        KeyError: If there is none.
    """
    return {case.name: case for case in CASES}[name]
