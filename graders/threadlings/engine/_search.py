"""Running a program: once in virtual time, under every schedule that can matter, or again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any, TypeVar

from ._budget import MAX_DECISIONS_OF_A_RUN, Budget
from ._searcher import Searcher
from .runs import Run, Search
from .schedules import Fair, letters_of
from .world import Program, Source, execute, prepare

_Noted = TypeVar("_Noted")

MAX_DECISIONS = 100_000
"""How many decisions and laps of loops one run of a simulation may take."""

_notes: list[list[Search]] = []
"""Where those who want to know note what a search saw."""
_run_notes: list[list[Run]] = []
"""Where those who want to know note a run."""


def simulate(
    program: Program, *, max_decisions: int = MAX_DECISIONS, keep_steps: bool = False
) -> Run:
    """Run a program once, in virtual time, on the fair schedule.

    Nothing waits on a real clock: ``time.sleep(5)`` takes five virtual seconds and no real
    ones. Threads take turns where they wait and, in loops, every so often.

    Args:
        program: A callable without arguments.
        max_decisions: Decisions and laps of loops after which the run is cut off, >= 1.
        keep_steps: Record every access to shared state, every wait, sleep and line of output as
            a step; else the run has no steps.
    Returns:
        The run; see :class:`Run` for how it can have ended.
    """
    run = execute(
        prepare(program),
        Fair(),
        sleeping_orders=True,
        max_decisions=max_decisions,
        keep_steps=keep_steps,
    ).run
    for notes in _run_notes:
        notes.append(run)
    return run


def try_import(source: Source) -> Run:
    """Run a program that only imports a source: a run that did not return says what is wrong.

    Threads that it has besides the first are such as go on.
    """
    return simulate(partial(dir, source))


def search(
    program: Program,
    holds: Callable[[Run], bool] | None = None,
    *,
    max_runs: int | None = None,
    max_decisions: int = MAX_DECISIONS_OF_A_RUN,
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
    (:mod:`.schedules._sampling`). The verdict is then INCOMPLETE, unless one of them fails.

    Args:
        program: A callable without arguments that does the same in each run but for the
            schedule. What it returns is compared by its JSON text, or its ``repr``.
        holds: What must be true of each run. Without it, a program fails if it deadlocks,
            spins for ever, or lets an exception out; and all outcomes are collected.
        max_runs: After so many runs the verdict is INCOMPLETE, >= 1; so it is after 200,000
            decisions and laps of all runs. If not given, after 6,000.
        max_decisions: Decisions and laps of loops after which a run is cut off, >= 1.
        max_preemptions: Leave out schedules that take the processor more often than this from a
            thread that could go on and would. The verdict is then INCOMPLETE if there are any.
        samples: How many schedules to draw when the budget is used up, >= 0; if not given, one
            for every four runs, at most 50.
        seed: Of the drawing; the same seed draws the same schedules.
        keep_runs: Keep a run of each schedule, not only of each outcome, with its turns.
        keep_steps: Record every access to shared state, every wait and line of output as a step,
            not only those whose order matters.
    Returns:
        The verdict with its evidence, and the limits that kept it from seeing all. With
        ``holds`` the search ends at the first failure.
    """
    budget = Budget(max_runs, max_decisions, max_preemptions, samples, seed)
    searcher = Searcher(prepare(program), holds, budget, keep_runs=keep_runs, keep_steps=keep_steps)
    seen = searcher.search()
    for notes in _notes:
        notes.append(seen)
    for runs in _run_notes:
        runs.extend(outcome.run for outcome in seen.outcomes[:1])
    return seen


def searches_noted() -> AbstractContextManager[list[Search]]:
    """Note what each search saw that is made meanwhile, for who must know what it did not see."""
    return _noted_in(_notes)


def runs_noted() -> AbstractContextManager[list[Run]]:
    """Note the runs that are made meanwhile: each simulation, and the first run of each search."""
    return _noted_in(_run_notes)


@contextmanager
def _noted_in(where: list[list[_Noted]]) -> Iterator[list[_Noted]]:
    notes: list[_Noted] = []
    where.append(notes)
    try:
        yield notes
    finally:
        where.pop()


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
    letters = letters_of(schedule)
    searcher = Searcher(prepare(program), None, Budget(**budget), wanted=schedule)
    searcher.search()
    return searcher.found or searcher.follow(letters)
