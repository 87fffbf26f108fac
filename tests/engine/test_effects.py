"""What the engine's table says of things written in C is what they do."""

import ast
import collections
import datetime
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

from threadlings.engine import search
from threadlings.engine.effects import _effects

from .effect_samples import (
    ARGUMENTS,
    NO_STAND_INS,
    NUMBERS,
    SAMPLES,
    SELVES,
    STAND_INS,
)
from .effect_trials import Box, Gauge, Given, Page, Thing, faults, tried
from .programs_of_effects import PROGRAMS


class AsyncBox:
    """What ``aiter`` takes."""

    def __aiter__(self):
        return self

    async def __anext__(self):
        return 1


class Derived(Thing):
    """What ``super`` takes."""


async def coroutine(items):
    return items


@types.coroutine
def waiting_once():
    yield 1


async def waiting(items):
    try:
        await waiting_once()
    except ValueError:
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
    except ValueError:
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
    **{
        kind.__name__: kind
        for kind in (AsyncBox, Box, Derived, Gauge, OrderedDict, Thing, array, deque)
    },
    "MappingProxyType": types.MappingProxyType,
    "class_body": class_body,
    "begun": begun,
    "cmp": lambda *items: 0,
    "cmp1": lambda item: True,
    "collections": collections,
    "coroutine": coroutine,
    "datetime": datetime,
    "defaultdict": defaultdict,
    "echo": lambda *items: items,
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
    if "." in function.__qualname__:  # A static method, since 3.15.
        return function.__qualname__
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
    stand_ins = (*STAND_INS, "Gauge([1])") if name.split(".")[0] in NUMBERS else STAND_INS
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
                found += [
                    tried(function, maker_of(each), each, is_stand_in=True)
                    for each in stand_ins_of(name, text)
                ]
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


pytestmark = pytest.mark.filterwarnings("ignore:coroutine .* was never awaited")

ENTRIES = {function: effect for function, effect in _effects._EFFECTS.items() if callable(function)}
KINDS = sorted({name_of(function).rpartition(".")[0] for function in ENTRIES})


def of_kind(kind):
    """Return the entries of a class or module."""
    return {
        function: effect
        for function, effect in ENTRIES.items()
        if name_of(function).rpartition(".")[0] == kind
    }


def test_every_entry_has_a_sample_that_works():
    """A call that only fails shows nothing."""
    without = [
        name_of(function)
        for function in ENTRIES
        if all(trial.has_failed for trial in trials_of(function))
    ]
    assert without == []


def test_every_sample_is_of_an_entry():
    """On one of the Pythons, that is: those that others have too are known by name."""
    here = {name_of(function) for function in ENTRIES}
    kinds = {name.rpartition(".")[0] for name in here}
    unused = {
        name
        for name in _samples()
        if name not in here and "*" not in name and name.rpartition(".")[0] in kinds
    }
    assert unused <= set(ELSEWHERE.split())


ELSEWHERE = """
    bool.__invert__ bytearray.__buffer__ bytearray.resize bytes.__buffer__ complex.from_number
    date.strptime float.from_number itertools.batched math.comb math.perm math.sumprod
    sys._is_gil_enabled sys.exception
"""
"""What some of the Pythons do not have."""


@pytest.mark.parametrize("kind", KINDS)
def test_calls_do_no_more_than_their_entries_say(kind):
    """What is changed is written, what makes a difference is read, and the result is as told."""
    entries = of_kind(kind).items()
    found = [each for function, effect in entries for each in faults_of(function, effect)]
    assert found == []


def test_nothing_in_the_table_remembers():
    """The same call twice does the same, but for what tells of addresses, the time or chance."""
    unstable = {
        name_of(function)
        for function in ENTRIES
        if not all(trial.is_stable for trial in trials_of(function))
    }
    assert unstable <= {*UNSTABLE.split(), *(name for name in unstable if name.startswith("time."))}


UNSTABLE = (
    "builtins.id builtins.hash builtins.locals object.__hash__ posix.urandom nt.urandom "
    "tuple.__hash__ datetime.now datetime.utcnow date.today datetime.__hash__ date.__hash__ "
    "timedelta.__hash__"
)

WEAKER = {"w": "r", "d": "r", "r": ".", "u": "w", "c": "r", "o": "d", "*": "d"}
WEAKER_RESULTS = {"of": "new", "view": "new", "deep": "view"}


def weakened(effect, places):
    """Yield an effect with each of its letters, and its result, made to own up to less."""
    for place, letter in enumerate(effect.uses[:places]):
        if letter in WEAKER:
            uses = effect.uses[:place] + WEAKER[letter] + effect.uses[place + 1 :]
            yield replace(effect, uses=uses)
    result = effect.result.removesuffix("?")
    if result in WEAKER_RESULTS:
        yield replace(effect, result=WEAKER_RESULTS[result] + "?" * effect.asks)
    if effect.asks:
        yield replace(effect, result=result)


def places_of(function):
    """Return how many arguments an entry can be called with."""
    return max(len(trial.make().all) for trial in trials_of(function) if not trial.has_failed)


def test_weaker_entries_are_caught():
    """Of the table with one letter or result less, but for those of which the reason is known."""
    count, missed = 0, set()
    for function, effect in ENTRIES.items():
        for weaker in weakened(effect, places_of(function)):
            count += 1
            if not faults_of(function, weaker):
                missed.add((name_of(function), f"{weaker.uses} -> {weaker.result}"))
    known = {name for names in NOT_CAUGHT.values() for name in names.split()}
    assert [each for each in sorted(missed) if each[0] not in known] == []
    assert len(missed) <= count / 10
    assert count > 700


NOT_CAUGHT = {
    "the engine takes what is opaque, and a generator, as written if it is read": """
        OrderedDict.__delitem__ OrderedDict.__init__ OrderedDict.__setitem__ OrderedDict.clear
        OrderedDict.move_to_end OrderedDict.pop OrderedDict.popitem OrderedDict.setdefault
        OrderedDict.update coroutine.close coroutine.send coroutine.throw defaultdict.__init__
        generator.__next__ generator.close generator.send generator.throw
        OrderedDict.__eq__ OrderedDict.__repr__ defaultdict.__repr__
    """,
    "no sample is a syntax tree": "builtins.compile",
    "what it makes does not show what it was made of": """
        _hashlib.new _hashlib.openssl_md5 _hashlib.openssl_sha1 _hashlib.openssl_sha224
        _hashlib.openssl_sha256 _hashlib.openssl_sha384 _hashlib.openssl_sha512
    """,
    "no class of the library that is taken by these has a state; others may": """
        bytes.__eq__ bytes.__ge__ bytes.__getitem__ bytes.__gt__ bytes.__le__ bytes.__lt__
        bytes.__mul__ bytes.__ne__ bytes.__rmod__ bytes.__rmul__ bytes.center bytes.decode
        bytes.expandtabs bytes.ljust bytes.rjust bytes.splitlines bytes.zfill
        math.isfinite math.isinf math.isnan math.isnormal math.issubnormal math.signbit
    """,
    "a number of items is too large for it": "math.atanh",
    "it asks for an iterator only when it gets there": "itertools.chain",
    "with it a number in Python is added only later": "itertools.count",
    "from Python 3.13 or 3.14 on it takes what has a state": """
        bytearray.fromhex bytes.fromhex types.SimpleNamespace
    """,
}
"""The entries of which a weaker one is not caught, by the reason."""


@pytest.mark.parametrize("program", PROGRAMS)
def test_search_sees_both_ends_of_a_race_in_c(program):
    """The table is of use only if the engine goes by it."""
    seen = search(program)
    assert seen.is_complete
    assert len({outcome.value for outcome in seen.outcomes}) == 2
