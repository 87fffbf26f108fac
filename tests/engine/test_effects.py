"""What the engine's table says of things written in C is what they do."""

import ast
import collections
import functools
import itertools
import operator
import threading
import time
import types
import warnings
from array import array
from collections import OrderedDict, defaultdict, deque
from dataclasses import replace

import pytest

from threadlings.engine import _effects
from threadlings.engine._effects import Effect

from .effect_samples import ARGUMENTS, NO_STAND_INS, SAMPLES, SELVES, STAND_INS
from .effect_trials import Box, Given, Thing, faults, tried


class AsyncBox:
    """What ``aiter`` takes."""

    def __aiter__(self):
        return self

    async def __anext__(self):
        return 1


class Null:
    """A file that keeps nothing."""

    def write(self, text):
        return len(text)


class Derived(Thing):
    """For ``super``."""


async def coroutine(items):
    return items


def generator(items):
    yield from items
    yield 1


def class_body():
    return None


NAMES = {
    **{kind.__name__: kind for kind in (AsyncBox, Box, Derived, OrderedDict, Thing, array, deque)},
    "MappingProxyType": types.MappingProxyType,
    "class_body": class_body,
    "cmp": lambda *items: 0,
    "cmp1": lambda item: True,
    "collections": collections,
    "coroutine": coroutine,
    "defaultdict": defaultdict,
    "functools": functools,
    "generator": generator,
    "given": lambda *arguments, **names: Given(arguments, names),
    "itertools": itertools,
    "null": Null(),
    "operator": operator,
    "threading": threading,
    "time": time,
}


def name_of(function):
    """Return the name of something written in C, as the samples have it."""
    owner = getattr(function, "__objclass__", None) or getattr(function, "__self__", None)
    if isinstance(owner, type):
        return f"{owner.__name__}.{function.__name__}"
    return f"{function.__module__ or ''}.{function.__qualname__}".removeprefix(".")


def samples_of(name):
    """Return the texts of the arguments to call an entry with."""
    known = _samples()
    kind, _, last = name.partition(".")
    patterns = (name, f"{kind}.__*", f"{kind}.*") if last[:2] == "__" else (name, f"{kind}.*")
    found = next((known[pattern] for pattern in patterns if pattern in known), [])
    if not found and kind in SELVES:
        found = [f"{SELVES[kind]}, {text}".rstrip(", ") for text in ARGUMENTS[kind]]
    return found


@functools.cache
def _samples():
    lines = [line.split("|") for line in SAMPLES.replace("\\\n", "").splitlines() if line]
    return {name.strip(): [text.strip() for text in texts] for name, *texts in lines}


def stand_ins_of(text):
    """Yield texts of arguments with something else for one of them."""
    call = ast.parse(f"given({text})", mode="eval").body
    arguments = [ast.unparse(each) for each in call.args]
    names = [ast.unparse(each) for each in call.keywords]
    for place in range(len(arguments)):
        for stand_in in STAND_INS:
            yield ", ".join([*arguments[:place], stand_in, *arguments[place + 1 :], *names])


@functools.cache
def trials_of(function):
    """Try out an entry with all its arguments, and with stand-ins for those that do."""
    name, found = name_of(function), []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in samples_of(name):
            found.append(tried(function, maker_of(text), text))
            if not found[-1].has_failed and name not in NO_STAND_INS.split():
                found += [tried(function, maker_of(each), each) for each in stand_ins_of(text)]
    return found


@functools.cache
def maker_of(text):
    """Return a function that makes the arguments of a call."""
    return functools.partial(eval, compile(f"given({text})", text, "eval"), NAMES)


def faults_of(function, effect):
    """Return what an effect does not own up to, with the arguments that show it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [
            f"{name_of(function)}({trial.text}) {fault}"
            for trial in trials_of(function)
            for fault in faults(effect, trial)
        ]


ENTRIES = {function: effect for function, effect in _effects._EFFECTS.items() if callable(function)}
