"""Which lines of the code, and which of the recorded steps, a picture shows."""

from tests.things import end_of, made
from threadlings.engine import Place, Run, Step
from threadlings.pictures.source import LONGEST_FUNCTION, shown_lines
from threadlings.pictures.telling import Telling

CODE = '''import threading

class Counter:
    """A counter."""

    def __init__(self):
        self.n = 0

    @property
    def twice(self):
        """Twice the number.

        More.
        """
        return 2 * self.n

def other():
    pass
'''


def test_function_is_shown_with_its_class_and_without_its_docstring():
    assert shown_lines(CODE, [15]) == [3, 9, 10, 15]


def test_line_of_a_docstring_is_shown_if_it_was_asked_for():
    assert 11 in shown_lines(CODE, [11])


def test_line_outside_of_functions_is_shown_with_its_surroundings():
    assert shown_lines(CODE, [1]) == [1, 2, 3, 5, 6, 7]


def test_of_a_long_function_only_the_surroundings_are_shown():
    code = "def long():\n" + "    x = 1\n" * (LONGEST_FUNCTION + 1)
    assert shown_lines(code, [40]) == [1, *range(34, 47)]


def test_file_that_is_not_python_is_shown_around_the_lines():
    assert shown_lines("def f(:\n" * 20, [1]) == list(range(1, 8))


def test_lines_are_counted_as_python_counts_them():
    assert shown_lines("x = 1\n\f\ny = '\u2028'\nz = 1\n", [4]) == [1, 2, 3, 4]


def test_lines_that_are_not_there_are_no_error():
    assert shown_lines("x = 1\n", [0, 99]) == [1]


def step(thread, action, what, value=None, line=1, file="own.py", function="f"):
    return Step(thread, action, what, value, Place(file, line, function), 0.0)


def chosen(*steps, with_main=True):
    telling = Telling.of([Run(steps=list(steps))], ["own.py"], with_main=with_main)
    return [(s.thread, s.action, str(s.what)) for s in telling.chosen(steps)]


def test_only_what_two_threads_share_and_one_writes_is_told():
    assert chosen(
        step("A", "reads", "n", "0"),
        step("A", "reads", "mine", "0"),
        step("A", "writes", "mine", "0"),
        step("A", "reads", "fixed", "0"),
        step("B", "reads", "fixed", "0"),
        step("B", "writes", "n", "1"),
    ) == [("A", "reads", "n"), ("B", "writes", "n")]


def test_what_was_written_before_there_were_threads_is_not_shared_by_that():
    assert (
        chosen(
            step("m", "writes", "limit", "9"),
            step("A", "reads", "limit", "9"),
            step("B", "reads", "limit", "9"),
        )
        == []
    )


def test_objects_without_a_value_and_other_files_are_not_told():
    assert (
        chosen(
            step("A", "writes", "lock", "<lock>"),
            step("B", "writes", "lock", "<lock>"),
            step("A", "takes", made("lock", "own.py", 1), file="threading.py"),
            step("A", "finds set", made("Thread", "own.py", 2)),
            step("A", "sets", "x", function="<module>"),
            step("m", "frees", end_of("A")),
        )
        == []
    )


def test_main_is_left_out_unless_it_counts():
    steps = [step("m", "takes", end_of("A")), step("A", "takes", "a lock")]
    assert len(chosen(*steps)) == 2
    assert chosen(*steps, with_main=False) == [("A", "takes", "a lock")]


def test_parts_of_a_printed_line_are_one_step():
    assert chosen(
        step("A", "prints", "step"),
        step("A", "prints", " "),
        step("A", "prints", "1"),
        step("A", "prints", "\n"),
        step("A", "prints", "next\n"),
        step("A", "prints", "\n"),
    ) == [("A", "prints", "step 1"), ("A", "prints", "next")]


def test_reading_the_same_again_is_told_once():
    assert chosen(
        step("A", "reads", "got", "[1]"),
        step("A", "reads", "items", "[1]"),
        step("A", "reads", "got", "[1]"),
        step("B", "writes", "got", "[]"),
        step("B", "writes", "items", "[]"),
    ) == [("A", "reads", "got"), ("B", "writes", "got"), ("B", "writes", "items")]
