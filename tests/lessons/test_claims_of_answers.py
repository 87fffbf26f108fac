"""What the pages and their folded answers say about Python is so."""

import threading
from itertools import combinations
from multiprocessing.pool import Pool
from threading import Lock, Thread

import pytest

from threadlings.engine import Ending, simulate


def test_a_thread_is_started_once_and_start_returns_nothing():
    thread = Thread(target=int)
    assert thread.start() is None
    thread.join()
    with pytest.raises(RuntimeError, match="only be started once"):
        thread.start()


def test_a_number_as_args_is_noticed_by_the_new_thread_alone(monkeypatch):
    seen = []
    monkeypatch.setattr(threading, "excepthook", seen.append)
    thread = Thread(target=print, args=(3))
    thread.start()
    thread.join()  # Returns as if nothing had happened.
    (error,) = seen
    assert error.exc_type is TypeError
    assert "*" in str(error.exc_value)
    assert "iterable" in str(error.exc_value)


def test_a_subclass_that_leaves_out_init_of_thread_cannot_start():
    class Forgetful(Thread):
        def __init__(self):
            """Forget to call that of Thread."""

    with pytest.raises(RuntimeError, match=r"__init__\(\) not called"):
        Forgetful().start()


def test_an_empty_name_counts_as_no_name():
    def work():
        """Do nothing."""

    assert Thread(name="", target=work).name.endswith("(work)")


def test_two_of_six_orders_of_two_increments_count_both():
    totals = []
    for places in combinations(range(4), 2):
        n, seen = 0, {}
        for letter in ("A" if place in places else "B" for place in range(4)):
            if letter in seen:
                n = seen[letter] + 1
            else:
                seen[letter] = n
        totals.append(n)
    assert sorted(totals) == [1, 1, 1, 1, 2, 2]


def test_an_unlocked_lock_cannot_be_released():
    with pytest.raises(RuntimeError, match="release unlocked lock"):
        Lock().release()


def test_a_thread_that_takes_its_lock_again_waits_for_itself():
    def program():
        lock = Lock()
        with lock:
            lock.acquire()

    assert simulate(program).ending == Ending.DEADLOCK


def test_a_with_block_of_a_pool_ends_with_terminate(monkeypatch):
    called = []
    monkeypatch.setattr(Pool, "terminate", lambda pool: called.append(pool))
    pool = object.__new__(Pool)
    pool._state = "CLOSE"
    Pool.__exit__(pool, None, None, None)
    assert called == [pool]
