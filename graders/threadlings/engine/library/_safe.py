"""What is safe in threads by contract, and what is ours: a call of it is one step."""

from __future__ import annotations

import os
from types import CodeType

_SAFE_MODULES = {
    "importlib": "an import takes its lock",
    "abc": "remembers only what it has found out",
    "_py_abc": "remembers only what it has found out",
    "re": "remembers only what it has compiled",
    "sre_compile": "remembers only what it has compiled",
    "sre_parse": "remembers only what it has compiled",
    "json": "remembers nothing; but its encoder is stepped, which reads what others may write",
    "encodings": "remembers nothing",
    "_strptime": "takes a lock; remembers only what it has found out",
    "traceback": "remembers nothing",
    "linecache": "remembers only what it has read",
    "warnings": "tells each warning once, which no program depends on",
    "locale": "remembers only what it has found out",
    "datetime": "remembers nothing",
    "_pydatetime": "remembers nothing",
    "decimal": "each thread has a context of its own",
    "contextvars": "each thread has a context of its own",
    "threading": "made for threads; it tells of itself",
    "_threading_local": "each thread has attributes of its own",
    "queue": "made for threads; it tells of itself",
    "concurrent": "made for threads; it tells of itself",
    "sched": "takes a lock",
    "multiprocessing": "made for threads and processes; but objects of its dummy are ordinary ones",
}
"""Modules and packages of the standard library whose functions threads may call at the same time,
and why. All others (``collections``, ``logging``, ``os.path``, installed ones) are stepped: what
they read and write is seen as if the program did it."""
_STEPPED = frozenset({("json", "encoder"), ("multiprocessing", "dummy", "__init__")})
"""Files of these modules that go through what they are given in Python."""
_SAFE_FILES = frozenset({("unittest", "mock")})
"""Files that are safe, of modules that are not: mocks are told of as what cannot be watched."""
_MAKES_CLASSES = {
    "dataclasses.py": ("dataclass", "dataclass.<locals>.wrap"),
    "enum.py": ("EnumType.__prepare__", "EnumType.__new__"),
}
"""Functions that make a class, once; the methods that they write are stepped."""
_REMEMBERING: dict[tuple[str, str], frozenset[str]] = {
    ("typing.py", "_tp_cache.<locals>.decorator.<locals>.inner"): frozenset(),
    ("logging/__init__.py", "Logger.isEnabledFor"): frozenset(
        ["_disable", "disable", "disabled", "level", "manager", "parent"]
    ),
}
"""Functions of stepped modules that remember what they have found out, and the attributes by which
they find it out, of their first argument and of what these lead to: one step, which reads those."""
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
ENGINE = (__package__ or "").rpartition(".")[0]
"""The name of the engine's package."""
ENGINE_FOLDER = os.path.dirname(os.path.dirname(__file__)) + os.sep
"""Where that is."""
OUR_FOLDER = os.path.dirname(os.path.dirname(ENGINE_FOLDER)) + os.sep
"""Where the package is that the engine belongs to."""
_CALLING_FOR_PROGRAMS = os.path.join(OUR_FOLDER, "checks") + os.sep
"""Where functions of ours are that programs are written with: what they call is the program's."""
CARRIED = "<carried>"
"""The file of what a scenario carries with it: a made-up world, which is a library."""


def is_safe_in_threads(file: str) -> bool:
    """Return True for a file of ours or of the standard library that is safe in threads."""
    if file.startswith(OUR_FOLDER) or file == CARRIED:
        return not file.startswith(_CALLING_FOR_PROGRAMS)
    if file.startswith("<frozen "):
        return file[len("<frozen ") : -1].partition(".")[0] in _SAFE_MODULES
    if not file.startswith(_FOLDER):
        return False
    first, *rest = file[len(_FOLDER) :].replace("\\", "/").removesuffix(".py").split("/")
    if first == "asyncio":
        return rest[:1] == ["__init__"] or (bool(rest) and rest[0] in _SAFE_IN_ASYNCIO)
    is_safe = first in _SAFE_MODULES or (first, *rest) in _SAFE_FILES
    return is_safe and (first, *rest) not in _STEPPED


def _file_of(code: CodeType) -> str:
    """Return the file of a code object, as it is called in the folder of the standard library."""
    return code.co_filename.removeprefix(_FOLDER).replace("\\", "/")


def read_by(code: CodeType) -> frozenset[str] | None:
    """Return what a function reads that remembers what it has found out; None of others."""
    return _REMEMBERING.get((_file_of(code), code.co_qualname))


def is_one_step(code: CodeType) -> bool:
    """Return True for a function of a stepped module that is one step itself.

    It makes a class, in many lines of its own, or remembers what it has found out.
    """
    names = _MAKES_CLASSES.get(_file_of(code), ())
    return code.co_qualname in names or read_by(code) is not None
