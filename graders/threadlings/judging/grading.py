"""Grading: each lesson of a submission in a grader process, the results in a gradebook."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..cells import Limits, Sandbox, find_sandbox
from ..folders import remove_folder, work_folder
from ..gradebook import UNREAD, Gradebook, Lateness, LessonGrade, SubmissionGrade, Watch
from ..handed_in import Checkout, DueDates, FileError
from ..manifest import Lesson
from ..repository import know_messages
from .grader import GraderProcess, give_back, take
from .marking import grader_error, mark, unread, without_file
from .orders import LessonChecks, LessonOrder, Order, take_line
from .results import Graded, Results, what_is_graded
from .standing_in import with_stand_ins


@dataclass(frozen=True)
class Deadlines:
    """When work is due, and whether what came later is graded too (``cuts_off`` is False)."""

    dates: DueDates = field(default_factory=DueDates)
    cuts_off: bool = True


def grade(
    checkouts: Sequence[Checkout],
    lessons: Sequence[Lesson],
    graders: Path,
    *,
    limits: Limits | None = None,
    deadlines: Deadlines | None = None,
    jobs: int | None = None,
    results: Results | None = None,
    force: bool = False,
    stops_at_loss: bool = False,
    watch: Watch = lambda _name: None,
) -> Gradebook:
    """Grade submissions, several lessons at a time, in a sandbox where one works.

    Args:
        checkouts: The submissions.
        lessons: The lessons to grade; a checkout of one lesson folder has only that.
        graders: The folder that holds ``lessonNN/grade_*.py``.
        limits: What each check may use.
        deadlines: When work is due; what is kept of a lesson is what was earned.
        jobs: How many lessons at a time, at least 1; None for as many as there are cores.
        results: Where each lesson is kept as soon as it is graded; what is there and has not
            changed is not graded again. None keeps nothing.
        force: Grade again what has not changed, too.
        stops_at_loss: Check nothing more of a lesson after the first check that was not passed:
            for those who only ask whether anything is lost, and keep no results.
        watch: Is told of the progress, from several threads.
    Returns:
        The gradebook, in the order of the arguments. It is complete whatever a submission or a
        grader does. Of equal files one is graded, for all.
    Raises:
        UsageError: If there is no temporary folder to work in.
    """
    know_messages(graders, lessons)
    sandbox = find_sandbox()
    with work_folder() as folder:
        gradings = _Gradings(
            graders,
            limits or Limits(),
            deadlines or Deadlines(),
            sandbox,
            results or Results(None),
            force,
            stops_at_loss,
            watch,
            folder,
        )
        with ThreadPoolExecutor(jobs or _default_jobs()) as pool:
            try:
                begun = [
                    [pool.submit(gradings.grade, c, lesson) for lesson in lessons if c.has(lesson)]
                    for c in checkouts
                ]
                grades = [tuple(grade.result() for grade in graded) for graded in begun]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                gradings.interrupt()
                raise
    return Gradebook(
        tuple(
            SubmissionGrade(checkout.name, graded, checkout.columns, checkout.language)
            for checkout, graded in zip(checkouts, grades, strict=True)
        ),
        is_sandboxed=sandbox is not None,
    )


class _Gradings:
    """Grades lessons, each in a grader process of its own."""

    def __init__(
        self,
        graders: Path,
        limits: Limits,
        deadlines: Deadlines,
        sandbox: Sandbox | None,
        results: Results,
        force: bool,
        stops_at_loss: bool,
        watch: Watch,
        folder: Path,
    ) -> None:
        self._graders = graders
        self._limits = limits
        self._deadlines = deadlines
        self._sandbox = sandbox
        self._results = results
        self._force = force
        self._stops_at_loss = stops_at_loss
        self._watch = watch
        self._folder = folder
        self._lock = threading.Lock()
        self._running: set[GraderProcess] = set()
        self._is_interrupted = False
        self._of_files: dict[tuple[object, ...], Future[LessonGrade | None]] = {}

    def grade(self, checkout: Checkout, lesson: Lesson) -> LessonGrade:
        """Grade one lesson of one submission, unless its grade is known."""
        try:
            grade = self._known_or_new(checkout, lesson)
        except Exception as error:  # A full disk, say: the rest of the class is graded.
            grade = grader_error(lesson, f"{type(error).__name__}: {error}")
            self._results.add(checkout.name, {}, grade, checkout.columns)
        self._watch(checkout.name)
        return grade

    def _known_or_new(self, checkout: Checkout, lesson: Lesson) -> LessonGrade:
        files = sorted((self._graders / lesson.folder).glob("grade_*.py"))
        try:
            source, late = self._handed_in(checkout, lesson)
        except FileError as problem:
            told = unread if problem.status in UNREAD else without_file
            graded, grade = {}, told(lesson, problem.status, problem.text)
        else:
            reference = self._reference_of(lesson)
            depends_on = [*files, *filter(Path.is_file, [reference])]
            graded = what_is_graded(
                source,
                depends_on,
                self._limits,
                lesson,
                is_sandboxed=self._sandbox is not None,
            )
            known = (
                None if self._force else self._results.known(checkout.name, lesson.number, graded)
            )
            if known is not None and known.late == late:
                return known
            grade = replace(known or self._graded_once(lesson, source, files, graded), late=late)
        self._results.add(checkout.name, graded, grade, checkout.columns)
        return grade

    def _graded_once(
        self, lesson: Lesson, source: bytes, files: list[Path], graded: Graded
    ) -> LessonGrade:
        """Return the grade of a file; of equal files all but the first take the first one's.

        A grade without a mark is nobody else's.
        """
        key = (lesson.number, *graded.values())
        with self._lock:
            is_first = key not in self._of_files
            grade = self._of_files.setdefault(key, Future())
        if not is_first:
            found = grade.result()
            return found if found is not None else self._graded(lesson, source, files)
        found = None
        try:
            found = self._graded(lesson, source, files)
        finally:
            has_mark = found is not None and found.points is not None
            if not has_mark:
                with self._lock:
                    del self._of_files[key]
            grade.set_result(found if has_mark else None)
        return found

    def _handed_in(self, checkout: Checkout, lesson: Lesson) -> tuple[bytes, Lateness | None]:
        due = self._deadlines.dates.of(lesson, checkout.extensions)
        if due is None:
            return checkout.source_of(lesson, self._limits), None
        cuts_off = self._deadlines.cuts_off
        return checkout.handed_in(lesson, self._limits, due, cuts_off=cuts_off)

    def _reference_of(self, lesson: Lesson) -> Path:
        return self._graders.parent / "solutions" / lesson.file

    def _graded(self, lesson: Lesson, source: bytes, files: list[Path]) -> LessonGrade:
        if not files:
            return grader_error(lesson, f"{lesson.folder} has no hidden grader")
        tasks = tuple(task.number for task in lesson.tasks)
        graders = tuple(map(str, files))
        reference = self._reference_of(lesson)
        work = tempfile.mkdtemp(dir=self._folder)
        order = Order(
            (
                LessonOrder(
                    lesson.folder,
                    lesson.module,
                    source,
                    tasks,
                    graders,
                    lesson.imports,
                    reference.read_bytes() if reference.is_file() else None,
                ),
            ),
            str(self._graders),
            work,
            str(self._folder),
            self._limits,
            self._sandbox,
            self._stops_at_loss,
        )
        try:
            checks = self._checks(order)[lesson.folder]
            return mark(lesson, self._charged_once(lesson, order, checks))
        finally:
            remove_folder(Path(work))

    def _charged_once(self, lesson: Lesson, order: Order, checks: LessonChecks) -> LessonChecks:
        """Judge lost tasks again that call what another one asked for, with the reference's."""
        (asked,) = order.lessons
        lost = [task for task in lesson.tasks if checks.lost(task.number)]
        if checks.errors or asked.reference is None or len(lost) < 2 or order.stops_at_loss:
            return checks
        for task, names, source in with_stand_ins(lost, lesson, asked.source, asked.reference):
            mended = replace(asked, source=source, only=(task,))
            again = self._checks(replace(order, lessons=(mended,)))[lesson.folder]
            if again.results and not again.errors and not again.lost(task):
                checks = checks.judged_again(task, again, names)
        return checks

    def interrupt(self) -> None:
        """End the graders that are at work, and let no other begin."""
        with self._lock:
            self._is_interrupted = True
            running = list(self._running)
        for process in running:
            process.interrupt()

    def _checks(self, order: Order) -> dict[str, LessonChecks]:
        checks = {lesson.folder: LessonChecks() for lesson in order.lessons}
        with self._process() as process:
            for line in process.lines(order):
                take_line(line, checks)
        if self._is_interrupted:  # It may have been ended half-way: that is no grade.
            raise KeyboardInterrupt
        if process.diagnosis is not None:
            for folder, found in checks.items():
                if not found.expected or len(found.results) < found.expected:
                    found.errors.append(f"{folder}: {process.diagnosis}")
                    found.is_silent = process.is_silent
        return checks

    @contextmanager
    def _process(self) -> Iterator[GraderProcess]:
        with self._lock:
            if self._is_interrupted:
                raise KeyboardInterrupt
            process = take()
            self._running.add(process)
        try:
            yield process
        finally:
            with self._lock:
                self._running.discard(process)
            give_back(process)


def _default_jobs() -> int:
    return 1 if os.name == "nt" else os.cpu_count() or 1
