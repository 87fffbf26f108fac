"""A call that knows something of an earlier one is told, and no other."""

import pytest

from threadlings.checks import Broken, same_again
from threadlings.engine import simulate

KEPT = []


def run_of(call):
    """Return a stand-in for ``submission.run``, whose scenario makes these calls."""

    def run(_scenario, runs):
        def program_of(calls):
            return lambda: [call(each) for each in calls]

        found = []
        for calls in runs:
            KEPT.clear()
            found.append(simulate(program_of(calls)))
        return found

    return run


def keeps(items):
    KEPT.extend(items)
    return list(KEPT)


def waits_the_second_time(items):
    from threading import Event

    if KEPT:
        Event().wait()
    return keeps(items)


def test_a_call_that_starts_afresh_is_right():
    same_again(run_of(sorted), None, "sort", first=[2, 1], second=[3])


def test_what_is_left_of_the_first_call_is_told():
    told = (
        r"a call of keeps\(\) should know nothing of an earlier one\n"
        r"  alone it ends with \[3\], here with \[1, 2, 3\]"
    )
    with pytest.raises(Broken, match=told):
        same_again(run_of(keeps), None, "keeps", first=[1, 2], second=[3])


def test_a_second_call_that_waits_for_ever_is_told():
    with pytest.raises(Broken, match=r"an earlier one\n.*\n.*waits for Event"):
        same_again(run_of(waits_the_second_time), None, "waits", first=[1], second=[2])


def test_a_check_may_have_words_of_its_own():
    def too_long(found):
        return "too long" if len(found) > 1 else ""

    with pytest.raises(Broken, match="nothing of an earlier one\n  too long"):
        same_again(run_of(keeps), None, "keeps", first=[1], second=[2], wrong=too_long)


def test_what_the_second_call_does_to_the_first_is_told():
    with pytest.raises(Broken, match="nothing of an earlier one\n  no more"):
        same_again(
            run_of(sorted),
            None,
            "sort",
            first=[1],
            second=[2],
            afterwards=lambda before: "no more" if before == [1] else "",
        )


def test_what_is_wrong_alone_is_told_as_that():
    with pytest.raises(Broken, match=r"^too short$"):
        same_again(
            run_of(keeps), None, "keeps", first=[1], second=[2], wrong=lambda _found: "too short"
        )
