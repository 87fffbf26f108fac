"""Calls of real code: given up with the line where they wait, and nothing left behind."""

import multiprocessing
import time
from threading import Event

import pytest

from threadlings.checks import Broken, patience, real_call


def waits_for_ever():
    Event().wait()


def leaves_a_child(seconds):
    multiprocessing.Process(target=time.sleep, args=(seconds,), name="sleeper").start()


def test_value_and_error_come_through():
    assert real_call(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        real_call(divmod, 7, 0)


def test_call_that_does_not_return_is_told_with_its_line():
    line = waits_for_ever.__code__.co_firstlineno + 1
    told = rf"not returned after 0.1 s\n  it waits at test_patience.py:{line}: Event\(\).wait\(\)"
    with pytest.raises(Broken, match=told):
        real_call(waits_for_ever, patience_s=0.1)


def test_process_that_is_left_running_is_ended_and_told():
    with pytest.raises(Broken, match="left processes running: sleeper"):
        real_call(leaves_a_child, 1000)
    assert multiprocessing.active_children() == []


def test_pool_that_is_left_open_is_ended_and_told():
    with pytest.raises(Broken, match=r"left processes running: .*PoolWorker"):
        real_call(lambda: multiprocessing.Pool(2).map(abs, [1, 2]))
    assert multiprocessing.active_children() == []


def test_pool_that_is_dropped_after_the_call_is_ended_and_told(monkeypatch):
    held, end_children = [], patience._end_children

    def call():
        held.append(multiprocessing.Pool(2))
        held[0].map(abs, [1, 2])

    def drop_first():  # As the pool's own thread does, which holds it a moment longer.
        held.clear()
        return end_children()

    monkeypatch.setattr(patience, "_end_children", drop_first)
    with pytest.raises(Broken, match=r"left processes running: .*PoolWorker"):
        real_call(call)
    assert multiprocessing.active_children() == []


def test_what_cannot_be_pickled_is_explained():
    def call():
        with multiprocessing.Pool(1) as pool:
            pool.map(lambda number: number, [1])

    with pytest.raises(Broken, match="it has to be at the top of a file"):
        real_call(call)
