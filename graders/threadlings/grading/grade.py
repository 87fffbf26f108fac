"""Grading: each submission's lessons in a grader process, the results in a gradebook."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

import threadlings

from ..manifest import Lesson
from ._tree import kill_group
from .checkout import Checkout, FileError
from .checks import LessonChecks, LessonOrder, Order, take_line
from .faults import UsageError
from .gradebook import Gradebook, LessonGrade, SubmissionGrade
from .limits import Limits
from .marking import clean, grader_error, mark, without_file

Watch = Callable[[str, float], None]
"""Is told, again and again, a submission's name and how many more of its lessons are done."""

_SILENCE_S = 900.0
"""Seconds in which a grader must say something; a check takes a few deadlines at most."""
_INTERRUPT_S = 10.0


def find_graders() -> Path:
    """Return the folder of the hidden graders: beside the package, in the repository.

    Raises:
        UsageError: If this is not the instructor's repository.
    """
    folder = Path(threadlings.__file__).resolve().parent.parent
    if not any(folder.glob("lesson[0-9][0-9]/grade_*.py")):
        raise UsageError(
            f"{folder} has no hidden graders (lessonNN/grade_*.py): "
            "grading needs the instructor's repository, installed with pip install -e"
        )
    return folder


def grade(
    checkouts: Sequence[Checkout],
    lessons: Sequence[Lesson],
    graders: Path,
    *,
    limits: Limits | None = None,
    watch: Watch = lambda _name, _lessons: None,
) -> Gradebook:
    """Grade submissions one after the other.

    Args:
        checkouts: The submissions.
        lessons: The lessons to grade; a checkout of one lesson folder has only that.
        graders: The folder that holds ``lessonNN/grade_*.py``.
        limits: What each check may use.
        watch: Is told of the progress.
    Returns:
        The gradebook, in the order of the arguments. It is complete whatever a submission or a
        grader does.
    """
    grades = []
    for checkout in checkouts:
        mine = [lesson for lesson in lessons if checkout.has(lesson)]
        grading = _Grading(checkout, mine, graders, limits or Limits(), watch)
        grades.append(SubmissionGrade(clean(checkout.name), grading.result()))
    return Gradebook(tuple(grades))


class _Grading:
    """The grading of one submission."""

    def __init__(
        self,
        checkout: Checkout,
        lessons: list[Lesson],
        graders: Path,
        limits: Limits,
        watch: Watch,
    ) -> None:
        self._checkout = checkout
        self._lessons = lessons
        self._graders = graders
        self._limits = limits
        self._watch = watch
        self._settled: dict[str, LessonGrade] = {}
        self._checks: dict[str, LessonChecks] = {}

    def result(self) -> tuple[LessonGrade, ...]:
        """Grade the lessons."""
        orders = [order for lesson in self._lessons if (order := self._order(lesson))]
        if orders:
            self._checks = {order.folder: LessonChecks() for order in orders}
            with tempfile.TemporaryDirectory(
                prefix="threadlings-", dir=short_folder(), ignore_cleanup_errors=True
            ) as folder:
                self._check(Order(tuple(orders), str(self._graders), folder, self._limits))
        return tuple(self._grade_of(lesson) for lesson in self._lessons)

    def _order(self, lesson: Lesson) -> LessonOrder | None:
        """Return what is to be checked, or settle the lesson at once."""
        graders = sorted((self._graders / lesson.folder).glob("grade_*.py"))
        try:
            if graders:
                source = self._checkout.source_of(lesson, self._limits)
                tasks = tuple(task.number for task in lesson.tasks)
                files = tuple(map(str, graders))
                return LessonOrder(lesson.folder, lesson.module, source, tasks, files)
            grade = grader_error(lesson, f"{lesson.folder} has no hidden grader")
        except FileError as problem:
            grade = without_file(lesson, problem.status, str(problem))
        self._settled[lesson.folder] = grade
        self._watch(self._checkout.name, 1.0)
        return None

    def _check(self, order: Order) -> None:
        process = _GraderProcess(order)
        try:
            for line in process.lines():
                folder = take_line(line, self._checks)
                if folder is not None:
                    self._watch(self._checkout.name, 1 / self._checks[folder].expected)
        finally:
            process.end()
        if process.diagnosis is not None:
            for folder, checks in self._checks.items():
                if not checks.expected or len(checks.results) < checks.expected:
                    checks.errors.append(f"{folder}: {process.diagnosis}")

    def _grade_of(self, lesson: Lesson) -> LessonGrade:
        if lesson.folder in self._settled:
            return self._settled[lesson.folder]
        return mark(lesson, self._checks[lesson.folder])


class _GraderProcess:
    """A grader while it runs.

    Attributes:
        diagnosis: What went wrong with the process itself, or None.
    """

    def __init__(self, order: Order) -> None:
        self.diagnosis: str | None = None
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in end()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", f"{__package__}._grader_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=order.work_folder,
            env=_environment(),
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._found: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._write, args=(order.to_json(),), daemon=True).start()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def lines(self) -> Any:
        """Yield the lines of the report until the grader has ended or says nothing more."""
        while True:
            try:
                line = self._found.get(timeout=_SILENCE_S)
            except queue.Empty:
                self.diagnosis = f"the grader said nothing for {_SILENCE_S:g} s"
                return
            if line is None:
                break
            yield line
        code = self._process.wait()
        if code != 0:
            self.diagnosis = f"the grader ended with {code}\n{self._last_errors()}"

    def end(self) -> None:
        """Let the grader end its cells; kill it if it does not."""
        if self._process.poll() is None:
            self._process.send_signal(2 if os.name != "nt" else 15)
            try:
                self._process.wait(_INTERRUPT_S)
            except subprocess.TimeoutExpired:
                kill_group(self._process.pid)
                self._process.wait()
        self._reader.join(_INTERRUPT_S)
        self._errors.close()

    def _write(self, text: str) -> None:
        stream: IO[str] | None = self._process.stdin
        assert stream is not None
        try:
            with stream:
                stream.write(text)
        except OSError:
            pass  # It has ended; its exit code says so.

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            for line in stream:
                self._found.put(line)
        self._found.put(None)

    def _last_errors(self) -> str:
        self._errors.seek(0)
        text = self._errors.read().decode("utf-8", "replace")
        return "\n".join(text.splitlines()[-20:])


def short_folder() -> str | None:
    """Return where temporary folders have short names, if that is not where they usually are.

    The name of a socket, as forkserver makes them, has at most 104 characters on macOS, whose
    temporary folders leave too few of them.
    """
    return "/tmp" if len(tempfile.gettempdir()) > 20 and os.access("/tmp", os.W_OK) else None


def _environment() -> dict[str, str]:
    """Return our environment without what would configure pytest or Python otherwise."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "COV_", "COVERAGE_")) and name != "PYTHONSTARTUP"
    }
    return kept | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONHASHSEED": "0"}
