"""What the engine's table says of things written in C is what they do."""

import ast
import collections
import functools
import itertools
import operator
import time
import types
import warnings
from array import array
from collections import OrderedDict, defaultdict, deque
from dataclasses import replace

import pytest

from threadlings.engine import _effects
from threadlings.engine._effects import Effect

from .effect_samples import (
    ARGUMENTS,
    NO_STAND_INS,
    NUMBERS,
    SAMPLES,
    SELVES,
    STAND_INS,
)
from .effect_trials import Box, Gauge, Given, Page, Thing, faults, tried


class AsyncBox:
    """What ``aiter`` takes."""

    def __aiter__(self):
        return self

    async def __anext__(self):
        return 1


class Derived(Thing):
    """For ``super``."""


async def coroutine(items):
    return items


@types.coroutine
def waiting_once():
    yield 1


async def waiting(items):
    try:
        await waiting_once()
    except KeyError:
        await waiting_once()
    await waiting_once()


def begun(source):
    """Return a generator or coroutine that has taken its first step."""
    source.send(None)
    return source


def generator(items):
    """Yield some items, and one more whatever is thrown into it."""
    try:
        yield from items
    except KeyError:
        yield 2
    yield 1


def class_body():
    return None


def traceback():
    try:
        raise KeyError
    except KeyError as error:
        return error.__traceback__


NAMES = {
    **{kind.__name__: kind for kind in (AsyncBox, Box, Derived, Gauge, OrderedDict, Thing, array, deque)},
    "MappingProxyType": types.MappingProxyType,
    "class_body": class_body,
    "begun": begun,
    "cmp": lambda *items: 0,
    "cmp1": lambda item: True,
    "collections": collections,
    "coroutine": coroutine,
    "defaultdict": defaultdict,
    "functools": functools,
    "generator": generator,
    "given": lambda *arguments, **names: Given(arguments, names),
    "itertools": itertools,
    "page": Page(),
    "operator": operator,
    "time": time,
    "trace": traceback(),
    "waiting": waiting,
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


def stand_ins_of(name, text):
    """Yield texts of arguments with something else for one of them."""
    stand_ins = (*STAND_INS, "Gauge([1, 2])") if name.split(".")[0] in NUMBERS else STAND_INS
    call = ast.parse(f"given({text})", mode="eval").body
    arguments = [ast.unparse(each) for each in call.args]
    names = [ast.unparse(each) for each in call.keywords]
    for place in range(len(arguments)):
        for stand_in in stand_ins:
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
                found += [tried(function, maker_of(each), each) for each in stand_ins_of(name, text)]
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
