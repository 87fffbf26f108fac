"""The modules that a program sees in a run, and the interpreter put back afterwards.

``threading``, ``queue`` and ``concurrent.futures`` are the standard library's own code, executed
anew over the simulated ``_thread`` and ``time`` for each run.
"""

from __future__ import annotations

import _queue
import gc
import importlib.util
import itertools
import os
import random
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, TextIO, cast

from ._kernel import Kernel
from ._lesson import Lesson, execute
from ._library import FRESH, library_code
from ._models import install
from ._thread_api import OnUncaught, thread_module
from ._time_api import time_module
from .run import Printed


class _Finder:
    """Finds the modules of ``FRESH`` while a run is under way."""

    def __init__(self, is_ours: Callable[[], bool]) -> None:
        self._is_ours = is_ours

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> Any:
        if name not in FRESH or not self._is_ours():
            return None
        _code, spec = library_code(name)
        return importlib.util.spec_from_loader(
            name,
            cast(Any, _Loader()),
            origin=spec.origin,
            is_package=bool(spec.submodule_search_locations),
        )


class _Loader:
    """Executes a fresh module over a standard library that registers nothing process-wide."""

    def create_module(self, spec: Any) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        code, spec = library_code(module.__name__)
        module.__file__ = spec.origin
        if spec.submodule_search_locations:
            module.__path__ = list(spec.submodule_search_locations)
        real_os = sys.modules["os"]
        sys.modules["os"] = _quiet_os()
        try:
            exec(code, vars(module))
        finally:
            sys.modules["os"] = real_os
        if module.__name__ == "threading":
            _number_threads(module)
        install(module)


def _quiet_os() -> ModuleType:
    """Return ``os`` without ``register_at_fork``, whose registrations could not be undone."""
    quiet = ModuleType("os")
    contents = dict(vars(os))
    contents.pop("register_at_fork", None)
    quiet.__dict__.update(contents)
    return quiet


def _number_threads(module: ModuleType) -> None:
    """Let threads hash by their number: a set of them is gone through in the same order."""
    numbers = itertools.count(1)

    def __hash__(self: Any) -> int:  # noqa: N807 - becomes Thread.__hash__
        number = vars(self).get("_number_in_run")
        if number is None:
            number = self._number_in_run = next(numbers)
        return int(number)

    module.__dict__["Thread"].__hash__ = __hash__


class _Recorder:
    """Standard output or error while a run is under way."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, kernel: Kernel, original: TextIO, stream: str, lines: list[Printed]) -> None:
        self._kernel = kernel
        self._original = original
        self._stream = stream
        self._lines = lines

    def write(self, text: str) -> int:
        """Record what a thread of the run writes; pass on what others write."""
        thread = self._kernel.me()
        if thread is None:
            return self._original.write(text)
        if not self._kernel.stopping:
            moment_s = self._kernel.clock_s
            self._lines.append(
                Printed(thread.letter, thread.current_name(), moment_s, str(text), self._stream)
            )
        return len(text)

    def writelines(self, lines: Sequence[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Do nothing: nothing is held back."""

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._original.fileno()

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    @property
    def closed(self) -> bool:
        return False


class World:
    """Everything of the interpreter that a run replaces; a context manager around it."""

    def __init__(
        self,
        kernel: Kernel,
        printed: list[Printed],
        on_uncaught: OnUncaught,
        rebound: Sequence[Rebinding],
    ) -> None:
        self._kernel = kernel
        self._printed = printed
        self._rebound = rebound
        self._thread = thread_module(kernel, on_uncaught)
        self._time = time_module(kernel)
        self._lesson_modules: dict[int, ModuleType | BaseException] = {}
        self._numbers: dict[int, tuple[int, Any]] = {}

        def identity(thing: Any, /) -> int:
            return self._number(thing)

        identity.__name__ = identity.__qualname__ = "id"
        identity.__module__ = "_thread"
        self._identity = identity
        self.threading: Any = None

    def __enter__(self) -> World:
        self._modules = dict(sys.modules)
        self._streams = (sys.stdout, sys.stderr)
        self._futures = getattr(sys.modules.get("concurrent"), "futures", None)
        self._random = random.getstate()
        self._gc_was_enabled = gc.isenabled()
        self._finder = _Finder(self._kernel.is_ours)
        gc.disable()
        random.seed(0)
        if self._futures is not None:
            del sys.modules["concurrent"].futures
        for name in FRESH:
            sys.modules.pop(name, None)
        sys.modules["_thread"] = self._thread
        sys.modules["time"] = self._time
        sys.modules["_queue"] = _queue_module()
        sys.meta_path.insert(0, self._finder)
        sys.stdout = _Recorder(self._kernel, self._streams[0], "stdout", self._printed)
        sys.stderr = _Recorder(self._kernel, self._streams[1], "stderr", self._printed)
        return self

    def __exit__(self, *_exception: object) -> None:
        for rebinding in self._rebound:
            rebinding.restore()
        sys.stdout, sys.stderr = self._streams
        sys.meta_path.remove(self._finder)
        for name in sys.modules.keys() - self._modules.keys():
            del sys.modules[name]
        sys.modules.update(self._modules)
        parent = sys.modules.get("concurrent")
        if parent is not None and self._futures is not None:
            vars(parent)["futures"] = self._futures
        random.setstate(self._random)
        if self._gc_was_enabled:
            gc.enable()

    def begin(self) -> None:
        """Import ``threading`` in the run's main thread and give the program its modules."""
        self.threading = importlib.import_module("threading")
        for rebinding in self._rebound:
            rebinding.apply()

    def module_of(self, lesson: Lesson) -> ModuleType:
        """Return the lesson's module of this run; executed at the first call.

        Raises:
            BaseException: What the module's code raised, again at each call.
        """
        found = self._lesson_modules.get(id(lesson))
        if isinstance(found, BaseException):
            raise found
        if found is None:
            name = lesson._path.stem
            found = ModuleType(name)
            found.__dict__["id"] = self._identity
            self._lesson_modules[id(lesson)] = found
            sys.modules[name] = found
            try:
                execute(lesson, found)
            except BaseException as error:
                self._lesson_modules[id(lesson)] = error
                raise
        return found

    def _number(self, thing: Any) -> int:
        """Stand in for ``id``: number objects in the order in which they were asked about.

        Addresses differ from run to run; a program that sorts its locks by ``id`` would take
        them in another order when a schedule is run again.
        """
        number, _kept_alive = self._numbers.setdefault(id(thing), (len(self._numbers) + 1, thing))
        return number

    def peek(self, lesson: Lesson) -> ModuleType | None:
        """Return the lesson's module if this run has begun to execute it."""
        found = self._lesson_modules.get(id(lesson))
        return found if isinstance(found, ModuleType) else None


def _queue_module() -> ModuleType:
    """Return a ``_queue`` without the C ``SimpleQueue``, whose lock is a real one."""
    module = ModuleType("_queue")
    vars(module)["Empty"] = _queue.Empty
    return module


class Rebinding:
    """A name in the program that refers to a real module, or to something from it.

    Programs written in a module that was imported before the run (a test, a benchmark) hold
    the real ``threading``; while the run is under way the name means the simulated one.
    """

    def __init__(
        self, get: Callable[[], Any], put: Callable[[Any], None], module: str, name: str | None
    ) -> None:
        self._get = get
        self._put = put
        self._module = module
        self._name = name
        self._original: Any = None
        self._is_applied = False

    def apply(self) -> None:
        """Let the name mean the simulated thing."""
        module = importlib.import_module(self._module)
        self._original = self._get()
        self._put(module if self._name is None else getattr(module, self._name))
        self._is_applied = True

    def restore(self) -> None:
        """Let the name mean the real thing again."""
        if self._is_applied:
            self._put(self._original)
            self._is_applied = False


def real_things() -> dict[int, tuple[str, str | None]]:
    """Return, by ``id``, what of the real modules has a simulated counterpart, and its name."""
    found: dict[int, tuple[str, str | None]] = {}
    for module_name in ("time", "_thread", *FRESH):
        module = sys.modules.get(module_name)
        if module is None:
            continue
        found[id(module)] = (module_name, None)
        for name, value in vars(module).items():
            owner = getattr(value, "__module__", None)
            if not name.startswith("_") and owner in _OWNERS and callable(value):
                found.setdefault(id(value), (module_name, name))
    return found


_OWNERS = {*FRESH, "_thread", "time", "_queue"}
