"""Every Python block on the pages runs, and prints what the page says that it prints.

A block of ``text`` directly below a block of ``python`` is its output. A line between the two
says if another run may print something else:

- ``One possible output``: the lines may come in another order, or be others. A search over all
  schedules must find a run that prints exactly this.
- ``On one machine``: the numbers are those of a stopwatch. All but the numbers is compared.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from threadlings import manifest
from threadlings.engine import load, search

EXERCISES = Path(__file__).parent.parent.parent / "exercises"
PAGES = sorted(EXERCISES.glob("**/*.md"))
POSSIBLE = ("One possible output:", "가능한 출력 하나:")
MEASURED = ("On one machine:", "어느 컴퓨터에서 잰 값:")
LONGEST_RUN_S = 60
_EXAMPLE = re.compile(
    r"^```python\n(.*?)^```\n(?:(?:\n([^\n`#]+)\n)?\n```text\n(.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_RECORDS = """\
import threading
lines = []
def print(*values):
    lines.append(" ".join(map(str, values)))
def ended():
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join()
    return lines
"""
"""What stands above an example that is searched, so that the order of its lines is looked at."""


@dataclass(frozen=True)
class Example:
    """A block of Python, what the page says of its output, and that output."""

    page: str
    number: int
    code: str
    remark: str
    output: str

    def __str__(self):
        return f"{self.page}-{self.number}"


def examples():
    """Return all examples of all pages."""
    found = []
    for path in PAGES:
        page = path.relative_to(EXERCISES).as_posix()
        for number, match in enumerate(_EXAMPLE.finditer(path.read_text(encoding="utf-8")), 1):
            found.append(Example(page, number, *(match[group] or "" for group in (1, 2, 3))))
    return found


def masked(text):
    """Return a text without its numbers and without the spaces and bars that go with them."""
    return [re.sub(r"[█ ]+|\d+(?:\.\d+)?", "", line) for line in text.splitlines()]


@pytest.mark.parametrize("example", examples(), ids=str)
def test_an_example_prints_what_the_page_says(example, tmp_path):
    file = tmp_path / "example.py"
    file.write_text(example.code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", file.name],
        cwd=tmp_path,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST_RUN_S,
    )
    assert (done.returncode, done.stderr) == (0, "")
    if example.remark in MEASURED:
        assert masked(done.stdout) == masked(example.output)
    elif example.remark in POSSIBLE:
        assert len(done.stdout.splitlines()) == len(example.output.splitlines())
    else:
        assert done.stdout == example.output


@pytest.mark.parametrize("example", [e for e in examples() if e.remark in POSSIBLE], ids=str)
def test_a_possible_output_is_that_of_a_schedule(example, tmp_path):
    file = tmp_path / "example.py"
    file.write_text(_RECORDS + example.code, encoding="utf-8")
    lesson = load(file)
    seen = search(lambda: lesson.ended())
    outputs = [outcome.value for outcome in seen.outcomes]
    assert example.output.splitlines() in outputs
    assert len(outputs) > 1


@pytest.mark.parametrize("lesson", manifest.read(), ids=lambda lesson: lesson.folder)
def test_both_languages_have_the_same_examples_and_pictures(lesson):
    english, korean = (
        [example for example in examples() if example.page == f"{lesson.folder}/{name}"]
        for name in ("README.md", "README.ko.md")
    )
    assert len(english) == len(korean) > 0
    for one, other in zip(english, korean, strict=True):
        assert len(one.code.splitlines()) == len(other.code.splitlines())
        assert len(one.output.splitlines()) == len(other.output.splitlines())
    for name in ("README.md", "README.ko.md"):
        text = (EXERCISES / lesson.folder / name).read_text(encoding="utf-8")
        blocks = [body for kind, body in _BLOCK.findall(text) if not kind]
        pictures = [body for body in blocks if not body.startswith("pytest ")]
        assert pictures
        is_korean = name == "README.ko.md"
        assert all(bool(re.search("[가-힣]", picture)) == is_korean for picture in pictures)
