"""A term is explained where it first stands: there it is bold."""

import re
from pathlib import Path

import pytest

from threadlings import manifest

EXERCISES = Path(__file__).parent.parent.parent / "exercises"
TERMS = {
    "process": "process",
    "thread": "thread",
    "concurrent": "동시성",
    "parallel": "병렬성",
    "race condition": "race condition",
    "atomic": "원자적",
    "Global Interpreter Lock": "Global Interpreter Lock",
    "free-threaded": "free-threaded",
    "context manager": "context manager",
    "deadlock": "deadlock",
    "FIFO": "FIFO",
    "thread-safe": "thread-safe",
    "I/O-bound": "I/O-bound",
    "CPU-bound": "CPU-bound",
    "pipe": "pipe",
    "pickled": "pickle",
}
"""English and Korean."""
CASES = [("README.md", term) for term in TERMS] + [("README.ko.md", t) for t in TERMS.values()]


def prose(name, lesson):
    """Return a page without its title, its blocks, its addresses and its hints."""
    text = (EXERCISES / lesson.folder / name).read_text(encoding="utf-8").partition("\n")[2]
    text = re.split(r"^## (?:Hints|힌트)$", text, flags=re.MULTILINE)[0]
    return re.sub(r"^```.*?^```$|\]\(.*?\)", "", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("name", "term"), CASES)
def test_a_term_is_bold_where_it_first_stands(name, term):
    pages = (prose(name, lesson) for lesson in manifest.read())
    page = next(page for page in pages if term.lower() in page.lower())
    bold = re.search(rf"\*\*[^*]*{re.escape(term)}[^*]*\*\*", page, re.IGNORECASE)
    assert bold
    assert term.lower() not in page[: bold.start()].lower()
