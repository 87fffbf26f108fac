"""The part of the standard library that each run executes anew over the simulated kernel."""

from __future__ import annotations

import concurrent.futures.thread  # noqa: F401 - what these import is read from disk once
import importlib.machinery
import json
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
        "tempfile",
    ]
)
"""Names of the modules."""
TELLING = FRESH - {
    "logging",
    "logging.config",
    "logging.handlers",
    "multiprocessing.dummy",
    "tempfile",
}
"""Those whose objects, being locks, threads and the like, tell of themselves; the functions of the
others are stepped."""
SIMULATED = ("_thread", "time", "atexit", "concurrent.futures.interpreter")
"""Names of the modules that are made by us in each run."""

_THREAD_BODIES = {
    "threading": ("Thread.run", "Timer.run"),
    "concurrent.futures.thread": ("_worker", "_WorkItem.run"),
    "multiprocessing.pool": ("worker", "Pool._handle_tasks"),
}
_CALLING = {
    "threading": {
        "Condition.wait_for": "predicate",
        "Barrier._release": "_action",
        "_make_invoke_excepthook.<locals>.invoke_excepthook": "hook",
    },
    "concurrent.futures._base": {
        "Future.add_done_callback": "fn",
        "Future._invoke_callbacks": "callback",
    },
    "concurrent.futures.thread": {  # Since 3.14; before, a worker's own body called them.
        "WorkerContext.initialize": "initializer",
        "WorkerContext.run": "fn",
    },
    "multiprocessing.pool": {
        "ApplyResult._set": "_callback _error_callback",
        "MapResult._set": "_callback _error_callback",
    },
    "sched": {"scheduler.run": "action"},
    "queue": {"PriorityQueue._put": "heappush", "PriorityQueue._get": "heappop"},
}
"""Functions of the library that call what the program gave them, and by which name."""


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


@cache
def calling_back() -> list[tuple[CodeType, frozenset[str]]]:
    """Return the functions of the library that call what a program gave them.

    Each with the names under which they call it. What is called so is seen, be it in C or a part
    of another library; the rest of such a function is not.
    """
    encoding = [(function.__code__, frozenset[str]()) for function in (json.dump, json.dumps)]
    return encoding + [
        (code, frozenset(names[code.co_qualname].split()))
        for module, names in _CALLING.items()
        for code in _functions(library_code(module)[0])
        if code.co_qualname in names
    ]


def _functions(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _functions(constant)
