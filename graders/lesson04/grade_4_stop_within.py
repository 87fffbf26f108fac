"""Hidden checks of lesson 04, task 4: stop_within."""

import pytest

from threadlings.checks import ended_well, nothing_wrong
from threadlings.engine import simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said

POLLING_S = 0.1
"""How much later than possible a call may return: who asks again and again is a little late."""


@scenario
def waiting(lesson, calls):
    """Start a thread for each call of stop_within; tell what it answered, and when.

    Nobody asks about another thread, which has the same name.
    """

    def program_of(thread_s, seconds, after_s):
        def program():
            import time
            from threading import Thread

            ended = []

            def work():
                time.sleep(thread_s)
                ended.append("work")

            thread = Thread(target=work, name="worker", daemon=after_s == 0)
            thread.start()
            Thread(target=time.sleep, args=(1000,), name="worker", daemon=True).start()
            time.sleep(after_s)
            began_s = time.monotonic()
            answer = lesson.stop_within(thread, seconds)
            took_s = time.monotonic() - began_s
            thread.join()
            return {"answer": answer, "took_s": took_s, "ended": len(ended)}

        return program

    return [simulate(program_of(**call)) for call in calls]


def _require_answers(submission, expected, *calls):
    """Require an answer of stop_within(), as early as it can be known."""
    calls = [dict(zip(("thread_s", "seconds", "after_s"), call, strict=True)) for call in calls]
    for call, run in zip(calls, submission.run(waiting, calls=calls), strict=True):
        nothing_wrong(_wrong_answer(ended_well(run), expected, **call), shown_by=run)


def _wrong_answer(end, expected, thread_s, seconds, after_s):
    """Return what is wrong with an answer, or with when it came; nothing if nothing is."""
    took_s, lasts_s = end["took_s"], thread_s - after_s
    needed_s = max(0, min(lasts_s, seconds))
    needed = said("needed {lasts_s} s more", lasts_s=lasts_s)
    told = said(
        "  stop_within(thread, {seconds}) returned {answer} after {took_s:.1f} s; the thread "
        "{fact}",
        **end,
        seconds=seconds,
        fact=said("had already ended") if lasts_s <= 0 else needed,
    )
    facts = {**end, "expected": expected, "told": told}
    if took_s < needed_s - 1e-6:
        return said("stop_within() did not wait\n{told}", **facts)
    if took_s > needed_s + POLLING_S + 1e-6:
        limit = "needed" if expected else said("the {seconds} s allowed", seconds=seconds)
        return said("stop_within() waited longer than {limit}\n{told}", **facts, limit=limit)
    if end["answer"] is None:
        return said("stop_within() returned None, {expected} is right\n{told}", **facts)
    if end["answer"] != expected:
        had = said("had ended") if expected else said("had not ended")
        return said(
            "stop_within() returned {answer}, but the thread {had}\n{told}", **facts, had=had
        )
    if end["ended"] != 1:
        return said("the thread did not go on to its end\n{told}", **facts)
    return ""


@pytest.mark.task(4)
def test_true_as_soon_as_the_thread_has_ended(submission):
    """True comes as soon as the thread has ended, or at once if it had ended before."""
    _require_answers(submission, True, (2, 60, 0), (1, 30, 3), (1, 0, 3))


@pytest.mark.task(4)
def test_false_when_the_time_is_up(submission):
    """False comes when the time is up, and the thread goes on."""
    _require_answers(submission, False, (60, 2.5, 0), (30, 0, 3))


@scenario
def end_after_no(lesson, work_s):
    """Be told that a thread still runs, and end."""

    def program():
        import time
        from threading import Thread

        thread = Thread(target=time.sleep, args=(work_s,), daemon=True)
        thread.start()
        return lesson.stop_within(thread, 2)

    return simulate(program)


@pytest.mark.task(4)
def test_the_program_may_go_then(submission):
    """Once the time is up, the program may end while the background thread runs."""
    run = submission.run(end_after_no, work_s=3600)
    ended_well(run)
    if run.ended_s > run.returned_s + POLLING_S:
        raise Broken(
            "the program's end waited, though stop_within() had returned\n"
            "  stop_within(thread, 2) returned after {returned_s:.1f} s; the program ended after "
            "{ended_s:.1f} s\n"
            "  does a thread of yours still wait for the thread? The program's end waits for it",
            shown_by=run,
            returned_s=run.returned_s,
            ended_s=run.ended_s,
        )


@scenario
def asked_twice(lesson):
    """Ask about one thread, and once more when it is about to end."""

    def program():
        import time
        from threading import Thread

        thread = Thread(target=time.sleep, args=(5,), daemon=True)
        thread.start()
        return [lesson.stop_within(thread, 2), lesson.stop_within(thread, 10)]

    return simulate(program)


@pytest.mark.task(4)
def test_it_may_be_asked_again(submission):
    """Who has been told False may ask again, and is told True once the thread has ended."""
    answers = ended_well(submission.run(asked_twice))
    if answers != [False, True]:
        raise Broken(
            "stop_within(), asked again about the same thread, should look again\n"
            "  the thread ends after 5 s; stop_within(thread, 2) returned {first}, then "
            "stop_within(thread, 10) returned {second}",
            first=answers[0],
            second=answers[1],
        )
