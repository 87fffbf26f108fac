"""What nobody has seen is no zero: no mark in any export, told at the end, with its exit code."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from threadlings import cli, usage
from threadlings.cells import Sandbox
from threadlings.gradebook import UNREAD, Gradebook, SubmissionGrade, feedback_for_students
from threadlings.gradebook.feedback_page import feedback_page
from threadlings.gradebook.page_words import WORDS
from threadlings.judging.marking import unread, without_file
from threadlings.language import Text
from threadlings.manifest import Lesson, Task

from .conftest import RIGHT, School

JOIN = Lesson(5, "thread_join", "join", (Task(1, "wait", 10),))
PATH = "/home/teacher/clas/ada"
EXPORTS = ("canvas", "moodle", "csv", "gradescope", "classroom50", "markdown", "html")


def _grade(school: School, roster: str, *words: str | Path) -> int:
    file = school.root / "class" / "roster.csv"
    file.parent.mkdir(exist_ok=True)
    file.write_text(roster)
    command = ["grade", file, "--results", school.root / "grades", *words]
    return cli.main(
        [str(word) for word in command], lessons_file=school.lessons_file, graders=school.graders
    )


def _points(school: School, name: str) -> list[list[str]]:
    with (school.root / "grades" / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_a_wrong_path_is_no_mark_in_any_export(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    school.hand_in(RIGHT, "ben")
    words = [word for name in EXPORTS for word in ("--export", name)]
    assert _grade(school, "student,path\nada,bem\nben,ben\n", *words) == usage.NO_MARK
    assert _points(school, "gradebook.csv")[1:] == [
        ["ada", "", "", "", "0"],
        ["ben", "10", "10", "10", "0"],
    ]
    assert [row[-1] for row in _points(school, "canvas.csv")[2:]] == ["", "10"]
    assert [row[-1] for row in _points(school, "moodle.csv")[1:]] == ["", "10"]
    for kind in ("gradescope", "classroom50"):
        found = [path.name for path in (school.root / "grades" / kind).iterdir()]
        assert found == ["ben"], kind
    assert "| ada |  | - |" in (school.root / "grades" / "summary.md").read_text()
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "no mark, since the work was not found or not read",
        "  ada lesson01: not found: there is no folder 'bem'",
    ]


def test_an_export_of_before_does_not_stay(school: School) -> None:
    school.hand_in(RIGHT, "ada")
    words = ("--export", "gradescope", "--export", "classroom50")
    assert _grade(school, "student,path\nada,ada\n", *words) == usage.DONE
    assert _grade(school, "student,path\nada,adda\n", *words) == usage.NO_MARK
    assert list(school.root.glob("grades/*/ada/*.json")) == []


def test_who_means_it_gives_zero(school: School) -> None:
    school.hand_in(RIGHT, "ben")
    roster = "student,path,not_read\nada,ada,\nben,ben,\ncho,cho,the network failed\n"
    words = ("--missing-is-zero", "--feedback-for-students", school.root / "pages")
    assert _grade(school, roster, *words) == usage.NO_MARK
    assert [row[1] for row in _points(school, "gradebook.csv")[1:]] == ["0", "10", ""]
    assert "nothing of yours was found" in (school.root / "pages" / "ada.md").read_text()
    assert _grade(school, "student,path\nada,ada\nben,ben\n", *words) == usage.TASKS_LEFT


def test_nobody_means_zero_for_the_whole_class(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = "student,path\nada,nowhere\nben,nowhere\n"
    assert _grade(school, roster, "--missing-is-zero") == usage.WRONG_USAGE
    told = capsys.readouterr().err
    assert "nothing of any of the 2 students was found" in told
    assert "look at the paths or repositories in the roster" in told


def test_what_was_found_later_is_graded(school: School) -> None:
    roster = "student,path\nada,ada\n"
    assert _grade(school, roster) == usage.NO_MARK
    school.hand_in(RIGHT, "ada")
    assert _grade(school, roster) == usage.DONE


@pytest.mark.parametrize("status", UNREAD)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_students_page_has_no_path_of_ours(tmp_path: Path, status: str, language: str) -> None:
    ada = SubmissionGrade("ada", (unread(JOIN, status, Text(f"there is no folder {PATH!r}")),))
    feedback_for_students(Gradebook((ada,)), tmp_path)
    for page in (feedback_page(ada, language), (tmp_path / "ada.md").read_text()):
        assert "teacher" not in page
        assert "0 of 0" not in page
    assert WORDS[f"why {status}"][language == "ko"] in feedback_page(ada, language)
    assert WORDS["no_mark"][language == "ko"].format(name="ada") in feedback_page(ada, language)


def test_a_file_that_was_not_handed_in_is_zero_as_ever(school: School) -> None:
    folder = school.hand_in("", "ada")
    (folder / "exercises" / "lesson01" / "tiny.py").unlink()
    assert _grade(school, "student,path\nada,ada\n") == usage.TASKS_LEFT
    assert _points(school, "gradebook.csv")[1][1] == "0"
    assert without_file(JOIN, "missing", Text("x")).points == 0


def test_a_file_that_is_not_text_is_told_as_that(school: School) -> None:
    lesson = school.grade_source("x = '홍길동'\n".encode("cp949"))
    assert (lesson.status, lesson.points) == ("not text", 0)
    assert str(lesson.message) == "tiny.py is not utf-8 text, line 1: save it as UTF-8"


def test_a_file_in_an_encoding_that_it_names_is_text(school: School) -> None:
    source = f"# coding: cp949\nx = '홍길동'\n{RIGHT}".encode("cp949")
    assert school.grade_source(source).points == 10


def test_a_cell_that_cannot_start_is_nobodys_loss(
    school: School, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = school.hand_in(RIGHT)
    gone = Sandbox(str(tmp_path / "bwrap"))
    monkeypatch.setattr("threadlings.judging.grading.find_sandbox", lambda: gone)
    (submission,) = school.grade(path).submissions
    assert (submission.lessons[0].status, submission.lessons[0].points) == ("no cell", None)
    page = feedback_page(submission, "en")
    assert "your code could not be started here; that is not your fault" in page


def test_the_gradebook_keeps_why_for_the_instructor(school: School) -> None:
    book = school.root / "book.json"
    assert _grade(school, "student,path\nada,bem\n", "--json", book) == usage.NO_MARK
    (ada,) = json.loads(book.read_text())["submissions"]
    (lesson,) = ada["lessons"]
    assert ada["points"] is None
    assert (lesson["status"], lesson["points"]) == ("not found", None)
    assert lesson["message"] == "there is no folder 'bem'"
