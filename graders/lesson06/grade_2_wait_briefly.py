"""Hidden checks of lesson 06, task 2: wait_briefly."""

import pytest

from threadlings.checks import EXACT_S, never_wrong, only_waited
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said


@scenario
def brief_waits(lesson, waits):
    """Call wait_briefly for each of [seconds, set_at_s]; the event is set after set_at_s."""

    def wait(seconds, set_at_s):
        def program():
            import time
            from threading import Event, Thread

            event = Event()

            def signal():
                time.sleep(set_at_s)
                event.set()

            signaller = Thread(target=signal)
            if set_at_s:
                signaller.start()
            else:
                event.set()
            answer = lesson.wait_briefly(event, seconds)
            took_s, is_set = time.monotonic(), event.is_set()
            if set_at_s:
                signaller.join()
            return {"answer": answer, "took_s": took_s, "is_set": is_set}

        return simulate(program, max_decisions=20_000)

    return [wait(*plan) for plan in waits]


def _answers(submission, *waits):
    """Require answers that are right, and as early as they can be known."""
    for run, plan in zip(submission.run(brief_waits, waits=waits), waits, strict=True):
        _answered(only_waited(run, "wait_briefly()"), *plan)


def _answered(end, seconds, set_at_s):
    answer, took_s = end["answer"], end["took_s"]
    was_set = said("the event was set after {set_at_s} s", set_at_s=set_at_s)
    told = said(
        "  wait_briefly(event, {seconds}) returned {answer!r} after {took_s:.9g} s; {fact}",
        seconds=seconds,
        answer=answer,
        took_s=took_s,
        fact=was_set if set_at_s else said("the event was set already"),
    )
    in_time = set_at_s < seconds or not set_at_s
    expected, known_s = ("set", set_at_s) if in_time else ("timeout", seconds)
    if answer is None:
        raise Broken(
            "wait_briefly() returned None, {expected!r} is right\n{told}",
            expected=expected,
            told=told,
        )
    if answer != expected:
        raise Broken(
            "wait_briefly() should return {expected!r}, it returned {answer!r}\n{told}",
            expected=expected,
            answer=answer,
            told=told,
        )
    if took_s < known_s - EXACT_S:
        raise Broken("wait_briefly() returned before it could know\n{told}", told=told)
    if took_s > known_s + EXACT_S:
        allowed = said("the {seconds} s allowed", seconds=seconds)
        limit = said("the event was set") if in_time else allowed
        raise Broken(
            "wait_briefly() waited longer than until {limit}\n{told}", limit=limit, told=told
        )
    if in_time and not end["is_set"]:
        raise Broken("wait_briefly() cleared the event\n{told}", told=told)


@pytest.mark.task(2)
def test_set_as_soon_as_the_event_is_set(submission):
    """The answer "set" comes as soon as the event is set."""
    _answers(submission, [60, 1.234567], [1_000, 500.123457])


@pytest.mark.task(2)
def test_timeout_when_the_time_is_up(submission):
    """The answer "timeout" comes when the time is up and the event is not set."""
    _answers(submission, [2.5, 60], [0.123457, 1])


@pytest.mark.task(2)
def test_no_waiting_where_the_answer_is_known(submission):
    """The answer comes at once if the event is set already, or the limit is 0 s."""
    _answers(submission, [30, 0], [0, 0], [0, 30])


@scenario
def brief_wait_and_signal(lesson):
    def program():
        from threading import Event, Thread

        event = Event()
        signaller = Thread(target=event.set)
        signaller.start()
        answer = lesson.wait_briefly(event, 5)
        is_set = event.is_set()
        signaller.join()
        return [answer, is_set]

    return search(program, max_runs=50, max_decisions=300)


def _wrong_guess(end):
    answer, is_set = end
    if answer == "set" and not is_set:
        return said("wait_briefly() returned 'set', but the event was not set")
    if answer not in ("set", "timeout"):
        return said(
            "wait_briefly() should return 'set' or 'timeout', it returned {answer!r}", answer=answer
        )
    return ""


@pytest.mark.task(2)
def test_the_answer_is_never_a_guess(submission):
    """Whenever the event is set: "set" is said only after it was."""
    never_wrong(submission.run(brief_wait_and_signal), _wrong_guess)
