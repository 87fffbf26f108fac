"""The pages of a gradebook: all that they should tell, nothing hidden, nothing read as HTML."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import string
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import UndefinedError

import threadlings
from tests.pictures.programs import in_time, unlocked
from threadlings import language
from threadlings.document import document
from threadlings.engine import Ending, search, simulate
from threadlings.feedback import Finding, Row, Steps
from threadlings.gradebook import (
    Gradebook,
    LessonGrade,
    Reason,
    SubmissionGrade,
    TaskGrade,
    pages,
)
from threadlings.gradebook.class_figures import lost_tasks, middle, percents, tenths
from threadlings.gradebook.class_page import class_page
from threadlings.gradebook.feedback_page import feedback_page
from threadlings.gradebook.markdown import message_for_student
from threadlings.gradebook.page_words import WORDS
from threadlings.language import Text

from .gradebooks import EVIL, FAULT, FULL, HOSTILE, MISSING, SMALL, lesson


class Page(HTMLParser):
    """Collects the elements of a page with their attributes, and the cells of its tables."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.pre: list[str] = []
        self._open = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag if tag in ("td", "th", "pre") else self._open
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "pre":
            self.pre.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag == self._open else self._open

    def handle_data(self, data: str) -> None:
        if self._open == "pre":
            self.pre[-1] += data
        elif self._open:
            self.rows[-1][-1] += data


def _book(*submissions: SubmissionGrade, is_sandboxed: bool = True) -> Gradebook:
    return Gradebook(submissions, is_sandboxed)


def _rows(book: Gradebook, language: str = "en") -> list[list[str]]:
    return Page(class_page(book, language)).rows


# The class.


def test_each_student_has_a_row_with_the_points_of_each_lesson() -> None:
    rows = _rows(SMALL)
    assert rows[0] == ["Student", "05 join of 10", "08 Lock of 10", "Points", "To review"]
    assert ["ada", "0 missing", "10 ✓", "10/20", "0"] in rows
    assert ["한 길동", "not graded", "4", "4/10", "1"] in rows
    assert ["cem", "", "10 ✓", "10/10", "0"] in rows


def test_what_fails_most_is_first_with_its_reasons() -> None:
    students = [
        SubmissionGrade("a", (lesson(lost=["No addition is lost.", "The total is right."]),)),
        SubmissionGrade("b", (lesson(lost=["No addition is lost.", "No addition is lost."]),)),
        SubmissionGrade("c", (MISSING, FULL)),
    ]
    rows = _rows(_book(*students))
    assert rows[rows.index(["Task", "Lost by", "How many students, and why"]) + 1 :] == [
        ["08 Lock, task 2 Total", "2 of 3", "2 No addition is lost.1 The total is right."],
        ["05 join, task 1 wait", "1 of 1", "1 missing"],
    ]


def test_what_was_not_graded_is_nobodys_loss() -> None:
    assert lost_tasks(_book(SubmissionGrade("a", (FAULT,)))) == []
    assert percents([SubmissionGrade("a", (FAULT,))]) == []
    assert "grader&#39;s fault: 1" in class_page(_book(SubmissionGrade("a", (FAULT,))), "en")


@pytest.mark.parametrize(
    ("points", "bar"), [(0, "0–9"), (9, "0–9"), (10, "10–19"), (99, "90–99"), (100, "100")]
)
def test_points_are_in_their_tenth(points: int, bar: str) -> None:
    assert [name for name, count in tenths([points]) if count] == [bar]


def test_points_are_in_percent_of_what_counts() -> None:
    assert percents(SMALL.submissions) == [50, 40, 100]
    assert middle([50, 40, 100]) == 50
    assert middle([]) is None
    html = class_page(SMALL, "en")
    assert "Students: 3 · Median: 50 % · Full marks: 1" in html
    assert 'aria-label="0–9 %: 0; 10–19 %: 0;' in html


def test_what_is_flagged_is_told_with_file_and_line() -> None:
    assert ["한 길동", "lesson08/locks.py", "3", "reads frames"] in _rows(SMALL)
    assert "Nothing is flagged." in class_page(_book(SubmissionGrade("c", (FULL,))), "en")


@pytest.mark.parametrize("is_sandboxed", [True, False])
def test_missing_sandbox_is_told(is_sandboxed: bool) -> None:
    html = class_page(_book(is_sandboxed=is_sandboxed), "en")
    assert ("Not sandboxed" in html) is not is_sandboxed


# One student.


def _told(finding: Finding, language: str = "en") -> Page:
    reasons = (Reason(Text("No addition is lost."), finding),)
    tasks = (TaskGrade(1, "Total", 0, 10, reasons),)
    grade = LessonGrade(8, "Lock", "failed", 0, 10, Text(), tasks)
    again = LessonGrade.from_data(json.loads(json.dumps(grade.as_data())))
    return Page(feedback_page(SubmissionGrade("ada", (again,)), language))


def test_steps_of_a_failing_run_are_a_table_of_its_threads() -> None:
    seen = search(unlocked)
    run = next(outcome.run for outcome in seen.outcomes if outcome.kind != Ending.VALUE)
    steps = Steps.of(run, remark="gone", max_rows=9)
    page = _told(Finding(Text("lost an update"), schedule=run.schedule, steps=steps))
    assert page.pre == [f"\nlost an update   (schedule {run.schedule})"]
    rows = page.rows[1:]
    assert page.rows[0] == ["Step", "A", "B"]
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    assert [bool(row[1]) for row in rows] == [letter == "A" for letter in run.schedule]
    assert rows[0][1].startswith("reads n = 0 programs.py:")
    assert rows[3][1].endswith(" ← gone")


def test_timeline_is_a_chart_of_its_threads() -> None:
    page = _told(Finding(Text("it took 2 s"), timeline=simulate(in_time)))
    assert page.pre == ["\nit took 2 s"]
    (chart,) = [given for tag, given in page.elements if tag == "svg"]
    assert (chart["aria-label"] or "").startswith("main: the end of A; A: ")
    bars = [given for tag, given in page.elements if tag == "rect"]
    assert [bar["class"] for bar in bars] == ["waiting main", "waiting c0", "sleeping c1"]
    ends = [int(bar["x"] or 0) + int(bar["width"] or 0) for bar in bars]
    assert max(ends) == 110 + 540


def test_chart_speaks_the_language_of_its_page() -> None:
    page = _told(Finding(Text("late"), timeline=simulate(in_time)), "ko")
    (chart,) = [given for tag, given in page.elements if tag == "svg"]
    assert "A의 끝" in (chart["aria-label"] or "")


def test_threads_that_are_left_out_of_a_chart_are_told() -> None:
    run = simulate(in_time)
    many = replace(run, threads=run.threads * 8)
    (chart,) = [g for tag, g in _told(Finding(Text("x"), timeline=many)).elements if tag == "svg"]
    assert (chart["aria-label"] or "").endswith(f"... and {len(many.threads) - 12} more threads")


def test_hostile_steps_are_text_too() -> None:
    rows = (Row(1, "A", Text(EVIL), EVIL), Row(2, EVIL, Text(EVIL), EVIL))
    finding = Finding(Text(EVIL), Text(EVIL), EVIL, Steps(rows, Text(EVIL)))
    page = _told(finding)
    assert not [tag for tag, _ in page.elements if tag in ("script", "img")]


def test_steps_left_out_of_a_table_are_told() -> None:
    rows = (Row(1, "A", Text("prints x"), ""), Row(100, "A", Text("prints y"), ""))
    assert _told(Finding(Text("x"), steps=Steps(rows))).rows[1:] == [
        ["1", "prints x"],
        ["⋯", ""],
        ["100", "prints y"],
    ]


@pytest.mark.parametrize("message", [f"\n{EVIL}", "      A", "      A  B\n   1  x", " │░│\n  0\n"])
def test_message_that_looks_like_a_picture_is_kept_as_it_is(message: str) -> None:
    assert _told(Finding(Text(message))).pre == [f"\n{message}"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_feedback_has_points_and_promises_and_nothing_hidden(language: str) -> None:
    told = {s.name: feedback_page(s, language) for s in SMALL.submissions}
    assert "No addition *is* lost." in told["한 길동"]
    assert "no file lesson05/thread_join.py" in told["ada"]
    for name, html in told.items():
        others = {"ada", "한 길동", "cem"} - {name}
        for hidden in ("77712", "/hidden", "reads frames", "3.2 s", "=han", "x.example", *others):
            assert f">{hidden}" not in html.replace(" ", ""), hidden
            assert hidden not in html.partition("</style>")[2], hidden
    undecided = {"en": "that is not your fault", "ko": "학생의 잘못이 아닙니다"}
    assert undecided[language] in told["한 길동"]


def test_fault_of_ours_is_told_as_in_the_markdown() -> None:
    assert WORDS["why grader error"][0] == message_for_student(FAULT)


def test_feedback_does_without_script() -> None:
    html = feedback_page(SMALL.submissions[0], "en")
    assert "script" not in html.partition("</style>")[2]
    assert "script-src" not in html


# Both.


def _all_pages(book: Gradebook, language: str = "en") -> list[str]:
    return [class_page(book, language), *(feedback_page(s, language) for s in book.submissions)]


@pytest.mark.parametrize("html", _all_pages(HOSTILE), ids=["class", "student"])
def test_text_of_others_is_never_read_as_html(html: str) -> None:
    page = Page(html)
    scripts = [tag for tag, _attributes in page.elements if tag in ("script", "img")]
    assert scripts == (["script"] if "script-src" in html else [])
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")], tag
    assert EVIL not in html
    assert "&lt;/script&gt;&lt;/pre&gt;&lt;img src=x onerror=" in html
    html.encode("utf-8")


def test_hostile_text_is_shown_as_it_is() -> None:
    rows = _rows(HOSTILE)
    assert [EVIL, f"lesson08/{EVIL}", "3", EVIL] in rows
    student = Page(feedback_page(HOSTILE.submissions[0], "en"))
    assert student.pre == [f"\n{EVIL}"]


@pytest.mark.parametrize("html", _all_pages(SMALL))
def test_page_loads_nothing_and_its_policy_allows_only_what_is_inside(html: str) -> None:
    for _tag, attributes in Page(html).elements:
        assert not attributes.keys() & {"src", "srcset", "data", "action", "style"}
        assert (attributes.get("href") or "#").startswith("#")
    wanted = ["default-src 'none'"]
    for kind in ("style", "script"):
        for inside in re.findall(f"<{kind}>(.*?)</{kind}>", html, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
            wanted.append(f"{kind}-src 'sha256-{digest}'")
            assert "url(" not in inside
            assert "@import" not in inside
    assert f'content="{"; ".join(wanted)}"' in html


@pytest.mark.parametrize("name", WORDS)
def test_words_are_in_both_languages_with_the_same_values(name: str) -> None:
    english, korean = ({v for _, v, _, _ in string.Formatter().parse(w) if v} for w in WORDS[name])
    assert english == korean
    assert all(WORDS[name])


def test_pages_speak_the_language_that_was_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language._choice, "_chosen", "ko")
    pages.html(SMALL, tmp_path)
    pages.feedback_pages(SMALL, tmp_path)
    assert '<html lang="ko">' in (tmp_path / "class.html").read_text("utf-8")
    assert "학생별 점수" in (tmp_path / "class.html").read_text("utf-8")
    assert "파일 없음" in (tmp_path / "class.html").read_text("utf-8")
    assert "20점 중 10점" in (tmp_path / "ada.html").read_text("utf-8")


@pytest.mark.parametrize(
    "make", [class_page, lambda b, lang: feedback_page(b.submissions[0], lang)]
)
def test_other_languages_are_refused(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="must be one of en, ko, not 'fr'"):
        make(SMALL, "fr")


def test_promise_with_braces_is_left_alone() -> None:
    grade = lesson(lost=["{name} {0} {"], message="{x}")
    book = _book(SubmissionGrade("{points}", (grade,)))
    assert all("{name} {0} {" in html and "{points}" in html for html in _all_pages(book))


TEMPLATES = sorted(Path(threadlings.__file__).parent.rglob("*.jinja"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_only_the_frame_trusts_what_it_gets_and_that_is_our_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    trusted = re.findall(r"\w+\s*\|\s*safe|autoescape|Markup", text)
    assert trusted == (["style|safe", "script|safe"] if template.parent.name == "document" else [])
    assert not re.search(r"=\s*{[{%]", re.sub("{%.*?%}", "", text)), "a value without quotes"


def test_a_value_that_a_template_does_not_get_is_an_error() -> None:
    assert len(TEMPLATES) == 4
    with pytest.raises(UndefinedError, match="'words' is undefined"):
        document("gradebook/assets/feedback.html.jinja", "ada", "en")
