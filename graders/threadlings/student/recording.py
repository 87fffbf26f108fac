"""Remembers what a run of the visible tests showed, whoever started it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..language import said, translator
from ..manifest import Lesson
from .course import EXERCISES, Course
from .progress import FAILED, PASSED, TODO, Checked, Result, keep_result, key_of_lesson


class Recorder:
    """A plugin of pytest that keeps the result of each lesson whose tests were all run.

    A run with ``-k``, ``-x``, ``--lf`` or a single test leaves the last result as it is; so does
    a run of pytest-xdist, whose controller does not know which tests there are.
    """

    def __init__(self, root: Path, lessons: tuple[Lesson, ...], *, is_partial: bool) -> None:
        """Begin a session.

        Args:
            root: The folder that holds ``exercises``.
            lessons: Those of the manifest.
            is_partial: True if pytest was asked for some of the tests only.
        """
        self._course = Course(root, lessons)
        self._is_partial = is_partial
        self._lessons = {lesson.folder: lesson for lesson in lessons}
        self._expected: dict[str, set[str]] = {}
        self._checks: dict[str, dict[str, Checked]] = {}
        self._keys: dict[str, str] = {}

    def pytest_itemcollected(self, item: Any) -> None:
        """Note which tests there are, and what their lesson's files are like now."""
        folder = item.path.parent.name
        lesson = self._lessons.get(folder)
        if lesson is None or item.path.resolve() != self._course.tests_of(lesson):
            return
        self._expected.setdefault(folder, set()).add(item.nodeid)
        if folder not in self._keys:
            self._keys[folder] = key_of_lesson(self._course, lesson)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note what came of a test; a failure before it or after it counts too."""
        folder = Path(report.nodeid.split("::")[0]).parent.name
        if report.when != "call" and not report.failed:
            return
        checks = self._checks.setdefault(folder, {})
        known = checks.get(report.nodeid)
        if known is None or known.outcome == PASSED:
            name = report.nodeid.split("::", 1)[-1]
            task = getattr(report, "task", 0)
            checks[report.nodeid] = Checked(name, task, _outcome(report), _story(report))

    def pytest_sessionfinish(self) -> None:
        """Keep the results that are whole; a folder that cannot be written is left alone."""
        if self._is_partial:
            return
        for folder, expected in self._expected.items():
            checks = self._checks.get(folder, {})
            if expected == checks.keys():
                result = Result(self._keys[folder], tuple(checks.values()))
                with suppress(OSError):
                    keep_result(self._course, self._lessons[folder], result)


def root_of(path: Path) -> Path | None:
    """Return the folder that holds ``exercises``, for a path in it."""
    for folder in [path, *path.parents]:
        if folder.name == EXERCISES:
            return folder.parent
    return None


def _outcome(report: Any) -> str:
    if getattr(report, "todo", None) is not None:
        return TODO
    return PASSED if report.passed else FAILED


def _story(report: Any) -> str:
    """Return what is told of a test that did not pass, and what was printed for real in it."""
    told = "" if report.passed else str(report.longreprtext)
    return "\n".join([told, *_printed(report)]) if told else ""


def _printed(report: Any) -> Iterator[str]:
    from ..engine import Printed  # Only with pytest, which has it.
    from ..feedback import PrintedLines

    printed = PrintedLines.of([Printed("", "", 0.0, report.capstdout.rstrip())])
    if report.capstdout.strip():
        width = shutil.get_terminal_size().columns
        yield from ["", str(said("  your program printed:")), printed.drawn(translator(), width)]
