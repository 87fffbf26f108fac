"""What you can check yourself in lesson 05. Run it with: pytest exercises/lesson05"""

from contextlib import suppress

import pytest

from threadlings.checks import Broken, always, ended_well
from threadlings.engine import search, simulate
from threadlings.language import said


def after(seconds, action=int):
    """Return a function that sleeps so long, then returns what ``action`` returns."""

    def function():
        import time

        time.sleep(seconds)
        return action()

    return function


def fail(error):
    """Raise an error."""
    raise error


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
    run = simulate(lambda: lesson.run_all([after(1)] * 10))
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
    tasks = [after(3, lambda: "slow"), after(1, lambda: None), after(2, lambda: "quick")]
    run = simulate(lambda: lesson.run_all(tasks))
    results = ended_well(run)
    if results != ["slow", None, "quick"]:
        raise Broken(
            "the results are not in task order\n"
            "  they should be ['slow', None, 'quick'], they are {results}",
            shown_by=run,
            results=results,
        )


@pytest.mark.task(1)
def test_no_tasks_give_an_empty_list(lesson):
    """No tasks give an empty list."""
    run = simulate(lambda: lesson.run_all([]))
    results = ended_well(run)
    if results != []:
        raise Broken("run_all([]) should return [], it returned {results}", results=results)


@pytest.mark.task(1)
def test_a_function_may_be_in_the_list_twice(lesson):
    """A function that is in the list twice makes two tasks, each in a thread of its own."""

    def program():
        from threading import get_ident

        return get_ident(), lesson.run_all([get_ident] * 2), lesson.run_all([get_ident])

    caller, results, alone = ended_well(simulate(program))
    if len(results) != 2 or None in results:
        raise Broken(
            "a function that is in the list twice makes two tasks, with a result each\n"
            "  run_all([get_ident, get_ident]) returned {results}",
            results=results,
        )
    if caller in [*results, *alone]:
        raise Broken("a task ran in the thread that called run_all(), not in one of its own")


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
        ended = []
        failing = after(0, lambda: fail(ValueError("no good")))
        try:
            lesson.run_all([failing, after(50, lambda: ended.append("slow"))])
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


@pytest.mark.task(1)
def test_the_first_failed_task_in_the_list_decides(lesson):
    """If several tasks raise, run_all() raises the error of the first of them in the list."""

    def program():
        late = after(2, lambda: fail(ValueError("of tasks[0]")))
        early = after(0, lambda: fail(LookupError("of tasks[1]")))
        try:
            lesson.run_all([late, early])
        except (ValueError, LookupError) as error:
            return repr(error)
        return "no error"

    run = simulate(program)
    raised = run.value if run.returned else ended_well(run)
    if raised != "ValueError('of tasks[0]')":
        raise Broken(
            "tasks[0] raised after 2 s, tasks[1] at once: the first in the list decides\n"
            "  run_all() should raise ValueError('of tasks[0]'), it raised {raised}",
            shown_by=run,
            raised=raised,
        )


@pytest.mark.task(1)
def test_a_second_call_knows_nothing_of_the_first(lesson):
    """A second call of run_all() knows nothing of the first."""

    def program():
        first = lesson.run_all([lambda: 1, lambda: 2])
        with suppress(ValueError):
            lesson.run_all([lambda: 3, lambda: fail(ValueError("no good"))])
        return lesson.run_all([lambda: 4]), first

    run = simulate(program)
    second, first = run.value if run.returned else ended_well(run)
    if (first, second) != ([1, 2], [4]):
        raise Broken(
            "a call of run_all() should know nothing of an earlier one\n"
            "  the first returned [1, 2], which should stay so: it is {first}\n"
            "  the second raised an error; the third should return [4], it returned {second}",
            first=first,
            second=second,
        )


@pytest.mark.task(1)
def test_a_task_may_call_run_all(lesson):
    """A task may call run_all() itself."""
    run = simulate(lambda: lesson.run_all([lambda: lesson.run_all([lambda: 1]), lambda: 2]))
    results = ended_well(run)
    if results != [[1], 2]:
        raise Broken(
            "a task called run_all() itself: the results should be [[1], 2], they are {results}",
            results=results,
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


@pytest.mark.task(2)
def test_each_answer_is_of_its_own_wait(lesson):
    """Each call of wait_at_most() tells of the thread as it is then."""

    def program():
        import time
        from threading import Thread

        slow, quick = (Thread(target=time.sleep, args=(seconds,)) for seconds in (10, 1))
        slow.start()
        quick.start()
        waits = [(slow, 2), (quick, 0), (slow, 60), (slow, 0)]
        return [lesson.wait_at_most(thread, limit_s) for thread, limit_s in waits]

    run = simulate(program)
    answers = ended_well(run)
    if answers != [False, True, True, True]:
        raise Broken(
            "waits of 2, 0, 60 and 0 s for threads that take 10, 1, 10 and 10 s\n"
            "  wait_at_most() should return False, True, True, True; it returned {answers}",
            shown_by=run,
            answers=", ".join(map(repr, answers)),
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
    """Work of 50 s and sleep of 30 s end together after 50 s."""
    run = simulate(lambda: lesson.run_both(after(50), after(30), lambda text: None))
    took_s = waited_s(run)
    if took_s < 50:
        raise Broken(
            "run_both() returned after {took_s} s, but work takes 50 s", shown_by=run, took_s=took_s
        )
    if took_s > 50.1:
        raise Broken(
            "work of 50 s and sleep of 30 s took {took_s} s together, but 50.0 s is possible\n"
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


@pytest.mark.task(3)
def test_a_second_call_waits_as_well(lesson):
    """A second call of run_both() waits and reports as the first did."""

    def program():
        ended, seen = [], []
        part = after(1, lambda: ended.append("part"))
        for _ in range(2):
            lesson.run_both(part, part, lambda text: seen.append(len(ended)))
        return seen

    run = simulate(program)
    seen = ended_well(run)
    if seen != [2, 4]:
        raise Broken(
            "of two calls of run_both(), each should report once, after its own two have ended\n"
            "  at the reports 2 and 4 functions should have ended; it was {seen}",
            seen=seen,
        )
