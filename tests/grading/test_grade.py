"""From a class to a gradebook: each gets a fair line, and everybody gets one."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from threadlings.gradebook import LessonGrade

from .conftest import GRADER, MANIFEST, RIGHT, STUB, School


def _points(lesson: LessonGrade) -> list[int]:
    return [task.points for task in lesson.tasks]


def _messages(lesson: LessonGrade) -> list[str]:
    return [reason.told()["message"] for task in lesson.tasks for reason in task.reasons]


def test_a_right_submission_has_full_marks(school: School) -> None:
    lesson = school.grade_source(RIGHT)
    assert (lesson.status, lesson.points, str(lesson.message)) == ("passed", 10, "")
    assert _points(lesson) == [4, 6]
    assert _messages(lesson) == []


def test_a_broken_promise_costs_its_task_and_is_named(school: School) -> None:
    lesson = school.grade_source(RIGHT.replace("with self.lock:", "if True:"))
    assert (lesson.status, lesson.points) == ("failed", 4)
    (reason,) = lesson.tasks[1].reasons
    assert reason.told()["promise"] == "No addition is lost."
    assert reason.told()["message"] == "two threads added 1 each; n is not always 2"


def test_one_lost_check_costs_the_whole_task_and_shows_no_hidden_values(school: School) -> None:
    lesson = school.grade_source(RIGHT.replace("number + number", "4"))
    assert _points(lesson) == [0, 6]
    assert _messages(lesson) == ["double(5) returned 4"]


def test_a_task_whose_time_is_used_up_is_not_checked_further(school: School) -> None:
    lesson = school.grade_source(
        RIGHT.replace("return number + number", "return sum(range(10**13))")
    )
    assert _points(lesson) == [0, 6]
    assert _messages(lesson) == [
        "the code computed for 1 s without an end",
        "not checked: another check of this task used up its time",
    ]


def test_an_untouched_stub_is_not_started(school: School) -> None:
    lesson = school.grade_source(STUB)
    assert (lesson.status, lesson.points) == ("not started", 0)
    assert str(lesson.message) == "every task still has its TODO"


def test_a_half_done_lesson_keeps_its_points(school: School) -> None:
    body = 'raise NotImplementedError("TODO 1 in x")'
    lesson = school.grade_source(RIGHT.replace("return number + number", body))
    assert (lesson.status, lesson.points) == ("failed", 6)
    assert _messages(lesson) == ["not started: TODO 1 in x"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def double(:", "tiny.py is not Python: invalid syntax, line 1: def double(:"),
        (
            "import os; os._exit(0)",
            "when tiny.py is imported, the code ended the process with exit status 0",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_told_once(school: School, source: str, message: str) -> None:
    lesson = school.grade_source(source)
    assert (lesson.status, lesson.points) == ("unusable", 0)
    assert message in str(lesson.message)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(school: School) -> None:
    data = b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode()
    assert school.grade_source(data).points == 10


def test_one_bad_submission_does_not_touch_the_others(school: School) -> None:
    paths = [
        school.hand_in(RIGHT, "ada"),
        school.hand_in("import os; os._exit(0)", "ben"),
        school.hand_in("", "cho"),
        school.hand_in(RIGHT, "dan"),
    ]
    (paths[2] / "exercises" / "lesson01" / "tiny.py").unlink()
    found = [(s.name, s.lessons[0].status, s.points) for s in school.grade(*paths).submissions]
    assert found == [
        ("ada", "passed", 10),
        ("ben", "unusable", 0),
        ("cho", "missing", 0),
        ("dan", "passed", 10),
    ]


def test_files_beside_the_students_are_not_seen(school: School) -> None:
    path = school.hand_in("import helper\n" + RIGHT)
    folder = path / "exercises" / "lesson01"
    for name in ("helper", "conftest", "threading", "pytest"):
        (folder / f"{name}.py").write_text("raise SystemExit")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    lesson = school.grade(path).submissions[0].lessons[0]
    assert lesson.status == "unusable"
    assert "ModuleNotFoundError: No module named 'helper'" in str(lesson.message)
    (folder / "tiny.py").write_text(RIGHT)
    assert school.grade(path).is_full


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_link_to_a_solution_is_not_followed(school: School) -> None:
    solution = school.root / "solution.py"
    solution.write_text(RIGHT)
    path = school.hand_in("")
    file = path / "exercises" / "lesson01" / "tiny.py"
    file.unlink()
    file.symlink_to(solution)
    lesson = school.grade(path).submissions[0].lessons[0]
    assert (lesson.status, lesson.points) == ("unusable", 0)
    assert str(lesson.message) == "lesson01/tiny.py is a symbolic link, not a file"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("import pytest\n", "import pytest\n1 / 0\n"), "ZeroDivisionError"),
        (("run = submission", '{}["key"]\n    run = submission'), "KeyError"),
        (("total = lesson.Total()", "total = None"), "'NoneType' object has no attribute"),
        (("def test_total(submission)", "def test_total(nobody)"), "fixture 'nobody' not found"),
        (("task(2)", "task(7)"), "is marked for task"),
        (("@pytest.mark.task(2)", "@pytest.mark.task(1)"), "no check counts for task 2"),
        (("@pytest.mark.task(2)\n", ""), "is marked for task"),
        (("return simulate", "return missing"), "uses missing, which the cell does not have"),
        (("    run = submission", "    import os\n    os._exit(5)\n    run = submission"), "ended"),
        (("    run = submission", "    raise SystemExit\n    run = submission"), "SystemExit"),
    ],
)
def test_a_fault_of_the_graders_is_no_mark_against_the_student(
    school: School, change: tuple[str, str], message: str
) -> None:
    grader = GRADER.replace(*change)
    if message.startswith("'NoneType'"):
        grader = grader.replace("def program():", "None.nothing\n    def program():")
    assert grader != GRADER
    school.set_grader(grader)
    book = school.grade(school.hand_in(RIGHT))
    lesson = book.submissions[0].lessons[0]
    assert (lesson.status, lesson.points) == ("grader error", None)
    assert message in str(lesson.message)
    assert book.has_grader_error
    assert book.submissions[0].max_points == 0


def test_a_grader_that_says_nothing_is_ended(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("threadlings.judging.grader._SILENCE_S", 1.5)
    wait = "    import os\n    os.read(os.pipe()[0], 1)\n    run = submission"
    school.set_grader(GRADER.replace("    run = submission", wait))
    lesson = school.grade_source(RIGHT)
    assert lesson.status == "grader silent"
    assert "the grader said nothing for 1.5 s" in str(lesson.message)


@pytest.mark.parametrize(
    "mark", ["@pytest.mark.skip", "@pytest.mark.xfail", "@pytest.mark.xfail(strict=False)"]
)
def test_a_check_that_was_not_done_has_not_passed(school: School, mark: str) -> None:
    school.set_grader(GRADER.replace("@pytest.mark.task(2)", f"{mark}\n@pytest.mark.task(2)"))
    lesson = school.grade_source(RIGHT)
    assert _points(lesson) == [4, 0]
    assert _messages(lesson) == ["the check was not done"]


def test_the_other_lessons_of_a_submission_are_graded_all_the_same(school: School) -> None:
    second = MANIFEST.replace("number = 1\nmodule", "number = 2\nmodule").replace("tiny", "more")
    third = MANIFEST.replace("number = 1\nmodule", "number = 3\nmodule").replace("tiny", "last")
    school.lessons_file.write_text(MANIFEST + second + third)
    school.set_grader("1 / 0", "lesson02")
    path = school.hand_in(RIGHT)
    for lesson, name in (("lesson02", "more"), ("lesson03", "last")):
        folder = path / "exercises" / lesson
        folder.mkdir()
        (folder / f"{name}.py").write_text(RIGHT)
    lessons = school.grade(path).submissions[0].lessons
    assert [lesson.status for lesson in lessons] == ["passed", "grader error", "grader error"]
    assert "lesson03 has no hidden grader" in str(lessons[2].message)


def test_our_pytest_settings_do_not_change_a_verdict(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    assert school.grade_source(RIGHT).points == 10


def test_equal_submissions_have_equal_gradebooks(school: School) -> None:
    source = RIGHT.replace("with self.lock:", "if True:").replace(
        "return number + number", "raise KeyError(object())"
    )
    path = school.hand_in(source)
    files = []
    for number in range(5):
        files.append(school.root / f"{number}.json")
        school.grade(path).write(files[-1])
    assert len({file.read_bytes() for file in files}) == 1
    assert str(school.root) not in files[0].read_text()


def test_a_gradebook_is_written_whole_or_not_at_all(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = school.grade(school.hand_in(STUB))
    file = school.root / "book.json"
    file.write_text("old")

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        book.write(file)
    assert file.read_text() == "old"
    assert [path.name for path in school.root.glob(".threadlings-*")] == []
    monkeypatch.undo()
    book.write(file)
    assert json.loads(file.read_text())["schema"] == "threadlings/gradebook/v1"


def test_nothing_is_left_in_the_temporary_folder(
    school: School, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    school.grade_source("open('file', 'w').close()\n" + RIGHT)
    assert list(folder.iterdir()) == []
