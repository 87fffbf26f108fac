"""Which callees are known, and how."""

from __future__ import annotations

import inspect
import operator
from collections import OrderedDict, deque
from collections.abc import Callable
from contextvars import Context
from json import encoder, scanner
from types import (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    MethodDescriptorType,
    MethodWrapperType,
    WrapperDescriptorType,
)
from typing import Any

from ..effects import Effect
from ._items import peek_item, peek_last

REAL_MODULES = ("_thread", "_queue")
REAL_THREADS = ("threading", "queue", "concurrent.futures.thread", "multiprocessing.pool")
PROCESSES = "multiprocessing.process"
"""Where the class of the process itself is, whose name each log record has."""
GENERATORS = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
SETTERS = {"__setattr__": "setattr", "__delattr__": "setattr", "__getattribute__": "getattr"}
PUTTING = (vars(dict)["setdefault"], vars(OrderedDict)["setdefault"])
CONTEXT_RUN = vars(Context)["run"]
TYPE_CALL = vars(type)["__call__"]
DICT_ITEMS = vars(dict)["items"]
GET_ITEM = (operator.getitem, vars(dict)["__getitem__"])
JSON = (vars(encoder)["c_make_encoder"], vars(scanner)["c_make_scanner"])
"""What reads and writes JSON in C; it may call functions that it was given when it was made."""
FOUND: dict[Any, Callable[..., Any]] = {
    vars(dict)["get"]: lambda this, *given: peek_item(this, *given[:2]),
    vars(dict)["pop"]: lambda this, *given: peek_item(this, *given[:2]),
    vars(OrderedDict)["pop"]: lambda this, *given: peek_item(this, *given[:2]),
    vars(list)["pop"]: lambda this, *given: peek_last(this, *given[:1]),
    vars(deque)["pop"]: lambda this, *_given: peek_last(this),
    vars(deque)["popleft"]: lambda this, *_given: peek_last(this, 0),
}
"""What methods return that return an item."""
CALLED = {
    operator.attrgetter: Effect("o", "any"),
    operator.itemgetter: Effect("o", "any"),
    JSON[0]: Effect(".o", "new"),
    JSON[1]: Effect(".", "any"),
}
"""What calls of objects do that are written in C."""
TYPE_NEW = vars(type)["__new__"]
SUBCLASSES = vars(type)["__subclasses__"]
LOOKING = ("traceback", "linecache")
"""Modules whose functions, which are not seen, look at all that can be reached, and at files."""
KEEPING = frozenset(
    [
        "__init__",
        "add_done_callback",
        "apply",
        "apply_async",
        "enter",
        "enterabs",
        "put",
        "put_nowait",
        "set_exception",
        "set_result",
        "submit",
        "wait_for",
    ]
)
"""Functions of the library that only keep what they are given; others read it."""
FUNCTIONS_IN_C = (
    BuiltinFunctionType,
    MethodWrapperType,
    ClassMethodDescriptorType,
    MethodDescriptorType,
    WrapperDescriptorType,
)
