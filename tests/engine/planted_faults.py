"""Faults planted in the engine, and how many programs it takes the explorer to find each.

Run it with ``python -m tests.engine.planted_faults [programs] [seed]``; it takes some minutes.
A fault is found by a program of which the engine as it is sees all endings that the explorer
sees, and the engine with the fault says that it saw all, but did not.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from typing import Any

import pytest

from threadlings.engine import kernel, search
from threadlings.engine.effects import Touching
from threadlings.engine.schedules import Exploration

from . import explorer, learners_programs, learners_words

Fault = Callable[[pytest.MonkeyPatch], None]
RUNS = 40
SEARCH_RUNS = 60
READS = kernel.READ | kernel.INTENT_READ
WRITES = kernel.WRITE | kernel.INTENT_WRITE


def _touching(patch: pytest.MonkeyPatch, seen: Callable[[Any, tuple[Any, ...], int], int]) -> None:
    """Let each access have the modes that ``seen(thread, resource, modes)`` returns; 0 hides it."""
    owner = kernel.SimulatedThread
    touch = owner.touch

    def touch_wrongly(self: Any, resource: Any, modes: int, site: Any = None, **more: Any) -> None:
        modes = seen(self, resource, modes)
        if modes:
            touch(self, resource, modes, site, **more)

    patch.setattr(owner, "touch", touch_wrongly)


def _without(kind: str) -> Fault:
    """Return the fault that accesses of a kind are not seen."""
    return lambda patch: _touching(patch, lambda t, r, modes: 0 if r[0] == kind else modes)


def daemons_are_hidden(patch: pytest.MonkeyPatch) -> None:
    """What daemon threads touch is not seen."""
    _touching(patch, lambda thread, r, modes: 0 if thread.is_daemon() else modes)


def ends_are_hidden(patch: pytest.MonkeyPatch) -> None:
    """That a thread ends is not seen."""
    _touching(patch, lambda t, r, modes: 0 if r[:2] == ("lock", "end") else modes)


def reads_are_hidden(patch: pytest.MonkeyPatch) -> None:
    """Reads of data are not seen."""
    _touching(patch, lambda t, r, modes: modes if r[0] == "lock" else modes & ~READS)


def writes_are_reads(patch: pytest.MonkeyPatch) -> None:
    """Writes of attributes are taken for reads."""

    def seen(_thread: Any, resource: tuple[Any, ...], modes: int) -> int:
        is_write = resource[0] == "attribute" and modes & WRITES
        return READS if is_write else modes

    _touching(patch, seen)


def items_of_two_threads_are_two(patch: pytest.MonkeyPatch) -> None:
    """Only the first thread's accesses to items are seen."""
    _touching(patch, lambda t, r, modes: 0 if r[0] == "items" and t.index > 1 else modes)


def looks_at_locks_are_hidden(patch: pytest.MonkeyPatch) -> None:
    """Whoever only looks whether a lock is held, or tries to take it, is not seen."""
    looks = kernel.TEST | kernel.PEEK | kernel.TRY
    _touching(patch, lambda t, r, modes: modes & ~looks if r[0] == "lock" else modes)


def parts_of_primitives_are_hidden(patch: pytest.MonkeyPatch) -> None:
    """The permits, flags and items of semaphores, events and queues are not seen."""
    _touching(patch, lambda t, r, modes: 0 if r[0] == "lock" and len(r) > 3 else modes)


def timeouts_never_fire(patch: pytest.MonkeyPatch) -> None:
    """Who waits with a timeout waits until it can go on, if anybody else can."""
    is_enabled = kernel.Kernel._is_enabled

    def enabled(self: Any, thread: Any) -> bool:
        is_early = thread.wait is not None and not thread.wait.is_ready()
        return is_enabled(self, thread) and not is_early

    patch.setattr(kernel.Kernel, "_is_enabled", enabled)


def sets_and_deques_are_hidden(patch: pytest.MonkeyPatch) -> None:
    """What is done with sets and deques is not seen."""
    used = Touching.used

    def used_wrongly(self: Any, use: str, value: Any) -> Any:
        return () if type(value) in (set, deque) else used(self, use, value)

    patch.setattr(Touching, "used", used_wrongly)


def races_are_reversed_once(patch: pytest.MonkeyPatch) -> None:
    """Of all races that runs show, only those of the first run are reversed."""
    learn = Exploration.learn

    def learn_once(self: Any, trace: Any) -> None:
        if not getattr(self, "_has_learned", False):
            learn(self, trace)
        self._has_learned = True

    patch.setattr(Exploration, "learn", learn_once)


FAULTS: dict[str, Fault] = {
    "attributes are hidden": _without("attribute"),
    "items are hidden": _without("items"),
    "global variables are hidden": _without("global"),
    "closure variables are hidden": _without("cell"),
    "locks are hidden": _without("lock"),
    "daemons are hidden": daemons_are_hidden,
    "ends are hidden": ends_are_hidden,
    "reads are hidden": reads_are_hidden,
    "writes are reads": writes_are_reads,
    "items of two threads are two": items_of_two_threads_are_two,
    "looks at locks are hidden": looks_at_locks_are_hidden,
    "parts of primitives are hidden": parts_of_primitives_are_hidden,
    "timeouts never fire": timeouts_never_fire,
    "sets and deques are hidden": sets_and_deques_are_hidden,
    "races are reversed once": races_are_reversed_once,
}


def _endings(source: explorer.Source) -> set[explorer.Ending] | None:
    """Return the endings that a search sees; None if it does not say that it saw all."""
    seen = search(source.as_callable(), max_runs=SEARCH_RUNS, samples=0)
    return explorer.endings_of(seen) if explorer.is_claimed(seen) else None


def _endings_with(fault: Fault, source: explorer.Source) -> set[explorer.Ending] | None:
    """Return the same of an engine with a fault; None too if the fault crashes it."""
    with pytest.MonkeyPatch.context() as patch:
        fault(patch)
        try:
            return _endings(source)
        except Exception:
            return None


def found_after(programs: int, seed: int = 0) -> dict[str, int]:
    """Return, for each fault that was found, after how many programs."""
    exec(learners_words.IMPORTS, {})
    found: dict[str, int] = {}
    for number in range(programs):
        source = explorer.Source.of_text(learners_programs.drawn(seed + number).text())
        right = _endings(source)
        if right is None:
            continue
        possible = set(explorer.explore(source, RUNS, seed + number).endings)
        if possible - right:
            continue
        for name in [name for name in FAULTS if name not in found]:
            endings = _endings_with(FAULTS[name], source)
            if endings is not None and possible - endings:
                found[name] = number + 1
                print(f"{number + 1:5} {name}", flush=True)
        if len(found) == len(FAULTS):
            break
    return found


def main() -> int:
    """Plant the faults; return 0 if each was found."""
    programs, seed = (int(word) for word in (sys.argv[1:] + ["300", "0"][len(sys.argv) - 1 :]))
    found = found_after(programs, seed)
    for name in [name for name in FAULTS if name not in found]:
        print(f"    - {name}")
    return int(len(found) < len(FAULTS))


if __name__ == "__main__":
    sys.exit(main())
