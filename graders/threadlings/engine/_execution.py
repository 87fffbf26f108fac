"""One run from beginning to end: the kernel, the world and the backend around a program."""

from __future__ import annotations

import _thread
import contextvars
import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import CodeType, FrameType, ModuleType

from ._access import Watcher
from ._footprint import Resource
from ._kernel import Chooser, Kernel, SimulatedThread, SiteKey, Stop, Transition
from ._lesson import Lesson, set_module_source
from ._library import FRESH
from ._subject import Subject
from ._tracing import backend
from ._world import World
from .run import Failure, Place, Run, Span, Spin, Step, ThreadInfo, Wait

_one_at_a_time = _thread.allocate_lock()
_world: World | None = None


@dataclass
class Execution:
    """A run with what only the search needs of it.

    Attributes:
        run: The run as plain data.
        transitions: What was done, in order.
        pending: For each thread that was still waiting at the end, its index and its wishes.
        abandoned: True if the chooser gave the run up.
        decisions: How often the chooser decided.
        steps: How many decisions and turns of loops the run took.
    """

    run: Run
    transitions: list[Transition]
    pending: list[tuple[int, Sequence[tuple[Resource, int]]]]
    abandoned: bool
    decisions: int
    steps: int


def execute(
    subject: Subject,
    chooser: Chooser,
    *,
    points: frozenset[SiteKey] = frozenset(),
    sleeping_orders: bool,
    max_steps: int,
) -> Execution:
    """Run the subject once.

    Raises:
        RuntimeError: If called from inside a run.
    """
    if not _one_at_a_time.acquire(blocking=_world is None or not _is_inside()):
        raise RuntimeError("a program under the engine cannot start another run")
    try:
        return _Execution(subject, chooser, points, sleeping_orders, max_steps).result()
    finally:
        _one_at_a_time.release()


def _is_inside() -> bool:
    return _world is not None and _world._kernel.is_ours()


def _module_in_run(lesson: Lesson) -> ModuleType:
    if _is_inside():
        assert _world is not None
        return _world.module_of(lesson)
    found: list[ModuleType] = []

    def program() -> None:
        found.append(lesson_module(lesson))

    def lesson_module(lesson: Lesson) -> ModuleType:
        assert _world is not None
        return _world.module_of(lesson)

    run = execute(Subject(program), _First(), sleeping_orders=True, max_steps=100_000).run
    if not found:
        raise ImportError(f"{lesson!r} cannot be imported: {run.error or 'it does not end'}")
    return found[0]


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
    ) -> None:
        self._subject = subject
        self._max_steps = max_steps
        self._run = Run()
        self._kernel = kernel = Kernel(chooser, points, sleeping_orders, max_steps)
        self._world = World(kernel, self._run.printed, self._on_uncaught, subject.rebindings)
        self._backend = backend()
        self._spans: dict[str, tuple[str, float, str | None, Place | None]] = {}
        self._watcher = Watcher(kernel, self._run.steps, subject.is_program)
        kernel.on_thread_start = self._backend.enter_thread
        kernel.on_thread_end = self._backend.leave_thread
        kernel.on_switch = self._on_switch
        kernel.place_of = self._place_of
        kernel.record = self._record

    def result(self) -> Execution:
        global _world
        self._backend.open(
            self._subject.codes,
            self._subject.sites,
            self._watcher.on_site,
            self._kernel.is_ours,
        )
        _world = self._world
        try:
            with self._world:
                self._kernel.run(self._body)
        finally:
            _world = None
            self._backend.close()
        self._finish()
        return Execution(
            self._run,
            self._kernel.transitions,
            list(self._pending()),
            self._kernel.abandoned,
            sum(t.enabled is not None for t in self._kernel.transitions),
            self._max_steps - self._kernel.steps_left,
        )

    def _pending(self) -> Iterator[tuple[int, Sequence[tuple[Resource, int]]]]:
        for thread in self._kernel.threads:
            if thread.wait is not None and not thread.ended:
                yield thread.index, thread.wait.wishes()

    def _body(self) -> None:
        run, kernel = self._run, self._kernel
        self._world.begin()
        try:
            run.value = contextvars.Context().run(self._subject.program)
            run.returned = True
        except Stop:
            raise
        except BaseException as error:
            run.error = self._failure(error)
        run.returned_s = kernel.clock_s
        run.alive = [t.current_name() for t in kernel.threads[1:] if not t.ended]
        try:
            self._world.threading._shutdown()
        except Stop:
            raise
        except BaseException as error:
            run.error = run.error or self._failure(error)
        run.stopped = [t.current_name() for t in kernel.threads[1:] if not t.ended]
        main = kernel.threads[0]
        main.ended_s = kernel.clock_s
        kernel.leave(main)

    # -- what the kernel reports -------------------------------------------------------

    def _on_uncaught(self, error: BaseException, name: str) -> None:
        thread = self._kernel.me()
        if self._kernel.stopping or thread is None:
            return
        self._run.uncaught.setdefault(name or thread.current_name(), self._failure(error))
        text = "".join(traceback.format_exception(error))
        sys.stderr.write(f"Exception in thread {name or thread.current_name()}:\n{text}")

    def _record(self, thread: SimulatedThread, action: str, what: str) -> None:
        place, _call = self._place_of()
        if place is None:  # a worker of a pool between two tasks: no line of the program
            return
        step = Step(thread.letter, action, what, None, place, self._kernel.clock_s)
        self._run.steps.append(step)

    def _on_switch(self, thread: SimulatedThread, state: str) -> None:
        now_s = self._kernel.clock_s
        began = self._spans.pop(thread.letter, None)
        if began is not None and now_s > began[1]:
            self._run.timeline.append(
                Span(thread.letter, began[0], began[1], now_s, began[2], began[3])
            )
        if state == "waiting" and not self._kernel.sleeping_orders:
            self._record(thread, "waits for", self._wait_of(thread).what)
        if state != "ended":
            what = self._wait_of(thread).what if state == "waiting" else None
            self._spans[thread.letter] = (state, now_s, what, thread.wait_place)

    def _place_of(self) -> tuple[Place | None, str]:
        """Return the line of the program that is being executed, and the library call in it."""
        frame: FrameType | None = sys._getframe(1)
        caller: CodeType | None = None
        is_program = self._subject.is_program
        while frame is not None:
            code = frame.f_code
            if is_program(code):
                place = Place.in_code(code, frame.f_lineno)
                return place, caller.co_qualname if caller is not None else ""
            if frame.f_globals.get("__name__") in FRESH:
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
        run, kernel = self._run, self._kernel
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
        return str(error)
    except Exception:
        return ""
