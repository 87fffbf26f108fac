"""Running a program once, and finding the module that a source stands for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from types import CodeType, ModuleType

from ..kernel import Chooser, SiteKey, spread
from ..schedules import First
from ._changes import Change
from ._result import RunResult
from ._run_in_progress import RunInProgress
from ._source import Source, read
from ._stage import STAGE
from ._subject import Program, Subject

MAX_DECISIONS_OF_AN_IMPORT = 100_000


def execute(
    subject: Subject,
    chooser: Chooser,
    *,
    points: frozenset[SiteKey] = frozenset(),
    sleeping_orders: bool,
    max_decisions: int,
    keep_steps: bool = False,
    goes_on: bool = False,
) -> RunResult:
    """Run the subject once.

    Args:
        subject: The program.
        chooser: Decides who goes next.
        points: Sites where a thread lets the chooser decide before it goes on.
        sleeping_orders: True for virtual time, False if a sleep may end at any moment.
        max_decisions: How many decisions and laps of loops the run may take.
        keep_steps: True if also accesses that are no points are recorded.
        goes_on: True to see, after the program's end, what its daemon threads would have done.

    Raises:
        RuntimeError: If called from inside a run.
        BaseException: What a signal handler raised during the run.
    """
    STAGE.collect()
    is_done = False
    while not is_done:  # Twice for each of its files that does something by itself, at most.
        run = RunInProgress(
            subject,
            chooser,
            points=points,
            sleeping_orders=sleeping_orders,
            max_decisions=max_decisions,
            keep_steps=keep_steps,
            goes_on=goes_on,
        )
        with subject.opened():
            found = STAGE.alone(partial(run.result_on, STAGE), run.give_up)
        is_done = not run.is_to_be_repeated
    spread(found.transitions)
    return found


def prepare(program: Program) -> Subject:
    """Read a program while no run is under way: only then do its names mean the real things.

    Raises:
        RuntimeError: If called from inside a run.
    """
    return STAGE.alone(lambda: Subject(program), lambda: None)


def changes_noted() -> tuple[Change, ...]:
    """Return what programs have replaced in the modules of their runs, in all runs so far."""
    return STAGE.changes_noted()


def changes_left() -> tuple[Change, ...]:
    """Return those of them that were in force while the program ran, not only in its import."""
    return STAGE.changes_left()


def load(path: Path | str, *, safe: Iterable[str] = (), settles: bool = False) -> Source:
    """Read a Python file as a program for the engine.

    The file is compiled now and executed in each run, when the program first asks for it. What
    it does by itself is no part of the run, unless it starts threads or finds some. What it
    imports from outside the simulated modules is imported now, so that runs do not differ in it.

    Args:
        path: The file; UTF-8 or with an encoding line.
        safe: Names of installed packages that threads may call at the same time, by their own
            promise or yours: a call is one step. The code of others is stepped like the file's.
        settles: True to execute it before the program, on one schedule, also if it starts threads
            that end within 60 virtual seconds. No other schedules of these are tried then: what
            is proven is proven for the program alone.
    Raises:
        SyntaxError: If the file is not Python.
        OSError: If it cannot be read.
    """
    return read(path, safe, settles, _ModulesOnStage())


def source_of(path: Path, code: CodeType, safe: Iterable[str] = ()) -> Source:
    """Return a source of code that was compiled elsewhere; see :func:`load`."""
    return Source(path, code, safe, False, _ModulesOnStage())


class _ModulesOnStage:
    """The modules of the run under way; outside of one, a source is executed for this purpose."""

    def module_of(self, source: Source) -> ModuleType:
        """Return the source's module."""
        world = STAGE.world
        if world is not None and STAGE.is_inside():
            return world.module_of(source)
        importing = _Importing()
        run = execute(
            prepare(partial(importing, source)),
            First(),
            sleeping_orders=True,
            max_decisions=MAX_DECISIONS_OF_AN_IMPORT,
        ).run
        if importing.module is None:
            raise ImportError(f"{source!r} cannot be imported: {run.error or 'it does not end'}")
        return importing.module

    def peek(self, source: Source) -> ModuleType | None:
        """Return it if the run under way has begun to execute it."""
        return STAGE.world.peek(source) if STAGE.world is not None else None


class _Importing:
    """A program that executes a source; no function, so that our own lines are no steps."""

    module: ModuleType | None = None

    def __call__(self, source: Source) -> None:
        assert STAGE.world is not None
        self.module = STAGE.world.module_of(source)
