"""The gradebook as others read it: in their formats, without formulas, without what is hidden."""

from __future__ import annotations

import csv
import io
import json
import re
import string
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grading.gradebooks import reason
from threadlings import cli
from threadlings.files import file_name
from threadlings.flags import Flag
from threadlings.gradebook import (
    EXPORTS,
    Gradebook,
    LessonGrade,
    SubmissionGrade,
    TaskGrade,
    exports,
    markdown,
    pages,
)
from threadlings.gradebook.exports import defused
from threadlings.judging.marking import grader_error, without_file
from threadlings.language import Text
from threadlings.manifest import Lesson, Task

from .conftest import RIGHT, School

LOCKS = Lesson(8, "locks", "Lock", (Task(1, "Counter", 4), Task(2, "Total", 6)))
JOIN = Lesson(5, "thread_join", "join", (Task(1, "wait", 10),))

FULL = LessonGrade(
    8,
    "Lock",
    "passed",
    10,
    10,
    Text(),
    (TaskGrade(1, "Counter", 4, 4), TaskGrade(2, "Total", 6, 6)),
)
PART = LessonGrade(
    8,
    "Lock",
    "failed",
    4,
    10,
    Text(),
    (
        TaskGrade(1, "Counter", 4, 4, (), ("decided in 3.2 s on two cores",)),
        TaskGrade(2, "Total", 0, 6, (reason("No addition *is* lost.", "n is 1\nat locks.py:4"),)),
    ),
    (Flag("locks.py", 3, "reads frames"),),
)
MISSING = without_file(JOIN, "missing", Text("no file lesson05/thread_join.py"))
FAULT = grader_error(JOIN, "/hidden/grade_join.py:7: expected 77712")


def _book(*submissions: SubmissionGrade, is_sandboxed: bool = True) -> Gradebook:
    return Gradebook(submissions, is_sandboxed)


BOOK = _book(
    SubmissionGrade("ada", (MISSING, FULL), (("ID", "17"), ("Email", "ada@x.example"))),
    SubmissionGrade("한 길동", (FAULT, PART), (("SIS Login ID", "=han"),)),
)


def _rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


# Tables.


def test_the_gradebook_has_a_line_for_each_student(tmp_path: Path) -> None:
    exports.gradebook_csv(BOOK, tmp_path)
    assert (tmp_path / "gradebook.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent,")
    assert _rows(tmp_path / "gradebook.csv") == [
        ["student", "lesson05", "lesson08", "points", "max_points", "flags"],
        ["ada", "0", "10", "10", "20", "0"],
        ["한 길동", "", "4", "4", "10", "1"],
    ]


def test_a_lesson_that_was_not_asked_of_a_student_has_an_empty_cell(tmp_path: Path) -> None:
    exports.gradebook_csv(_book(BOOK.submissions[0], SubmissionGrade("ben", (FULL,))), tmp_path)
    assert _rows(tmp_path / "gradebook.csv")[2] == ["ben", "", "10", "10", "10", "0"]


def test_canvas_gets_its_own_columns_and_what_lessons_are_worth(tmp_path: Path) -> None:
    exports.canvas_csv(BOOK, tmp_path)
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert _rows(tmp_path / "canvas.csv") == [
        [*head, "lesson05 join", "lesson08 Lock"],
        ["    Points Possible", "", "", "", "", "10", "10"],
        ["ada", "17", "", "", "", "0", "10"],
        ["한 길동", "", "", "'=han", "", "", "4"],
    ]


def test_moodle_finds_a_user_by_what_the_roster_says(tmp_path: Path) -> None:
    exports.moodle_csv(BOOK, tmp_path)
    assert _rows(tmp_path / "moodle.csv") == [
        ["email", "lesson05 join", "lesson08 Lock"],
        ["ada@x.example", "0", "10"],
        ["", "", "4"],
    ]


def test_moodle_takes_the_name_where_the_roster_says_nothing(tmp_path: Path) -> None:
    exports.moodle_csv(_book(SubmissionGrade("ada", (FULL,))), tmp_path)
    assert _rows(tmp_path / "moodle.csv") == [["username", "lesson08 Lock"], ["ada", "10"]]


# Formulas.


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1+1",
        "--1",
        "-",
        "-1\n",
        "+82-10",
    ],
)
def test_a_formula_becomes_text(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "0", "10", "-1", "-2.5", "ada", "a=1", "3-1", "'=1", "홍"])
def test_numbers_and_words_stay_what_they_are(cell: str) -> None:
    assert defused(cell) == cell


@settings(deadline=None)
@given(st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_every_number_stays_a_number(number: Any) -> None:
    assert defused(str(number)) == str(number)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@settings(deadline=None)
@given(st.lists(TEXT | st.from_regex(r"[\s=+@＝-]{1,3}.?", fullmatch=True), min_size=1))
def test_no_cell_of_a_file_is_a_formula(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    file = tmp_path_factory.mktemp("csv") / "file.csv"
    exports.write_csv(file, [["head"] * len(cells), cells])
    _head, found = _rows(file)
    for cell, asked in zip(found, cells, strict=True):
        assert cell in (asked, f"'{asked}")
        first = unicodedata.normalize("NFKC", cell.strip())[:1]
        assert first not in (*"=+-@",) or re.fullmatch(r"-?[0-9.]+", cell)


def test_formulas_are_defused_in_every_table(tmp_path: Path) -> None:
    ids = [(name, "@x") for name in ("ID", "SIS User ID", "Section", "username", "email")]
    evil = SubmissionGrade("=1+1", (FULL,), tuple(ids))
    for name in ("csv", "canvas", "moodle"):
        EXPORTS[name](_book(evil), tmp_path)
    files = sorted(tmp_path.glob("*.csv"))
    assert len(files) == 3
    for file in files:
        cells = [cell for row in _rows(file) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@"))]
        assert [cell for cell in cells if cell.startswith(("'=", "'@"))]


# Results that other systems read.


def test_gradescope_has_a_test_for_each_task(tmp_path: Path) -> None:
    exports.gradescope(BOOK, tmp_path)
    data = json.loads((tmp_path / "gradescope" / "ada" / "results.json").read_text("utf-8"))
    assert data["score"] == 10
    assert data["output"] == "lesson05: no file lesson05/thread_join.py"
    assert [(test["name"], test["score"], test["max_score"]) for test in data["tests"]] == [
        ("lesson05 task 1: wait", 0, 10),
        ("lesson08 task 1: Counter", 4, 4),
        ("lesson08 task 2: Total", 6, 6),
    ]
    (other,) = [path for path in (tmp_path / "gradescope").iterdir() if path.name != "ada"]
    text = (other / "results.json").read_text("utf-8")
    assert json.loads(text)["tests"][1]["status"] == "failed"
    assert json.loads(text)["tests"][1]["output"] == "No addition *is* lost.\nn is 1\nat locks.py:4"


RESULT_V1: dict[str, type] = {
    "schema": str,
    "classroom": str,
    "assignment": str,
    "assignment_type": str,
    "owner": str,
    "submission": str,
    "commit": str,
    "release": str,
    "review": str,
    "datetime": str,
    "score": int,
    "max-score": int,
    "tests": list,
}
TEST_V1: dict[str, type] = {"test-name": str, "passed": bool, "score": int, "max-score": int}
RUNNER = {
    "CLASSROOM": "threads-2026",
    "ASSIGNMENT": "week-8",
    "OWNER": "ada-gh",
    "SUBMISSION_TAG": "submit/1",
    "COMMIT_URL": "https://x.example/commit/1",
    "RELEASE_URL": "https://x.example/release/1",
    "REVIEW_URL": "https://x.example/review/1",
}


def _classroom50(book: Gradebook, folder: Path) -> dict[str, dict[str, Any]]:
    exports.classroom50(book, folder)
    files = sorted((folder / "classroom50").glob("*/result.json"))
    return {file.parent.name: json.loads(file.read_text("utf-8")) for file in files}


def test_classroom50_results_have_all_that_its_schema_asks_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in RUNNER:
        monkeypatch.delenv(name, raising=False)
    results = _classroom50(BOOK, tmp_path)
    assert len(results) == 2
    for result in results.values():
        assert {key: type(value) for key, value in result.items()} == RESULT_V1
        assert result["schema"] == "classroom50/result/v1"
        assert result["assignment_type"] in ("individual", "group")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", result["datetime"])
        for test in result["tests"]:
            assert {key: type(value) for key, value in test.items()} == TEST_V1
            assert test["passed"] == (test["score"] == test["max-score"])
        assert result["score"] == sum(test["score"] for test in result["tests"])
        assert result["max-score"] == sum(test["max-score"] for test in result["tests"])
    assert (results["ada"]["owner"], results["ada"]["score"]) == ("ada", 10)


def test_classroom50_takes_from_its_runner_what_only_that_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)
    result = _classroom50(_book(BOOK.submissions[0]), tmp_path)["ada"]
    assert set(RUNNER.values()) <= set(map(str, result.values()))


def test_classroom50_one_students_commit_is_not_the_whole_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)
    results = _classroom50(BOOK, tmp_path)
    assert sorted(result["owner"] for result in results.values()) == ["ada", "한 길동"]
    for result in results.values():
        assert (result["classroom"], result["assignment"]) == ("threads-2026", "week-8")
        assert "https://x.example" not in json.dumps(result)


# The summary.


def test_the_summary_is_a_table_in_markdown(tmp_path: Path) -> None:
    EXPORTS["markdown"](BOOK, tmp_path)
    assert (tmp_path / "summary.md").read_text("utf-8").splitlines() == [
        "| student | 05 | 08 | points |",
        "|---|---|---|---|",
        "| ada | 0 | 10 | 10/20 |",
        "| 한 길동 |  | 4 | 4/10 |",
    ]


def test_the_summary_says_if_nothing_was_sandboxed() -> None:
    assert "not sandboxed" in markdown.markdown_text(_book(is_sandboxed=False))
    assert "not sandboxed" not in markdown.markdown_text(BOOK)


@pytest.mark.parametrize("name", ["s", "홍길동" * 30, "\udcff"])
def test_a_long_summary_is_cut_below_what_github_takes(tmp_path: Path, name: str) -> None:
    students = [SubmissionGrade(f"{name}{number}", (FULL,)) for number in range(60_000)]
    EXPORTS["markdown"](_book(*students, is_sandboxed=False), tmp_path)
    data = (tmp_path / "summary.md").read_bytes()
    assert 900_000 < len(data) <= 1024 * 1024
    lines = data.decode("utf-8").splitlines()
    shown = sum(line.endswith("| 10 | 10/10 |") for line in lines)
    assert lines[-1] == f"{60_000 - shown} more students: see gradebook.csv in the results"


def test_a_name_is_only_a_name_in_markdown() -> None:
    name = "a|b\n\n# c <img src=x> [l](u) `d` $e$ **f**"
    text = markdown.markdown_text(_book(SubmissionGrade(name, (FULL,))))
    assert len(text.splitlines()) == 3
    plain = re.sub(r"\\[!-~]", "", text.splitlines()[2])
    assert plain.count("|") == 4
    assert not set(plain) & set("<>[]`$*#")
    page = markdown.feedback_text(SubmissionGrade(name, (FULL,)))
    assert [line for line in page.splitlines() if line.startswith("# ")] == page.splitlines()[:1]


# What students see.


def test_feedback_names_promises_and_what_happened_instead() -> None:
    text = markdown.feedback_text(SubmissionGrade("ada", (MISSING, PART)))
    assert text.splitlines() == [
        "# ada: 4 of 20",
        "",
        "## lesson05 join: 0 of 10",
        "",
        "    no file lesson05/thread_join.py",
        "",
        "## lesson08 Lock: 4 of 10",
        "",
        "Task 1 Counter: 4 of 4",
        "",
        "Task 2 Total: 0 of 6",
        "",
        "No addition \\*is\\* lost.",
        "",
        "    n is 1",
        "    at locks.py:4",
    ]


def test_a_fault_of_ours_is_told_without_what_is_hidden(tmp_path: Path) -> None:
    markdown.feedback_for_students(BOOK, tmp_path / "pages")
    pages.feedback_pages(BOOK, tmp_path / "pages")
    exports.gradescope(BOOK, tmp_path)
    exports.classroom50(BOOK, tmp_path)
    for file in _files(tmp_path):
        text = file.read_text("utf-8")
        for hidden in ("77712", "/hidden", "grade_join", "reads frames", "3.2 s", "=han", "x.exam"):
            assert hidden not in text, file
        other = "길동" if "ada" in str(file.relative_to(tmp_path)) else "ada"
        assert other not in text, file
    told = [file.read_text("utf-8") for file in _files(tmp_path / "pages")]
    assert "the grader could not decide; that is not your fault" in "".join(told)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


HIDING_GRADER = """
import pytest
from threadlings.grading import scenario

@scenario
def doubled(lesson, number):
    return lesson.double(number)

@pytest.mark.task(1)
def test_double(submission):
    \"\"\"A number is doubled.\"\"\"
    assert submission.run(doubled, number=38856) == 77712

@pytest.mark.task(2)
def test_other(submission):
    \"\"\"Another promise.\"\"\"
    FAULT
"""


@pytest.mark.parametrize("fault", ["pass", "raise KeyError(77712)"])
def test_pages_for_students_hold_nothing_of_a_grader(school: School, fault: str) -> None:
    school.set_grader(HIDING_GRADER.replace("FAULT", fault))
    school.hand_in(RIGHT.replace("return number", "return 1 or number"), "ada")
    school.hand_in(RIGHT.replace("return number", "raise KeyError(number)"), "ben")
    told, results = school.root / "pages", school.root / "grades"
    words = ["grade", str(school.root / "class"), "--results", str(results)]
    words += ["--feedback-for-students", str(told), "--export", "gradescope"]
    words += ["--lang", "en"]
    cli.main(words, lessons_file=school.lessons_file, graders=school.graders)
    assert sorted(path.name for path in told.iterdir()) == [
        *("ada.html", "ada.md", "ben.html", "ben.md")
    ]
    for file in (*_files(told), *_files(results / "gradescope")):
        text = file.read_text("utf-8")
        for hidden in ("77712", str(school.root), "grade_lesson01", "submission.run"):
            assert hidden not in text, file
        assert ("ada" in text) + ("ben" in text) == (file.parent == told)
    if fault == "pass":
        assert "A number is doubled." in (told / "ada.md").read_text("utf-8")
        assert "KeyError" in (told / "ben.md").read_text("utf-8")


# Names of files.

NASTY = [
    *("ada", "Ada", "ADA", "../x", "..", ".", "/etc/passwd", "a/b", "a\\b", "C:x", "x.", "x "),
    *("CON", "con", "nul", "com1", "aux.txt", "", " ", "-rf", ".lock", "gradebook", "x" * 300),
    *(
        "홍 길동",
        "홍" * 300,
        "\U00010330" * 300,
        "😀",
        "😀😀",
        "a\nb",
        "a\tb",
        "a\0b",
        "\udcff",
        "ŉ",
    ),
    *(unicodedata.normalize(form, "가é") for form in ("NFC", "NFD")),
]
RESERVED = {"con", "prn", "aux", "nul", *(f"{n}{d}" for n in ("com", "lpt") for d in range(10))}


@pytest.mark.parametrize("name", NASTY, ids=ascii)
def test_a_file_has_a_name_that_every_file_system_takes(tmp_path: Path, name: str) -> None:
    found = file_name(name)
    assert re.fullmatch(r"[\w][\w-]*", found)
    assert found not in RESERVED
    assert len(f"{found}.json".encode()) <= 255
    (tmp_path / f"{found}.json").write_text("")
    assert [path.name for path in tmp_path.iterdir()] == [f"{found}.json"]


def test_plain_names_stay_as_they_are() -> None:
    for name in ("ada", "ada-lovelace", "홍길동", "ada_1", "20261234"):
        assert file_name(name) == name


def _as_on_a_mac(name: str) -> str:
    return unicodedata.normalize("NFC", file_name(name).casefold())


def test_no_two_of_the_nasty_names_share_a_file() -> None:
    assert len({_as_on_a_mac(name) for name in NASTY}) == len(NASTY)


@settings(deadline=None)
@given(st.text(max_size=5) | st.text(string.ascii_letters + ". -", max_size=3), st.text(max_size=3))
def test_no_two_names_share_a_file(one: str, other: str) -> None:
    for second in (other, one.swapcase(), one + other, file_name(one), f" {one}"):
        assert (_as_on_a_mac(one) == _as_on_a_mac(second)) == (one == second)


def test_each_student_has_a_page_whatever_the_names(tmp_path: Path) -> None:
    names = sorted({*NASTY, *map(file_name, NASTY)})
    book = _book(*(SubmissionGrade(name, (FULL,)) for name in names))
    markdown.feedback_for_students(book, tmp_path / "pages")
    pages.feedback_pages(book, tmp_path / "pages")
    assert len(list((tmp_path / "pages").iterdir())) == 2 * len(names)
    for name in EXPORTS:
        EXPORTS[name](book, tmp_path / "exports")
    for kind in ("gradescope", "classroom50"):
        assert len(list((tmp_path / "exports" / kind).iterdir())) == len(names)
    assert {path.name for path in tmp_path.iterdir()} == {"pages", "exports"}
    text = (tmp_path / "exports" / "gradebook.csv").read_text("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == len(names) + 1
