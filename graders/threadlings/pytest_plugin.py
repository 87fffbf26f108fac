"""The pytest side of the exercises: ``pytest exercises/lesson08``.

Gives the visible tests their fixtures ``lesson`` and ``real_lesson``, says which TODO is next
in three lines, and prints a broken promise as its story, without a traceback.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from . import language, manifest
from .checks import Broken, Unfinished
from .checks.tracebacks import as_missing_name, without_our_frames
from .engine import Lesson, load, runs_noted, searches_noted, try_import
from .feedback import PrintedLines, todo_in, why_not_imported, why_not_text, why_unjudged
from .language import Text, said
from .student.course import Course
from .student.progress import key_of_lesson, last_result
from .student.recording import Recorder, root_of
from .student.story import drawn, story
from .student.todos import find_todo
from .usage import typed

_TOLD = pytest.StashKey[set[str]]()
"""What has kept tests of this session from beginning."""
_CHOOSING = ("keyword", "markexpr", "lf", "failedfirst", "stepwise", "deselect")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--lang``, and the setting ``threadlings_lang`` for a project's configuration."""
    group = parser.getgroup("threadlings")
    group.addoption("--lang", choices=language.LANGUAGES, help="the language of what you read")
    parser.addini("threadlings_lang", "the language of what a student reads: en or ko")


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark that says which task a test belongs to, and choose the language."""
    config.addinivalue_line("markers", "task(number): the task of the lesson that this tests")
    language.choose(_language(config))
    root = root_of(_first_argument(config))
    if root is not None and not hasattr(config, "workerinput"):
        recorder = Recorder(root, _lessons(), is_partial=_is_partial(config))
        config.pluginmanager.register(recorder, "threadlings-recorder")


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say which lesson it is and how far it was at the last check."""
    folder = _first_argument(config)
    root, described = root_of(folder), _lesson_at(folder)
    if root is None or described is None:
        return []
    course = Course(root, _lessons())
    result = last_result(course, described)
    title = f"{described.folder} {described.title}"
    if result is None:
        return [title]
    if result.key != key_of_lesson(course, described):
        return [str(said("{title}, changed since the last check", title=title))]
    done, tasks = len(result.done(described)), len(described.tasks)
    at_last = "{title}, {done} of {tasks} tasks done at the last check"
    return [str(said(at_last, title=title, done=done, tasks=tasks))]


@pytest.fixture
def lesson(request: pytest.FixtureRequest) -> Lesson:
    """The student's module beside the test file, executed anew in every run of the engine."""
    path = _file_beside(request)
    with _kind_about_syntax(path, request.config):
        found = load(path, safe=manifest.safe_packages(path.stem), settles=True)
    imported = try_import(found)
    problem = why_not_imported(imported, path.name)
    if problem and not todo_in(imported):
        raise Broken(problem)
    return found


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
    """Return the student's file of the test's lesson, which is text."""
    described = _lesson_at(request.path.parent)
    if described is None:
        text = said("{name} is not a lesson's folder", name=request.path.parent.name)
        pytest.fail(str(text), pytrace=False)
    path = request.path.with_name(f"{described.module}.py")
    if not path.is_file():
        text = said(
            "there is no {file}: put it back, or {threadlings} reset {number}",
            file=_shown(path, request.config),
            threadlings=typed("threadlings"),
            number=described.number,
        )
        pytest.fail(str(text), pytrace=False)
    not_text = why_not_text(_shown(path, request.config), path.read_bytes())
    if not_text:
        raise Broken(not_text)
    return path


@contextmanager
def _kind_about_syntax(path: Path, config: pytest.Config) -> Generator[None, None, None]:
    try:
        yield
    except SyntaxError as error:
        if error.lineno is None:  # As with a null byte: no line is at fault.
            raise Broken(
                "{file} is not Python yet: {problem}", file=_shown(path, config), problem=error.msg
            ) from None
        where = said(
            "{file}, line {line} is not Python yet: {problem}",
            file=_shown(path, config),
            line=error.lineno,
            problem=error.msg,
        )
        raise Broken("{where}\n  {code}", where=where, code=(error.text or "").strip()) from None


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Know the messages of a lesson in other languages."""
    if isinstance(collector, pytest.Module):
        language.add_messages(collector.path.parent)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Let a lesson's test pass only if its searches saw all that the student's threads did."""
    if _lesson_at(item.path.parent) is None:
        return (yield)
    with searches_noted() as searches, runs_noted() as runs:
        try:
            passed = yield
        except Broken as broken:
            broken.know_printed(runs)
            raise
    printed = PrintedLines.of(part for run in runs for part in run.printed)
    if printed:  # pytest shows it as it shows all that is printed.
        print(f"\n{drawn(printed)}")
    limits = {limit for seen in searches for limit in seen.limits}
    why = why_unjudged(limits, [name for seen in searches for name in seen.unwatchable])
    if why:
        raise Broken(why)
    return passed


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a broken promise into its story, and an open TODO into one line."""
    if call.excinfo is not None:
        call.excinfo = pytest.ExceptionInfo.from_exception(without_our_frames(call.excinfo.value))
    report = yield
    mark = item.get_closest_marker("task")
    if mark is not None:
        report.task = mark.args[0]  # type: ignore[attr-defined]
    error = call.excinfo.value if call.excinfo is not None else None
    described = _lesson_at(item.path.parent)
    if described is not None and isinstance(error, AttributeError):
        error = as_missing_name(error, item.path.with_name(f"{described.module}.py")) or error
    todo = _todo_of(error)
    if todo is not None:
        report.longrepr = todo
        report.todo = todo  # type: ignore[attr-defined]
    elif isinstance(error, Broken):
        report.longrepr = _story(item, error)
    if described is not None and report.when == "setup" and report.failed:
        told = item.config.stash.setdefault(_TOLD, set())
        report.is_told = str(error) in told  # type: ignore[attr-defined]
        told.add(str(error))
    return report


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Count tests of open TODOs apart, and those whose error was told: it is told once."""
    if getattr(report, "todo", None) is not None:
        return "todo", "t", "TODO"
    if getattr(report, "is_told", False):  # As a file that is not Python: no test can begin.
        return str(said("for the same reason")), "E", "ERROR"
    return None


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say which TODO is next."""
    open_tests = terminalreporter.stats.get("todo", [])
    if not open_tests:
        return
    first = min(open_tests, key=_place)
    folder = Path(first.nodeid.split("::")[0]).parent
    described = _lesson_at(folder)
    title = f"{described.folder} {described.title}" if described else folder.name
    terminalreporter.section(title)
    duty = _duty(config, folder, described, first.todo)
    page = "README.ko.md" if language.chosen() == "ko" else "README.md"
    for line in (
        said("next   {todo}", todo=first.todo) + duty,
        said("read   {folder}/{page}", folder=folder.as_posix(), page=page),
        said("check  {pytest} {folder}", pytest=typed("pytest"), folder=folder.as_posix()),
    ):
        terminalreporter.write_line(str(line))


def _language(config: pytest.Config) -> str:
    """Return the language that was asked for: option, environment, project, system."""
    for asked in (config.option.lang, os.environ.get(language.VARIABLE)):
        if asked:
            return language.of_system({language.VARIABLE: asked})
    asked = str(config.getini("threadlings_lang"))
    return language.of_system({language.VARIABLE: asked} if asked else os.environ)


def _first_argument(config: pytest.Config) -> Path:
    """Return the folder, or the folder of the file, that pytest was asked for."""
    asked = config.args[0].split("::")[0] if config.args else "."
    path = (config.invocation_params.dir / asked).resolve()
    return path.parent if path.is_file() else path


def _is_partial(config: pytest.Config) -> bool:
    """Return True if pytest was asked for some of a lesson's tests only."""
    chosen = any(getattr(config.option, name, None) for name in _CHOOSING)
    return chosen or any("::" in argument for argument in config.args)


def _place(report: pytest.TestReport) -> tuple[str, int]:
    """Return the order of the tests in the course; with xdist they end in any order."""
    return report.nodeid.split("::")[0], getattr(report, "task", 0)


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


def _duty(
    config: pytest.Config, folder: Path, described: manifest.Lesson | None, todo: str
) -> str | Text:
    """Return the words behind the TODO's number in the student's file, with their line."""
    number = todo.removeprefix("TODO ").split(" ")[0]
    if described is None or not number.isdecimal():
        return ""
    found = find_todo(config.rootpath / folder / f"{described.module}.py", int(number))
    return said(", line {line}: {duty}", line=found.line, duty=found.duty) if found else ""


def _story(item: pytest.Item, error: Broken) -> str:
    described = _lesson_at(item.path.parent)
    mark = item.get_closest_marker("task")
    if described is None or mark is None:
        return str(error)
    return story(described, mark.args[0], error.finding, str(error))


def _shown(path: Path, config: pytest.Config) -> str:
    try:
        return path.relative_to(config.rootpath).as_posix()
    except ValueError:
        return path.name
