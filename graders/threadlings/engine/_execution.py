"""One run from beginning to end: the kernel, the world and the backend around a program."""

from __future__ import annotations

import _thread
import contextvars
import gc
import itertools
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from types import CodeType, FrameType, ModuleType
from typing import TypeVar

from ._access import Watcher
from ._aside import aside
from ._exit_api import report
from ._footprint import PEEK, POST, Footprint, Resource, depend, spread
from ._kernel import Chooser, Kernel
from ._lesson import Lesson, set_module_source
from ._library import FRESH
from ._output import without_addresses
from ._simulated_thread import SimulatedThread, SiteKey, Stop, Transition
from ._subject import Program, Subject
from ._world import World
from .run import Failure, Place, Run, Span, Spin, Step, ThreadInfo, Wait

RUNS_BETWEEN_COLLECTIONS = 50
"""After so many runs, the few hundred objects of ours that each left behind are collected too."""
_BEFORE_CALLS = frozenset({"Thread._bootstrap", "Thread._bootstrap_inner", "Thread.run", "_worker"})
"""Functions of the library in which a thread begins; what it waits for is called in them."""

_END = ("end of the program",)
"""Where main stands when the interpreter exits."""
_UNCAUGHT: Resource = ("lock", "uncaught")
"""The exceptions that ended threads: told in any order, and looked at in the end."""
_runs = itertools.count(1)
_one_at_a_time = _thread.allocate_lock()
_world: World | None = None
_Result = TypeVar("_Result")


@dataclass
class Execution:
    """A run with what only the search needs of it.

    Attributes:
        run: The run as plain data.
        transitions: What was done, in order.
        pending: For each thread that was still waiting at the end, its index and its wishes.
        abandoned: True if the chooser gave the run up.
        decisions: How often the chooser decided.
        unseen: True if a thread went out of sight before its end.
        steps: How many decisions and turns of loops the run took.
        ended_at: How many of the transitions were done when the program ended; what its daemon
            threads would have done then comes after them.
        is_cut_short: True if they would have done still more.
        unwatchable: What the program used that cannot be watched: ``ctypes``, ``a socket``.
    """

    run: Run
    transitions: list[Transition]
    pending: list[tuple[int, Sequence[tuple[Resource, int]]]]
    abandoned: bool
    decisions: int
    unseen: bool
    steps: int
    unwatchable: frozenset[str] = frozenset()
    ended_at: int | None = None
    is_cut_short: bool = False

    @property
    def is_spoilt(self) -> bool:
        """Whether what was done after the program's end has changed what it returned."""
        if self.ended_at is None:
            return False
        read: Footprint = {}
        for resource, modes, site in self.transitions[self.ended_at - 1].accesses:
            if site == _END:
                read[resource] = read.get(resource, 0) | modes
        return any(depend(read, after.footprint) for after in self.transitions[self.ended_at :])


def execute(
    subject: Subject,
    chooser: Chooser,
    *,
    points: frozenset[SiteKey] = frozenset(),
    sleeping_orders: bool,
    max_steps: int,
    keeps_steps: bool = False,
    goes_on: bool = False,
) -> Execution:
    """Run the subject once.

    Args:
        subject: The program.
        chooser: Decides who goes next.
        points: Sites where a thread lets the chooser decide before it goes on.
        sleeping_orders: True for virtual time, False if a sleep may end at any moment.
        max_steps: How many decisions and turns of loops the run may take.
        keeps_steps: True if also accesses that are no points are recorded.
        goes_on: True to see, after the program's end, what its daemon threads would have done.

    Raises:
        RuntimeError: If called from inside a run.
        BaseException: What a signal handler raised during the run.
    """
    if next(_runs) % RUNS_BETWEEN_COLLECTIONS == 0:
        gc.collect(1)
    execution = _Execution(
        subject, chooser, points, sleeping_orders, max_steps, keeps_steps, goes_on
    )
    with subject.opened():
        found = _in_turn(execution.result, execution.give_up)
    spread(found.transitions)
    return found


def prepare(program: Program) -> Subject:
    """Read a program while no run is under way: only then do its names mean the real things.

    Raises:
        RuntimeError: If called from inside a run.
    """
    return _in_turn(lambda: Subject(program), lambda: None)


def _in_turn(work: Callable[[], _Result], give_up: Callable[[], None]) -> _Result:
    if _is_inside():
        raise RuntimeError("a program under the engine cannot start another run")

    def alone() -> _Result:
        with _one_at_a_time:
            return work()

    return aside(alone, give_up)


def _is_inside() -> bool:
    return _world is not None and _world._kernel.is_ours()


def _module_in_run(lesson: Lesson) -> ModuleType:
    if _is_inside():
        assert _world is not None
        return _world.module_of(lesson)
    importing = _Importing()
    run = execute(
        prepare(partial(importing, lesson)), _First(), sleeping_orders=True, max_steps=100_000
    ).run
    if importing.module is None:
        raise ImportError(f"{lesson!r} cannot be imported: {run.error or 'it does not end'}")
    return importing.module


class _Importing:
    """A program that executes a lesson; no function, so that our own lines are no steps."""

    module: ModuleType | None = None

    def __call__(self, lesson: Lesson) -> None:
        assert _world is not None
        self.module = _world.module_of(lesson)


class _First:
    """Always takes the first thread that can go on."""

    def choose(self, kernel: Kernel, enabled: list[int], current: int, yields: bool) -> int:
        return enabled[0]


def _peek_module(lesson: Lesson) -> ModuleType | None:
    return _world.peek(lesson) if _world is not None else None


set_module_source(_module_in_run, _peek_module)


class _Execution:
    """The parts of one run, wired together."""

    def __init__(
        self,
        subject: Subject,
        chooser: Chooser,
        points: frozenset[SiteKey],
        sleeping_orders: bool,
        max_steps: int,
        keeps_steps: bool,
        goes_on: bool,
    ) -> None:
        self._subject = subject
        self._goes_on = goes_on
        self._is_finished = False
        self._max_steps = max_steps
        self._run = Run()
        self._kernel = kernel = Kernel(chooser, points, sleeping_orders, max_steps, keeps_steps)
        self._world = World(kernel, self._run.printed, self._on_uncaught, subject.rebindings)
        self._backend = subject.backend
        self._unseen = False
        self._spans: dict[str, tuple[str, float, str | None, Place | None]] = {}
        self._watcher = Watcher(kernel, self._run.steps, subject)
        kernel.on_thread_start = self._backend.enter_thread
        kernel.on_thread_end = self._leave_thread
        kernel.on_switch = self._on_switch
        kernel.place_of = self._place_of
        kernel.record = self._record

    def give_up(self) -> None:
        """End the run soon, from another thread."""
        self._kernel.finish()

    def result(self) -> Execution:
        """Do the run."""
        global _world
        watcher = self._watcher
        self._backend.begin(watcher.on_site, watcher.on_return, self._kernel.is_ours)
        _world = self._world
        try:
            with self._world:
                return self._done()
        finally:
            _world = None
            self._backend.end()

    def _done(self) -> Execution:
        kernel = self._kernel
        try:
            kernel.run(self._body)
            self._finish()
            return Execution(
                self._run,
                kernel.transitions,
                list(self._pending()),
                kernel.abandoned,
                sum(t.enabled is not None for t in kernel.transitions),
                self._unseen,
                self._max_steps - kernel.steps_left,
                frozenset(kernel.unwatchable),
                kernel.ended_at,
                kernel.is_cut_short,
            )
        finally:
            kernel.threads.clear()  # with them, all that the program's frames held

    def _leave_thread(self) -> None:
        if not self._backend.leave_thread() and not self._kernel.stopping:
            self._unseen = True
        self._world.leave_thread()

    def _pending(self) -> Iterator[tuple[int, Sequence[tuple[Resource, int]]]]:
        for thread in self._kernel.threads:
            if thread.wait is not None and not thread.ended:
                yield thread.index, thread.wait.wishes()

    def _body(self) -> None:
        run, kernel = self._run, self._kernel
        self._world.begin()
        self._guarded(self._main)
        run.returned_s = kernel.clock_s
        run.alive = [t.current_name() for t in kernel.threads[1:] if not t.ended]
        self._guarded(self._world.shut_down)
        run.stopped = [t.current_name() for t in kernel.threads[1:] if not t.ended]
        main = kernel.threads[0]
        main.ended_s = kernel.clock_s
        if not kernel.sleeping_orders and any(t.is_daemon() for t in kernel.threads[1:]):
            self._be_read()
            run.stopped = [t.current_name() for t in kernel.threads[1:] if not t.ended]
        if self._goes_on and run.stopped:
            self._finish()
            kernel.go_on_without(main)
        kernel.leave(main)

    def _be_read(self) -> None:
        """Note that what the program leaves is looked at now: daemons may still change it."""
        main = self._kernel.threads[0]
        self._kernel.point(main, _END)
        self._watcher.read_at_end(main, self._run.value, _END)
        main.touch(_UNCAUGHT, PEEK, _END)

    def _main(self) -> None:
        self._run.value = contextvars.Context().run(self._subject.program)
        self._run.returned = True

    def _guarded(self, part: Callable[[], None]) -> None:
        try:
            part()
        except Stop:
            raise
        except BaseException as error:
            self._run.error = self._run.error or self._failure(error)

    # -- what the kernel reports -------------------------------------------------------

    def _on_uncaught(self, error: BaseException, name: str) -> None:
        thread = self._kernel.me()
        if self._kernel.stopping or thread is None:
            return
        self._watcher.leave_generators(thread)
        site = ("uncaught", thread.letter)
        self._kernel.point(thread, site)
        thread.touch(_UNCAUGHT, POST, site)
        if self._kernel.ended_at is not None:
            return
        self._run.uncaught.setdefault(name or thread.current_name(), self._failure(error))
        report(f"Exception in thread {name or thread.current_name()}:", error)

    def _record(self, thread: SimulatedThread, action: str, what: str) -> None:
        place, _call = self._place_of()
        if place is None:  # a worker of a pool between two tasks: no line of the program
            return
        step = Step(thread.letter, action, what, None, place, self._kernel.clock_s)
        self._run.steps.append(step)
        if thread.transition is not None:
            thread.transition.steps += 1

    def _on_switch(self, thread: SimulatedThread, state: str) -> None:
        now_s = self._kernel.clock_s
        began = self._spans.pop(thread.letter, None)
        if began is not None and now_s > began[1]:
            self._run.timeline.append(
                Span(thread.letter, began[0], began[1], now_s, began[2], began[3])
            )
        keeps_steps = self._kernel.keeps_steps
        what = self._waited_for(thread) if state == "waiting" else None
        if what is not None and (keeps_steps or not self._kernel.sleeping_orders):
            self._record(thread, "waits for", what)
        if state == "sleeping" and keeps_steps and thread.deadline_s is not None:
            self._record(thread, "sleeps", f"until {thread.deadline_s:.6g} s")
        if state != "ended":
            self._spans[thread.letter] = (state, now_s, what, thread.wait_place)

    def _waited_for(self, thread: SimulatedThread) -> str:
        """Return what a thread waits for: if every step is kept, which one of its kind it is."""
        what, lock = self._wait_of(thread).what, getattr(thread.wait, "lock", None)
        if not self._kernel.keeps_steps or lock is None or lock.made_by == thread.wait_call:
            return what
        return str(lock.name_in_step())

    def _place_of(self) -> tuple[Place | None, str]:
        """Return the line of the program that is being executed, and the library call in it."""
        frame: FrameType | None = sys._getframe(1)
        caller: CodeType | None = None
        is_program = self._subject.is_program
        while frame is not None:
            code = frame.f_code
            if is_program(code):
                place = self._subject.place_in(code, frame.f_lineno)
                return place, caller.co_qualname if caller is not None else ""
            if frame.f_globals.get("__name__") in FRESH and code.co_qualname not in _BEFORE_CALLS:
                caller = code
            frame = frame.f_back
        return None, caller.co_qualname if caller is not None else ""

    def _failure(self, error: BaseException) -> Failure:
        place = None
        for frame, line in traceback.walk_tb(error.__traceback__):
            code = frame.f_code
            if self._subject.is_program(code):
                place = Place.in_code(code, line)
        names = [kind.__qualname__ for kind in type(error).__mro__ if kind is not object]
        return Failure(names[0], _text_of(error), tuple(names), place)

    # -- the result -----------------------------------------------------------------------

    def _finish(self) -> None:
        if self._is_finished:
            return
        self._is_finished = True
        run, kernel = self._run, self._kernel
        for thread in kernel.threads:
            kernel._resolve(thread)
        run.ended_s = kernel.clock_s
        run.exhausted = kernel.exhausted
        run.busy_waits = list(kernel.spins.values())
        alive = [thread for thread in kernel.threads if not thread.ended]
        for thread in alive:
            if thread.letter in self._spans:
                self._on_switch(thread, "ended")
        if kernel.deadlocked:
            run.deadlock = [self._wait_of(thread) for thread in alive]
        if kernel.livelocked:
            run.livelock = [thread.spinning for thread in alive if thread.spinning is not None]
        if kernel.exhausted:
            run.livelock = [
                Spin(thread.letter, thread.current_name(), thread.lap_place)
                for thread in alive
                if thread.lap_place is not None
            ]
        run.threads = [
            ThreadInfo(
                thread.letter,
                thread.current_name(),
                thread.is_daemon(),
                thread.started_by.letter if thread.started_by else None,
                thread.ended_s,
            )
            for thread in kernel.threads
        ]
        run.timeline.sort(key=lambda span: (span.start_s, span.thread))
        run.steps = list(run.steps)  # What comes after the program's end is not part of the run.

    def _wait_of(self, thread: SimulatedThread) -> Wait:
        lock = getattr(thread.wait, "lock", None)
        name, place = thread.current_name(), thread.wait_place
        if lock is None:
            return Wait(thread.letter, name, "nothing", place, None, None)
        if lock.ends is not None:
            return Wait(thread.letter, name, lock.name(), place, lock.ends.letter, None)
        is_waiter = lock.made_by != "" and lock.made_by == thread.wait_call
        if is_waiter or lock.holder is None:
            return Wait(thread.letter, name, f"{thread.wait_call}()", place, None, None)
        return Wait(thread.letter, name, lock.name(), place, lock.holder.letter, lock.held_since)


def _text_of(error: BaseException) -> str:
    try:
        return without_addresses(str(error))
    except Stop:
        raise
    except BaseException:  # also from a ``__str__`` that exits
        return ""
