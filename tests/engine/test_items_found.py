"""What an instruction takes out of a container, or puts there and finds, is known afterwards.

If it were not, what is done with it might change anything, and small programs, right ones too,
would be undecided.
"""

from collections import OrderedDict, defaultdict, deque
from threading import Lock, Thread

import pytest

from threadlings.engine import search

FEW = 30
"""Runs. Undecided, each of these took 200 and more."""


def program(make, add, lock_of=lambda: Lock()):
    """Return a program in which two threads each add to what ``make()`` returned, with a lock."""

    def run():
        shared, lock = make(), lock_of()

        def work(word):
            with lock:
                add(shared, word)

        threads = [Thread(target=work, args=(word,)) for word in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return shared

    return run


def put_back(shared, word):
    words = shared.pop("words")
    words.append(word)
    shared["words"] = words


def turn(shared, word):
    words = shared.popleft()
    words.append(word)
    shared.append(words)


def swap(shared, word):
    words = shared.pop()
    words.append(word)
    shared.append(words)


ADDED = {
    "setdefault": (dict, lambda d, w: d.setdefault("words", []).append(w)),
    "setdefault of ordered": (OrderedDict, lambda d, w: d.setdefault("words", []).append(w)),
    "setdefault twice": (dict, lambda d, w: d.setdefault("a", {}).setdefault("b", []).append(w)),
    "defaultdict": (lambda: defaultdict(list), lambda d, w: d["words"].append(w)),
    "counters": (lambda: defaultdict(dict), lambda d, w: d["words"].update({w: 1})),
    "factory in Python": (lambda: defaultdict(lambda: []), lambda d, w: d["words"].append(w)),
    "pop of dict": (lambda: {"words": []}, put_back),
    "pop of list": (lambda: [[]], swap),
    "pop of deque": (lambda: deque([[]]), swap),
    "popleft": (lambda: deque([[]]), turn),
}


@pytest.mark.parametrize("name", ADDED)
def test_proven_with_a_lock(name):
    seen = search(program(*ADDED[name]))
    assert seen.verdict == "HOLDS"
    assert seen.runs <= FEW


class Free:
    """No lock."""

    def __enter__(self):
        pass

    def __exit__(self, *_error):
        pass


@pytest.mark.parametrize("name", ["pop of dict", "pop of list", "pop of deque", "popleft"])
def test_decided_without_a_lock(name):
    seen = search(program(*ADDED[name], lock_of=Free))
    assert seen.verdict == "FAILS"
    assert seen.runs <= FEW


def keeps_what_is_there():
    """Return True if a default is not used that another has put one before, as newer Pythons do."""

    def make():
        items["a"] = 1
        return 2

    items = defaultdict(make)
    return items["a"] == 1


def test_default_of_a_key_that_two_put_there_at_once():
    """Both may make the key's list, if the factory is in Python: one of the words is lost."""
    make, add = ADDED["factory in Python"]
    seen = search(program(make, add, lock_of=Free))
    counts = {len(value["words"]) for value in seen.values}
    assert counts == ({2} if keeps_what_is_there() else {1, 2})


def test_lock_of_a_key_is_made_at_once():
    """``Lock()`` is no Python: nobody gets between its making and its place in the dict."""

    def run():
        locks, counts = defaultdict(Lock), {"a": 0}

        def work():
            with locks["a"]:
                counts["a"] += 1

        threads = [Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return counts["a"]

    seen = search(run)
    assert seen.values == [2]
    assert seen.runs <= FEW


def test_default_that_another_thread_has_put_in_the_middle():
    """What is found is what the program's own factory returned, not what others put there."""

    def run():
        items = defaultdict(make)

        def work():
            items["a"].append(1)

        threads = [Thread(target=work), Thread(target=lambda: items.setdefault("a", [7]))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return items["a"]

    def make():
        return []

    seen = search(run)
    assert sorted(map(str, seen.values)) == ["[1]", "[7, 1]"]
