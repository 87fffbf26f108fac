"""One run from beginning to end: the kernel, the world and the backend around a program."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from ..accesses import Watcher
from ..kernel import PEEK, POST, WRITE, Chooser, Kernel, Resource, SiteKey, Stop, prologue
from ..library import EXECUTORS, report
from ..runs import Run
from ._result import END, EXIT, RunResult
from ._source import Source
from ._stage import Stage
from ._story import Story
from ._subject import Subject
from ._world import World

_UNCAUGHT: Resource = ("lock", "uncaught")
"""The exceptions that ended threads: told in any order, and looked at in the end."""


class RunInProgress(Story):
    """The parts of one run, wired together; the observer of its kernel."""

    def __init__(
        self,
        subject: Subject,
        chooser: Chooser,
        *,
        points: frozenset[SiteKey],
        sleeping_orders: bool,
        max_decisions: int,
        keep_steps: bool,
        goes_on: bool,
    ) -> None:
        run = Run()
        super().__init__(run, subject, sleeping_orders, keep_steps)
        self.is_to_be_repeated = False
        self._goes_on = goes_on
        self._is_finished = False
        self._max_decisions = max_decisions
        self._kernel = kernel = Kernel(
            chooser, self, points, sleeping_orders, max_decisions, keep_steps
        )
        self._world = World(
            kernel, run.printed, self._on_uncaught, subject.rebindings, self._set_apart
        )
        self._backend = subject.backend
        self._out_of_sight = False
        self._watcher = Watcher(kernel, run.steps, subject)

    def give_up(self) -> None:
        """End the run soon, from another thread."""
        self._kernel.finish()

    def result_on(self, stage: Stage) -> RunResult:
        """Do the run on a stage, and return what came of it."""
        watcher = self._watcher
        self._backend.begin(watcher.on_site, watcher.on_return, self._kernel.is_ours)
        try:
            with stage.taken_by(self._world), self._world:
                return self._done()
        finally:
            self._backend.end()

    def _done(self) -> RunResult:
        kernel = self._kernel
        try:
            kernel.run(self._body)
            self._finish()
            return RunResult(
                self._run,
                kernel.transitions,
                list(self._pending()),
                kernel.abandoned,
                sum(t.enabled is not None for t in kernel.transitions),
                self._out_of_sight,
                self._max_decisions - kernel.decisions_left,
                frozenset(kernel.unwatchable),
                kernel.ended_at,
                kernel.is_cut_short,
            )
        finally:
            kernel.threads.clear()  # with them, all that the program's frames held
            self._watcher.forget()

    def _pending(self) -> Iterator[tuple[int, Sequence[tuple[Resource, int]]]]:
        for thread in self._kernel.threads:
            if thread.wait is not None and not thread.ended:
                yield thread.index, thread.wait.wishes()

    def _body(self) -> None:
        run, kernel = self._run, self._kernel
        self._world.begin()
        for source in self._subject.first:
            self._execute(source)
        self._guarded(self._main)
        run.returned_s = kernel.clock_s
        run.alive = [t.current_name() for t in kernel.threads[1:] if not t.ended]
        self._guarded(self._shut_down)
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

    def _execute(self, source: Source) -> None:
        try:
            self._world.module_of(source)
        except Stop:
            raise
        except BaseException:  # Raised again where the program asks for the module.
            pass

    @contextmanager
    def _set_apart(self, source: Source) -> Iterator[None]:
        """Let what a file of the program does by itself be no part of the run.

        The first time, it is not known how long that lasts, nor whether schedules matter for it:
        then the run is given up, and is to be done again.
        """
        subject, kernel = self._subject, self._kernel
        prologues = subject.prologues
        is_known, lasts_s = id(source) in prologues, prologues.get(id(source), 0.0)
        # Once somebody has decided who goes on, a run cannot be done again as if nobody had.
        if len(kernel.transitions) > 1 or kernel.is_in_prologue or lasts_s is None:
            yield
            return
        error: BaseException | None = None
        self._world.close_output()
        kernel.only_laps_count = is_known
        with self.nothing_told(), prologue(kernel, lasts_s, settles=source._settles) as lasted:
            try:
                yield
            except Stop:
                raise
            except BaseException as raised:  # The program may catch it, and go on.
                error = raised
            self._world.close_output()
        kernel.only_laps_count = False
        self._backend.look_again()
        subject.unwatchable |= kernel.unwatchable
        kernel.unwatchable |= subject.unwatchable
        prologues[id(source)] = lasted[0] if lasted else None
        if not lasted or (not is_known and lasted[0] != lasts_s):
            self.is_to_be_repeated = kernel.abandoned = True
            kernel.leave(kernel.threads[0])
        if error is not None:
            raise error

    def _shut_down(self) -> None:
        main = self._kernel.threads[0]
        self._kernel.point(main, EXIT)
        main.touch(EXECUTORS, WRITE, EXIT)
        self._world.shut_down()

    def _be_read(self) -> None:
        """Note that what the program leaves is looked at now: daemons may still change it."""
        main = self._kernel.threads[0]
        self._kernel.point(main, END)
        self._watcher.read_at_end(main, self._run.value, END)
        main.touch(_UNCAUGHT, PEEK, END)

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

    # -- what the kernel and the world report -----------------------------------------------

    def on_thread_start(self) -> None:
        """Begin to watch the calling thread."""
        if not self._kernel.is_unwatched:
            self._backend.enter_thread()

    def look_away(self) -> None:
        """Stop to watch what the calling thread does, until the prologue is over."""
        self._backend.look_away()

    def on_thread_end(self) -> None:
        """Stop watching it, and let the real library forget it."""
        is_seen = self._backend.leave_thread() or self._kernel.is_in_prologue
        if not is_seen and not self._kernel.stopping:
            self._out_of_sight = True
        self._world.leave_thread()

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

    def _finish(self) -> None:
        """Write down how the run ended, once: daemons may go on after that."""
        if not self._is_finished:
            self._is_finished = True
            self.end(self._kernel)
