"""Hidden checks of lesson 06, task 1: wait_for_signal."""

import pytest

from threadlings.checks import EXACT_S, never_wrong, nothing_wrong, only_waited
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said

LOG_BEFORE = ["begin", "wait for the event"]
LOG_AFTER = [*LOG_BEFORE, "event set : True"]


@scenario
def waits_for_signals(lesson, waits, every_schedule=False):
    """Let threads call wait_for_signal; set the event after a while, or before all.

    Each wait says how many threads there are, and after how many seconds the event is set.
    """

    def wait(count, set_at_s):
        def program():
            import time
            from threading import Event, Thread

            event, wait_for_signal = Event(), lesson.wait_for_signal
            logs, ended_s = [["begin"] for _ in range(count)], [None] * count

            def work(number):
                wait_for_signal(event, logs[number])
                ended_s[number] = time.monotonic()

            threads = [Thread(target=work, args=(number,)) for number in range(count)]
            if not set_at_s:
                event.set()
            for thread in threads:
                thread.start()
            if not every_schedule:
                time.sleep(set_at_s)
            before = [list(log) for log in logs]
            event.set()
            for thread in threads:
                thread.join()
            story = {"before": before, "logs": [list(log) for log in logs]}
            return {
                **story,
                "is_set": event.is_set(),
                "ended_s": [] if every_schedule else ended_s,
            }

        if every_schedule:
            return search(program, max_runs=60, max_decisions=300)
        return simulate(program, max_decisions=20_000)

    return [wait(*plan) for plan in waits]


def _wrong_log(log, expected):
    if log[:1] != ["begin"]:
        return said("the log lost what was in it: it had ['begin'], it has {log}", log=log)
    if log != expected:
        return said(
            "the log should have {expected}, it has {log}", expected=expected[1:], log=log[1:]
        )
    return ""


def _wrong_wait(end, set_at_s=None):
    """Return what is wrong with a wait; without ``set_at_s``, with one under any schedule."""
    for log in end["before"] if set_at_s != 0 else []:
        if log == LOG_AFTER:
            return said("wait_for_signal() did not wait: the event was not set yet")
        # Under any schedule the first line may be there before the event is set, or later.
        wrong = _wrong_log(log, LOG_BEFORE) if set_at_s else ""
        if wrong:
            return said("while the event is not set, {wrong}", wrong=wrong)
    for log in end["logs"]:
        wrong = _wrong_log(log, LOG_AFTER)
        if wrong:
            return said("after the event was set, {wrong}", wrong=wrong)
    if not end["is_set"]:
        return said(
            "wait_for_signal() cleared the event\n"
            "  it belongs to whoever sets it: others may be waiting for it too"
        )
    for ended_s in end["ended_s"]:
        if ended_s > set_at_s + EXACT_S:
            return said(
                "wait_for_signal() went on later than the event was set\n"
                "  set after {set_at_s} s, went on after {ended_s:.9g} s: who looks "
                "every so often comes late",
                set_at_s=set_at_s,
                ended_s=ended_s,
            )
    return ""


def _signalled(submission, *waits):
    """Require that all the waits go as they should."""
    runs = submission.run(waits_for_signals, waits=waits)
    for run, (_count, set_at_s) in zip(runs, waits, strict=True):
        nothing_wrong(_wrong_wait(only_waited(run, "wait_for_signal()"), set_at_s))


@pytest.mark.task(1)
def test_it_waits_until_the_event_is_set(submission):
    """The first line comes at once, the second as soon as the event is set."""
    _signalled(submission, [1, 7.123457], [1, 500.123457])


@pytest.mark.task(1)
def test_an_event_that_is_set_already(submission):
    """If the event is set already, both lines come at once."""
    _signalled(submission, [1, 0])


@pytest.mark.task(1)
def test_several_threads_wait_for_one_event(submission):
    """One event lets all go that wait for it, and stays set."""
    _signalled(submission, [3, 7.123457])
    (seen,) = submission.run(waits_for_signals, waits=[[2, 1]], every_schedule=True)
    never_wrong(seen, _wrong_wait)


@scenario
def waits_for_two_events(lesson):
    """Wait for one event, then for another one; tell of the log when only the first is set."""

    def program():
        import time
        from threading import Event, Thread

        first, second, log = Event(), Event(), ["begin"]

        def work():
            lesson.wait_for_signal(first, log)
            lesson.wait_for_signal(second, log)

        thread = Thread(target=work)
        thread.start()
        time.sleep(3)
        first.set()
        time.sleep(4)
        between = list(log)
        second.set()
        thread.join()
        return [between, log]

    return simulate(program, max_decisions=20_000)


@pytest.mark.task(1)
def test_a_second_call_starts_afresh(submission):
    """A second call knows nothing of the first."""
    run = submission.run(waits_for_two_events)
    between, log = only_waited(run, "wait_for_signal()")
    after_one, after_both = [*LOG_AFTER, LOG_BEFORE[-1]], [*LOG_AFTER, *LOG_AFTER[1:]]
    wrong = _wrong_log(between, after_one) or _wrong_log(log, after_both)
    if wrong:
        raise Broken(
            "a call of wait_for_signal() should know nothing of an earlier call\n"
            "  with two events, one after the other, {wrong}",
            shown_by=run,
            wrong=wrong,
        )
