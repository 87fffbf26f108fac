"""Programs of which the search once said less than they can do.

Those of ``once_missed.txt`` are small ones of many kinds, each below a line that says what was not
seen; the dumb explorer tells what they can do.
"""

import itertools
from pathlib import Path

import pytest

from threadlings.engine import Ending, search

from . import explorer
from . import programs_once_missed as programs

IMPORTS = """
import abc, array, asyncio, bisect, builtins, collections, contextlib, contextvars, copy
import dataclasses, datetime, decimal, enum, fractions, functools, graphlib, heapq, io
import itertools, json, numbers, operator, pickle, queue, random, re, sched, statistics
import string, struct, sys, textwrap, threading
import time, types, weakref
from collections import *
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from dataclasses import asdict, astuple, dataclass, field, fields, replace
from queue import Empty, LifoQueue, PriorityQueue, Queue, SimpleQueue
from threading import *
from types import SimpleNamespace

class _Box:
    n = 0

def _both(*bodies):
    threads = [Thread(target=body) for body in bodies]
    for thread in threads: thread.start()
    for thread in threads: thread.join()

def _at_once(*bodies):
    gate = Event()
    def waits(body): gate.wait(); body()
    threads = [Thread(target=waits, args=(body,)) for body in bodies]
    for thread in threads: thread.start()
    gate.set()
    for thread in threads: thread.join()
"""
exec(IMPORTS, {})  # Modules are the same in all runs.
RUNS = 30


def programs_of_text():
    """Return the programs of the text, each with its name."""
    text = Path(__file__).with_name("once_missed.txt").read_text(encoding="utf-8")
    for block in itertools.islice(text.split("### "), 1, None):
        heading, _line, body = block.partition("\n")
        yield pytest.param(IMPORTS + body, id=heading.partition(":")[0])


@pytest.mark.parametrize("text", list(programs_of_text()))
def test_no_ending_of_a_small_program_is_missed(text):
    found = explorer.missed(explorer.Source.of_text(text), RUNS)
    if found is not None:
        pytest.fail(str(found))


def endings(program):
    """Return the endings of a program, each as its value, or what ended its threads."""
    seen = search(program)
    assert seen.is_complete
    return {_ending(outcome.run) for outcome in seen.outcomes}


def _ending(run):
    if run.ending in (Ending.ERROR, Ending.LIVELOCK, Ending.DEADLOCK):
        return run.ending.value
    return " ".join(sorted(f.type_name for f in run.uncaught.values())) or str(run.value)


@pytest.mark.parametrize(("program", "expected"), programs.ENDINGS)
def test_all_endings_are_found(program, expected):
    assert endings(program) == expected


@pytest.mark.parametrize("make", programs.DICTS)
@pytest.mark.parametrize("walk", programs.WALKS_OF_DICTS)
def test_dict_that_grows_while_it_is_gone_through(walk, make):
    grow = programs.walked(make, programs.WALKS_OF_DICTS[walk], lambda d: d.update(c=3))
    assert "RuntimeError" in endings(grow)


@pytest.mark.parametrize("program", [programs.DEQUE, programs.SET])
def test_other_containers_that_grow(program):
    assert "RuntimeError" in endings(program)


@pytest.mark.parametrize("make", programs.LISTS)
@pytest.mark.parametrize("walk", programs.WALKS_OF_LISTS)
def test_list_that_shrinks_while_it_is_gone_through(walk, make):
    shrink = programs.walked(make, programs.WALKS_OF_LISTS[walk], lambda items: items.remove("a"))
    assert "['a', 'c']" in {text for ending in endings(shrink) for text in eval(ending)}
