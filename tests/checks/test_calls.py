"""Books of calls, and what became of a call, also under every schedule."""

import pytest

from threadlings.checks import Calls, called, counted, left_behind, named, outcome_of
from threadlings.engine import simulate


def book_of(known, *begun, ended=None):
    book = Calls(known)
    for item in begun:
        book.begin(item)
    for item in begun if ended is None else ended:
        book.end(item)
    return called(book.told())


def test_each_item_once_is_right():
    found = book_of(["a", None, [1], [1]], [1], "a", [1], None)
    assert (found.strange, found.again, found.running, found.missing) == ([], [], [], [])


def test_what_is_wrong_is_told_by_place():
    assert book_of(["a", "b"], "b").missing == [0]
    assert book_of(["a", "b"], "a", "b", "b", "b").again == [3]
    assert book_of(["a", "b"], "a", "b", ended=["a"]).running == [1]
    assert book_of(["a"], "a", ("a", 0)).strange == ["('a', 0)"]


def test_equal_items_count_each_for_itself():
    assert book_of([[], [], []], [], []).missing == [2]
    assert book_of([[], []], [], [], []).again == [3]


def test_a_book_tells_its_items_apart_that_are_equal():
    assert book_of([0, False, 0.0], 0, 0.0).missing == [1]


def test_the_most_calls_at_a_time_are_noted():
    book = Calls("abc")
    for note, item in ((book.begin, "a"), (book.begin, "b"), (book.end, "a"), (book.begin, "c")):
        note(item)
    assert book.told()["most"] == 2


@pytest.mark.parametrize(("threads", "is_apart"), [(2, False), (1, True)])
def test_calls_meet_or_are_noted_as_apart(threads, is_apart):
    def program():
        from threading import Thread

        book = Calls([], meet=2)
        meeting = [Thread(target=book.meet) for _ in range(threads)]
        for thread in meeting:
            thread.start()
        for thread in meeting:
            thread.join()
        return book.told()["is_apart"]

    assert simulate(program).value is is_apart


def test_an_outcome_is_a_result_or_an_error():
    assert outcome_of(lambda: [1])["result"] == [1]
    assert outcome_of(lambda: None)["kind"] == "None"
    assert outcome_of(lambda: (1,))["kind"] == "a tuple"
    error = outcome_of(lambda: int("x"))["error"]
    assert named(error) == "ValueError(\"invalid literal for int() with base 10: 'x'\")"
    with pytest.raises(ZeroDivisionError):
        outcome_of(lambda: 1 / 0)


def test_threads_that_are_left_are_told():
    def program():
        from threading import Event, Thread

        return outcome_of(lambda: Thread(target=Event().wait, name="worker").start())

    outcome = simulate(program).value
    assert "after start() returned: worker" in str(left_behind(outcome, "start"))
    assert not left_behind(simulate(lambda: outcome_of(list)).value, "list")


def test_numbers_are_counted_in_english():
    assert [counted(n, "item") for n in (0, 1, 2)] == ["0 items", "1 item", "2 items"]
