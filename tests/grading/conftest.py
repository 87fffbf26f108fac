"""A lesson of our own, so that these tests need none of the course."""

from __future__ import annotations

import contextlib
import glob
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from threadlings import manifest
from threadlings.cells import Limits, Source, cell_source, find_sandbox
from threadlings.folders import short_folder
from threadlings.gradebook import Gradebook, LessonGrade
from threadlings.handed_in import find_checkouts
from threadlings.judging import OpenSource, Submission, grade

MANIFEST = """
[[lesson]]
number = 1
module = "tiny"
title = "adding"
[[lesson.task]]
number = 1
title = "double"
points = 4
[[lesson.task]]
number = 2
title = "Total"
points = 6
"""

GRADER = '''
import pytest
from threadlings.grading import Broken, scenario

@scenario
def doubled(lesson, number):
    return simulate(lambda: lesson.double(number))

@scenario
def totals(lesson):
    def program():
        from threading import Thread
        total = lesson.Total()
        threads = [Thread(target=total.add) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return total.n
    return [outcome.value for outcome in search(program).outcomes]

@pytest.mark.task(1)
@pytest.mark.parametrize("number", [2, 5])
def test_double(submission, number):
    """A number is doubled."""
    run = submission.run(doubled, number=number)
    if run.value != 2 * number:
        raise Broken("double({number}) returned {answer}", number=number, answer=run.value)

@pytest.mark.task(2)
def test_total(submission):
    """No addition is lost.

    However the threads take turns.
    """
    if submission.run(totals) != [2]:
        raise Broken("two threads added 1 each; n is not always 2")
'''

RIGHT = """
from threading import Lock

def double(number):
    return number + number

class Total:
    def __init__(self):
        self.n, self.lock = 0, Lock()

    def add(self):
        with self.lock:
            self.n += 1
"""

STUB = """
def double(number):
    raise NotImplementedError("TODO 1 in exercises/lesson01/tiny.py")

class Total:
    def __init__(self):
        self.n = 0

    def add(self):
        raise NotImplementedError("TODO 2 in exercises/lesson01/tiny.py")
"""

QUICK = Limits(cpu_s=1, deadline_s=20.0)


@dataclass
class School:
    """A manifest, graders and submissions in a folder of the test's."""

    root: Path
    limits: Limits = QUICK
    lessons_file: Path = field(init=False)
    graders: Path = field(init=False)

    def __post_init__(self) -> None:
        self.lessons_file = self.root / "lessons.toml"
        self.lessons_file.write_text(MANIFEST)
        self.graders = self.root / "hidden"
        self.set_grader(GRADER)

    def set_grader(self, source: str, lesson: str = "lesson01") -> None:
        """Write a lesson's hidden grader."""
        folder = self.graders / lesson
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"grade_{lesson}.py").write_text(source)

    def hand_in(self, source: str | bytes, name: str = "ada") -> Path:
        """Make a checkout that holds the tiny lesson's file."""
        folder = self.root / "class" / name / "exercises" / "lesson01"
        folder.mkdir(parents=True, exist_ok=True)
        data = source if isinstance(source, bytes) else source.encode()
        (folder / "tiny.py").write_bytes(data)
        return self.root / "class" / name

    def grade(self, *paths: Path) -> Gradebook:
        """Grade checkouts."""
        lessons = manifest.read(self.lessons_file)
        return grade(find_checkouts(paths), lessons, self.graders, limits=self.limits)

    def grade_source(self, source: str | bytes) -> LessonGrade:
        """Grade a file for the tiny lesson."""
        (submission,) = self.grade(self.hand_in(source)).submissions
        return submission.lessons[0]


@pytest.fixture
def school(tmp_path: Path) -> School:
    """A lesson ``tiny`` with a hidden grader."""
    return School(tmp_path)


def threads_named(name: str) -> list[str]:
    """Return the threads of this machine that have given themselves a name; Linux only."""
    found = []
    for file in glob.glob("/proc/[0-9]*/task/*/comm"):
        with contextlib.suppress(OSError):
            if Path(file).read_text().strip() == name:
                found.append(file)
    return found


MakeSubmission = Callable[..., Submission]


def as_when_graded(folder: Path, imports: tuple[str, ...] = ()) -> Source:
    """Make cells as ``threadlings grade`` does: in a sandbox, where one works."""
    return cell_source(folder, imports, find_sandbox())


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty folder for cells."""
    with tempfile.TemporaryDirectory(prefix="threadlings-", dir=short_folder()) as folder:
        yield Path(folder)


@pytest.fixture
def make_submission(home: Path) -> Iterator[MakeSubmission]:
    """Make what a check gets, from a file's text."""
    made = []

    def make(
        source: str, limits: Limits = QUICK, open_source: OpenSource = as_when_graded
    ) -> Submission:
        text = textwrap.dedent(source).encode()
        made.append(Submission("tiny", text, home, limits, open_source))
        return made[-1]

    yield make
    for submission in made:
        submission.close()
