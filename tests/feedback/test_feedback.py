"""What a student reads: pictures, words, and the stories of broken promises."""

from unicodedata import normalize

import pytest

from threadlings.checks import Broken, Unfinished, always, ended_well
from threadlings.engine import Place, Run, Search, Step, search, simulate
from threadlings.feedback import describe, picture
from threadlings.feedback.words import told_step
from threadlings.language import translator

from ..engine import programs
from ..things import end_of, made

RACE = programs.counting(programs.Counter, 2, 1)


def test_lost_update_is_drawn_side_by_side():
    seen = search(RACE, lambda run: run.value == 2)
    line = programs.Counter.increment.__code__.co_firstlineno + 1
    where = f"programs.py:{line}"
    assert picture(seen.failing, remark="B's update is gone") == "\n".join(
        [
            "      A                             B",
            f"   1  reads n = 0   {where}",
            f"   2                                reads n = 0   {where}",
            f"   3                                writes n = 1  {where}",
            f"   4  writes n = 1  {where}  <- B's update is gone",
        ]
    )


def test_long_picture_shows_its_beginning_and_its_end():
    place = Place("locks.py", 3, "increment")
    steps = [Step("A", "writes", "n", str(n), place, 0.0) for n in range(1, 101)]
    lines = picture(Run(steps=steps)).splitlines()
    assert len(lines) == 1 + 24 + 1
    assert "n = 1 " in lines[1]
    assert lines[9] == "   .  ..."
    assert "n = 100" in lines[-1]


def test_what_takes_no_column_moves_nothing():
    """Korean as macOS writes the names of files: letter by letter, shown as one."""
    place = Place("locks.py", 3, "increment")
    told = [normalize(form, '"홍길동"') for form in ("NFC", "NFD")]
    steps = [Step("A", "reads", "name", value, place, 0.0) for value in told]
    _head, *lines = picture(Run(steps=steps)).splitlines()
    assert [normalize("NFC", line)[5:] for line in lines] == [lines[0][5:]] * 2


def test_run_without_steps_has_no_picture():
    assert picture(simulate(programs.event_hand_over)) == ""


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (programs.self_deadlock, "which it has taken itself since programs.py:"),
        (programs.missing_release, "which A took since programs.py:"),
        (programs.missing_release, "and never released"),
        (programs.missing_release, "the main thread waits for the end of B"),
        (programs.forgotten_condition_alone, "nobody is left who could end that wait"),
        (programs.ended_getter, "before that, the thread getter ended with ValueError: no good: 0"),
        (programs.spinning_for_ever, "the main thread goes round and round at programs.py:"),
        (programs.raising_thread, "ended with ValueError: no good at programs.py:"),
        (programs.leaving, "SystemExit: 3 at programs.py:"),
    ],
)
def test_bad_ending_is_told_with_its_lines(program, words):
    assert words in str(describe(simulate(program)))


def test_good_ending_needs_no_words():
    assert str(describe(simulate(programs.pool_of_two))) == ""


def test_promise_that_is_kept_passes():
    always(search(programs.counting(programs.LockedCounter, 2, 1)), 2, "lost")
    assert ended_well(simulate(programs.pool_of_two)) == [0, 1]


def test_broken_promise_tells_value_schedule_and_steps():
    with pytest.raises(Broken) as caught:
        always(search(RACE), 2, lambda n: f"n is {n}")
    text = str(caught.value)
    assert text.startswith("n is 1   (schedule ABBA)\n\n      A ")
    assert "writes n = 1" in text


def test_wrong_value_is_told_before_a_deadlock():
    seen = search(programs.emptying_a_queue)
    with pytest.raises(Broken, match="wrong value"):
        always(seen, "another", "wrong value")
    with pytest.raises(Broken, match="deadlock: nobody can go on"):
        always(seen, [0, 1], "wrong value")


def test_search_without_any_end_is_no_proof():
    def program():
        number = 0
        while True:
            number += 1

    with pytest.raises(Broken):
        always(search(program, max_decisions=200), None, "never")


def test_open_todo_is_unfinished_wherever_it_is_met():
    def program():
        def work():
            raise NotImplementedError("TODO 1 in exercises/lesson08/locks.py")

        programs.run_together(work)

    for check in (lambda: ended_well(simulate(program)), lambda: always(search(program), 1, "x")):
        with pytest.raises(Unfinished, match="TODO 1 in"):
            check()


def test_story_is_the_same_after_a_journey_as_data():
    import json

    seen = search(RACE)
    again = Search.from_data(json.loads(json.dumps(seen.as_data())))
    assert again == seen


@pytest.mark.parametrize(
    ("what", "korean"),
    [
        (made("lock", "locks.py", 9), "locks.py:9에서 만든 lock 잡음"),
        (made("lock", "locks.py", 9, 2), "locks.py:9 #2에서 만든 lock 잡음"),
        (made("lock", "my locks.py", 9), "my locks.py:9에서 만든 lock 잡음"),
        (end_of("B"), "B의 끝 잡음"),
    ],
)
def test_things_of_steps_are_told_in_korean(what, korean):
    told = told_step(Step("A", "takes", what, None, Place("locks.py", 3, "increment"), 0.0))
    assert told.in_words(str) == f"takes {what}"
    assert told.in_words(translator("ko")) == korean
