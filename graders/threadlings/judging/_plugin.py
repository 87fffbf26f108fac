"""What makes pytest a grader: its checks get a submission, and each result is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ..cells import CellError, OutOfTime, StudentError, cell_source
from ..checks import Broken
from ..engine import MalformedError, Run
from ..feedback import Finding
from ..language import Text, said
from ..pictures import timeline
from ._alone import Turns
from .orders import (
    FAILED,
    GRADER_ERROR,
    NO_CELL,
    PASSED,
    CheckResult,
    LessonOrder,
    Order,
    line_for_collected,
    line_for_error,
    line_for_result,
)
from .submission import Submission

_LARGEST_RUN = 200_000
"""Characters of the data of a run of which the timeline is kept."""
_IN_A_TEST = (AssertionError, pytest.fail.Exception)


class Plugin:
    """Gives the checks their submission, and tells what became of each.

    Args:
        order: What is to be checked.
        tell: Takes one line of the report.
    """

    def __init__(self, order: Order, tell: Callable[[str], None]) -> None:
        self._order = order
        self._tell = tell
        self._lessons = {lesson.folder: lesson for lesson in order.lessons}
        self._turns = Turns(Path(order.turns_folder))
        self._open: dict[str, Submission] = {}
        self._told: set[str] = set()
        self._out_of_time: set[tuple[str, int]] = set()

    def pytest_configure(self, config: pytest.Config) -> None:
        """Register the marks: which task a check counts for, and that it measures time."""
        config.addinivalue_line("markers", "task(number): the task that this check counts for")
        config.addinivalue_line("markers", "alone: no other check is at work meanwhile")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Tell that a grader file cannot be imported."""
        folder = _folder_of(report.nodeid)
        if report.failed and folder in self._lessons:
            self._tell(line_for_error(folder, _first_lines(str(report.longrepr))))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Tell how many checks there are, and which count for no task or a strange one."""
        items[:] = [item for item in items if self._is_wanted(item)]
        for folder, lesson in self._lessons.items():
            mine = [item for item in items if _folder_of(item.nodeid) == folder]
            self._tell(line_for_collected(folder, len(mine)))
            for item in mine:
                self._refuse_strange_tasks(item, lesson)

    def _is_wanted(self, item: pytest.Item) -> bool:
        lesson = self._lessons.get(_folder_of(item.nodeid))
        return lesson is None or not lesson.only or not set(lesson.only).isdisjoint(_tasks_of(item))

    @pytest.fixture
    def submission(self, request: pytest.FixtureRequest) -> Submission:
        """The student's file of the check's lesson."""
        return self._submission_of(_folder_of(request.node.nodeid))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Share the machine with other graders, or keep it for a check that measures time."""
        with self._turns.turn(alone=item.get_closest_marker("alone") is not None):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Let a check pass only if its searches saw all that the student's threads did.

        A task of which a check has used up its time is given up: its points are lost anyway.
        """
        folder = _folder_of(item.nodeid)
        opened = self._open.get(folder)
        if opened is not None:
            opened.begin_check()
        tasks = _tasks_of(item)
        if tasks and all((folder, task) in self._out_of_time for task in tasks):
            raise Broken("not checked: another check of this task used up its time")
        passed = yield
        if opened is not None:
            opened.end_check()
        return passed

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Tell what became of a check: the first phase that did not pass, or the call."""
        report = yield
        is_over = report.when == "call" or report.outcome != "passed"
        if is_over and (item.nodeid not in self._told or report.outcome != "passed"):
            self._told.add(item.nodeid)
            outcome, finding = _judged(report, call)
            folder = _folder_of(item.nodeid)
            if _is_broken(call) and folder in self._open:
                finding = _with_picture(finding, self._open[folder].last_run)
            if outcome == GRADER_ERROR and self._works_with_reference(item, call):
                outcome, finding = FAILED, _unfit()
            if call.excinfo is not None and isinstance(call.excinfo.value, OutOfTime):
                self._out_of_time |= {(folder, task) for task in _tasks_of(item)}
            result = _result(item, outcome, finding)
            if folder in self._open:
                opened = self._open[folder]
                result = replace(result, notes=opened.take_notes(), flags=opened.take_flags())
            self._tell(line_for_result(result))
        return report

    def pytest_runtest_teardown(self, nextitem: pytest.Item | None) -> None:
        """End a lesson's cells when its last check is done."""
        following = None if nextitem is None else _folder_of(nextitem.nodeid)
        for folder in [name for name in self._open if name != following]:
            self._open.pop(folder).close()

    def pytest_unconfigure(self) -> None:
        """End all cells, also after an interruption."""
        while self._open:
            self._open.popitem()[1].close()

    def _submission_of(self, folder: str) -> Submission:
        if folder not in self._open:
            lesson = self._lessons[folder]
            self._open[folder] = self._made(lesson, lesson.source, folder)
        return self._open[folder]

    def _made(self, lesson: LessonOrder, source: bytes, folder: str) -> Submission:
        home = Path(self._order.work_folder, folder)
        home.mkdir(exist_ok=True)
        cells = partial(cell_source, imports=lesson.imports, sandbox=self._order.sandbox)
        return Submission(lesson.module, source, home, self._order.limits, cells)

    def _works_with_reference(self, item: pytest.Item, call: pytest.CallInfo[None]) -> bool:
        """Return True if a check that ended in an error of its own passes with the reference.

        Then it is the student's code that it cannot cope with, on purpose or by accident.
        """
        lesson = self._lessons[_folder_of(item.nodeid)]
        given: dict[str, object] = getattr(item, "funcargs", {})
        is_machine = call.excinfo is not None and isinstance(call.excinfo.value, CellError)
        if call.when != "call" or is_machine or lesson.reference is None:
            return False
        reference = self._made(lesson, lesson.reference, f"{lesson.folder}-reference")
        check: Any = item
        arguments = {name: given[name] for name in check._fixtureinfo.argnames}
        try:
            check.obj(**arguments | {"submission": reference})
            reference.end_check()
        except (Exception, *_IN_A_TEST):
            return False
        finally:
            reference.close()
        return True

    def _refuse_strange_tasks(self, item: pytest.Item, lesson: LessonOrder) -> None:
        tasks = _tasks_of(item)
        if not tasks or not set(tasks) <= set(lesson.tasks):
            text = f"{item.nodeid} is marked for task {list(tasks)}, not one of {lesson.tasks}"
            self._tell(line_for_error(lesson.folder, text))


def _judged(report: pytest.TestReport, call: pytest.CallInfo[None]) -> tuple[str, Finding]:
    """Return a check's outcome and what was found. Only one that passed has passed."""
    error = None if call.excinfo is None else call.excinfo.value
    if report.outcome == "skipped" or hasattr(report, "wasxfail"):
        return FAILED, Finding(said("the check was not done"))
    if report.outcome == "passed":
        return PASSED, Finding(Text())
    if report.when == "call" and isinstance(error, StudentError):
        return error.kind, Finding(error.text)
    if report.when == "call" and isinstance(error, MalformedError):
        return FAILED, Finding(said("what came back from the code is not the data of a run"))
    if report.when == "call" and isinstance(error, _IN_A_TEST):
        return FAILED, _own_words(error)
    ours = NO_CELL if isinstance(error, CellError) else GRADER_ERROR
    return ours, Finding(Text(f"{report.when}: {_first_lines(str(report.longrepr))}"))


def _unfit() -> Finding:
    return Finding(
        said(
            "this check cannot be done with what came from the code; "
            "with the reference solution it can"
        )
    )


def _own_words(error: BaseException) -> Finding:
    """Return what the check says to the student: not the values that pytest would add."""
    return error.finding if isinstance(error, Broken) else Finding(Text(str(error)))


def _is_broken(call: pytest.CallInfo[None]) -> bool:
    return call.excinfo is not None and isinstance(call.excinfo.value, Broken)


def _with_picture(finding: Finding, last_run: Run | None) -> Finding:
    """Return a finding with the run that shows it: that of the check, or the last one it was given.

    Of a finding from a search, its steps are what shows it.
    """
    run = finding.timeline
    if run is None and not finding.schedule:
        run = last_run
    return replace(finding, timeline=run if _can_be_drawn(run) else None)


def _can_be_drawn(run: Run | None) -> bool:
    try:
        return run is None or (
            timeline(run, "en") is not None and len(json.dumps(run.as_data())) < _LARGEST_RUN
        )
    except Exception:  # What a cell has told of may be no run at all; the check has decided.
        return False


def _result(item: pytest.Item, outcome: str, finding: Finding) -> CheckResult:
    tasks = _tasks_of(item)
    return CheckResult(_folder_of(item.nodeid), tasks, _promise_of(item), outcome, finding)


def _tasks_of(item: pytest.Item) -> tuple[int, ...]:
    return tuple(sorted({task for mark in item.iter_markers("task") for task in mark.args}))


def _promise_of(item: pytest.Item) -> Text:
    text = getattr(getattr(item, "function", None), "__doc__", None) or item.name
    return said(str(text).strip().splitlines()[0])


def _folder_of(nodeid: str) -> str:
    return nodeid.split("/", 1)[0]


def _first_lines(text: str, count: int = 40) -> str:
    lines = text.splitlines()
    return "\n".join(lines if len(lines) <= count else ["...", *lines[-count:]])
