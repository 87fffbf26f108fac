"""What the pages of lesson 06 say about Event, and about the notebook's program, is so."""

import threading
import time
from threading import Event, Thread

from threadlings.engine import search, simulate


def test_set_lets_all_go_who_wait_and_the_flag_stays_set():
    def program():
        event, answers = Event(), []
        threads = [Thread(target=lambda: answers.append(event.wait())) for _ in range(3)]
        for thread in threads:
            thread.start()
        time.sleep(5)
        event.set()
        for thread in threads:
            thread.join()
        answers.append(event.wait())  # Who comes later does not block.
        return answers, time.monotonic()

    assert simulate(program).value == ([True] * 4, 5.0)


def test_after_clear_a_wait_blocks_again():
    def program():
        event = Event()
        event.set()
        event.clear()
        return event.is_set(), event.wait(2), time.monotonic()

    assert simulate(program).value == (False, False, 2.0)


def test_a_wait_with_a_limit_tells_whether_the_flag_was_set():
    def program():
        event = Event()
        threading.Timer(1, event.set).start()
        answer = event.wait(60)
        return answer, time.monotonic()

    assert simulate(program).value == (True, 1.0)


def test_a_wait_tells_of_a_flag_that_was_cleared_right_after_it_was_set():
    def program():
        event = Event()

        def signal():
            time.sleep(1)
            event.set()
            event.clear()

        Thread(target=signal).start()
        return event.wait(60), event.is_set()

    assert simulate(program).value == (True, False)


def test_the_notebooks_worker_looks_again_at_the_very_moment_of_the_clear():
    """So 3 comes before the pause or after it, and a run proves nothing."""

    def program():
        event, looks_s = Event(), []

        def work():
            for _ in range(10):
                looks_s.append(time.monotonic())
                event.wait()
                time.sleep(1)

        thread = Thread(target=work)
        thread.start()
        time.sleep(5)
        event.set()
        time.sleep(3)
        cleared_s = time.monotonic()
        event.clear()
        time.sleep(5)
        event.set()
        thread.join()
        return cleared_s in looks_s

    assert simulate(program).value is True


def test_who_comes_to_wait_after_set_and_clear_misses_the_signal():
    def program():
        event = Event()
        thread = Thread(target=event.wait)
        thread.start()
        event.set()
        event.clear()
        thread.join()

    assert {outcome.kind for outcome in search(program).outcomes} == {"value", "deadlock"}


def test_a_loop_that_sleeps_notices_late():
    def program():
        event = Event()
        threading.Timer(5.05, event.set).start()
        while not event.is_set():
            time.sleep(0.2)
        return time.monotonic()

    assert simulate(program).value > 5.1
