"""What you can check yourself in lesson 05. Run it with: pytest exercises/lesson05"""

import pytest

from threadlings.checks import Broken, always, ended_well
from threadlings.engine import search, simulate
from threadlings.language import said


def waited_s(run):
    """Return after how many seconds a program ended well, having waited without burning time."""
    ended_well(run)
    for spin in run.busy_waits:
        raise Broken(
            "the loop at {place} waits by burning time; join() only waits",
            shown_by=run,
            place=spin.place,
        )
    return round(run.returned_s, 3)


@pytest.mark.task(1)
def test_ten_tasks_of_one_second_take_one_second(lesson):
    """Ten tasks of one second end together after one second."""

    def program():
        import time

        lesson.run_all([lambda: time.sleep(1)] * 10)

    run = simulate(program)
    took_s = waited_s(run)
    if took_s < 1:
        raise Broken(
            "run_all() returned after {took_s} s, but its tasks take 1 s each",
            shown_by=run,
            took_s=took_s,
        )
    if took_s > 1.1:
        raise Broken(
            "ten tasks of 1 s took {took_s} s, but 1.0 s is possible\n"
            "  start every task before you wait for one, and wait no longer than it needs",
            shown_by=run,
            took_s=took_s,
        )


@pytest.mark.task(1)
def test_results_are_in_task_order(lesson):
    """The results are in the order of the tasks, whichever ended first."""

    def program():
        import time

        def slow():
            time.sleep(3)
            return "slow"

        def quiet():
            time.sleep(1)

        def quick():
            time.sleep(2)
            return "quick"

        return lesson.run_all([slow, quiet, quick])

    run = simulate(program)
    results = ended_well(run)
    if results != ["slow", None, "quick"]:
        raise Broken(
            "the results are not in task order\n"
            "  they should be ['slow', None, 'quick'], they are {results}",
            shown_by=run,
            results=results,
        )


@pytest.mark.task(1)
def test_run_all_waits_for_every_task(lesson):
    """run_all() returns after every task has ended, however long it takes."""

    def program():
        ended = []
        lesson.run_all([lambda: ended.append("first"), lambda: ended.append("second")])
        return len(ended)

    always(
        search(program, max_runs=200, max_decisions=300),
        2,
        lambda count: said(
            "run_all() returned before every task had ended\n"
            "  2 tasks should have ended once each when it returns; {count} had",
            count=count,
        ),
    )


@pytest.mark.task(1)
def test_the_error_of_a_task_is_raised_after_all_have_ended(lesson):
    """When a task raises, run_all() raises that error, after all the tasks have ended."""

    def program():
        import time

        ended = []

        def failing():
            raise ValueError("no good")

        def slow():
            time.sleep(10)
            ended.append("slow")

        try:
            lesson.run_all([failing, slow])
        except ValueError:
            return "raised after all" if ended else "raised too early"
        return "not raised"

    run = simulate(program)
    # An error that a task's thread does not catch is seen here as well: see what came of it first.
    seen = run.value if run.returned else ended_well(run)
    if seen == "not raised":
        raise Broken(
            "tasks[0] raised a ValueError, and run_all() should raise it; it did not", shown_by=run
        )
    if seen == "raised too early":
        raise Broken(
            "run_all() raised the error of tasks[0] before every task had ended", shown_by=run
        )


@pytest.mark.task(2)
def test_true_as_soon_as_the_thread_has_ended(lesson):
    """wait_at_most() returns True as soon as the thread has ended."""
    run = simulate(lambda: waiting(lesson, thread_s=2, limit_s=60))
    took_s = waited_s(run)
    if took_s > 2.1:
        raise Broken(
            "wait_at_most(thread, 60) waited longer than needed: {took_s} s\n"
            "  the thread ended after 2 s",
            shown_by=run,
            took_s=took_s,
        )
    if run.value is not True:
        raise Broken(
            "wait_at_most(thread, 60) should return True, it returned {value}\n"
            "  the thread ended after 2 s; the call returned after {took_s} s",
            shown_by=run,
            value=run.value,
            took_s=took_s,
        )


@pytest.mark.task(2)
def test_false_when_the_time_is_up(lesson):
    """wait_at_most() returns False when the time is up and the thread still runs."""
    run = simulate(lambda: waiting(lesson, thread_s=60, limit_s=2.5))
    took_s = waited_s(run)
    if not 2.5 <= took_s <= 2.6:
        raise Broken(
            "wait_at_most(thread, 2.5) should return after 2.5 s, it returned after {took_s} s\n"
            "  the thread takes 60 s",
            shown_by=run,
            took_s=took_s,
        )
    if run.value is not False:
        raise Broken(
            "wait_at_most(thread, 2.5) should return False, it returned {value}\n"
            "  the thread takes 60 s, so it still runs",
            shown_by=run,
            value=run.value,
        )


def waiting(lesson, thread_s, limit_s):
    """Start a thread that takes ``thread_s`` seconds, and wait for it at most ``limit_s``."""
    import time
    from threading import Thread

    thread = Thread(target=time.sleep, args=(thread_s,))
    thread.start()
    return lesson.wait_at_most(thread, limit_s)


@pytest.mark.task(3)
def test_work_and_sleep_take_as_long_as_the_longer_one(lesson):
    """Work of 10 x 0.5 s and sleep of 10 x 0.3 s end together after 5 s."""

    def program():
        import time

        def work():
            for _ in range(10):
                time.sleep(0.5)

        def sleep():
            for _ in range(10):
                time.sleep(0.3)

        lesson.run_both(work, sleep, lambda text: None)

    run = simulate(program)
    took_s = waited_s(run)
    if took_s < 5:
        raise Broken(
            "run_both() returned after {took_s} s, but work takes 5 s", shown_by=run, took_s=took_s
        )
    if took_s > 5.1:
        raise Broken(
            "work of 5 s and sleep of 3 s took {took_s} s together, but 5.0 s is possible\n"
            "  start both before you wait for one, and wait no longer than they need",
            shown_by=run,
            took_s=took_s,
        )


@pytest.mark.task(3)
def test_report_comes_after_both_have_ended(lesson):
    """report() is called after work and sleep have ended, however long they take."""

    def program():
        ended, seen = [], []
        lesson.run_both(
            lambda: ended.append("work"),
            lambda: ended.append("sleep"),
            lambda text: seen.append(len(ended)),
        )
        return seen

    always(
        search(program, max_runs=200, max_decisions=300),
        [2],
        lambda seen: (
            said("report() was called before both had ended")
            if seen and seen[0] < 2
            else said(
                "report() should be called once, it was called {count} times", count=len(seen)
            )
        ),
    )


@pytest.mark.task(3)
def test_report_is_called_with_its_text(lesson):
    """report() is called with exactly: main thread finished"""

    def program():
        texts = []
        lesson.run_both(lambda: None, lambda: None, texts.append)
        return texts

    run = simulate(program)
    texts = ended_well(run)
    if texts != ["main thread finished"]:
        raise Broken(
            "report() should be called once, with 'main thread finished'\n"
            "  it was called with {value}",
            shown_by=run,
            value=texts or said("nothing: it was not called"),
        )
