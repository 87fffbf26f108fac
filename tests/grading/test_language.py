"""What students are told is in the language that the command speaks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from threadlings import cli, language, usage

from .conftest import School

KOREAN = """
msgid "A number is doubled."
msgstr "수를 두 배로 합니다."

msgid "double({number}) returned {answer}"
msgstr "double({number})가 돌려준 것은 {answer}"

msgid "two threads added 1 each; n is not always 2"
msgstr "두 thread가 1씩 더했는데, n이 늘 2는 아닙니다"
"""
WRONG = """
def double(number):
    raise SystemExit

class Total:
    def __init__(self):
        self.n = 0

    def add(self):
        self.n += 1
"""

Grade = Callable[[str], list[tuple[str, str]]]


@pytest.fixture
def grade(school: School) -> Iterator[Grade]:
    """Grade a wrong file with the command in a language; return promises and messages."""
    (school.graders / "lesson01" / language.CATALOGUE).write_text(KOREAN, encoding="utf-8")
    checkout, book = school.hand_in(WRONG), school.root / "book.json"
    words = ["grade", str(checkout), "--results", str(school.root / "grades")]

    def graded(chosen: str) -> list[tuple[str, str]]:
        language.choose(chosen)
        code = cli.main(
            [*words, "--json", str(book)], lessons_file=school.lessons_file, graders=school.graders
        )
        assert code == usage.TASKS_LEFT
        data: dict[str, Any] = json.loads(book.read_text(encoding="utf-8"))
        (lesson,) = data["submissions"][0]["lessons"]
        return [(r["promise"], r["message"]) for task in lesson["tasks"] for r in task["reasons"]]

    yield graded
    language.choose("en")


def test_messages_and_promises_are_in_the_language(grade: Grade) -> None:
    *doubled, total = grade("ko")
    assert doubled == [
        ("수를 두 배로 합니다.", f"double({number})가 돌려준 것은 None") for number in (2, 5)
    ]
    assert total == ("No addition is lost.", "두 thread가 1씩 더했는데, n이 늘 2는 아닙니다")


def test_what_is_kept_is_told_in_any_language(grade: Grade) -> None:
    korean = grade("ko")
    english = grade("en")
    assert english[-1] == ("No addition is lost.", "two threads added 1 each; n is not always 2")
    assert grade("ko") == korean


def test_each_student_reads_their_own_language_after_one_grading(
    grade: Grade, school: School
) -> None:
    grade("en")
    for name in ("ben", "cho"):
        school.hand_in(WRONG, name)
    roster, pages = school.root / "class" / "roster.csv", school.root / "pages"
    roster.write_text("student,path,lang\nada,ada,ko\nben,ben,en\ncho,cho,\n")
    words = ["--results", str(school.root / "grades"), "--feedback-for-students", str(pages)]
    words += ["--export", "gradescope", "--json", str(school.root / "book.json")]
    known = {"lessons_file": school.lessons_file, "graders": school.graders}
    assert cli.main(["grade", str(roster), *words], **known) == usage.TASKS_LEFT
    english, korean = "two threads added 1 each", "두 thread가 1씩 더했는데"
    wanted = {"ada": korean, "ben": english, "cho": english}
    _same_for_each(school, pages, wanted)
    assert (
        cli.main(["collect", str(school.root / "grades"), "--roster", str(roster), *words], **known)
        == usage.DONE
    )
    _same_for_each(school, pages, wanted)
    assert "lang" not in (school.root / "grades" / "gradebook.csv").read_text("utf-8-sig")
    roster.write_text("student,path,lang\nada,ada,kr\n")
    assert cli.main(["grade", str(roster), *words], **known) == usage.WRONG_USAGE


def _same_for_each(school: School, pages: Path, wanted: dict[str, str]) -> None:
    book = json.loads((school.root / "book.json").read_text(encoding="utf-8"))
    told = {each["name"]: json.dumps(each, ensure_ascii=False) for each in book["submissions"]}
    for name, message in wanted.items():
        for kind in ("md", "html"):
            assert message in (pages / f"{name}.{kind}").read_text(encoding="utf-8")
        scope = school.root / "grades" / "gradescope" / name / "results.json"
        assert message in scope.read_text(encoding="utf-8")
        assert message in told[name]


def test_markdown_for_students_speaks_it_too(grade: Grade, school: School) -> None:
    grade("ko")
    language.choose("ko")
    pages = school.root / "pages"
    words = ["grade", str(school.root / "class" / "ada"), "--feedback-for-students", str(pages)]
    words += ["--results", str(school.root / "grades")]
    cli.main(words, lessons_file=school.lessons_file, graders=school.graders)
    text = Path(pages, "ada.md").read_text(encoding="utf-8")
    assert text.startswith("# ada: 10점 중 0점\n\n## lesson01 adding: 10점 중 0점\n")
    assert "\n과제 1 double: 4점 중 0점\n" in text
