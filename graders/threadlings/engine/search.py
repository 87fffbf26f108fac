"""Running a program: once in virtual time, under every schedule that can matter, or again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ._execution import Execution, execute, prepare
from ._kernel import Chooser, Kernel, SiteKey, letter_of
from ._output import text_of_value
from ._reduction import Exploration, Trace
from ._sampling import Sampling
from ._subject import Program, Subject
from ._turns import turns_of
from .run import MAIN, Run, well_formed

HOLDS, FAILS, INCOMPLETE = "HOLDS", "FAILS", "INCOMPLETE"

STEPS_OF_A_SEARCH = 6_000
"""How many steps the runs of a search may take together if nothing else was asked for: some
seconds. A step is a decision or a turn of a loop."""
MAX_SAMPLES = 50
"""How many schedules are drawn at random when there are more than that."""
MAX_STEPS = 100_000
"""How many steps one run of a simulation may take."""
MAX_STEPS_OF_A_RUN = 20_000
MAX_STEPS_OF_ALL = 200_000
"""The same for one run of a search, and for all of its runs, or samples, if their number was
asked for."""

OUT_OF_SIGHT = "a thread went out of sight at the recursion limit"
"""Why a search is not complete that could not see all steps of a program."""


@dataclass
class Outcome:
    """One way in which the program can end.

    Attributes:
        kind: ``value``, ``error``, ``thread error``, ``deadlock``, ``livelock`` or ``exhausted``.
        value: What the program returned, if ``kind`` is ``value`` or ``thread error``.
        run: The first run that ended so.
    """

    kind: str
    value: Any
    run: Run

    @classmethod
    def of(cls, run: Run) -> Outcome:
        """Return how a run ended."""
        if run.deadlock:
            return cls("deadlock", None, run)
        if run.exhausted:
            return cls("exhausted", None, run)
        if run.livelock:
            return cls("livelock", None, run)
        if run.error is not None:
            return cls("error", None, run)
        if run.uncaught:
            return cls("thread error", run.value, run)
        return cls("value", run.value, run)

    def as_data(self) -> dict[str, Any]:
        """Return the outcome as plain data."""
        return {"kind": self.kind, "value": self.value, "run": self.run.as_data()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Outcome:
        """Return the outcome that :meth:`as_data` told of."""
        return cls(data["kind"], data["value"], Run.from_data(data["run"]))


@dataclass
class Search:
    """What a search saw.

    Attributes:
        verdict: ``HOLDS`` (every schedule that can matter was run and none fails), ``FAILS``
            (one does: ``failing``), or ``INCOMPLETE`` (none was found, but not all were run).
        runs: How many runs were made.
        sampled: How many of them were drawn at random.
        reason: For INCOMPLETE, what cut the search off.
        failing: The first run that fails, or None.
        outcomes: The distinct ways in which the program ended, in the order they were found.
        kept: If it was asked for, a run of each schedule that can matter. Schedules that differ
            only in the order of steps that do not depend on each other have one run together.
    """

    verdict: str = HOLDS
    runs: int = 0
    sampled: int = 0
    reason: str = ""
    failing: Run | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    kept: list[Run] = field(default_factory=list)

    @property
    def values(self) -> list[Any]:
        """The distinct values that the program returned, in the order they were found."""
        return [outcome.value for outcome in self.outcomes if outcome.kind == "value"]

    def as_data(self) -> dict[str, Any]:
        """Return the search as plain data."""
        return {
            "verdict": self.verdict,
            "runs": self.runs,
            "sampled": self.sampled,
            "reason": self.reason,
            "failing": self.failing.as_data() if self.failing is not None else None,
            "outcomes": [outcome.as_data() for outcome in self.outcomes],
            "kept": [run.as_data() for run in self.kept],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Search:
        """Return the search that :meth:`as_data` told of, also after a journey as JSON.

        Raises:
            MalformedError: If the data is not such a search.
        """
        with well_formed():
            failing = Run.from_data(data["failing"]) if data["failing"] is not None else None
            outcomes = [Outcome.from_data(told) for told in data["outcomes"]]
            kept = [Run.from_data(told) for told in data["kept"]]
            told = (data["verdict"], data["runs"], data["sampled"], data["reason"])
            return cls(*told, failing, outcomes, kept)


def simulate(program: Program, *, max_steps: int = MAX_STEPS, keep_steps: bool = False) -> Run:
    """Run a program once, in virtual time, on the fair schedule.

    Nothing waits on a real clock: ``time.sleep(5)`` takes five virtual seconds and no real
    ones. Threads take turns where they wait and, in loops, every so often.

    Args:
        program: A callable without arguments.
        max_steps: Decisions and turns of loops after which the run is cut off, >= 1.
        keep_steps: Record every access to shared state, every wait, sleep and line of output as
            a step; else the run has no steps.
    Returns:
        The run; see :class:`Run` for how it can have ended.
    """
    return execute(
        prepare(program),
        _Fair(),
        sleeping_orders=True,
        max_steps=max_steps,
        keeps_steps=keep_steps,
    ).run


def search(
    program: Program,
    holds: Callable[[Run], bool] | None = None,
    *,
    max_runs: int | None = None,
    max_steps: int = MAX_STEPS_OF_A_RUN,
    max_preemptions: int | None = None,
    samples: int | None = None,
    seed: int = 0,
    keep_runs: bool = False,
    keep_steps: bool = False,
) -> Search:
    """Run a program under every schedule that can matter.

    A sleep may end at any moment after it began, and a timeout may fire or not. Output is
    recorded but orders nothing: the order of two threads' lines is not searched.

    If there are more schedules than the budget allows, some of the others are drawn at random
    (:mod:`._sampling`). The verdict is then INCOMPLETE, unless one of them fails.

    Args:
        program: A callable without arguments that does the same in each run but for the
            schedule. What it returns is compared by its JSON text, or its ``repr``.
        holds: What must be true of each run. Without it, a program fails if it deadlocks,
            spins for ever, or lets an exception out; and all outcomes are collected.
        max_runs: After so many runs the verdict is INCOMPLETE, >= 1; so it is after 200,000 steps
            of all runs. If not given, after 6,000 steps.
        max_steps: Decisions and turns of loops after which a run is cut off, >= 1.
        max_preemptions: Leave out schedules that take the processor more often than this from a
            thread that could go on and would. The verdict is then INCOMPLETE if there are any.
        samples: How many schedules to draw when the budget is used up, >= 0; if not given, one
            for every four runs, at most 50.
        seed: Of the drawing; the same seed draws the same schedules.
        keep_runs: Keep a run of each schedule, not only of each outcome, with its turns.
        keep_steps: Record every access to shared state, every wait and line of output as a step,
            not only those whose order matters.
    Returns:
        The verdict with its evidence. With ``holds`` the search ends at the first failure.
    """
    budget = _Budget(max_runs, max_steps, max_preemptions, samples, seed)
    searcher = _Searcher(
        prepare(program), holds, budget, keeps_runs=keep_runs, keeps_steps=keep_steps
    )
    return searcher.search()


def replay(program: Program, schedule: str, **budget: Any) -> Run:
    """Run a program under a schedule that a search printed.

    The search is made again until it comes to that schedule. If it does not come to it, its
    letters are followed as far as they go.

    Args:
        program: The program that was searched.
        schedule: Letters, such as ``ABBA``. The main thread goes as soon as it can, unless
            the schedule has its letter, ``m``.
        budget: What else was given to :func:`search`, but for ``holds``.
    Raises:
        ValueError: If the schedule is empty or not made of letters of threads.
    """
    letters = _letters(schedule)
    searcher = _Searcher(prepare(program), None, _Budget(**budget), wanted=schedule)
    searcher.search()
    return searcher.found or searcher.follow(letters)


@dataclass(frozen=True)
class _Budget:
    """How far a search goes; see :func:`search`."""

    max_runs: int | None = None
    max_steps: int = MAX_STEPS_OF_A_RUN
    max_preemptions: int | None = None
    samples: int | None = None
    seed: int = 0

    @property
    def max_samples(self) -> int:
        """How many schedules may be drawn at random."""
        if self.samples is not None:
            return self.samples
        return MAX_SAMPLES if self.max_runs is None else min(self.max_runs // 4, MAX_SAMPLES)

    @property
    def max_steps_of_all(self) -> int:
        """How many steps all runs, or all samples, may take together."""
        return STEPS_OF_A_SEARCH if self.max_runs is None else MAX_STEPS_OF_ALL


class _Searcher:
    """One search: explores, and starts over when it learns of places where order matters.

    Attributes:
        found: The run with the schedule that was wanted, if the search came to it.
    """

    def __init__(
        self,
        subject: Subject,
        holds: Callable[[Run], bool] | None,
        budget: _Budget,
        wanted: str | None = None,
        keeps_runs: bool = False,
        keeps_steps: bool = False,
    ) -> None:
        self._subject = subject
        self._holds = holds
        self._budget = budget
        self._wanted = wanted
        self._keeps_runs = keeps_runs
        self._keeps_steps = keeps_steps
        self._seen = Search()
        self._keys: set[str] = set()
        self._steps = 0
        self._decisions = 1
        self._points: frozenset[SiteKey] = frozenset()
        self._is_out_of_budget = False
        self._last: Run | None = None
        self.found: Run | None = None

    def search(self) -> Search:
        """Explore, sample what is left, and return what was seen."""
        seen = self._seen
        while not self._explore():
            pass
        if self._is_out_of_budget:
            self._sample()
        if seen.reason and seen.verdict == HOLDS:
            seen.verdict = INCOMPLETE
        if not seen.outcomes and self._last is not None:
            self._judge(self._last)
        return seen

    def follow(self, letters: list[str]) -> Run:
        """Run the program under a schedule, with the points that the search has found."""
        return self._execute(_Follow(letters)).run

    def _explore(self) -> bool:
        """Explore with the points known so far; return False if new ones were found."""
        budget, seen = self._budget, self._seen
        exploration = Exploration(budget.max_preemptions)
        seen.kept.clear()  # What was run with fewer points has steps that were not seen.
        while True:
            if budget.max_runs is not None and seen.runs >= budget.max_runs:
                return self._run_out(f"the budget of {budget.max_runs} runs is used up")
            if self._steps >= budget.max_steps_of_all:
                return self._run_out(f"the budget of {budget.max_steps_of_all} steps is used up")
            exploration.begin()
            found = self._execute(exploration)
            trace = Trace(found.transitions, found.pending)
            if self._learn(trace):
                return False
            if not found.abandoned:
                if found.run.exhausted:
                    self._run_out(f"a run took more than {budget.max_steps} steps")
                elif found.unseen:
                    seen.reason = OUT_OF_SIGHT
                if self._judge(found.run):
                    return True
            exploration.learn(trace)
            if not exploration.advance():
                break
        if exploration.is_bounded and not seen.reason:
            seen.reason = f"schedules with over {budget.max_preemptions} preemptions were left out"
        return True

    def _run_out(self, reason: str) -> bool:
        self._is_out_of_budget = True
        self._seen.reason = reason
        return True

    def _sample(self) -> None:
        """Draw schedules at random."""
        seen, budget = self._seen, self._budget
        sampling = Sampling(budget.seed, self._decisions)
        self._steps = 0
        while seen.sampled < budget.max_samples and self._steps < budget.max_steps_of_all:
            if seen.verdict == FAILS:
                break
            sampling.begin()
            found = self._execute(sampling)
            seen.sampled += 1
            self._learn(Trace(found.transitions, found.pending))
            if self._judge(found.run):
                break
        if seen.sampled:
            seen.reason += f"; {seen.sampled} more were drawn at random (seed {budget.seed})"

    def _execute(self, chooser: Chooser) -> Execution:
        found = execute(
            self._subject,
            chooser,
            points=self._points,
            sleeping_orders=False,
            max_steps=self._budget.max_steps,
            keeps_steps=self._keeps_steps,
        )
        self._seen.runs += 1
        self._steps += found.steps
        self._decisions = max(self._decisions, found.decisions)
        if not found.abandoned:
            found.run.schedule = _schedule_of(found)
            if self._keeps_runs:
                found.run.turns = turns_of(found.transitions)
            self._last = found.run
        return found

    def _learn(self, trace: Trace) -> bool:
        """Take up the places where order matters; return True if there are new ones."""
        learned = trace.racing_sites() - self._points
        self._points |= learned
        return bool(learned)

    def _judge(self, run: Run) -> bool:
        """Add a run's outcome; return True if the search may end here."""
        seen = self._seen
        if run.schedule == self._wanted:
            self.found = run
            return True
        if self._keeps_runs:
            seen.kept.append(run)
        outcome = Outcome.of(run)
        key = _key_of(outcome)
        if key not in self._keys:
            self._keys.add(key)
            seen.outcomes.append(outcome)
        bad = outcome.kind not in ("value", "exhausted")
        if not bad and self._holds is not None and outcome.kind == "value":
            bad = not self._holds(run)
        if bad and seen.failing is None:
            seen.verdict, seen.failing = FAILS, run
        return bad and self._holds is not None


def _key_of(outcome: Outcome) -> str:
    run = outcome.run
    failures = [("", run.error), *sorted(run.uncaught.items())]
    told = [(name, f.type_name, f.message) for name, f in failures if f is not None]
    waits = [(wait.thread, wait.what) for wait in run.deadlock]
    spins = [(spin.thread, str(spin.place)) for spin in run.livelock]
    rest = [outcome.kind, told, waits, spins]
    try:
        return json.dumps([outcome.value, rest], default=text_of_value)
    except (TypeError, ValueError, RecursionError):  # keys that JSON has not, or a cycle
        return json.dumps([text_of_value(outcome.value), rest])


class _Fair:
    """The fair schedule: whoever runs goes on until it waits or has had its turn."""

    def choose(self, kernel: Kernel, enabled: list[int], current: int, yields: bool) -> int:
        if current in enabled and not yields:
            return current
        after = [index for index in enabled if index > current]
        return (after or enabled)[0]


class _Follow:
    """Follows the letters of a schedule; where they say nothing, the main thread goes first."""

    def __init__(self, letters: list[str]) -> None:
        self._letters = letters
        self._spells_main = MAIN in letters
        self._position = 0

    def choose(self, kernel: Kernel, enabled: list[int], current: int, yields: bool) -> int:
        if 0 in enabled and not self._spells_main:
            return 0
        while self._position < len(self._letters):
            letter = self._letters[self._position]
            self._position += 1
            for index in enabled:
                if letter_of(index) == letter:
                    return index
        return current if current in enabled else enabled[0]


def _letters(schedule: str) -> list[str]:
    letters: list[str] = []
    for character in schedule:
        if character.isdigit() and letters:
            letters[-1] += character
        elif character == MAIN or "A" <= character <= "Z":
            letters.append(character)
        else:
            raise ValueError(f"a schedule is made of letters A to Z and m, not {character!r}")
    if not letters:
        raise ValueError("the schedule is empty: give letters such as 'ABBA'")
    return letters


def _schedule_of(found: Execution) -> str:
    """Return the schedule of a run in letters."""
    chosen = [t for t in found.transitions if t.enabled is not None]
    main_waited = any(t.thread != 0 and 0 in (t.enabled or ()) for t in chosen)
    return "".join(letter_of(t.thread) for t in chosen if t.thread != 0 or main_waited)
