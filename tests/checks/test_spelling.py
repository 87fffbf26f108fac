"""An order that a student spells is found among the runs, or refused at the right letter."""

import pytest

from threadlings.checks import Broken, spelled, story_of
from threadlings.engine import search
from threadlings.feedback import picture

from ..engine import programs

RACE = search(programs.counting(programs.Counter, 2, 1), keep_runs=True)
LAST_SEAT = search(programs.last_seat, keep_runs=True)


class Reporting(programs.Counter):
    def increment(self):
        self.n += 1
        return self.n


class Hidden:
    def __init__(self):
        self._n = 0
        self.calls = 0

    @property
    def n(self):
        return self._n

    def increment(self):
        self.calls += 1
        self._n += 1


def runs_of(counter):
    """Search two increments of a counter of this file: only such lines are seen as steps."""

    def program():
        shared = counter()
        programs.run_together(shared.increment, shared.increment)
        return shared.n

    return search(program, keep_runs=True)


def lost(seen, letters):
    return [run.value for run in spelled(seen, letters, name="LOST_UPDATE", what="n")]


@pytest.mark.parametrize(
    ("letters", "n"),
    [("AABB", 2), ("ABAB", 1), ("ABBA", 1), ("BBAA", 2), ("BABA", 1), ("BAAB", 1)],
)
def test_every_order_of_two_increments_is_found(letters, n):
    assert lost(RACE, letters) == [n]


def test_steps_are_in_the_order_of_the_letters():
    (run,) = spelled(RACE, "BAAB", name="LOST_UPDATE", what="n")
    assert "".join(step.thread for step in run.steps) == run.schedule == "BAAB"
    assert [step.value for step in run.steps] == ["0", "0", "1", "1"]
    assert "B's update" not in picture(run)


def test_what_a_run_shows_stands_behind_other_words():
    (run,) = spelled(RACE, "ABBA", name="LOST_UPDATE", what="n")
    assert str(story_of(run)) == f"\n\n{picture(run)}"


def test_reads_behind_the_last_write_need_no_letter():
    seen = runs_of(Reporting)
    assert set(lost(seen, "ABBA")) == set(lost(seen, "ABBAAB")) == {1}


def test_what_else_the_threads_share_has_no_letter():
    seen = runs_of(Hidden)
    assert set(lost(seen, "ABAB")) == {1}
    assert set(lost(seen, "AABB")) == {2}


def test_a_write_through_a_setattr_of_its_own_counts_once():
    class Checked(programs.Counter):
        def __setattr__(self, name, value):
            super().__setattr__(name, value)

        def increment(self):
            self.n += 1

    seen = runs_of(Checked)
    assert lost(seen, "ABAB") == [1]
    assert lost(seen, "AABB") == [2]


@pytest.mark.parametrize(
    ("letters", "told"),
    [("ABAABB", [True, True]), ("AAAB", [True, False]), ("BBAABA", [True, True])],
)
def test_a_thread_has_as_many_letters_as_it_goes_steps(letters, told):
    runs = spelled(LAST_SEAT, letters, name="OVERSOLD", what="seats")
    assert [run.value for run in runs] == [told]


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        (["A", "B"], "LOST_UPDATE should be a string of the letters A and B"),
        ("abba", "number 1 is 'a'"),
        ("AB BA", "number 3 is ' '"),
        ("", "it has letters for 0 of 4 accesses to n"),
        ("AB", "it has letters for 2 of 4 accesses to n"),
        ("ABB", "still to come, in some order:\n  A writes n   programs.py:"),
        ("ABAA", "letter 4, A, cannot be followed\n  A has made all its accesses to n by then"),
        ("AABB" * 100_000, "'AABBAABBAABBAABBAABBAABBAABBAABBAABBAABB...': letter 5, A, cannot"),
    ],
)
def test_letters_that_spell_no_order_are_refused(letters, words):
    with pytest.raises(Broken) as refused:
        lost(RACE, letters)
    assert words in str(refused.value)


def test_a_letter_that_would_have_to_wait_is_refused():
    class HalfLocked(programs.LockedCounter):
        def increment(self):
            with self.lock:
                self.n += 1
            self.n += 0

    seen = runs_of(HalfLocked)
    with pytest.raises(Broken, match=r"letter 2, B, .*\n  B cannot go on there: it waits"):
        lost(seen, "ABBAABAB")


def test_accesses_behind_a_lock_have_no_letters():
    seen = search(programs.counting(programs.LockedCounter, 2, 1), keep_runs=True)
    with pytest.raises(Broken, match="no letter of LOST_UPDATE can be followed"):
        lost(seen, "ABBA")


def test_a_search_that_has_not_seen_all_refuses_no_order():
    seen = search(programs.counting(programs.Counter, 2, 1), keep_runs=True, max_runs=2, samples=0)
    assert lost(seen, "BABA") == []
