"""Every Python block on the pages runs, and prints what the page says that it prints.

A block of ``text`` directly below a block of ``python`` is its output. A line between the two
says if another run may print something else:

- ``One possible output``: the lines may come in another order, or be others. A search over all
  schedules must find a run that prints exactly this.
- ``On one machine``: the numbers are those of a stopwatch. All but the numbers is compared.

Where sleeps decide the order of the lines, they are compared in virtual time, which is exact.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from threadlings import manifest
from threadlings.engine import load, search, simulate

EXERCISES = Path(__file__).parent.parent.parent / "exercises"
PAGES = sorted(EXERCISES.glob("**/*.md"))
TAUGHT = ["AFTER", *(f"{lesson.folder}/README" for lesson in manifest.read())]
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

    @property
    def is_ordered_by_sleeps(self):
        """True if nothing but sleeps decides which line comes first."""
        return "time.sleep(" in self.code and self.remark not in POSSIBLE + MEASURED


def examples():
    """Return all examples of all pages."""
    found = []
    for path in PAGES:
        page = path.relative_to(EXERCISES).as_posix()
        for number, match in enumerate(_EXAMPLE.finditer(path.read_text(encoding="utf-8")), 1):
            found.append(Example(page, number, *(match[group] or "" for group in (1, 2, 3))))
    return found


def chosen(is_wanted):
    """Return a mark with the examples that are wanted."""
    return pytest.mark.parametrize("example", list(filter(is_wanted, examples())), ids=str)


def recorded(example, folder):
    """Return a program that runs an example, waits for its threads and returns its lines."""
    file = folder / "example.py"
    file.write_text(_RECORDS + example.code, encoding="utf-8")
    source = load(file)
    return lambda: source.ended()


def masked(text):
    """Return a text without its numbers."""
    return re.sub(r"\d+(?:\.\d+)?", "", text)


@chosen(bool)
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
    elif example.is_ordered_by_sleeps:
        assert sorted(done.stdout.splitlines()) == sorted(example.output.splitlines())
    else:
        assert done.stdout == example.output


@chosen(lambda example: example.is_ordered_by_sleeps)
def test_sleeps_bring_the_lines_into_the_order_of_the_page(example, tmp_path):
    assert simulate(recorded(example, tmp_path)).value == example.output.splitlines()


@chosen(lambda example: example.remark in POSSIBLE)
def test_a_possible_output_is_that_of_a_schedule(example, tmp_path):
    outputs = [outcome.value for outcome in search(recorded(example, tmp_path)).outcomes]
    assert example.output.splitlines() in outputs
    assert len(outputs) > 1


@pytest.mark.parametrize("page", TAUGHT)
def test_both_languages_have_the_same_examples_and_pictures_of_their_own(page):
    names = f"{page}.md", f"{page}.ko.md"
    english, korean = ([each for each in examples() if each.page == name] for name in names)
    assert len(english) == len(korean) > 0
    for one, other in zip(english, korean, strict=True):
        assert len(one.code.splitlines()) == len(other.code.splitlines())
        assert len(one.output.splitlines()) == len(other.output.splitlines())
    for name in names:
        blocks = _BLOCK.findall((EXERCISES / name).read_text(encoding="utf-8"))
        assert [kind for kind, _body in blocks if kind] == ["python", "text"] * len(english)
        pictures = [body for kind, body in blocks if not kind and "->" in body]
        assert pictures
        for picture in pictures:
            assert bool(re.search("[가-힣]", picture)) == (name == names[1]), picture
