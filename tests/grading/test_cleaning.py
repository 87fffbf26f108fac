"""A student's text is data: whatever it holds, it moves nothing where it is shown."""

import csv
import html
import io
import json

import pytest
from rich.console import Console

from tests.grading.gradebooks import lesson
from threadlings.flags import Flag
from threadlings.gradebook import Gradebook, SubmissionGrade, clean, exports, markdown, pages, table

NASTY = [
    "::error::forged",
    " \t\u3000::add-mask::secret",
    "first\n  ::stop-commands::token",
    "first\r\n::set-output name=points::10",
    "first\r::error::forged",
    "first\x0b::error::forged",
    "first\x85::error::forged",
    "first\u2028::error::forged",
    "a ##[error]forged",
    "###[group]forged",
    "\x1b[2J\x1b]0;title\x07",
    "\u202eback\u202c \u2066isolated\u2069 \u200fright \u061cletter",
    "half \ud83d of a character",
    "\0\x08\x7f\x9b31m",
]


def commands(text):
    """Return the lines that a runner would obey."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line.startswith("::") or "##[" in line]


def unseen(text):
    """Return what is not seen, but for ends of lines and tabulators."""
    directions = {0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    ends = {0x85, 0x2028, 0x2029}
    codes = (ord(character) for character in text)
    return [
        code
        for code in codes
        if (code < 32 and code not in (9, 10, 13))
        or code in directions | ends
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xE000
    ]


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_a_text_is_neither_a_command_nor_unseen(text):
    assert (commands(clean(text)), unseen(clean(text))) == ([], [])


def test_what_is_not_seen_is_written_as_python_writes_it():
    assert clean("a\x1bb\u202ec\ud800d") == r"a\x1bb\u202ec\ud800d"


def test_what_is_harmless_stays():
    text = "a::b ## [c]\n\tn: 1\n한국어 café 👩\u200d💻"
    assert clean(text) == text


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_nasty_comes_out_anywhere(language, tmp_path, monkeypatch):
    monkeypatch.setenv("THREADLINGS_LANG", language)
    grades = tuple(
        lesson([text], text, (Flag("locks.py", 3, clean(text)),), number)
        for number, text in enumerate(NASTY, 1)
    )
    book = Gradebook((SubmissionGrade("ada", grades),), is_sandboxed=True)
    shown = io.StringIO()
    table.show(book, Console(file=shown, width=100))
    pages.html(book, tmp_path / "html")
    pages.feedback_pages(book, tmp_path / "pages")
    markdown.markdown(book, tmp_path / "markdown")
    markdown.feedback_for_students(book, tmp_path / "students")
    exports.gradescope(book, tmp_path / "gradescope")
    exports.gradebook_csv(book, tmp_path / "csv")
    texts = {"terminal": shown.getvalue()}
    for path in tmp_path.rglob("*.*"):
        texts[path.name] = path.read_text(encoding="utf-8")
    assert len(texts) >= 7
    for name, text in texts.items():
        assert (name, commands(html.unescape(text)), unseen(text)) == (name, [], [])
        if name.endswith(".json"):
            told = json.dumps(json.loads(text), ensure_ascii=False)
            assert unseen(told) == []
        if name.endswith(".csv"):
            assert list(csv.reader(io.StringIO(text)))
