"""The hidden graders in one plain pytest, each scenario called in pytest's own process.

    python -m tests.benchmarks.in_process FOLDER [LESSON]...

The other side of :mod:`tests.benchmarks.grading`: no cell, no sandbox, no limit, no deadline. It
asks the package's own parts for what a cell does with a request, and leaves out the rest.

Exit code: pytest's.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from threadlings import manifest
from threadlings.cells import Limits, Report, Scenario, _cell_process
from threadlings.judging import Submission, _grader_process, _plugin
from threadlings.judging.orders import LessonOrder, Order
from threadlings.manifest import Lesson
from threadlings.repository import find_graders


class NoCells:
    """Makes nothing."""

    def close(self) -> None:
        """Do nothing."""


class InProcess(Submission):
    """A submission whose scenarios are called here."""

    def __init__(self, lesson: LessonOrder, folder: Path) -> None:
        super().__init__(
            lesson.module, lesson.source, folder, open_source=lambda _folder: NoCells()
        )

    def _run(self, scenario: Scenario, arguments: dict[str, Any]) -> Any:
        path = Path(tempfile.mkdtemp(dir=self._folder), f"{self._module}.py")
        path.write_bytes(self._source)
        request = {
            "module": self._module,
            "scenario": scenario.source,
            "carried": scenario.carried,
            "name": scenario.name,
            "is_real": scenario.is_real,
            "arguments": json.loads(json.dumps(arguments)),
            "is_first": not self._is_loaded,
        }
        self._is_loaded = True
        kept = sys.modules["__main__"], sys.path[:], sys.argv[:], os.getcwd()
        os.chdir(path.parent)
        try:
            answer = _cell_process._answer(request, path, lambda: None)
        finally:
            sys.modules["__main__"], sys.path[:], sys.argv[:], folder = kept
            os.chdir(folder)
            sys.modules.pop(self._module, None)
        return self._judged(Report(is_loaded=True, answer=answer))


class Plugin(_plugin.Plugin):
    """Gives the checks a submission that is called here."""

    def _submission_of(self, folder: str) -> Submission:
        if folder not in self._open:
            home = Path(self._order.work_folder, folder)
            home.mkdir()
            self._open[folder] = InProcess(self._lessons[folder], home)
        return self._open[folder]


def lesson_order(lesson: Lesson, folder: Path, graders: Path) -> LessonOrder:
    """Return what is to be checked of a lesson, in a folder of lesson folders."""
    files = tuple(map(str, sorted((graders / lesson.folder).glob("grade_*.py"))))
    tasks = tuple(task.number for task in lesson.tasks)
    source = (folder / lesson.file).read_bytes()
    return LessonOrder(lesson.folder, lesson.module, source, tasks, files, lesson.imports)


def main(arguments: Sequence[str]) -> int:
    """Check a folder's files of the lessons that are named, or of all."""
    folder, *numbers = arguments
    graders = find_graders()
    lessons = tuple(
        lesson_order(lesson, Path(folder), graders)
        for lesson in manifest.read()
        if not numbers or str(lesson.number) in numbers
    )
    with tempfile.TemporaryDirectory(prefix="threadlings-") as work:
        order = Order(lessons, str(graders), work, work, Limits())
        words = list(_grader_process._arguments(order))
        return int(pytest.main(words, plugins=[Plugin(order, lambda _line: None)]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
