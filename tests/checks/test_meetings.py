"""Tasks that meet: none goes on before all have begun, and then one after another."""

import multiprocessing
import os

import pytest

from threadlings.checks.meetings import meet, prepare_meeting
from threadlings.checks.processes import CHEAPEST, descendants, only_wait


@pytest.fixture(autouse=True)
def folder_and_start_method_of_its_own(tmp_path, monkeypatch):
    """Work in a folder of its own, and put back what a meeting changes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "cpu_count", os.cpu_count)
    if hasattr(os, "process_cpu_count"):
        monkeypatch.setattr(os, "process_cpu_count", os.process_cpu_count)
    before = multiprocessing.get_start_method(allow_none=True)
    yield
    multiprocessing.set_start_method(before, force=True)


def met(numbers, processes):
    """Return what ``meet`` returned in a pool, in the order in which it came."""
    with multiprocessing.Pool(processes) as pool:
        return list(pool.imap_unordered(meet, numbers))


def test_the_first_to_return_is_the_last_in_the_list_and_the_others_follow():
    numbers = prepare_meeting(CHEAPEST, 3)
    assert numbers == [3, 2, 1]
    for _ in range(2):
        found = met(numbers, 3)
        assert [number for number, _process, _early in found] == [1, 2, 3]
        assert len({process for _number, process, _early in found}) == 3


def test_a_meeting_can_have_another_size_and_order_than_the_one_before():
    for count in (3, 2, 5):
        numbers = prepare_meeting(CHEAPEST, count, first_ends_first=True)
        assert numbers == [*range(1, count + 1)]
        found = [number for number, _process, _early in met(numbers, count)]
        assert found == numbers


def test_who_is_missing_is_waited_for():
    prepare_meeting(CHEAPEST, 3)
    process = multiprocessing.Process(target=meet, args=(1,))
    process.start()
    while not only_wait([process.pid]):
        pass
    assert process.exitcode is None
    process.kill()
    process.join()


def test_other_tasks_that_begin_while_all_meet_are_counted():
    numbers = prepare_meeting(CHEAPEST, 2, 3)
    assert numbers == [2, 1, 0, 0, 0]
    for processes, early in ((2, 0), (3, 3)):
        numbers = prepare_meeting(CHEAPEST, 2, 3)
        found = {number: other for number, _process, other in met(numbers, processes)}
        assert found == {0: 0, 1: early, 2: 0}


def test_a_machine_seems_to_have_two_cores():
    prepare_meeting(CHEAPEST, 2)
    assert multiprocessing.cpu_count() == 2


def test_descendants_are_children_and_theirs():
    before = descendants(os.getpid())
    prepare_meeting(CHEAPEST, 2)
    process = multiprocessing.Process(target=meet, args=(1,))
    process.start()
    assert {*descendants(os.getpid())} - {*before} >= {process.pid}
    process.kill()
    process.join()
