"""Known programs and their verdicts, the schedules that show them, and replay."""

import json
from array import array
from collections import ChainMap, UserDict, UserList
from functools import partial

import pytest

from threadlings.engine import Limit, Search, replay, search

from . import programs

COUNTER = programs.Counter
LOCKED = programs.LockedCounter


@pytest.mark.parametrize(
    ("program", "values"),
    [
        (programs.counting(COUNTER, 2, 1), [1, 2]),
        (programs.counting(COUNTER, 2, 2), [2, 3, 4]),
        (programs.counting(COUNTER, 3, 1), [1, 2, 3]),
        (programs.counting(LOCKED, 2, 1), [2]),
        (programs.counting(LOCKED, 2, 2), [4]),
        (programs.counting(LOCKED, 3, 1), [3]),
        (programs.counting(partial(programs.SemaphoreCounter, 1), 2, 1), [2]),
        (programs.counting(partial(programs.SemaphoreCounter, 2), 2, 1), [1, 2]),
        (programs.counting(programs.MatchingCounter, 2, 1), [1, 2]),
        (programs.counting(programs.PositionalCounter, 2, 1), [1, 2]),
        (programs.counting(programs.ItemCounter, 2, 1), [1, 2]),
        (programs.counting(programs.StarredCounter, 2, 1), [1, 2]),
        (programs.counting(programs.SettingCounter, 2, 1), [1, 2]),
        (programs.counting(lambda: programs.HeldCounter(array("i", [0])), 2, 1), [1, 2]),
        (programs.counting(lambda: programs.HeldCounter(UserList([0])), 2, 1), [1, 2]),
        (programs.counting(lambda: programs.HeldCounter(UserDict({0: 0})), 2, 1), [1, 2]),
        (programs.counting(lambda: programs.HeldCounter(ChainMap({0: 0})), 2, 1), [1, 2]),
        (programs.counting(programs.LengthCounter, 2, 1), [2, 3]),
        (programs.closure_counter, [4]),
        (programs.check_then_act, [1, 2]),
        (programs.sleeping_for_join, [[], ["work"]]),
        (programs.event_hand_over, [["sent", "received"]]),
        (programs.condition_hand_over, [["letter"]]),
        (programs.pool_of_two, [[0, 1]]),
        (programs.set_then_write, [[0, 1], [0, 2], [1, 1], [1, 2]]),
        (programs.cancelled_timer, [[], [1]]),
        (programs.philosophers(ordered=True), [None]),
    ],
)
def test_every_value_is_found_and_no_other(program, values):
    seen = search(program)
    assert seen.verdict == "HOLDS"
    assert sorted(seen.values) == values
    assert {outcome.kind for outcome in seen.outcomes} == {"value"}


@pytest.mark.parametrize(
    ("program", "kinds"),
    [
        (programs.self_deadlock, {"deadlock"}),
        (programs.missing_release, {"deadlock"}),
        (programs.opposite_locks, {"value", "deadlock"}),
        (programs.philosophers(ordered=False), {"value", "deadlock"}),
        (programs.forgotten_condition, {"value", "deadlock"}),
        (programs.emptying_a_queue, {"value", "deadlock"}),
        (programs.spinning_for_ever, {"livelock"}),
        (programs.raising_thread, {"thread error"}),
        (programs.leaving, {"error"}),
    ],
)
def test_every_kind_of_ending_is_found(program, kinds):
    seen = search(program)
    assert seen.verdict == "FAILS"
    assert {outcome.kind for outcome in seen.outcomes} == kinds


@pytest.mark.parametrize("counter", [programs.LockedAdder, programs.AdderWithNames])
def test_method_of_super_is_one_of_the_object(counter):
    locked = search(programs.counting(LOCKED, 3, 1))
    adding = search(programs.counting(counter, 3, 1))
    assert (adding.verdict, adding.values, adding.runs) == ("HOLDS", [3], locked.runs)


def test_what_each_thread_has_of_its_own_is_no_step():
    seen = search(programs.values_of_their_own)
    assert (seen.values, seen.runs) == ([7], 1)


def test_lost_update_is_shown_by_the_schedule_with_four_letters():
    seen = search(programs.counting(COUNTER, 2, 1), lambda run: run.value == 2)
    run = seen.failing
    assert run is not None
    assert run.schedule == "ABBA"
    steps = [(s.thread, s.action, str(s.what), s.value) for s in run.steps if s.thread != "m"]
    assert steps == [
        ("A", "reads", "n", "0"),
        ("B", "reads", "n", "0"),
        ("B", "writes", "n", "1"),
        ("A", "writes", "n", "1"),
    ]


def test_search_ends_at_the_first_failure():
    assert search(programs.counting(COUNTER, 2, 1), lambda run: run.value == 2).runs == 3


def test_value_of_a_global_variable_is_shown():
    seen = search(programs.global_counter)
    run = seen.outcomes[0].run
    assert [step.value for step in run.steps if step.what == "_total"] == ["0", "1", "1", "2"]


def test_a_run_of_each_schedule_is_kept_if_it_is_asked_for():
    seen = search(programs.counting(COUNTER, 2, 1), keep_runs=True)
    kept = {run.schedule: run.value for run in seen.kept}
    assert kept == {"AABB": 2, "BBAA": 2, "ABBA": 1, "ABAB": 1}
    assert search(programs.counting(COUNTER, 2, 1)).kept == []


def test_a_kept_run_shows_its_steps_however_late_the_search_learned_of_them():
    seen = search(programs.last_seat, keep_runs=True)
    sold = [run for run in seen.kept if run.value == [True, False]]
    assert sold
    for run in sold:
        steps = [step.action for step in run.steps if step.thread == "A"]
        assert steps == ["reads", "reads", "writes"]


def test_a_search_with_its_runs_survives_a_journey_as_json():
    seen = search(programs.counting(COUNTER, 2, 1), keep_runs=True)
    assert Search.from_data(json.loads(json.dumps(seen.as_data()))) == seen


@pytest.mark.parametrize(("schedule", "value"), [("ABBA", 1), ("AABB", 2), ("BABA", 1)])
def test_schedule_runs_again(schedule, value):
    run = replay(programs.counting(COUNTER, 2, 1), schedule)
    assert run.value == value
    assert run.schedule.startswith(schedule)


@pytest.mark.parametrize("schedule", ["", "AB?", "ab"])
def test_schedule_that_is_none_is_refused(schedule):
    with pytest.raises(ValueError, match="schedule"):
        replay(programs.counting(COUNTER, 2, 1), schedule)


def test_search_that_is_cut_short_never_says_holds():
    seen = search(programs.counting(LOCKED, 2, 2), max_runs=3, samples=0)
    assert (seen.verdict, seen.failing) == ("INCOMPLETE", None)
    assert seen.reason == "the budget of 3 runs is used up"


def one_owner(run):
    return run.value == 1


def test_beyond_the_budget_schedules_are_drawn_at_random():
    alone = search(programs.early_fault, one_owner, max_runs=100, samples=0)
    assert alone.verdict == "INCOMPLETE"
    seen = search(programs.early_fault, one_owner, max_runs=100, samples=100)
    assert seen.failing is not None
    assert (seen.verdict, seen.failing.value) == ("FAILS", 2)
    assert seen.runs == 100 + seen.sampled


def test_samples_without_a_failure_prove_nothing():
    seen = search(programs.counting(LOCKED, 2, 2), max_runs=3, samples=5, seed=7)
    assert (seen.verdict, seen.runs, seen.sampled) == ("INCOMPLETE", 8, 5)
    assert seen.reason == ("the budget of 3 runs is used up; 5 more were drawn at random (seed 7)")


def test_the_same_seed_draws_the_same_schedules():
    def schedules(seed):
        seen = search(programs.counting(COUNTER, 3, 2), max_runs=2, samples=30, seed=seed)
        return [(outcome.value, outcome.run.schedule) for outcome in seen.outcomes]

    assert schedules(1) == schedules(1)
    assert schedules(1) != schedules(2)


def test_schedule_that_was_drawn_runs_again():
    budget = {"max_runs": 100, "samples": 100}
    seen = search(programs.early_fault, one_owner, **budget)
    assert seen.failing is not None
    run = replay(programs.early_fault, seen.failing.schedule, **budget)
    assert (run.value, run.steps) == (2, seen.failing.steps)


@pytest.mark.parametrize(("bound", "values"), [(0, [2]), (1, [1, 2])])
def test_preemption_bound_is_reported_when_it_was_used(bound, values):
    seen = search(programs.counting(COUNTER, 2, 1), max_preemptions=bound)
    assert sorted(seen.values) == values
    assert seen.verdict == "INCOMPLETE"
    assert seen.numbers == {Limit.PREEMPTIONS: bound}
    assert f"over {bound} preemptions" in seen.reason


def test_preemption_bound_that_cut_nothing_off_lets_a_proof_stand():
    assert search(programs.counting(LOCKED, 2, 2), max_preemptions=20).verdict == "HOLDS"


def test_run_that_is_cut_short_makes_the_search_incomplete():
    def program():
        number = 0
        while number < 10_000:
            number += 1

    seen = search(program, max_decisions=100)
    assert seen.verdict in ("INCOMPLETE", "FAILS")
    assert seen.values == []


def test_opposite_locks_are_shown_as_who_waits_for_whom():
    seen = search(programs.opposite_locks)
    assert seen.failing is not None
    held = {wait.thread: wait.held_by for wait in seen.failing.deadlock}
    assert held["A"] == "B"
    assert held["B"] == "A"


def test_deadlocks_are_told_apart_by_who_has_what():
    seen = search(programs.each_taking_twice)
    holders = [{wait.held_by for wait in o.run.deadlock[1:]} for o in seen.outcomes]
    assert holders == [{"A"}, {"B"}]
