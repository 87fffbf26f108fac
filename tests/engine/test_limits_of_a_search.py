"""What kept a search from seeing all: each limit alone, several together, as data, in words."""

import json
import sys
from dataclasses import replace
from threading import Thread

import pytest

from threadlings.engine import Ending, Limit, MalformedError, Run, Search, search
from threadlings.engine import _searcher as searcher
from threadlings.engine.world._stage import STAGE
from threadlings.feedback import why_limited
from threadlings.language import translator

from . import programs
from .backends import LOSES_SIGHT

RACE = programs.counting(programs.Counter, 2, 1)
LOCKED = programs.counting(programs.LockedCounter, 2, 2)
HANGUL = range(0xAC00, 0xD7A4)


def use(*names):
    """Do what a program does that uses something which cannot be watched."""
    STAGE.world.kernel.unwatchable.update(names)


def recurse():
    try:
        recurse()
    except RecursionError:
        return


def counting_and_recursing(times):
    def program():
        sys.setrecursionlimit(80)
        box = [0]

        def work():
            for _ in range(times):
                box[0] += 1
            recurse()

        programs.run_together(work, work)
        return box[0]

    return program


def racing(before):
    def program():
        before()
        box = [0]

        def work():
            box[0] += 1

        programs.run_together(work, work)
        return box[0]

    return program


def using(*names):
    return racing(lambda: use(*names))


def never_ending():
    number = 0
    while number < 10_000:
        number += 1


CASES = {
    Limit.RUNS: (LOCKED, {"max_runs": 3, "samples": 0}, 3),
    Limit.DECISIONS: (programs.counting(programs.Counter, 4, 4), {"samples": 0}, 6_000),
    Limit.DECISIONS_OF_A_RUN: (never_ending, {"max_decisions": 100, "samples": 0}, 100),
    Limit.PREEMPTIONS: (RACE, {"max_preemptions": 1}, 1),
    Limit.UNWATCHABLE: (using("mmap"), {}, None),
}
if LOSES_SIGHT:
    CASES[Limit.OUT_OF_SIGHT] = (counting_and_recursing(0), {}, None)


@pytest.mark.parametrize("limit", CASES)
def test_each_limit_alone_makes_a_search_incomplete(limit):
    program, budget, number = CASES[limit]
    seen = search(program, **budget)
    assert (seen.verdict, seen.limits) == ("INCOMPLETE", {limit})
    assert not seen.is_complete
    assert seen.numbers == ({} if number is None else {limit: number})
    assert len(seen.reasons) == 1
    assert seen.sampled == 0


def test_search_that_saw_all_has_no_limits():
    seen = search(LOCKED)
    assert (seen.verdict, seen.limits, seen.reason) == ("HOLDS", frozenset(), "")
    assert seen.is_complete


def test_schedules_that_were_drawn_are_a_limit_of_their_own():
    seen = search(LOCKED, max_runs=3, samples=5, seed=7)
    assert seen.limits == {Limit.RUNS, Limit.SAMPLED}
    assert seen.numbers == {Limit.RUNS: 3, Limit.SAMPLED: 7}


def test_recursion_to_the_limit_loses_sight_where_the_backend_does():
    assert search(counting_and_recursing(0)).is_complete != LOSES_SIGHT


def changing_runs(monkeypatch, change):
    """Let ``change`` put a run's result for another one."""
    real = searcher.execute
    monkeypatch.setattr(
        searcher, "execute", lambda *arguments, **options: change(real(*arguments, **options))
    )


def test_lost_sight_is_not_forgotten_when_the_budget_is_used_up(monkeypatch):
    runs = []

    def lose_sight_in_the_first(found):
        runs.append(found)
        return replace(found, out_of_sight=len(runs) == 1)

    changing_runs(monkeypatch, lose_sight_in_the_first)
    seen = search(LOCKED, max_runs=4, samples=0)
    assert seen.limits == {Limit.OUT_OF_SIGHT, Limit.RUNS}
    assert seen.reason == (
        "the budget of 4 runs is used up; a thread went out of sight at the recursion limit"
    )


def test_bound_and_budget_are_both_told():
    seen = search(programs.counting(programs.Counter, 2, 3), max_runs=20, max_preemptions=0)
    assert Limit.PREEMPTIONS in seen.limits


def test_limit_is_kept_when_the_search_starts_over():
    runs = []

    def use_in_the_first_run():
        runs.append(1)
        if len(runs) == 1:
            use("mmap")

    seen = search(racing(use_in_the_first_run))
    assert len(runs) > 2
    assert seen.unwatchable == ("mmap",)
    assert seen.limits == {Limit.UNWATCHABLE}


def test_what_runs_use_is_put_together_in_order():
    runs = []

    def use_the_other():
        runs.append(1)
        use("mmap" if len(runs) % 2 else "a socket")

    seen = search(racing(use_the_other))
    assert seen.unwatchable == ("a socket", "mmap")
    assert seen.reason == (
        "it uses a socket, which cannot be watched; it uses mmap, which cannot be watched"
    )


def test_what_a_run_uses_that_was_given_up_counts_too(monkeypatch):
    runs = []

    def give_up_the_second(found):
        runs.append(found)
        is_second = len(runs) == 2
        names = frozenset({"mmap"} if is_second else ())
        return replace(found, abandoned=found.abandoned or is_second, unwatchable=names)

    changing_runs(monkeypatch, give_up_the_second)
    seen = search(LOCKED, samples=0)
    assert len(runs) > 2
    assert seen.unwatchable == ("mmap",)


def test_failure_is_a_failure_whatever_else_was_not_seen():
    seen = search(using("mmap"), lambda run: run.value == 2)
    assert (seen.verdict, seen.limits) == ("FAILS", {Limit.UNWATCHABLE})


def test_nothing_is_left_of_it_for_the_next_run():
    assert search(using("mmap")).limits
    assert search(RACE).is_complete


@pytest.mark.parametrize("limit", Limit)
def test_each_limit_has_a_sentence_in_both_languages(limit):
    unwatchable = ("ctypes", "mmap") if limit is Limit.UNWATCHABLE else ()
    seen = Search(sampled=5, limits=frozenset({limit}), numbers={limit: 7}, unwatchable=unwatchable)
    assert len(seen.reasons) == (2 if limit is Limit.UNWATCHABLE else 1)
    told = why_limited(seen)
    assert [text.in_words(translator("en")) for text in told] == seen.reasons
    for text, sentence in zip(told, seen.reasons, strict=True):
        korean = text.in_words(translator("ko"))
        assert any(ord(letter) in HANGUL for letter in korean)
        for value in ("5", "7", "ctypes", "mmap"):
            assert (value in sentence) == (value in korean)


@pytest.mark.parametrize(
    "seen",
    [
        search(LOCKED, max_runs=3, samples=5, seed=7),
        search(using("mmap", "a socket"), keep_runs=True),
    ],
    ids=["runs and samples", "unwatchable"],
)
def test_facts_survive_a_journey_as_json(seen):
    again = Search.from_data(json.loads(json.dumps(seen.as_data())))
    assert again == seen
    assert again.reason == seen.reason
    assert all(isinstance(outcome.kind, Ending) for outcome in again.outcomes)


@pytest.mark.parametrize(
    "change",
    [
        {"limits": ["hardly"]},
        {"limits": None},
        {"limits": ["runs"], "numbers": {}},
        {"limits": [], "numbers": {"runs": 3}},
        {"limits": ["runs"], "numbers": {"runs": None}},
        {"limits": ["unwatchable"]},
        {"unwatchable": ["mmap"]},
        {"limits": ["unwatchable"], "unwatchable": [3]},
        {"outcomes": [{"kind": "fine", "value": 1, "run": Run().as_data()}]},
    ],
)
def test_data_with_other_facts_is_refused(change):
    data = Search().as_data()
    assert Search.from_data(data) == Search()
    with pytest.raises(MalformedError):
        Search.from_data(data | change)


def raising():
    raise ValueError("no good")


def raising_in_a_thread():
    thread = Thread(target=raising)
    thread.start()
    thread.join()


@pytest.mark.parametrize(
    ("program", "ending"),
    [
        (RACE, Ending.VALUE),
        (raising, Ending.ERROR),
        (raising_in_a_thread, Ending.THREAD_ERROR),
        (programs.self_deadlock, Ending.DEADLOCK),
        (programs.spinning_for_ever, Ending.LIVELOCK),
        (never_ending, Ending.EXHAUSTED),
    ],
)
def test_every_ending_is_told_apart(program, ending):
    first, *_others = search(program, max_decisions=100, samples=0).outcomes
    assert (first.kind, first.run.ending) == (ending, ending)
