"""Hidden checks of lesson 06, task 2: wait_briefly."""

import pytest

from threadlings.checks import always, in_time, never_wrong, nothing_wrong, only_waited
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said


@scenario
def brief_waits(lesson, waits, cleared=False):
    """Call wait_briefly for each of [seconds, set_at_s]; the event is set after set_at_s.

    If it is to be cleared, that happens at the very moment at which it was set.
    """

    def wait(seconds, set_at_s):
        def program():
            import time
            from threading import Event, Thread

            event = Event()

            def signal():
                time.sleep(set_at_s)
                event.set()
                if cleared:
                    event.clear()

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


def _answers(submission, *waits, cleared=False):
    """Require answers that are right, and as early as they can be known."""
    runs = submission.run(brief_waits, waits=waits, cleared=cleared)
    for run, (seconds, set_at_s) in zip(runs, waits, strict=True):
        end = only_waited(run, "wait_briefly()")
        is_early = set_at_s < seconds or not set_at_s
        fact = said("the event was set already")
        if set_at_s:
            fact = said("the event was set after {set_at_s} s", set_at_s=set_at_s)
        if cleared:
            fact = said("{fact}, and cleared right afterwards", fact=fact)
        asked, expected = f"wait_briefly(event, {seconds})", "set" if is_early else "timeout"
        needed_s = set_at_s if is_early else seconds
        nothing_wrong(in_time(end, asked, expected, needed_s=needed_s, fact=fact))
        if is_early and not cleared and not end["is_set"]:
            raise Broken("wait_briefly() cleared the event\n  {fact}", fact=fact)


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


@pytest.mark.task(2)
def test_an_event_that_is_cleared_again_was_set(submission):
    """The answer is "set" if the event was set in time, even if it is cleared right afterwards."""
    _answers(submission, [60, 1.234567], cleared=True)


@scenario
def brief_wait_and_signal(lesson, seconds=5, is_set=False):
    """Call wait_briefly while another thread sets the event, or once it has set it."""

    def program():
        from threading import Event, Thread

        event = Event()
        signaller = Thread(target=event.set)
        signaller.start()
        if is_set:
            signaller.join()
        answer = lesson.wait_briefly(event, seconds)
        return [answer, is_set or event.is_set()]

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
    """Whenever the event is set: "set" is said only after it was, and always if it was before."""
    never_wrong(submission.run(brief_wait_and_signal), _wrong_guess)
    for seconds in (5, 0):
        always(
            submission.run(brief_wait_and_signal, seconds=seconds, is_set=True),
            ["set", True],
            said(
                "wait_briefly() did not return 'set', but the event was set before the call\n"
                "  ask the event itself; whether a thread that waits for it has ended says less"
            ),
        )


@scenario
def brief_waits_in_turn(lesson):
    def program():
        import time
        from threading import Event

        event, other = Event(), Event()
        other.set()
        answers = [lesson.wait_briefly(event, 1)]
        event.set()
        answers.append(lesson.wait_briefly(event, 1))
        event.clear()
        answers += [lesson.wait_briefly(event, 2), lesson.wait_briefly(other, 2)]
        return [answers, time.monotonic()]

    return simulate(program, max_decisions=20_000)


@pytest.mark.task(2)
def test_a_second_call_starts_afresh(submission):
    """A second call knows nothing of the first."""
    run = submission.run(brief_waits_in_turn)
    answers, ended_s = only_waited(run, "wait_briefly()")
    if answers != ["timeout", "set", "timeout", "set"] or ended_s != 3:
        raise Broken(
            "a call of wait_briefly() should know nothing of an earlier call\n"
            "  four calls: 1 s for an event that is not set, 1 s for it when set, 2 s for it when "
            "cleared,\n"
            "  2 s for another one that is set; the answers should be timeout, set, timeout, set\n"
            "  after 3 s; they were {answers} after {ended_s:.9g} s",
            shown_by=run,
            answers=", ".join(map(str, answers)),
            ended_s=ended_s,
        )
