"""Right programs that call the library are decided, though its code is stepped like their own."""

import collections
import copy
import enum
import hashlib
import io
import json
import logging
import multiprocessing  # noqa: F401 - records name the process, if it is there
import os
import pathlib
import pickle
import random
import re
import sys
import textwrap
import traceback
import typing
import uuid
import zlib
from datetime import datetime
from threading import Lock, Thread
from xml.etree import ElementTree

import pytest

from threadlings.engine import search

FEW = 60
"""Runs; nearly all take 3. What was undecided took 100 and more."""


class Colour(enum.Enum):
    RED = 1


Item = typing.TypeVar("Item")


class Box(typing.Generic[Item]):
    def __init__(self, item):
        self.item = item


class Plain:
    def __init__(self):
        self.words = ["a"]


def logged():
    logger, lines = logging.getLogger("right"), io.StringIO()
    logger.addHandler(logging.StreamHandler(lines))
    logger.setLevel(logging.INFO)

    def work():
        logger.info("seen by %s", "somebody")

    return work, lambda: lines.getvalue().count("seen")


def failing():
    try:
        raise ValueError("no")
    except ValueError:
        return traceback.format_exc()


CALLS = {
    "os.path": lambda: os.path.splitext(os.path.join("a", "b.txt")),
    "pathlib": lambda: (pathlib.Path("a") / "b.txt").suffix,
    "json": lambda: json.loads(json.dumps({"a": [1]})),
    "pickle": lambda: pickle.loads(pickle.dumps({"a": [1]})),
    "copy": lambda: copy.deepcopy(Plain()).words,
    "enum": lambda: Colour(1).name,
    "typing": lambda: Box[int](3).item,
    "re": lambda: re.split(r"\W+", "two words"),
    "textwrap": lambda: textwrap.shorten("some words to read", 12),
    "hashlib": lambda: hashlib.sha256(b"x").hexdigest(),
    "zlib": lambda: zlib.decompress(zlib.compress(b"x")),
    "uuid": lambda: uuid.uuid5(uuid.NAMESPACE_DNS, "a"),
    "datetime": lambda: datetime.strptime("2026-01-02", "%Y-%m-%d"),
    "random": lambda: random.randint(1, 1),
    "traceback": failing,
    "Counter": lambda: collections.Counter("aab").most_common(1),
}


if sys.version_info >= (3, 14):
    del CALLS["pathlib"]  # It is undecided there: the paths of its parts are not known.


@pytest.mark.parametrize("name", CALLS)
def test_calls_with_nothing_shared_are_decided(name):
    def program():
        count, lock = [0], Lock()

        def work():
            CALLS[name]()
            with lock:
                count[0] += 1

        threads = [Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return count[0]

    seen = search(program)
    assert (seen.verdict, seen.values, seen.reason) == ("HOLDS", [2], "")
    assert seen.runs <= FEW


def test_records_of_two_threads_are_all_written():
    def program():
        work, count = logged()
        threads = [Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return count()

    seen = search(program)
    assert (seen.verdict, seen.values, seen.reason) == ("HOLDS", [2], "")
    assert seen.runs <= FEW


def test_what_only_c_has_is_not_looked_into():
    """A builder of trees has a list with empty places: to read them ends the interpreter."""

    def program():
        texts = []

        def work():
            texts.append(ElementTree.fromstring("<a><b>text</b></a>")[0].text)

        threads = [Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return texts

    assert search(program, max_runs=10).values == [["text", "text"]]
