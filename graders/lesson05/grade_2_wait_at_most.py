"""Hidden checks of lesson 05, task 2: wait_at_most."""

import pytest

from threadlings.checks import always, only_waited, require_answer, waits_for_a_thread
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said

waiting = scenario(waits_for_a_thread)


def _waited(submission, *calls):
    """Require the answers of wait_at_most(), as early as they can be known."""
    runs = submission.run(waiting, name="wait_at_most", calls=calls)
    for run, call in zip(runs, calls, strict=True):
        require_answer(run, "wait_at_most", **call)


@pytest.mark.task(2)
def test_true_as_soon_as_the_thread_has_ended(submission):
    """True comes as soon as the thread has ended."""
    _waited(submission, {"thread_s": 2, "seconds": 60})


@pytest.mark.task(2)
def test_false_when_the_time_is_up(submission):
    """False comes when the time is up, and the thread goes on."""
    _waited(submission, {"thread_s": 60, "seconds": 2.5})


@pytest.mark.task(2)
def test_no_waiting_where_the_answer_is_known(submission):
    """The answer comes at once if the thread has already ended, or the limit is 0 s."""
    _waited(
        submission,
        {"thread_s": 1, "seconds": 30, "after_s": 3},
        {"thread_s": 1, "seconds": 0, "after_s": 3},
        {"thread_s": 30, "seconds": 0, "after_s": 3},
    )


@scenario
def wait_for_an_ended_thread(lesson):
    def program():
        from threading import Thread

        thread = Thread(target=int)
        thread.start()
        thread.join()
        return lesson.wait_at_most(thread, 5)

    return search(program, max_runs=50, max_decisions=300)


@pytest.mark.task(2)
def test_no_schedule_hides_that_the_thread_has_ended(submission):
    """A thread that has ended before the call has ended in time, under every schedule."""
    always(
        submission.run(wait_for_an_ended_thread),
        True,
        lambda answer: said(
            "wait_at_most(thread, 5) returned {answer!r}, but the thread had already ended\n"
            "  ask the thread itself; whether another thread that waits for it has ended says less",
            answer=answer,
        ),
    )


@scenario
def waits_one_after_the_other(lesson):
    """Wait for a slow thread in vain, then for a quick one, then for the slow one once more."""

    def program():
        import time
        from threading import Thread

        slow, quick = (Thread(target=time.sleep, args=(seconds,)) for seconds in (10, 1))
        slow.start()
        quick.start()
        waits = [(slow, 2), (quick, 2), (slow, 60), (slow, 0)]
        return [lesson.wait_at_most(thread, seconds) for thread, seconds in waits]

    return simulate(program)


@pytest.mark.task(2)
def test_a_second_call_starts_afresh(submission):
    """A second call knows nothing of the first."""
    run = submission.run(waits_one_after_the_other)
    answers = only_waited(run, "wait_at_most()")
    if answers != [False, True, True, True]:
        raise Broken(
            "a call of wait_at_most() should know nothing of an earlier call\n"
            "  waits of 2, 2, 60 and 0 s for threads that take 10, 1, 10 and 10 s\n"
            "  it should return False, True, True, True; it returned {answers}",
            shown_by=run,
            answers=", ".join(map(repr, answers)),
        )
