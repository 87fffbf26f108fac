"""What scenarios of real processes are made of; each is tried with plain processes."""

import multiprocessing
import os
import threading
import time

import pytest

from threadlings.checks import processes
from threadlings.checks.processes import (
    CHEAPEST,
    METHODS,
    OTHERS,
    calls_noted,
    children,
    computed_s,
    described,
    left_by,
    lingers,
    look_up,
    refusals,
    settle,
    value_of,
    where,
)


@pytest.fixture(autouse=True)
def start_method_of_the_system(tmp_path, monkeypatch):
    """Work in a folder of its own; put back how processes are started, and end them."""
    monkeypatch.chdir(tmp_path)
    before = multiprocessing.get_start_method(allow_none=True)
    multiprocessing.set_start_method(CHEAPEST, force=True)
    yield
    multiprocessing.set_start_method(before, force=True)
    for process in multiprocessing.active_children():  # The next test counts its own alone.
        process.kill()
        process.join()


def left_here(call):
    """Return what a call left: a cell has no other processes, this one may have graders."""
    others = children()
    found = left_by(call)
    return {**found, "left": found["left"] - others}


def test_every_start_method_is_the_cheapest_or_another():
    assert [CHEAPEST, *OTHERS].count(CHEAPEST) == 1
    assert {CHEAPEST, *OTHERS} == {*METHODS}


def test_a_process_that_lingers_is_a_child_until_it_has_ended():
    before = children()
    process = multiprocessing.Process(target=lingers, args=(1,))
    process.start()
    assert children() == before + 1
    process.join()
    assert children() == before


def test_where_a_task_was_called_is_told():
    assert where(3) == [3, os.getpid()]


def test_calls_of_a_task_are_counted():
    found = [look_up(number) for number in (8, 1, 8)]
    assert found == [[8], None, [8]]
    assert calls_noted() == [(1, 1), (8, 2)]


def test_what_is_looked_up_is_of_every_awkward_kind():
    thing = value_of(7)
    assert thing != value_of(7)
    with pytest.raises(TypeError):
        sorted([thing, value_of(7)])
    assert [bool(value_of(number)) for number in (1, 2, 3, 4)] == [False] * 4
    with pytest.raises(TypeError):
        hash(value_of(5))


def test_results_are_described_as_plain_data():
    found = described([None, [1, ""], (2.5,), LookupError("no", 3), value_of(7)])
    assert found == [None, [1, ""], [2.5], ["LookupError", ["no", "3"]], ["Thing"]]


def test_who_looks_again_and_again_is_not_waited_for_for_ever(monkeypatch):
    looks = []
    monkeypatch.setattr(time, "sleep", looks.append)
    monkeypatch.setattr(processes, "only_wait", lambda processes: 1 not in processes)
    monkeypatch.setattr(processes, "computed_s", lambda _processes: {1: len(looks) * 0.25, 2: 0.0})
    settle(lambda: [1, 2])
    assert len(looks) == 1 + 15
    monkeypatch.setattr(processes, "computed_s", lambda _processes: {1: 8.0, 2: 8.0})
    looks.clear()
    settle(lambda: [1, 2])
    assert len(looks) == 3000


def test_what_a_process_has_computed_is_known():
    before = computed_s([os.getpid()])[os.getpid()]
    until = time.process_time() + 0.1
    while time.process_time() < until:
        pass
    if before:
        assert 0.05 < computed_s([os.getpid()])[os.getpid()] - before < 10
    assert computed_s([2**22 + 1]) == {2**22 + 1: 0}


def test_what_is_refused_is_told_with_what_was_started_by_then():
    def call(value):
        if value < 0:
            multiprocessing.Process(target=os.getpid).start()
            raise ValueError(f"not {value}")
        if value == 1:
            raise LookupError("one")

    first, second, third = refusals(call, [0, 1, -3])
    multiprocessing.active_children()
    assert first == {
        **{"value": 0, "error": None, "text": "", "is_value_error": False},
        **{"started": 0},
    }
    assert (second["error"], second["is_value_error"]) == ("LookupError", False)
    assert (third["text"], third["is_value_error"]) == ("not -3", True)
    assert third["started"] == int(CHEAPEST == "fork")


def test_processes_and_pools_that_are_left_are_counted():
    kept = []

    def leave():
        kept.append(multiprocessing.Process(target=time.sleep, args=(1000,)))
        kept[0].start()

    assert left_here(leave) == {"value": None, "left": 1, "unclosed": 0}
    kept[0].kill()
    kept[0].join()
    assert left_here(lambda: 7) == {"value": 7, "left": 0, "unclosed": 0}


def test_a_join_with_a_time_limit_does_not_wait_for_who_lingers():
    def call(limit_s):
        process = multiprocessing.Process(target=lingers, args=(1,))
        process.start()
        process.join(limit_s)

    assert left_here(lambda: call(1000))["left"] == 1
    for process in multiprocessing.active_children():
        process.join()
    assert left_here(lambda: call(None))["left"] == 0


def test_a_sleep_does_not_wait_for_who_lingers():
    def call():
        multiprocessing.Process(target=lingers, args=(1,)).start()
        time.sleep(1000)

    assert left_here(call)["left"] == 1
    for process in multiprocessing.active_children():
        process.join()


def test_a_process_lingers_once_however_many_tasks_it_has_done(monkeypatch):
    ours = []
    monkeypatch.setattr(processes, "settle", lambda which: (ours.append(which()), release.wait()))
    release = threading.Event()
    assert [lingers(1), lingers(2)] == [1, 2]
    release.set()
    assert ours == [[os.getpid(), os.getppid()]]


@pytest.mark.parametrize("method", METHODS)
def test_who_lingers_waits_for_who_asked_for_it_under_every_start_method(method, tmp_path):
    multiprocessing.set_start_method(method, force=True)
    process = multiprocessing.Process(target=tell_whom_it_waits_for, args=(tmp_path / "told",))
    process.start()
    process.join()
    assert (tmp_path / "told").read_text(encoding="utf-8") == str([process.pid, os.getpid()])


def tell_whom_it_waits_for(path):
    processes.settle = lambda which: path.write_text(str(which()), encoding="utf-8")
    lingers(1)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_pools_that_are_dropped_are_there_until_they_are_counted():
    def drop(is_closed):
        pool = multiprocessing.Pool(2)
        pool.map(abs, [1, 2])
        if is_closed:
            pool.close()
            pool.join()

    found = left_here(lambda: drop(is_closed=False))
    assert found == {"value": None, "left": 2, "unclosed": 1}
    assert left_here(lambda: drop(is_closed=True))["unclosed"] == 0
