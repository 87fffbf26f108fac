"""The part of the standard library that each run executes anew over the simulated kernel."""

from __future__ import annotations

import concurrent.futures.thread  # noqa: F401 - what these import is read from disk once
import importlib.machinery
import os
import queue  # noqa: F401
import sched  # noqa: F401
from collections.abc import Iterator, Sequence
from functools import cache
from types import CodeType

FRESH = frozenset(
    [
        "threading",
        "queue",
        "concurrent.futures",
        "concurrent.futures._base",
        "concurrent.futures.thread",
        "sched",
        "multiprocessing.pool",
        "multiprocessing.dummy",
        "multiprocessing.dummy.connection",
        "logging",
        "logging.config",
        "logging.handlers",
    ]
)
"""Names of the modules."""

_THREAD_BODIES = {
    "threading": ("Thread.run", "Timer.run"),
    "concurrent.futures.thread": ("_worker", "_WorkItem.run"),
    "multiprocessing.pool": ("worker", "Pool._handle_tasks"),
}


@cache
def library_code(name: str) -> tuple[CodeType, importlib.machinery.ModuleSpec]:
    """Return the code of one of these modules, and where it was found."""
    spec = importlib.machinery.PathFinder.find_spec(name, _path_of_parent(name))
    assert spec is not None
    assert isinstance(spec.loader, importlib.machinery.SourceFileLoader)
    code = spec.loader.get_code(name)
    assert code is not None
    return code, spec


def _path_of_parent(name: str) -> Sequence[str] | None:
    folder = os.path.dirname(os.__file__)
    parts = name.split(".")[:-1]
    return [os.path.join(folder, *parts)]


@cache
def thread_bodies() -> list[CodeType]:
    """Return the functions of the library that a thread can be in between two of the program.

    What they call are steps, like the program's own calls.
    """
    return [
        code
        for module, names in _THREAD_BODIES.items()
        for code in _functions(library_code(module)[0])
        if code.co_qualname in names
    ]


def _functions(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _functions(constant)


_SAFE_MODULES = {
    "importlib": "an import takes its lock",
    "abc": "remembers only what it has found out",
    "_py_abc": "remembers only what it has found out",
    "typing": "remembers only what it has found out",
    "re": "remembers only what it has compiled",
    "sre_compile": "remembers only what it has compiled",
    "sre_parse": "remembers only what it has compiled",
    "json": "remembers nothing",
    "encodings": "remembers nothing",
    "codecs": "remembers only what it has found out",
    "linecache": "remembers only what it has read",
    "traceback": "remembers nothing",
    "warnings": "tells each warning once, which no program depends on",
    "inspect": "remembers nothing",
    "ast": "remembers nothing",
    "dis": "remembers nothing",
    "tokenize": "remembers nothing",
    "locale": "remembers only what it has found out",
    "enum": "classes are made once, members are looked up",
    "posixpath": "remembers nothing",
    "ntpath": "remembers nothing",
    "genericpath": "remembers nothing",
    "textwrap": "remembers nothing",
    "datetime": "remembers nothing",
    "_pydatetime": "remembers nothing",
    "decimal": "each thread has a context of its own",
    "contextvars": "each thread has a context of its own",
    "threading": "made for threads; it tells of itself",
    "_threading_local": "each thread has attributes of its own",
    "queue": "made for threads; it tells of itself",
    "unittest": "mocks take a lock; what tests need is no part of what is decided",
    "concurrent": "made for threads; it tells of itself",
    "sched": "takes a lock",
    "logging": "takes a lock",
    "multiprocessing": "made for threads and processes",
}
"""Modules and packages of the standard library whose functions threads may call at the same time,
and why. All others (``collections``, ``random``, ``html.parser``, installed ones) are stepped."""
_MAKES_CLASSES = frozenset({"dataclass", "dataclass.<locals>.wrap"})
"""Functions of ``dataclasses`` that make a class, once; the methods that they write are stepped."""
_SAFE_IN_ASYNCIO = frozenset(
    [
        "base_events",
        "base_futures",
        "base_tasks",
        "constants",
        "coroutines",
        "events",
        "exceptions",
        "format_helpers",
        "futures",
        "log",
        "mixins",
        "proactor_events",
        "runners",
        "selector_events",
        "staggered",
        "taskgroups",
        "tasks",
        "threads",
        "timeouts",
        "unix_events",
        "windows_events",
    ]
)  # fmt: skip
"""What of ``asyncio`` carries the loop; its locks, events and queues are not for threads."""
_FOLDER = os.path.dirname(os.__file__) + os.sep
OUR_FOLDER = os.path.dirname(os.path.dirname(__file__)) + os.sep


def is_safe_in_threads(file: str) -> bool:
    """Return True for a file of ours or of the standard library that is safe in threads."""
    if file.startswith(OUR_FOLDER) or file == CARRIED:
        return True
    if file.startswith("<frozen "):
        return file[len("<frozen ") : -1].partition(".")[0] in _SAFE_MODULES
    if not file.startswith(_FOLDER):
        return False
    first, *rest = file[len(_FOLDER) :].replace("\\", "/").removesuffix(".py").split("/")
    if first == "asyncio":
        return rest[:1] == ["__init__"] or (bool(rest) and rest[0] in _SAFE_IN_ASYNCIO)
    return first in _SAFE_MODULES


def makes_a_class(code: CodeType) -> bool:
    """Return True for a function of the library that makes a class, in many lines of its own."""
    is_theirs = code.co_filename == _FOLDER + "dataclasses.py"
    return is_theirs and code.co_qualname in _MAKES_CLASSES


CARRIED = "<carried>"
"""The file of what a scenario carries with it: a made-up world, which is a library."""
