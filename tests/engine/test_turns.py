"""The turns of a kept run: who was chosen, what was done, and which orders are all one."""

import json
from threading import Event, Lock, Semaphore, Thread

import pytest

from tests.engine.enumeration import _Enumerate
from threadlings.engine import Run, search, simulate
from threadlings.engine._searcher import Budget, Searcher
from threadlings.engine.schedules import schedule_of
from threadlings.engine.world import Subject, execute


class Box:
    def __init__(self):
        self.n = self.m = 0


def at_once(*bodies):
    threads = [Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def unlocked():
    box = Box()

    def body():
        box.n += 1

    at_once(body, body)
    return box.n


def locked():
    box, lock = Box(), Lock()

    def body():
        with lock:
            box.n += 1

    at_once(body, body)
    return box.n


def two_things():
    box = Box()

    def one():
        box.n = 1
        box.m = box.m + 1

    def other():
        box.m = box.m + 1

    at_once(one, other, other)
    return box.m


def opposite_locks():
    one, other = Lock(), Lock()

    def body(first, second):
        with first, second:
            pass

    at_once(lambda: body(one, other), lambda: body(other, one))


def permits():
    box, permit = Box(), Semaphore(1)

    def body():
        with permit:
            box.n += 1
        box.m = box.m + 1

    at_once(body, body)
    return [box.n, box.m]


PROGRAMS = [unlocked, locked, two_things, opposite_locks, permits]


def orders(run):
    """Return the letters of every order of a run's turns that is one with it."""
    found = set()

    def go_on(taken, letters):
        if len(taken) == len(run.turns):
            found.add(letters)
        for number, turn in enumerate(run.turns):
            if number not in taken and taken.issuperset(turn.after):
                go_on(taken | {number}, letters + turn.thread)

    go_on(frozenset(), "")
    return found


def enumerated(program):
    """Return the letters of every schedule with the points of a search, without reduction."""
    searcher = Searcher(Subject(program), None, Budget())
    searcher.search()
    chooser, found = _Enumerate(), set()
    while True:
        chooser.begin()
        run = execute(
            Subject(program),
            chooser,
            points=searcher._points,
            sleeping_orders=False,
            max_decisions=10_000,
        )
        found.add(schedule_of(run.transitions))
        if not chooser.advance():
            return found


@pytest.mark.parametrize("program", PROGRAMS)
def test_orders_of_the_kept_runs_are_all_schedules(program):
    kept = search(program, keep_runs=True).kept
    # The main thread's turns are only spelled where it could have waited.
    letters = {order.replace("m", "") for run in kept for order in orders(run)}
    assert letters == {schedule.replace("m", "") for schedule in enumerated(program)}


@pytest.mark.parametrize("program", PROGRAMS)
def test_turns_spell_the_schedule(program):
    for run in search(program, keep_runs=True).kept:
        letters = "".join(turn.thread for turn in run.turns)
        assert run.schedule in (letters, letters.replace("m", ""))
        assert 0 < sum(turn.steps for turn in run.turns) <= len(run.steps)


def test_each_turn_has_its_steps():
    run = next(run for run in search(unlocked, keep_runs=True).kept if run.schedule == "ABBA")
    first = len(run.steps) - sum(turn.steps for turn in run.turns)
    told = []
    for turn in run.turns:
        mine = run.steps[first : first + turn.steps]
        first += turn.steps
        told.append((turn.thread, [(step.thread, step.action, step.value) for step in mine]))
    assert told[:4] == [
        ("A", [("A", "reads", "0")]),
        ("B", [("B", "reads", "0")]),
        ("B", [("B", "writes", "1")]),
        ("A", [("A", "writes", "1")]),
    ]


def test_runs_that_are_not_kept_have_no_turns():
    assert search(unlocked).outcomes[0].run.turns == []


def test_turns_survive_a_journey_as_json():
    run = search(unlocked, keep_runs=True).kept[0]
    assert Run.from_data(json.loads(json.dumps(run.as_data()))) == run


@pytest.mark.parametrize("program", PROGRAMS)
def test_keeping_every_step_changes_no_schedule(program):
    plain = search(program, keep_runs=True)
    full = search(program, keep_runs=True, keep_steps=True)
    assert full.runs == plain.runs
    assert [run.schedule for run in full.kept] == [run.schedule for run in plain.kept]
    assert [[(t.thread, t.after) for t in run.turns] for run in full.kept] == [
        [(t.thread, t.after) for t in run.turns] for run in plain.kept
    ]
    assert [outcome.value for outcome in full.outcomes] == [o.value for o in plain.outcomes]


def test_every_step_includes_what_is_behind_a_lock():
    run = search(locked, keep_runs=True, keep_steps=True).kept[0]
    told = [(s.action, s.value) for s in run.steps if s.thread == "A" and "lock" not in str(s.what)]
    assert [t for t in told if t[1] in ("0", "1")] == [("reads", "0"), ("writes", "1")]
    locking = [
        s.action for s in run.steps if s.thread == "A" and str(s.what).startswith("the lock")
    ]
    assert locking == ["takes", "frees"]


def timed():
    import time

    box = Box()

    def body():
        time.sleep(5)
        box.n = 7
        print("done")

    at_once(body)
    return box.n


def test_simulation_keeps_steps_with_their_virtual_time_if_asked():
    run = simulate(timed, keep_steps=True)
    told = [(s.action, str(s.what), s.value, s.time_s) for s in run.steps if s.thread == "A"]
    assert [t for t in told if t[0] in ("sleeps", "prints") or t[1:3] == ("n", "7")] == [
        ("sleeps", "until 5 s", None, 0.0),
        ("writes", "n", "7", 5.0),
        ("prints", "done", None, 5.0),
        ("prints", "\n", None, 5.0),
    ]


def test_with_every_step_a_wait_says_for_which_event():
    def program():
        left, right = Event(), Event()
        at_once(lambda: left.wait(), lambda: (left.set(), right.set()), lambda: right.wait())

    run = simulate(program, keep_steps=True)
    waits = [
        str(step.what) for step in run.steps if step.action == "waits for" and step.thread == "A"
    ]
    line = program.__code__.co_firstlineno + 1
    assert waits == [f"the Event made at test_turns.py:{line} #1"]
    assert "Event.wait()" not in {str(span.what) for span in run.timeline}


def test_simulation_has_no_steps_else():
    run, full = simulate(timed), simulate(timed, keep_steps=True)
    assert run.steps == []
    assert (full.value, full.timeline, full.printed) == (run.value, run.timeline, run.printed)


def test_locks_made_in_one_line_have_numbers():
    def program():
        locks = [Lock() for _ in range(2)]

        def body():
            for lock in locks:
                with lock:
                    pass

        at_once(body)

    run = simulate(program, keep_steps=True)
    taken = [str(step.what) for step in run.steps if step.action == "takes" and step.thread == "A"]
    assert [what[-3:] for what in taken] == [" #1", " #2"]
