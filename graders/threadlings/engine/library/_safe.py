"""What is safe in threads by contract, and what is ours: a call of it is one step."""

from __future__ import annotations

import os
from types import CodeType

_SAFE_MODULES = {
    "importlib": "an import takes its lock",
    "abc": "remembers only what it has found out",
    "_py_abc": "remembers only what it has found out",
    "typing": "remembers only what it has found out",
    "re": "remembers only what it has compiled",
    "sre_compile": "remembers only what it has compiled",
    "sre_parse": "remembers only what it has compiled",
    "json": "remembers nothing; but its encoder is stepped, which reads what others may write",
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
_STEPPED = frozenset({("json", "encoder")})
"""Files of these modules that go through what they are given in Python."""
_MAKES_CLASSES = frozenset({"dataclass", "dataclass.<locals>.wrap"})
"""Functions of ``dataclasses`` that make a class, once; the methods that they write are stepped."""
_ACCESSORS = frozenset(
    [
        "__getattr__",
        "__getattribute__",
        "__setattr__",
        "__delattr__",
        "__get__",
        "__set__",
        "__delete__",
        "__call__",
    ]
)
"""Methods by which an object of a safe module answers for the program's own: they are stepped."""
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
CARRIED = "<carried>"
"""The file of what a scenario carries with it: a made-up world, which is a library."""


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
    return first in _SAFE_MODULES and (first, *rest) not in _STEPPED


def makes_a_class(code: CodeType) -> bool:
    """Return True for a function of the library that makes a class, in many lines of its own."""
    is_theirs = code.co_filename == _FOLDER + "dataclasses.py"
    return is_theirs and code.co_qualname in _MAKES_CLASSES


def answers_for_others(code: CodeType) -> bool:
    """Return True for a method of a safe module that reads or writes objects of the program."""
    if code.co_filename not in (_FOLDER + "typing.py", _FOLDER + "enum.py"):
        return False
    if code.co_qualname == "Enum.__new__":  # It looks a member up; others are made by classes.
        return True
    return not _ACCESSORS.isdisjoint(code.co_qualname.split(".")[1:])
