"""What lesson 09's pages say about queues is true of this Python."""

import queue
import sys
import time
from queue import Empty, Queue
from threading import Thread

import pytest

from threadlings.engine import search, simulate
from threadlings.feedback import describe


def together(*functions):
    threads = [Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_first_in_is_first_out():
    items = Queue()
    for item in "abc":
        items.put(item)
    assert [items.get() for _ in range(3)] == ["a", "b", "c"]


def test_each_item_goes_to_exactly_one_get():
    def program():
        items, got = Queue(), [[], []]
        items.put("a")
        items.put("b")
        together(*[lambda mine=mine: mine.append(items.get()) for mine in got])
        return sorted(got[0] + got[1])

    seen = search(program, lambda run: run.value == ["a", "b"])
    assert seen.verdict == "HOLDS"


def test_get_blocks_while_it_is_empty_and_put_while_it_is_full():
    assert "waits for Queue.get()" in str(describe(simulate(lambda: Queue().get())))

    def put_two():
        full = Queue(1)
        full.put("a")
        full.put("b")

    assert "waits for Queue.put()" in str(describe(simulate(put_two)))


def test_picture_shows_what_happens():
    def program():
        box, story = Queue(2), []

        def produce():
            for item in ("a", "b", "c", "END"):
                box.put(item)
                story.append(f"put {item} at {time.monotonic() - begin_s:g}")

        def consume():
            time.sleep(1)
            while (item := box.get()) != "END":
                story.append(f"get {item} at {time.monotonic() - begin_s:g}")
                time.sleep(1)

        begin_s = time.monotonic()
        together(produce, consume)
        return story

    story = simulate(program).value
    puts = [line for line in story if line.startswith("put")]
    gets = [line for line in story if line.startswith("get")]
    assert puts == ["put a at 0", "put b at 0", "put c at 1", "put END at 2"]
    assert gets == ["get a at 1", "get b at 2", "get c at 3"]


@pytest.mark.parametrize(("workers", "verdict"), [(1, "HOLDS"), (2, "FAILS")])
def test_asking_before_taking_is_safe_for_one_worker_only(workers, verdict):
    def program():
        items = Queue()
        items.put("a")

        def work():
            while not items.empty():
                items.get()

        together(*[work] * workers)

    assert search(program).verdict == verdict


def test_join_of_a_queue_waits_for_task_done_and_not_for_threads():
    def program():
        items = Queue()

        def work():
            while True:
                items.get()
                time.sleep(1)
                items.task_done()

        Thread(target=work, name="worker", daemon=True).start()
        items.put("a")
        items.join()

    run = simulate(program)
    assert (run.returned_s, run.alive) == (1.0, ["worker"])


def test_get_nowait_raises_empty_instead_of_waiting():
    def program():
        with pytest.raises(Empty):
            Queue().get_nowait()

    run = simulate(program)
    assert (run.returned, run.returned_s) == (True, 0.0)


def test_blocked_producer_waits_for_ever_when_the_last_consumer_has_died():
    def program():
        box = Queue(1)

        def produce():
            for item in range(3):
                box.put(item)

        def consume():
            raise ValueError(box.get())

        together(produce, consume)

    assert "waits for Queue.put()" in str(describe(simulate(program)))


def test_shutdown_is_new_in_3_13():
    assert hasattr(queue.Queue, "shutdown") == (sys.version_info >= (3, 13))
