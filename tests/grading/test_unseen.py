"""A search that could not see all that threads did earns no points; what it found wrong counts."""

from __future__ import annotations

import pytest

from threadlings.engine import Limit
from threadlings.feedback import why_unjudged
from threadlings.language import translator

from .conftest import GRADER, RIGHT, School

USE = """
def use():
    from threadlings.engine.world._stage import STAGE
    if STAGE.world is not None:
        STAGE.world.kernel.unwatchable |= {"ctypes", "a socket"}
"""
"""Stands in for what a program does that uses these."""
IN_TOTAL = RIGHT.replace("        with self.lock:", "        use()\n        with self.lock:") + USE
IN_DOUBLE = RIGHT.replace("    return number", "    use()\n    return number") + USE
TOLD = why_unjudged({Limit.UNWATCHABLE}, ["ctypes", "a socket"])


def test_search_that_could_not_watch_all_earns_nothing(school: School) -> None:
    lesson = school.grade_source(IN_TOTAL)
    assert (lesson.status, lesson.points) == ("failed", 4)
    assert lesson.tasks[1].reasons[0].told()["message"] == str(TOLD)


def test_what_was_found_wrong_is_told_first(school: School) -> None:
    lesson = school.grade_source(IN_TOTAL.replace("with self.lock:", "if True:"))
    assert lesson.points == 4
    assert "n is not always 2" in lesson.tasks[1].reasons[0].told()["message"]


def test_promise_that_needs_no_search_is_kept_by_what_cannot_be_watched(school: School) -> None:
    assert school.grade_source(IN_DOUBLE).points == 10


def test_other_limits_hide_nothing(school: School) -> None:
    school.set_grader(GRADER.replace("search(program)", "search(program, max_runs=1, samples=0)"))
    lesson = school.grade_source(IN_TOTAL)
    assert lesson.tasks[1].reasons[0].told()["message"] == str(TOLD)
    assert school.grade_source(RIGHT).points == 10


def test_refused_check_leaves_nothing_for_the_next(school: School) -> None:
    head, double, total = GRADER.split("@pytest.mark.task")
    school.set_grader("@pytest.mark.task".join([head, total, double]))
    lesson = school.grade_source(IN_TOTAL)
    assert [task.points for task in lesson.tasks] == [4, 0]


def test_stumbling_over_what_nobody_sees_is_not_the_graders_fault(school: School) -> None:
    school.set_grader(GRADER.replace(".outcomes]", ".outcomes if outcome.no_such]"))
    assert school.grade_source(IN_TOTAL).tasks[1].reasons[0].told()["message"] == str(TOLD)
    assert school.grade_source(RIGHT).status == "grader error"


@pytest.mark.parametrize(
    ("limits", "english", "korean"),
    [
        ({Limit.OUT_OF_SIGHT}, "it recurses to Python's limit", "Python의 한계까지 재귀"),
        ({Limit.UNWATCHABLE}, "it uses ctypes, mmap, and what", "코드가 쓰는 ctypes, mmap:"),
    ],
)
def test_message_says_why_in_both_languages(limits: set[Limit], english: str, korean: str) -> None:
    told = why_unjudged(limits, ["mmap", "ctypes", "mmap"])
    assert english in str(told)
    assert korean in told.in_words(translator("ko"))


def test_message_says_what_to_do_instead() -> None:
    assert "it uses a socket, ctypes, and" in str(TOLD)
    assert str(TOLD).endswith(
        "keep what they share in ordinary attributes, such as self.n, lists or dicts"
    )


def test_both_limits_are_both_told() -> None:
    told = why_unjudged(Limit, ["mmap"])
    assert str(told).count("could not be judged") == 2
    assert told.in_words(translator("ko")).count("판정할 수 없었습니다") == 2


def test_other_limits_are_no_reason() -> None:
    assert not why_unjudged(set(Limit) - {Limit.OUT_OF_SIGHT, Limit.UNWATCHABLE}, [])
