"""The dumb explorer: an oracle for every program.

It shares with the engine what runs the threads, and nothing of what decides which schedules
matter: no footprints, no learned points, no models, no reduction. Every bytecode instruction of
the program's file, and of code that is made of text, is a place to switch, and so is every
operation on a lock, the library's own included. Between two such places nobody else acts.
``ThreadPool`` alone is as simple as in the engine (``_thread_pool.py``).

What it sees can happen. What it does not see may still happen: apart from small programs it
draws schedules at random.
"""

from __future__ import annotations

import contextlib
import contextvars
import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from threadlings.engine import Search, load, search

# All that is asked of the engine's inside.
from threadlings.engine.kernel import Kernel, Processor, SimulatedThread, Stop, letter_of
from threadlings.engine.world import Source as Module
from threadlings.engine.world import _fresh as library  # `install` puts the models in
from threadlings.engine.world import source_of
from threadlings.engine.world._aside import aside
from threadlings.engine.world._world import World

from .endings import Ending, ending_of
from .every_instruction import EveryInstruction

MAX_DECISIONS = 4_000
"""Decisions after which a run is cut off: it goes round a loop for ever, or nearly so."""
PATIENCE = 300
"""Decisions in a row after which a thread that could go on lets others go first."""
RUNS_BETWEEN_COLLECTIONS = 50


@dataclass(frozen=True)
class Source:
    """A program as text: a module, and the name of a function in it that takes no arguments."""

    text: str
    module: Module
    name: str = "program"

    @classmethod
    def of_text(cls, text: str, file: str = "learner.py") -> Source:
        """Return the program of a text; what it imports must have been imported before."""
        return cls(text, source_of(Path(file), compile(text, file, "exec", dont_inherit=True)))

    @classmethod
    def of_file(cls, path: Path, name: str) -> Source:
        """Return a function of a file as a program."""
        return cls(path.read_text(encoding="utf-8"), load(path), name)

    def as_callable(self) -> Callable[[], Any]:
        """Return the program as the engine takes it."""
        module, name = self.module, self.name  # The engine looks for sources in the closure.
        return lambda: getattr(module, name)()


def endings_of(seen: Search) -> set[Ending]:
    """Return the endings that a search saw."""
    endings = set()
    for outcome in seen.outcomes:
        run = outcome.run
        failures = {"": run.error} if run.error is not None else {}
        if outcome.kind in ("error", "thread error"):
            failures |= run.uncaught
        told = [(name, f.type_name, f.message) for name, f in failures.items()]
        endings.add(ending_of(outcome.kind, outcome.value, told))
    return endings


# -- one run ---------------------------------------------------------------------------------


class _Everywhere(frozenset[Any]):
    """The places to switch: all of them."""

    def __contains__(self, site: object) -> bool:
        return True


class Chooser:
    """Decides who goes next, and remembers what it decided.

    Attributes:
        turns: Of each thread that went on for a while, its index, its decisions, and the line of
            the program before which it was held.
    """

    def begin(self) -> None:
        """Forget the last run."""
        self.turns: list[list[int]] = []
        self.lines: dict[int, int] = {}

    def choose(self, kernel: Processor, enabled: list[int], current: int, yields: bool) -> int:
        """Return one of ``enabled``; see the kernel's ``Chooser``."""
        last = self.turns[-1] if self.turns else None
        if last is not None:
            last[2] = self.lines.get(last[0], 0)
        is_tired = last is not None and last[1] % PATIENCE == 0
        chosen = self.pick(kernel, enabled, current, yields or is_tired)
        if last is not None and last[0] == chosen:
            last[1] += 1
        else:
            self.turns.append([chosen, 1, 0])
        return chosen

    def pick(self, kernel: Processor, enabled: list[int], current: int, yields: bool) -> int:
        """Return one of ``enabled``."""
        raise NotImplementedError

    def schedule(self) -> str:
        """Return the schedule for people: each thread's turn, and the line where it ended."""
        return " ".join(
            letter_of(thread) + (f"<{line}" if line else "") for thread, _count, line in self.turns
        )


class _OneRun:
    """One run of a program in the engine's world, without anything that watches it."""

    def __init__(self, source: Source, chooser: Chooser, max_decisions: int) -> None:
        self._source = source
        self._chooser = chooser
        self._kernel = kernel = Kernel(chooser, self, _Everywhere(), False, max_decisions)
        self._world = World(
            kernel, [], self._on_uncaught, (), lambda _source: contextlib.nullcontext()
        )
        module = source.module
        self._instructions = EveryInstruction(
            module._code, module._path.stem, self._on_instruction, kernel.is_ours
        )
        self._value: Any = None
        self._error: tuple[str, str, str] | None = None
        self._uncaught: dict[str, tuple[str, str, str]] = {}

    def ending(self) -> Ending:
        """Do the run and return how it ended."""
        self._instructions.open()
        try:
            with self._world:
                self._kernel.run(self._body)
                return self._how_it_ended()
        finally:
            self._instructions.close()
            self._kernel.threads.clear()

    def give_up(self) -> None:
        """Let the run be over; called in another thread than its own."""
        self._kernel.finish()

    def _on_instruction(self, line: int) -> None:
        thread = self._kernel.me()
        if thread is not None:
            self._chooser.lines[thread.index] = line
            self._kernel.point(thread, None)
            if len(self._kernel.threads) == 1:  # There is no decision that would be counted.
                self._kernel._count_decision(thread)

    # What the kernel lets see; of the story that the engine writes nothing is needed here.

    def on_thread_start(self) -> None:
        self._instructions.enter_thread()

    def on_switch(self, thread: SimulatedThread, state: str, time_s: float) -> None:
        pass

    def record(self, thread: SimulatedThread, action: str, what: str, time_s: float) -> None:
        pass

    def place_of(self) -> tuple[None, str]:
        return None, ""

    def on_thread_end(self) -> None:
        self._instructions.leave_thread()
        self._world.leave_thread()

    def _body(self) -> None:
        self._world.begin()
        self._guarded(self._main)
        self._guarded(self._world.shut_down)
        main = self._kernel.threads[0]
        main.ended_s = self._kernel.clock_s
        self._kernel.leave(main)

    def _main(self) -> None:
        def call() -> Any:
            return vars(self._world.module_of(self._source.module))[self._source.name]()

        self._value = contextvars.Context().run(call)

    def _guarded(self, part: Callable[[], None]) -> None:
        """Do a part of the run, and keep what it raises."""
        try:
            part()
        except BaseException as error:
            if isinstance(error, Stop):
                raise
            self._error = self._error or _told("", error)

    def _on_uncaught(self, error: BaseException, name: str) -> None:
        thread = self._kernel.me()
        if thread is not None and not self._kernel.stopping:
            name = name or thread.current_name()
            self._uncaught.setdefault(name, _told(name, error))

    def _how_it_ended(self) -> Ending:
        kernel = self._kernel
        for kind in ("deadlocked", "exhausted", "livelocked"):
            if getattr(kernel, kind):
                return ending_of(kind.removesuffix("ed") if kind != "exhausted" else kind)
        errors = list(self._uncaught.values())
        if self._error is not None:
            return ending_of("error", None, [self._error, *errors])
        return ending_of("thread error" if errors else "value", self._value, errors)


def _told(name: str, error: BaseException) -> tuple[str, str, str]:
    return name, type(error).__qualname__, str(error)


_definitions_without_models: dict[str, Any] = {}


@contextlib.contextmanager
def without_models() -> Iterator[None]:
    """Let semaphores, events, queues and futures be the library's own code."""
    install, definitions = library.install, library._definitions
    library.install = lambda module: None
    library._definitions = _definitions_without_models
    try:
        yield
    finally:
        library.install, library._definitions = install, definitions


def run_once(source: Source, chooser: Chooser, max_decisions: int = MAX_DECISIONS) -> Ending:
    """Run a program once, as the chooser says, and return how it ended."""
    chooser.begin()
    run = _OneRun(source, chooser, max_decisions)
    with without_models():
        return aside(run.ending, run.give_up)


# -- which runs ------------------------------------------------------------------------------


class DepthFirst(Chooser):
    """Goes through all schedules with at most ``bound`` preemptions.

    Attributes:
        left_out: How many choices the bound has ruled out so far.
    """

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._path: list[tuple[list[tuple[int, int]], int]] = []
        self.left_out = 0

    def begin(self) -> None:
        super().begin()
        self._depth = 0
        self._spent = 0

    def pick(self, kernel: Processor, enabled: list[int], current: int, yields: bool) -> int:
        if self._depth == len(self._path):
            self._path.append((self._options(kernel, enabled, current, yields), 0))
        options, position = self._path[self._depth]
        self._depth += 1
        thread, cost = options[position]
        self._spent += cost
        return thread

    def _options(
        self, kernel: Processor, enabled: list[int], current: int, yields: bool
    ) -> list[tuple[int, int]]:
        """Return the threads, each with its cost: 1 for a preemption and for a timeout too early.

        The cheapest comes first.
        """
        first = None if yields or current not in enabled else current
        is_one_ready = any(kernel.is_ready(index) for index in enabled)
        priced = []
        for index in enabled:
            is_early = is_one_ready and not kernel.is_ready(index)
            priced.append((index, int(index != first and (first is not None or is_early))))
        affordable = [(i, cost) for i, cost in priced if self._spent + cost <= self._bound]
        self.left_out += len(priced) - len(affordable)
        return sorted(affordable, key=lambda option: option[1])

    def advance(self) -> bool:
        """Go on to the next schedule; return False if there is none."""
        while self._path:
            options, position = self._path.pop()
            if position + 1 < len(options):
                self._path.append((options, position + 1))
                return True
        return False


class Walk(Chooser):
    """Chooses each time anew, uniformly."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def pick(self, kernel: Processor, enabled: list[int], current: int, yields: bool) -> int:
        others = [index for index in enabled if index != current]
        return self._random.choice(others if yields and others else enabled)


class Priorities(Chooser):
    """Threads have priorities, which change at ``depth - 1`` moments (PCT)."""

    def __init__(self, random: Random, depth: int, decisions: int) -> None:
        self._random = random
        self._changes = {random.randint(1, max(2, decisions)) for _ in range(depth - 1)}
        self._priorities: dict[int, float] = {}
        self._made = 0

    def pick(self, kernel: Processor, enabled: list[int], current: int, yields: bool) -> int:
        self._made += 1
        for index in enabled:
            self._priorities.setdefault(index, 1 + self._random.random())
        if yields or self._made in self._changes:
            self._priorities[current] = -float(self._made)
        chosen = max(enabled, key=self._priorities.__getitem__)
        if not kernel.is_ready(chosen):
            self._priorities[chosen] = -float(self._made)
        return chosen


@dataclass
class Explored:
    """What the explorer saw: each ending with the schedule that first led to it."""

    endings: dict[Ending, str]
    runs: int = 0
    is_complete: bool = False


def explore(
    source: Source, max_runs: int, seed: int = 0, is_known: Callable[[Ending], bool] | None = None
) -> Explored:
    """Run a program under at most ``max_runs`` schedules.

    All of them if they are few; all with no preemption, one preemption, and so on while they
    are few; the rest are drawn at random.

    Args:
        source: The program.
        max_runs: How many runs to make.
        seed: Of the drawing.
        is_known: Without it all endings are collected; else the first ends the exploration of
            which this is false.
    """
    seen = Explored({})
    decisions = 2

    def note(chooser: Chooser) -> bool:
        nonlocal decisions
        seen.runs += 1
        if seen.runs % RUNS_BETWEEN_COLLECTIONS == 0:
            gc.collect(1)
        ending = run_once(source, chooser)
        decisions = max(decisions, sum(count for _thread, count, _line in chooser.turns))
        if ending == ("exhausted",):
            return False
        seen.endings.setdefault(ending, chooser.schedule())
        return is_known is not None and not is_known(ending)

    for chooser in _choosers(seen, max_runs, seed, lambda: decisions):
        if note(chooser):
            break
    return seen


def _choosers(
    seen: Explored, max_runs: int, seed: int, decisions: Callable[[], int]
) -> Iterator[Chooser]:
    for bound in range(max_runs):
        search_ = DepthFirst(bound)
        while seen.runs < max_runs:
            yield search_
            if not search_.advance():
                break
        if not search_.left_out:
            seen.is_complete = seen.runs < max_runs
            return
        if seen.runs + search_.left_out > max_runs:
            break
    random = Random(seed)
    while seen.runs < max_runs:
        number = seen.runs % 5
        yield Priorities(random, 1 + number, decisions()) if number < 4 else Walk(random)


# -- the oracle --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Missed:
    """An ending that can happen, and that a search said cannot."""

    ending: Ending
    how: str
    seen: frozenset[Ending]
    source: Source

    def __str__(self) -> str:
        seen = "\n    ".join(map(str, sorted(self.seen)))
        lines = self.source.text.splitlines()
        text = "\n".join(f"{number:4} {line}" for number, line in enumerate(lines, 1))
        return (
            f"the search missed an ending\n    {self.ending}\nit saw\n    {seen}\n"
            f"how it comes about\n    {self.how}\n"
            f"the program ({self.source.name})\n{text}\n"
        )


def is_claimed(seen: Search) -> bool:
    """Return True if a search claims to have seen all endings."""
    return seen.reason == ""


def missed(source: Source, runs: int, seed: int = 0, **budget: Any) -> Missed | None:
    """Return an ending that the explorer sees and a search misses that claims to be complete.

    Args:
        source: The program.
        runs: How many the explorer makes.
        seed: Of what it draws.
        budget: Of the search.
    """
    seen = search(source.as_callable(), **budget)
    if not is_claimed(seen):
        return None
    endings = endings_of(seen)
    found = explore(source, runs, seed, endings.__contains__)
    for ending, schedule in found.endings.items():
        if ending not in endings:
            return Missed(ending, f"schedule {schedule}", frozenset(endings), source)
    return None
