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
