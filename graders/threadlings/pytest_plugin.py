"""The pytest side of the exercises: ``pytest exercises/lesson08``.

Gives the visible tests their fixture ``lesson``, says which TODO is next in three lines, and
prints a broken promise as its story, without a traceback.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from . import manifest
from .engine import Lesson, load
from .feedback import Broken, Unfinished


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark that says which task a test belongs to."""
    config.addinivalue_line("markers", "task(number): the task of the lesson that this tests")


@pytest.fixture
def lesson(request: pytest.FixtureRequest) -> Lesson:
    """The student's module beside the test file, executed anew in every run of the engine."""
    path = _file_beside(request)
    with _kind_about_syntax(path, request.config):
        return load(path)


@pytest.fixture
def real_lesson(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Generator[ModuleType, None, None]:
    """The student's module beside the test file, imported anew: nothing of it is simulated.

    Processes that it starts can import it too.
    """
    path = _file_beside(request)
    monkeypatch.syspath_prepend(str(path.parent))
    sys.modules.pop(path.stem, None)
    with _kind_about_syntax(path, request.config):
        module = importlib.import_module(path.stem)
    yield module
    sys.modules.pop(path.stem, None)


def _file_beside(request: pytest.FixtureRequest) -> Path:
    """Return the student's file of the test's lesson."""
    described = _lesson_at(request.path.parent)
    if described is None:
        pytest.fail(f"{request.path.parent.name} is not a lesson's folder", pytrace=False)
    path = request.path.with_name(f"{described.module}.py")
    if not path.is_file():
        pytest.fail(f"there is no {_shown(path, request.config)}: put it back", pytrace=False)
    return path


@contextmanager
def _kind_about_syntax(path: Path, config: pytest.Config) -> Generator[None, None, None]:
    try:
        yield
    except SyntaxError as error:
        where = f"{_shown(path, config)}, line {error.lineno}"
        raise Broken(
            f"{where} is not Python yet: {error.msg}\n  {(error.text or '').strip()}"
        ) from None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a broken promise into its story, and an open TODO into one line."""
    report = yield
    error = call.excinfo.value if call.excinfo is not None else None
    todo = _todo_of(error)
    if todo is not None:
        report.longrepr = todo
        report.todo = todo  # type: ignore[attr-defined]
    elif isinstance(error, Broken):
        report.longrepr = _story(item, str(error))
    return report


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Count tests of open TODOs apart: they are neither passed nor a puzzle."""
    if getattr(report, "todo", None) is not None:
        return "todo", "t", "TODO"
    return None


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say which TODO is next."""
    open_tests = terminalreporter.stats.get("todo", [])
    if not open_tests:
        return
    first = open_tests[0]
    folder = Path(first.nodeid.split("::")[0]).parent
    described = _lesson_at(folder)
    title = f"{described.folder} {described.title}" if described else folder.name
    terminalreporter.section(title)
    terminalreporter.write_line(
        f"next   {first.todo}{_duty(config, folder, described, first.todo)}"
    )
    terminalreporter.write_line(f"read   {folder.as_posix()}/README.md")
    terminalreporter.write_line(f"check  pytest {folder.as_posix()}")


def _todo_of(error: BaseException | None) -> str | None:
    if isinstance(error, Unfinished):
        return str(error)
    if isinstance(error, NotImplementedError) and "TODO" in str(error):
        return str(error)
    return None


def _lesson_at(folder: Path) -> manifest.Lesson | None:
    return next((known for known in _lessons() if known.folder == folder.name), None)


@cache
def _lessons() -> tuple[manifest.Lesson, ...]:
    return manifest.read()


def _duty(config: pytest.Config, folder: Path, described: manifest.Lesson | None, todo: str) -> str:
    """Return the words behind the TODO's number in the student's file, with their line."""
    number = todo.removeprefix("TODO ").split(" ")[0]
    if described is None:
        return ""
    path = config.rootpath / folder / f"{described.module}.py"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    for line_number, line in enumerate(lines, start=1):
        if line.strip().startswith(f"# TODO {number}:"):
            return f", line {line_number}: {line.split(':', 1)[1].strip()}"
    return ""


def _story(item: pytest.Item, text: str) -> str:
    described = _lesson_at(item.path.parent)
    task = item.get_closest_marker("task")
    if described is None or task is None:
        return text
    number = task.args[0]
    page = f"{_shown(item.path.with_name('README.md'), item.config)}, Hint {number}.1"
    return f"{described.folder} task {number}: {text}\n\n  a hint   {page}"


def _shown(path: Path, config: pytest.Config) -> str:
    try:
        return path.relative_to(config.rootpath).as_posix()
    except ValueError:
        return path.name
