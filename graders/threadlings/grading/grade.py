"""Grading: each lesson of a submission in a grader process, the results in a gradebook."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import threadlings

from ..manifest import Lesson
from ._files import remove_folder
from ._tree import kill_group
from .checkout import Checkout, FileError
from .checks import LessonChecks, LessonOrder, Order, take_line
from .faults import UsageError
from .gradebook import Gradebook, LessonGrade, SubmissionGrade
from .limits import Limits
from .marking import grader_error, mark, without_file
from .results import Results, what_is_graded
from .sandbox import Sandbox, find_sandbox

Watch = Callable[[str], None]
"""Is told a submission's name each time that one more of its lessons is done."""

_SILENCE_S = 900.0
"""Seconds in which a grader must say something; a check takes a few deadlines at most."""
_INTERRUPT_S = 10.0
_KEPT = ("HOME", "LANG", "LC_ALL", "PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")


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
    jobs: int | None = None,
    results: Results | None = None,
    force: bool = False,
    watch: Watch = lambda _name: None,
) -> Gradebook:
    """Grade submissions, several lessons at a time, in a sandbox where one works.

    Args:
        checkouts: The submissions.
        lessons: The lessons to grade; a checkout of one lesson folder has only that.
        graders: The folder that holds ``lessonNN/grade_*.py``.
        limits: What each check may use.
        jobs: How many lessons at a time, at least 1; None for as many as there are cores.
        results: Where each lesson is kept as soon as it is graded; what is there and has not
            changed is not graded again. None keeps nothing.
        force: Grade again what has not changed, too.
        watch: Is told of the progress, from several threads.
    Returns:
        The gradebook, in the order of the arguments. It is complete whatever a submission or a
        grader does.
    Raises:
        UsageError: If there is no temporary folder to work in.
    """
    sandbox = find_sandbox()
    with _work_folder() as folder:
        gradings = _Gradings(
            graders,
            limits or Limits(),
            sandbox,
            results or Results(None),
            force,
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
            SubmissionGrade(checkout.name, graded, checkout.columns)
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
        sandbox: Sandbox | None,
        results: Results,
        force: bool,
        watch: Watch,
        folder: Path,
    ) -> None:
        self._graders = graders
        self._limits = limits
        self._sandbox = sandbox
        self._results = results
        self._force = force
        self._watch = watch
        self._folder = folder
        self._lock = threading.Lock()
        self._running: set[_GraderProcess] = set()
        self._is_interrupted = False

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
            source = checkout.source_of(lesson, self._limits)
        except FileError as problem:
            graded, grade = {}, without_file(lesson, problem.status, str(problem))
        else:
            depends_on = [*files, *filter(Path.is_file, [self._reference_of(lesson)])]
            graded = what_is_graded(
                source, depends_on, self._limits, lesson, is_sandboxed=self._sandbox is not None
            )
            known = (
                None if self._force else self._results.known(checkout.name, lesson.number, graded)
            )
            if known is not None:
                return known
            grade = self._graded(lesson, source, files)
        self._results.add(checkout.name, graded, grade, checkout.columns)
        return grade

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
        )
        try:
            return mark(lesson, self._checks(order)[lesson.folder])
        finally:
            remove_folder(Path(work))

    def interrupt(self) -> None:
        """End the graders that are at work, and let no other begin."""
        with self._lock:
            self._is_interrupted = True
            running = list(self._running)
        for process in running:
            process.interrupt()

    def _checks(self, order: Order) -> dict[str, LessonChecks]:
        checks = {lesson.folder: LessonChecks() for lesson in order.lessons}
        with self._process(order) as process:
            for line in process.lines():
                take_line(line, checks)
        if self._is_interrupted:  # It may have been ended half-way: that is no grade.
            raise KeyboardInterrupt
        if process.diagnosis is not None:
            for folder, found in checks.items():
                if not found.expected or len(found.results) < found.expected:
                    found.errors.append(f"{folder}: {process.diagnosis}")
        return checks

    @contextmanager
    def _process(self, order: Order) -> Iterator[_GraderProcess]:
        with self._lock:
            if self._is_interrupted:
                raise KeyboardInterrupt
            process = _GraderProcess(order)
            self._running.add(process)
        try:
            yield process
        finally:
            with self._lock:
                self._running.discard(process)
            process.end()


def _default_jobs() -> int:
    return 1 if os.name == "nt" else os.cpu_count() or 1


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

    def interrupt(self) -> None:
        """Let the grader end its cells; kill it if it does not."""
        if self._process.poll() is None:
            self._process.send_signal(2 if os.name != "nt" else 15)
            try:
                self._process.wait(_INTERRUPT_S)
            except subprocess.TimeoutExpired:
                kill_group(self._process.pid)
                self._process.wait()

    def end(self) -> None:
        """Leave nothing of the grader; afterwards it has no lines."""
        self.interrupt()
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


@contextmanager
def _work_folder() -> Iterator[Path]:
    try:
        folder = Path(tempfile.mkdtemp(prefix="threadlings-", dir=short_folder()))
    except OSError as error:
        raise UsageError(f"there is no room to grade in: {error}") from None
    try:
        yield folder
    finally:
        remove_folder(folder)


def short_folder() -> str | None:
    """Return where temporary folders have short names, if that is not where they usually are.

    The name of a socket, as forkserver makes them, has at most 104 characters on macOS, whose
    temporary folders leave too few of them.
    """
    return "/tmp" if len(tempfile.gettempdir()) > 20 and os.access("/tmp", os.W_OK) else None


def _environment() -> dict[str, str]:
    """Return what a grader needs of our environment: no token, nothing that configures pytest."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONHASHSEED": "0"}
