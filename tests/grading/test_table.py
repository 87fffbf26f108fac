"""What the terminal shows of a gradebook."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterable

import pytest
from rich.console import Console

from tests.grading.gradebooks import reason
from threadlings.gradebook import Gradebook, LessonGrade, Reason, SubmissionGrade, TaskGrade, table
from threadlings.language import Text


def _shown(*lessons: LessonGrade) -> str:
    file = io.StringIO()
    book = Gradebook((SubmissionGrade("ada", lessons),))
    table.show(book, Console(file=file, width=100))
    return file.getvalue()


def _failed(*reasons: Reason) -> LessonGrade:
    tasks = (TaskGrade(1, "Counter", 4, 4), TaskGrade(2, "Total", 0, 6, reasons))
    return LessonGrade(8, "Lock", "failed", 4, 10, Text(), tasks)


def test_full_marks_need_no_reasons() -> None:
    text = _shown(LessonGrade(8, "Lock", "passed", 10, 10))
    assert "ada         10   10/10 \n" in text
    assert "task" not in text


def test_each_lost_point_has_its_reason() -> None:
    text = _shown(_failed(reason("No addition is lost.", "n is 1\nafter AB")))
    assert "ada          4    4/10" in text
    assert "  lesson08 Lock: 4 of 10 points" in text
    assert "    task 2 Total: 0 of 6" in text
    assert "      No addition is lost." in text
    assert "        n is 1\n        after AB" in text
    assert "task 1" not in text


def test_many_and_long_reasons_are_cut() -> None:
    text = _shown(_failed(*(reason(f"promise {i}", "x\n" * 50) for i in range(5))))
    assert "and 2 more" in text
    assert "promise 3" not in text
    assert text.count("x\n") < 70


def test_a_grader_error_is_told_as_ours() -> None:
    text = _shown(LessonGrade(8, "Lock", "grader error", None, 10, Text("KeyError: 1")))
    assert "GRADER ERROR, not the student's fault" in text
    assert "KeyError: 1" in text
    assert ["ada", "?", "-"] in [line.split() for line in text.splitlines()]


def test_a_whole_course_fits_a_terminal() -> None:
    file = io.StringIO()
    lessons = tuple(LessonGrade(number, "x", "passed", 10, 10) for number in range(1, 13))
    name = "a-student-of-20-cells"
    table.show(Gradebook((SubmissionGrade(name, lessons),)), Console(file=file, width=80))
    (row,) = [line for line in file.getvalue().splitlines() if name in line]
    assert row.split() == [name, *["10"] * 12, "120/120"]


def test_each_note_is_told_once() -> None:
    task = TaskGrade(1, "Counter", 10, 10, notes=("this machine has one core",))
    lesson = LessonGrade(8, "Lock", "passed", 10, 10, Text(), (task,))
    file = io.StringIO()
    book = Gradebook((SubmissionGrade("ada", (lesson,)), SubmissionGrade("eve", (lesson,))))
    table.show(book, Console(file=file, width=100))
    line = "  lesson08 task 1: this machine has one core (2 submissions)\n"
    assert file.getvalue().count(line) == 1
    assert "notes" not in _shown(LessonGrade(8, "Lock", "passed", 10, 10))


def test_text_of_a_students_is_not_markup() -> None:
    assert "[red]n[/red] [/]" in _shown(_failed(reason("[b]p", "[red]n[/red] [/]")))


@pytest.mark.parametrize(
    ("lessons", "told"),
    [(1, [1]), (3, [1, 2, 3]), (40, range(4, 41, 4)), (1001, [*range(101, 1000, 100), 1001])],
)
def test_without_a_terminal_there_is_a_line_for_each_tenth(
    lessons: int, told: Iterable[int]
) -> None:
    file = io.StringIO()
    with table.progress(Console(file=file), lessons) as watch:
        for _ in range(lessons):
            watch("ada")
    lines = file.getvalue().splitlines()
    assert lines == [f"graded {done} of {lessons} lessons" for done in told]


def test_a_progress_bar_names_the_submission_and_counts_lessons() -> None:
    file = io.StringIO()
    with table.progress(Console(file=file, force_terminal=True, width=80), 3) as watch:
        watch("ada [/]")
        watch("ada [/]")
    assert "ada [/]" in file.getvalue()
    assert "2/3" in file.getvalue()


def test_a_progress_bar_estimates_what_is_left() -> None:
    clock_s = itertools.count(0.0, 10.0)
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, width=80, get_time=lambda: next(clock_s))
    with table.progress(console, 1000) as watch:
        for _ in range(50):
            watch("ada")
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", file.getvalue())
    assert re.search(r" 50/1000 lessons \d+:\d\d:\d\d \d+:\d\d:\d\d\n", shown)
