"""What is told of a run while it is under way: steps, spans, waits, places and exceptions."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

from ..kernel import Kernel, SimulatedThread, Stop
from ..library import FRESH
from ..runs import Failure, Place, Run, Span, Spin, Step, Thing, ThreadInfo, Wait
from ._output import without_addresses
from ._subject import Subject

_BEFORE_CALLS = frozenset({"Thread._bootstrap", "Thread._bootstrap_inner", "Thread.run", "_worker"})
"""Functions of the library in which a thread begins; what it waits for is called in them."""


class Story:
    """Writes down a run.

    Args:
        run: Where it is written.
        subject: The program.
        sleeping_orders: True for virtual time: then a wait is no step by itself.
        keep_steps: True if also accesses that are no points are recorded.
    """

    def __init__(self, run: Run, subject: Subject, sleeping_orders: bool, keep_steps: bool) -> None:
        self._run = run
        self._subject = subject
        self._sleeping_orders = sleeping_orders
        self._keep_steps = keep_steps
        self._spans: dict[str, tuple[str, float, Thing | None, Place | None]] = {}

    def record(
        self, thread: SimulatedThread, action: str, what: str | Thing, time_s: float
    ) -> None:
        """Note a step; a worker of a pool between two tasks makes none."""
        place, _call = self.place_of()
        if place is None:  # it is in no line of the program
            return
        step = Step(thread.letter, action, what, None, place, time_s)
        self._run.steps.append(step)
        if thread.transition is not None:
            thread.transition.steps += 1

    def on_switch(self, thread: SimulatedThread, state: str, time_s: float) -> None:
        """Note what a thread did until now, and for what it waits."""
        began = self._spans.pop(thread.letter, None)
        if began is not None and time_s > began[1]:
            self._run.timeline.append(
                Span(thread.letter, began[0], began[1], time_s, began[2], began[3])
            )
        what = self._waited_for(thread) if state == "waiting" else None
        if what is not None and (self._keep_steps or not self._sleeping_orders):
            self.record(thread, "waits for", what, time_s)
        if state == "sleeping" and self._keep_steps and thread.deadline_s is not None:
            self.record(thread, "sleeps", f"until {thread.deadline_s:.6g} s", time_s)
        if state != "ended":
            self._spans[thread.letter] = (state, time_s, what, thread.wait_place)

    def place_of(self) -> tuple[Place | None, str]:
        """Return the line of the program that is being executed, and the library call in it."""
        frame: FrameType | None = sys._getframe(1)
        caller: CodeType | None = None
        program = self._subject.program_codes
        while frame is not None:
            code = frame.f_code
            if id(code) in program:
                place = self._subject.place_in(code, frame.f_lineno)
                return place, caller.co_qualname if caller is not None else ""
            if frame.f_globals.get("__name__") in FRESH and code.co_qualname not in _BEFORE_CALLS:
                caller = code
            frame = frame.f_back
        return None, caller.co_qualname if caller is not None else ""

    def _waited_for(self, thread: SimulatedThread) -> Thing:
        """Return what a thread waits for: if every step is kept, which one of its kind it is."""
        what, lock = self._wait_of(thread).what, getattr(thread.wait, "lock", None)
        if not self._keep_steps or lock is None or lock.made_by == thread.wait_call:
            return what
        found: Thing = lock.thing_in_step()
        return found

    def _wait_of(self, thread: SimulatedThread) -> Wait:
        lock = getattr(thread.wait, "lock", None)
        name, place = thread.current_name(), thread.wait_place
        if lock is None:
            return Wait(thread.letter, name, Thing("nothing"), place, None, None)
        if lock.ends is not None:
            return Wait(thread.letter, name, lock.thing(), place, lock.ends.letter, None)
        is_waiter = lock.made_by != "" and lock.made_by == thread.wait_call
        if is_waiter or lock.holder is None:
            return Wait(thread.letter, name, Thing(f"{thread.wait_call}()"), place, None, None)
        return Wait(thread.letter, name, lock.thing(), place, lock.holder.letter, lock.held_since)

    def _failure(self, error: BaseException) -> Failure:
        place = None
        for frame, line in traceback.walk_tb(error.__traceback__):
            code = frame.f_code
            if self._subject.is_program(code):
                place = Place.in_code(code, line)
        names = [kind.__qualname__ for kind in type(error).__mro__ if kind is not object]
        return Failure(names[0], _text_of(error), tuple(names), place)

    @contextmanager
    def nothing_told(self) -> Iterator[None]:
        """Forget afterwards what is told meanwhile."""
        run, spans = self._run, dict(self._spans)
        uncaught = dict(run.uncaught)
        told: list[list[Any]] = [run.steps, run.timeline, run.printed]
        lengths = list(map(len, told))
        yield
        for each, length in zip(told, lengths, strict=True):
            each[length:] = []
        self._spans, run.uncaught = spans, uncaught

    # -- the end ---------------------------------------------------------------------------

    def end(self, kernel: Kernel) -> None:
        """Write down how the run ended."""
        run = self._run
        for thread in kernel.threads:
            kernel.resolve(thread)
        run.ended_s = kernel.clock_s
        run.exhausted = kernel.exhausted
        run.busy_waits = list(kernel.spins.values())
        alive = [thread for thread in kernel.threads if not thread.ended]
        for thread in alive:
            if thread.letter in self._spans:
                self.on_switch(thread, "ended", kernel.clock_s)
        self._tell_why(kernel, alive)
        run.threads = [
            ThreadInfo(
                thread.letter,
                thread.current_name(),
                thread.is_daemon(),
                thread.started_by.letter if thread.started_by else None,
                thread.ended_s,
                thread.started_at,
            )
            for thread in kernel.threads
        ]
        run.timeline.sort(key=lambda span: (span.start_s, span.thread))
        run.steps = list(run.steps)  # What comes after the program's end is not part of the run.

    def _tell_why(self, kernel: Kernel, alive: list[SimulatedThread]) -> None:
        """Write down why threads are still alive."""
        run = self._run
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


def _text_of(error: BaseException) -> str:
    try:
        return without_addresses(str(error))
    except Stop:
        raise
    except BaseException:  # also from a ``__str__`` that exits
        return ""
