"""The benchmark of the engine still runs, and our side decides rightly."""

import pytest

from .cases import CASES, case_called
from .engine import best, is_right, measure_all, ratio, summary
from .measure import Answer, timed
from .measure import threadlings as ours


@pytest.mark.parametrize("name", ["counter 2x1", "locked counter 2x1", "opposite transfers"])
def test_small_program_is_decided_rightly(name):
    case = case_called(name)
    answer = ours(case)()
    assert is_right(case, answer), answer


def test_measurement_in_a_process_of_its_own_gives_our_verdict():
    case = case_called("own threads")
    answers = measure_all([case], ["threadlings"], 1, deadline_s=60.0)
    assert is_right(case, answers["threadlings", case.name])
    assert answers["threadlings", case.name].first_s > 0
    assert summary([case], ["threadlings"], answers) == [
        "threadlings: 1 right, 0 wrong, 0 undecided"
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_names_parts_that_exist(case):
    names = compile(case.path.read_text(encoding="utf-8"), case.path, "exec").co_names
    wanted = {case.setup, *case.bodies, case.invariant, case.natural} - {None}
    assert wanted <= set(names)
    assert case.bodies or case.natural


def test_right_verdict_for_another_reason_is_wrong():
    case = case_called("opposite transfers")
    assert is_right(case, Answer("FAILS", "deadlock"))
    assert not is_right(case, Answer("FAILS", "value"))
    assert not is_right(case, Answer("HOLDS"))


def test_side_that_changes_its_mind_is_undecided():
    said = best([Answer("HOLDS", best_s=1.0), Answer("FAILS", "value", best_s=2.0)])
    assert (said.verdict, said.said) == ("undecided", "says FAILS and HOLDS")


def test_ratio_is_only_of_right_verdicts():
    case = case_called("counter 2x1")
    answers = {
        ("threadlings", case.name): Answer("FAILS", "value", best_s=1.0),
        ("right", case.name): Answer("FAILS", "value", best_s=4.0),
        ("wrong", case.name): Answer("HOLDS", best_s=0.1),
    }
    assert ratio(answers, case, "right") == 0.25
    assert ratio(answers, case, "wrong") is None


def test_second_call_that_says_something_else_is_told():
    answers = iter([Answer("HOLDS", runs=1), Answer("FAILS", "value")])
    told = timed(lambda: next(answers))
    assert (told.verdict, told.said) == ("HOLDS", "a second call says FAILS value")
