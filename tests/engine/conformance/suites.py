"""How a method of one of CPython's test suites is run over the simulated world.

One run of the engine for each method: the suite's module is imported anew inside the run, so that
what it tests is the simulated ``_thread`` and ``time`` and the library code over them. The doors
out of the simulated world (other processes, forks, other interpreters, C interfaces) are closed
meanwhile: a method that passes did not need them.

Methods that start another interpreter to see how it exits (``assert_python_ok``) are given a
second run of the engine instead of the other interpreter.
"""

from __future__ import annotations

import atexit
import fnmatch
import functools
import gc
import importlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

from threadlings.engine import Lesson, Run, load, simulate

MAX_STEPS = 1_000_000
FRESH = (
    "test",
    "test.*",
    "_threading_local",
    "concurrent",
    "concurrent.*",
    "logging",
    "logging.*",
    "unittest._log",
)
"""Modules that hold real threads or clocks when imported outside a run, as patterns."""

CLOSED = {
    "_interpreters": ModuleType("_interpreters"),  # concurrent.futures asks if there is one
    "_testcapi": None,
    "_testinternalcapi": None,
    "_testlimitedcapi": None,
    "_xxsubinterpreters": None,
    "ctypes": None,
}
"""Modules behind which there is a real interpreter, and what is there instead."""


@dataclass(frozen=True)
class Exclusion:
    """Why a method does not pass, and in which versions there is such a method.

    ``is_backported`` is True where a later release of a version may have it, and an earlier one
    not; ``is_run`` is False where a method might pass by luck, or would not end.
    """

    reason: str
    since: tuple[int, ...] = (3, 11)
    before: tuple[int, ...] = (4,)
    is_backported: bool = False
    is_run: bool = True

    def applies(self) -> bool:
        """Return True if this interpreter's suite should have the method."""
        return self.since <= sys.version_info[:3] < self.before


@dataclass(frozen=True)
class Suite:
    """A module of tests.

    Attributes:
        module: Its name.
        exclusions: Methods (``Class.test_method``, or a pattern of such) that do not pass.
        classes: A pattern of the names of those classes that are run.
        traced: Methods with loops that wait for another thread without any call, as patterns: for
            these the suite's file is a program under the engine, as a student's file is.
        smaller: Pieces of the suite's text with large numbers, and what ``traced`` methods have
            instead.
    """

    module: str
    exclusions: dict[str, Exclusion] = field(hash=False)
    classes: str = "*"
    traced: tuple[str, ...] = ()
    smaller: dict[str, str] = field(default_factory=dict, hash=False)

    def exists(self) -> bool:
        """Return True if the interpreter ships the suite."""
        try:
            return importlib.util.find_spec(self.module) is not None
        except ModuleNotFoundError:
            return False

    def exclusion(self, name: str) -> Exclusion | None:
        """Return why the method is excluded, or None."""
        for pattern, exclusion in self.exclusions.items():
            if exclusion.applies() and fnmatch.fnmatchcase(name, pattern):
                return exclusion
        return None


@dataclass(frozen=True)
class Attempt:
    """How a method did: what went wrong, why it was skipped, how the run ended."""

    problems: list[str]
    skipped: list[str]
    run: Run

    @property
    def passed(self) -> bool:
        """Return True if the method ran to its end and nothing went wrong."""
        return not self.problems and not self.skipped


@functools.cache
def names_in(suite: Suite) -> tuple[str, ...]:
    """Return the methods of the suite, in its order, without running any."""

    def program() -> list[tuple[str, ...]]:
        with _simulated_again("_queue"):
            module = importlib.import_module(suite.module)
        tests = unittest.TestLoader().loadTestsFromModule(module)
        names = [_name(test) for test in _flat(tests) if hasattr(module, type(test).__name__)]
        return [tuple(names), tuple(name for name, found in sys.modules.items() if found)]

    run = _simulated(program)
    assert run.value is not None, f"{suite.module} cannot be imported: {run.error}"
    names, modules = run.value
    _import_ahead(modules)
    return tuple(name for name in names if fnmatch.fnmatchcase(name, f"{suite.classes}.*"))


def _flat(tests: unittest.TestSuite) -> Iterator[Any]:
    for test in tests:
        if isinstance(test, unittest.TestSuite):
            yield from _flat(test)
        else:
            yield test


def _name(test: unittest.TestCase) -> str:
    return f"{type(test).__name__}.{test._testMethodName}"


def _import_ahead(names: tuple[str, ...]) -> None:
    """Import for good what the suite uses besides threads: runs then cost a tenth."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in names:
            if name not in (*sys.modules, *CLOSED) and not _is_fresh(name):
                importlib.import_module(name)


def _is_fresh(name: str) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in FRESH)


def attempt(suite: Suite, name: str) -> Attempt:
    """Run one method of the suite; the scripts that it wants to run in another process too."""
    scripts = _Scripts()
    is_traced = any(fnmatch.fnmatchcase(name, pattern) for pattern in suite.traced)
    source = _traced(suite) if is_traced else suite.module
    while True:
        run = _simulated(functools.partial(_program, source, name, scripts))
        if scripts.asked is None:
            break
        scripts.answer(_answer(scripts.asked))
    problems, skipped = run.value if run.returned else ([], [])
    ends = {
        "the program": run.error,
        "deadlock": run.deadlock,
        "livelock": run.livelock,
        "out of steps": run.exhausted,
    }
    problems += [f"{what}: {found}" for what, found in ends.items() if found]
    return Attempt(problems, skipped, run)


def _program(source: Any, name: str, scripts: _Scripts) -> tuple[list[str], list[str]]:
    scripts.begin()
    class_name, _, method = name.partition(".")
    with _simulated_again("_queue"):
        module = importlib.import_module(source) if isinstance(source, str) else source
        test_class = getattr(module, class_name)
    result = unittest.TestResult()
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        unittest.TestSuite([test_class(method)]).run(result)
    problems = [text for _test, text in (*result.failures, *result.errors)]
    if not result.testsRun and not result.skipped:
        problems.append("the method was not run")
    return problems, [reason for _test, reason in result.skipped]


@functools.cache
def _traced(suite: Suite) -> Lesson:
    spec = importlib.util.find_spec(suite.module)
    assert spec is not None
    assert spec.origin is not None
    text = Path(spec.origin).read_text(encoding="utf-8")
    for large, small in suite.smaller.items():
        text = text.replace(large, small)
    with tempfile.TemporaryDirectory() as folder, _closed_doors(), _without_real_threads():
        file = Path(folder, Path(spec.origin).name)
        file.write_text(text, encoding="utf-8")
        return load(file)


# -- the doors ---------------------------------------------------------------------------


def _simulated(program: Callable[[], Any]) -> Run:
    with _closed_doors(), _without_real_threads():
        gc.freeze()  # suites collect often: not through all that the process has
        try:
            return simulate(program, max_decisions=MAX_STEPS)
        finally:
            gc.collect()
            gc.unfreeze()


@contextmanager
def _closed_doors() -> Iterator[None]:
    def closed(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("the conformance tests start no process")

    with ExitStack() as stack:
        stack.enter_context(mock.patch.dict(sys.modules, CLOSED))
        stack.enter_context(mock.patch.object(sys, "unraisablehook", _ignore))
        stack.enter_context(mock.patch.object(atexit, "register", _ignore))
        stack.enter_context(mock.patch.object(subprocess.Popen, "_execute_child", closed))
        for name in ("fork", "forkpty", "posix_spawn"):
            if hasattr(os, name):
                stack.enter_context(mock.patch.object(os, name, closed))
        yield


def _ignore(_what: object) -> None:
    """Do nothing: what is left for later, and fails there, is not about the method."""


@contextmanager
def _without_real_threads() -> Iterator[None]:
    """Forget the modules that would bring real threads into the run, until it is over."""
    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if _is_fresh(name)}
    try:
        yield
    finally:
        for name in filter(_is_fresh, list(sys.modules)):
            del sys.modules[name]
        sys.modules.update(kept)


@contextmanager
def _simulated_again(name: str) -> Iterator[None]:
    """Let a suite that takes a module out and imports it again get the simulated one again."""
    simulated = sys.modules[name]

    class Finder:
        def find_spec(self, wanted: str, *_where: object) -> Any:
            return importlib.util.spec_from_loader(name, self) if wanted == name else None

        def create_module(self, _spec: object) -> ModuleType:
            return simulated

        def exec_module(self, _module: ModuleType) -> None:
            """Do nothing: it is complete."""

    finder: Any = Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


# -- scripts -----------------------------------------------------------------------------


class _Scripts:
    """The scripts that a method gives to another interpreter, and what became of them."""

    def __init__(self) -> None:
        self.asked: str | None = None
        self._answers: list[tuple[int, bytes, bytes]] = []
        self._told = 0

    def begin(self) -> None:
        """Stand in for the helpers that start an interpreter, in the run under way."""
        self.asked, self._told = None, 0
        helper: ModuleType = importlib.import_module("test.support.script_helper")
        names = {"assert_python_ok": True, "assert_python_failure": False}
        for name, is_ok in names.items():
            setattr(helper, name, functools.partial(self._ask, is_ok))

    def _ask(self, is_ok: bool, *arguments: str, **_environment: str) -> tuple[int, bytes, bytes]:
        if self._told == len(self._answers):
            self.asked = arguments[arguments.index("-c") + 1]
            raise unittest.SkipTest("the script has not been run yet")
        answer = self._answers[self._told]
        self._told += 1
        if (answer[0] == 0) != is_ok:
            raise AssertionError(f"the script ended with {answer}")
        return answer

    def answer(self, answer: tuple[int, bytes, bytes]) -> None:
        """Say what became of the script that was asked about."""
        self._answers.append(answer)


def _answer(script: str) -> tuple[int, bytes, bytes]:
    """Run a script in the engine; return its exit code, its output and its errors."""
    code = compile(textwrap.dedent(script), "<script>", "exec", dont_inherit=True)

    def program() -> None:
        exec(code, {"__name__": "__main__"})

    run = _simulated(program)
    texts = {
        stream: "".join(part.text for part in run.printed if part.stream == stream)
        for stream in ("stdout", "stderr")
    }
    exit_code = int(bool(run.deadlock or run.livelock or run.exhausted))
    if run.error is not None and (run.error.type_name, run.error.message) not in _GOOD_EXITS:
        exit_code = exit_code or int(not run.returned)
        texts["stderr"] += f"{run.error.type_name}: {run.error.message}\n"
    return exit_code, texts["stdout"].encode(), texts["stderr"].encode()


_GOOD_EXITS = {("SystemExit", ""), ("SystemExit", "0")}
