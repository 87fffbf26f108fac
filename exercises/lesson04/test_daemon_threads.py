"""What you can check yourself in lesson 04. Run it with: pytest exercises/lesson04"""

import pytest

from threadlings.checks import (
    Broken,
    Starts,
    Unfinished,
    ended_well,
    wrong_with_calls,
    wrong_with_waiting,
)
from threadlings.engine import simulate
from threadlings.language import said

# Whatever pytest is told elsewhere: a deprecated call is an error here.
pytestmark = pytest.mark.filterwarnings("error::DeprecationWarning")

WORK_S = 60


def program_that_ends(start, inside_daemon=False):
    """Return a program that starts a thread of 60 s, by ``start``, and soon ends."""

    def program():
        import time
        from threading import Thread, current_thread

        def work():
            begun.append(current_thread())
            time.sleep(WORK_S)
            done.append("done")

        begun, done, threads = [], [], []
        if inside_daemon:
            caller = Thread(target=lambda: threads.append(start(work)), daemon=True)
            caller.start()
            caller.join()
        else:
            threads.append(start(work))
        time.sleep(1)
        return {"is_it": threads == begun, "begun": len(begun), "done": done}

    return program


def ended(run, name):
    """Return when a program ended, if its thread was started and returned at once."""
    seen = ended_well(run)
    if run.returned_s > 1.1:
        raise Broken(
            "{name}() should return at once, it returned after {returned_s:.1f} s\n"
            "  its target works for {work_s} s",
            shown_by=run,
            name=name,
            returned_s=run.returned_s - 1,
            work_s=WORK_S,
        )
    if seen["begun"] != 1:
        raise Broken(
            "{name}() should run the target once; it ran {count} times",
            shown_by=run,
            name=name,
            count=seen["begun"],
        )
    if not seen["is_it"]:
        raise Broken("{name}() should return the thread that it started", shown_by=run, name=name)
    return run.ended_s


def second_call_starts_another(lesson, name):
    """Require of two calls that each starts a thread for its own target, and returns it at once."""

    def program():
        books = [Starts([5]), Starts([5])]
        for starts in books:
            starts.begin(lambda target: [getattr(lesson, name)(target)], starts.target)
        return [starts.told() for starts in books]

    first, second = ended_well(simulate(program))
    asked = f"{name}(target)"
    wrong = wrong_with_calls(first, asked) or wrong_with_calls(second, asked)
    if wrong or second["took_s"] > 0.1:
        raise Broken(
            "{name}() is called twice: each call should start a thread and return it at once\n"
            "  {wrong}",
            name=name,
            wrong=wrong or wrong_with_waiting(second, asked),
        )


@pytest.mark.task(1)
def test_a_second_call_starts_another_background_thread(lesson):
    """A second call of start_background() starts another thread, and returns that one at once."""
    second_call_starts_another(lesson, "start_background")


@pytest.mark.task(2)
def test_a_second_call_starts_another_foreground_thread(lesson):
    """A second call of start_foreground() starts another thread, and returns that one at once."""
    second_call_starts_another(lesson, "start_foreground")


@pytest.mark.task(1)
@pytest.mark.parametrize("inside_daemon", [False, True], ids=["main_thread", "daemon_thread"])
def test_the_program_may_end_while_it_runs(lesson, inside_daemon):
    """The program's end does not wait for a background thread, whoever started it."""
    program = program_that_ends(lambda target: lesson.start_background(target), inside_daemon)
    run = simulate(program)
    ended_s = ended(run, "start_background")
    if ended_s > 1.1:
        raise Broken(
            "the program's end waited for the background thread\n"
            "  the main thread ended after 1.0 s, the program after {ended_s:.1f} s",
            ended_s=ended_s,
        )


@pytest.mark.task(2)
@pytest.mark.parametrize("inside_daemon", [False, True], ids=["main_thread", "daemon_thread"])
def test_the_programs_end_waits(lesson, inside_daemon):
    """The program's end waits for a foreground thread, even if a daemon thread started it."""
    program = program_that_ends(lambda target: lesson.start_foreground(target), inside_daemon)
    run = simulate(program)
    ended_s = ended(run, "start_foreground")
    if not run.value["done"]:
        caller = said(said("a daemon thread") if inside_daemon else said("the main thread"))
        raise Broken(
            "the program's end did not wait for the foreground thread\n"
            "  {caller} started it to work for {work_s} s; the program ended after {ended_s:.1f} "
            "s",
            caller=caller,
            work_s=WORK_S,
            ended_s=ended_s,
        )


@pytest.mark.task(3)
def test_the_prediction_is_what_happens(lesson):
    """Both numbers are those of the lines that the program prints."""
    predicted = {True: lesson.LINES_IF_DAEMON, False: lesson.LINES_IF_NOT_DAEMON}
    if any(lines is ... for lines in predicted.values()):
        raise Unfinished("TODO 3 in exercises/lesson04/daemon_threads.py")
    for is_daemon, lines in predicted.items():
        if lines != lines_printed(is_daemon):
            name = "LINES_IF_DAEMON" if is_daemon else "LINES_IF_NOT_DAEMON"
            raise Broken(
                "{name} is {lines!r}, and that is not what the program prints\n"
                "  the main thread ends in the other thread's first sleep: who waits for "
                "whom then?",
                name=name,
                lines=lines,
            )


def lines_printed(is_daemon):
    """Return how many lines the program of task 3 prints, in virtual time."""

    def program():
        import time
        from threading import Thread

        def work():
            for _ in range(10):
                print("I am working..")
                time.sleep(0.5)

        Thread(target=work, daemon=is_daemon).start()

    return simulate(program).lines().count("I am working..")


def stopped(lesson, thread_s, limit_s):
    """Return what stop_within() answered for a thread that ends after ``thread_s``, and when."""

    def program():
        import time
        from threading import Thread

        thread = Thread(target=time.sleep, args=(thread_s,), daemon=True)
        thread.start()
        return lesson.stop_within(thread, limit_s)

    run = simulate(program)
    return ended_well(run), round(run.returned_s, 3)


@pytest.mark.task(4)
def test_true_as_soon_as_the_thread_has_ended(lesson):
    """stop_within() returns True as soon as the thread has ended."""
    answer, took_s = stopped(lesson, thread_s=2, limit_s=60)
    if answer is not True or not 2 <= took_s <= 2.1:
        raise Broken(
            "stop_within(thread, 60) returned {answer} after {took_s} s\n"
            "  the thread ended after 2 s: then it should return True",
            answer=answer,
            took_s=took_s,
        )


@pytest.mark.task(4)
def test_false_when_the_time_is_up(lesson):
    """stop_within() returns False when the time is up and the thread still runs."""
    answer, took_s = stopped(lesson, thread_s=60, limit_s=2.5)
    if answer is not False or not 2.5 <= took_s <= 2.6:
        raise Broken(
            "stop_within(thread, 2.5) returned {answer} after {took_s} s\n"
            "  the thread takes 60 s: after 2.5 s it should return False",
            answer=answer,
            took_s=took_s,
        )


@pytest.mark.task(4)
def test_it_may_be_asked_again(lesson):
    """stop_within() looks anew each time, at that thread alone, no longer than it must."""

    def program():
        import time
        from threading import Thread

        thread = Thread(target=time.sleep, args=(5,), name="worker", daemon=True)
        Thread(target=time.sleep, args=(1000,), name="worker", daemon=True).start()
        thread.start()
        return [lesson.stop_within(thread, seconds) for seconds in (0, 2, 10, 0)]

    run = simulate(program)
    answers = ended_well(run)
    if answers != [False, False, True, True] or run.returned_s > 5.2:
        raise Broken(
            "stop_within() was asked about a thread of 5 s, with 0, 2, 10 and 0 seconds\n"
            "  it should return False, False, True, True, in 5 s; it returned {answers} in "
            "{took_s:.1f} s",
            shown_by=run,
            answers=answers,
            took_s=run.returned_s,
        )


@pytest.mark.task(4)
def test_the_program_may_end_when_the_time_is_up(lesson):
    """When stop_within() has returned False, the program may end at once."""

    def program():
        import time
        from threading import Thread

        thread = Thread(target=time.sleep, args=(WORK_S,), daemon=True)
        thread.start()
        lesson.stop_within(thread, 1)

    run = simulate(program)
    ended_well(run)
    if run.ended_s > run.returned_s + 0.1:
        raise Broken(
            "stop_within(thread, 1) has returned, and the program does not end\n"
            "  which thread of yours still waits?",
            shown_by=run,
        )
