"""One run in virtual time: how long it takes, what it prints, how it ends."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from threadlings.engine import simulate

from . import programs


def test_sleeps_and_timeouts_take_exactly_their_virtual_time():
    run = simulate(programs.waiting_in_turns)
    assert (run.value, run.returned_s, run.ended_s) == (3.5, 3.5, 3.5)


def test_threads_that_sleep_side_by_side_take_as_long_as_the_longest():
    run = simulate(programs.sleeping_side_by_side)
    assert run.value == 1.0
    assert run.lines() == ["done"] * 3
    assert {part.time_s for part in run.printed} == {1.0}
    assert [run.lines(letter) for letter in "ABC"] == [["done"]] * 3


def test_exit_waits_for_threads_but_not_for_daemons():
    run = simulate(programs.daemon_and_not)
    assert (run.value, run.returned_s, run.ended_s) == ("returned", 0.0, 0.75)
    assert run.lines() == ["tick", "tick", "short"]
    assert run.alive == ["daemon", "short"]
    assert run.stopped == ["daemon"]


def test_error_in_a_thread_is_kept_by_name_and_place():
    run = simulate(programs.raising_thread)
    (name,) = run.uncaught
    failure = run.uncaught[name]
    assert name.startswith("Thread-1")
    assert (failure.type_name, failure.message) == ("ValueError", "no good")
    assert failure.place is not None
    assert failure.place.file == "programs.py"
    assert run.value == "main went on"


def test_system_exit_is_the_programs_error():
    run = simulate(programs.leaving)
    assert run.error is not None
    assert (run.error.type_name, run.error.message, run.returned) == ("SystemExit", "3", False)


def test_self_deadlock_names_the_lock_and_its_holder():
    run = simulate(programs.self_deadlock)
    (wait,) = run.deadlock
    assert (wait.thread, wait.held_by) == ("m", "m")
    assert str(wait.what).startswith("the lock made at programs.py:")
    assert wait.held_since is not None
    assert wait.place is not None
    assert wait.place.line == wait.held_since.line + 1


def test_lock_of_an_ended_thread_names_who_took_it():
    run = simulate(programs.missing_release)
    waits = {wait.thread: wait for wait in run.deadlock}
    assert waits["B"].held_by == "A"
    assert str(waits["m"].what) == "the end of B"


def test_wait_is_told_as_it_was_before_the_threads_were_stopped():
    (wait,) = [w for w in simulate(programs.putting_at_last).deadlock if w.thread == "A"]
    assert (str(wait.what), wait.held_by) == ("Queue.put()", None)


def test_notification_nobody_can_send_any_more_is_a_deadlock():
    (wait, *_rest) = [
        w for w in simulate(programs.forgotten_condition_alone).deadlock if w.thread == "m"
    ]
    assert (str(wait.what), wait.held_by) == ("Condition.wait()", None)


def test_spinning_for_ever_is_a_livelock_at_its_line():
    run = simulate(programs.spinning_for_ever)
    (spin,) = run.livelock
    assert spin.place.file == "programs.py"
    assert spin.place.function == "spinning_for_ever"


def test_busy_wait_ends_when_time_passes_and_is_reported():
    run = simulate(programs.busy_wait_for_end)
    assert run.value == 1.0
    assert [spin.place.function for spin in run.busy_waits] == ["busy_wait_for_end"]


@pytest.mark.parametrize(
    "program", [programs.counting_down_alone, programs.taking_back_from_a_queue]
)
def test_loop_that_makes_progress_is_no_busy_wait(program):
    run = simulate(program)
    assert run.returned
    assert not run.busy_waits
    assert not run.livelock


def test_polling_with_a_sleep_is_no_busy_wait():
    run = simulate(programs.polling_two_ends)
    assert run.value == 2.0
    assert not run.busy_waits


def test_spin_on_two_conditions_is_a_livelock():
    assert simulate(programs.two_conditions_spinning).livelock


def test_daemon_that_burns_time_does_not_stop_the_clock():
    run = simulate(programs.burning_daemon)
    assert (run.value, run.stopped) == (1.0, ["burning"])


def test_run_that_never_ends_is_cut_off_with_its_line():
    def program():
        number = 0
        while True:
            number += 1

    run = simulate(program, max_decisions=500)
    assert run.exhausted
    assert [spin.place.function for spin in run.livelock] == ["program"]


def test_pool_is_the_librarys_own():
    assert simulate(programs.pool_of_two).value == [0, 1]


def test_run_inside_a_run_is_refused():
    run = simulate(lambda: simulate(programs.leaving))
    assert run.error is not None
    assert "cannot start another run" in run.error.message


def test_data_of_a_run_survives_the_journey():
    import json

    run = simulate(programs.self_deadlock)
    assert type(run).from_data(json.loads(json.dumps(run.as_data()))) == run


def test_busy_loop_runs_from_its_beginning():
    event = threading.Event()

    def spin():
        while not event.is_set():
            pass

    def program():
        event.clear()
        spinner = threading.Thread(target=spin)
        spinner.start()
        time.sleep(5)
        event.set()
        spinner.join()

    spans = [span for span in simulate(program).timeline if span.thread == "A"]
    assert [(span.state, span.start_s, span.end_s) for span in spans] == [("running", 0, 5)]


def test_thread_that_is_all_library_is_told_by_its_call():
    def program():
        event = threading.Event()
        threading.Thread(target=event.wait, daemon=True).start()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(int)
            time.sleep(1)

    assert [str(s.what) for s in simulate(program).timeline if s.thread == "A"] == ["Event.wait()"]
    assert [str(s.what) for s in simulate(program).timeline if s.thread == "B"] == [
        "SimpleQueue.get()"
    ]
