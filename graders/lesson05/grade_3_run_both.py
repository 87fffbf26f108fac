"""Hidden checks of lesson 05, task 3: run_both."""

import pytest

from threadlings.checks import POLLING_S, ended_well, never_wrong, nothing_wrong, only_waited
from threadlings.engine import search, simulate
from threadlings.grading import Broken, scenario
from threadlings.language import said


@scenario
def call_of_run_both(
    lesson, pauses_s=((), ()), meet=False, times=1, beside_s=0, every_schedule=False
):
    """Call run_both; work and sleep pause so often and long; tell how it was at each report.

    With ``times``, call it so often, and tell of the reports of all calls. With ``beside_s``,
    another thread sleeps so long meanwhile.
    With ``meet``, each of the two waits until the other is there, or 10 s have gone by.
    """

    def program():
        import time
        from threading import Barrier, BrokenBarrierError, Thread

        both, apart, missing, texts = Barrier(2), [], [], []

        class Part:
            ended = False

        work, sleep = Part(), Part()

        def make(part, mine_s):
            def function():
                if meet:
                    try:
                        both.wait(10)
                    except BrokenBarrierError:
                        apart.append(1)
                for pause_s in mine_s:
                    time.sleep(pause_s)
                part.ended = True

            return function

        def report(*arguments):
            parts = [("work", work), ("sleep", sleep)]
            missing.append([name for name, part in parts if not part.ended])
            texts.append([str(argument) for argument in arguments])

        if beside_s:
            Thread(target=time.sleep, args=(beside_s,)).start()
        for _call in range(times):
            work.ended = sleep.ended = False
            lesson.run_both(make(work, pauses_s[0]), make(sleep, pauses_s[1]), report)
        if every_schedule:
            return list(missing)
        return {"apart": len(apart), "missing": list(missing), "texts": list(texts)}

    if every_schedule:
        return search(program, max_runs=60, max_decisions=300)
    return simulate(program)


def _both(submission, **arguments):
    return submission.run(call_of_run_both, **arguments)


def _wrong_reports(missing):
    """Return what is wrong with the reports; ``missing``: who had not ended at each of them."""
    for names in missing:
        if names:
            late = said("work and sleep") if len(names) > 1 else names[0]
            return said(
                "run_both() reported before both had ended\n  {late} had not ended", late=late
            )
    if len(missing) > 1:
        return said("report was called more than once: {count} times", count=len(missing))
    return "" if missing else said("report was not called")


@pytest.mark.task(3)
def test_both_run_at_the_same_time(submission):
    """work and sleep run at the same time."""
    run = _both(submission, meet=True)
    if ended_well(run)["apart"]:
        raise Broken(
            "work and sleep did not run at the same time\n  one had to end before the other began",
            shown_by=run,
        )
    run = _both(submission, pauses_s=[[0.5] * 10, [0.3] * 10])
    ended_well(run)
    if run.returned_s > 5 + POLLING_S:
        raise Broken(
            "work of 5 s and sleep of 3 s took {returned_s:.1f} s together, not 5.0",
            shown_by=run,
            returned_s=run.returned_s,
        )


@pytest.mark.task(3)
def test_report_comes_after_both_have_ended(submission):
    """report is called after both have ended."""
    for pauses_s in ([6], [1]), ([1], [61]):  # Longer than one might give up after.
        nothing_wrong(_wrong_reports(ended_well(_both(submission, pauses_s=pauses_s))["missing"]))
    never_wrong(submission.run(call_of_run_both, every_schedule=True), _wrong_reports)


@pytest.mark.task(3)
def test_the_report_is_made_once_with_its_text(submission):
    """report is called once, with exactly: main thread finished"""
    run = _both(submission, pauses_s=[[1], [2]])
    texts = ended_well(run)["texts"]
    if len(texts) != 1:
        nothing_wrong(_wrong_reports([[] for _text in texts]), shown_by=run)
    if texts[0] != ["main thread finished"]:
        raise Broken(
            "report got {texts}; its one argument is 'main thread finished'",
            shown_by=run,
            texts=texts[0],
        )


@pytest.mark.task(3)
def test_waiting_for_both_costs_nothing(submission):
    """Waiting for both does not burn time."""
    only_waited(_both(submission, pauses_s=[[1], [2]]), "run_both()")


@pytest.mark.task(3)
def test_run_both_waits_for_its_own_threads_only(submission):
    """run_both() waits for no other threads than its own."""
    run = _both(submission, pauses_s=[[1], [2]], beside_s=100)
    ended_well(run)
    if run.returned_s > 2 + POLLING_S:
        raise Broken(
            "work of 1 s and sleep of 2 s took {returned_s:.1f} s together\n"
            "  another thread of the program takes 100 s: run_both() should not wait for that one",
            shown_by=run,
            returned_s=run.returned_s,
        )


@pytest.mark.task(3)
def test_a_second_call_starts_afresh(submission):
    """A second call knows nothing of the first."""
    run = _both(submission, pauses_s=[[1], [2]], times=2)
    first, *others = ended_well(run)["missing"] or [[]]
    wrong = _wrong_reports([first]) or _wrong_reports(others)
    if wrong:
        raise Broken(
            "of two calls of run_both(), the second should know nothing of the first\n  {wrong}",
            shown_by=run,
            wrong=wrong,
        )
