"""What scenarios of real processes are made of; each is tried with plain processes."""

import multiprocessing
import os
import time

import pytest

from threadlings.checks.processes import (
    CHEAPEST,
    METHODS,
    OTHERS,
    burn,
    calls_noted,
    children,
    left_by,
    lingers,
    look_up,
    meet,
    prepare_meeting,
    race,
    refusals,
)


@pytest.fixture(autouse=True)
def start_method_of_the_system(tmp_path, monkeypatch):
    """Work in a folder of its own, and put back how processes are started."""
    monkeypatch.chdir(tmp_path)
    before = multiprocessing.get_start_method(allow_none=True)
    multiprocessing.set_start_method(CHEAPEST, force=True)
    yield
    multiprocessing.set_start_method(before, force=True)


def in_processes(task, numbers):
    """Return what a task returned in a process for each number, all at the same time."""
    results = multiprocessing.SimpleQueue()
    started = [
        multiprocessing.Process(target=lambda n: results.put(task(n)), args=(number,))
        for number in numbers
    ]
    for process in started:
        process.start()
    found = [results.get() for _ in started]
    for process in started:
        process.join()
    return found


def test_every_start_method_is_the_cheapest_or_another():
    assert [CHEAPEST, *OTHERS].count(CHEAPEST) == 1
    assert {CHEAPEST, *OTHERS} == {*METHODS}


def test_tasks_meet_only_if_all_of_them_have_begun():
    numbers = prepare_meeting(CHEAPEST, 3)
    assert numbers == [3, 2, 1]
    for _ in range(2):
        found = in_processes(meet, numbers)
        assert sorted(number for number, _process, _siblings in found) == [1, 2, 3]
        assert len({process for _number, process, _siblings in found}) == 3
    alone = multiprocessing.Process(target=meet, args=(2,))
    alone.start()
    alone.join(0.2)
    assert alone.is_alive()
    alone.kill()
    alone.join()


def test_the_first_of_a_meeting_counts_the_processes_beside_it():
    numbers = prepare_meeting(CHEAPEST, 2)
    extra = multiprocessing.Process(target=time.sleep, args=(1000,))
    extra.start()
    found = {number: siblings for number, _process, siblings in in_processes(meet, numbers)}
    extra.kill()
    extra.join()
    assert found[2] is None
    assert found[1] in (3, None)  # None where no /proc tells.


def test_a_process_that_lingers_is_a_child_until_it_has_ended():
    before = children()
    process = multiprocessing.Process(target=lingers, args=(1,))
    process.start()
    assert children() == before + 1
    process.join()
    assert children() == before


def test_calls_of_a_task_are_counted():
    found = [look_up(number) for number in (7, 1, 7)]
    assert found == [[7], None, [7]]
    assert calls_noted() == [(1, 1), (7, 2)]


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

    assert left_by(leave) == {"left": 1, "unclosed": 0}
    kept[0].kill()
    kept[0].join()
    assert left_by(lambda: None) == {"left": 0, "unclosed": 0}


def test_who_computes_here_is_told_apart_from_who_does_not():
    def nobody(numbers):
        pass

    def here(numbers):
        for number in numbers:
            burn(number)

    assert race(here, tries=1, shows=0, enough=0)["here"] > 0.5
    assert race(nobody, tries=1, shows=0, enough=0)["here"] < 0.5
