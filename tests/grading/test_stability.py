"""The same submissions get the same gradebook, however busy the machine is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from threadlings import manifest
from threadlings.grading.checkout import find_checkouts
from threadlings.grading.grade import find_graders, grade

ROOT = Path(__file__).parent.parent.parent
GRADINGS = int(os.environ.get("THREADLINGS_GRADINGS", "3"))


@pytest.fixture
def busy_cores():
    """Keep every core busy with something else."""
    burn = [sys.executable, "-c", "while True: pass"]
    processes = [subprocess.Popen(burn) for _ in range(os.cpu_count() or 2)]
    yield
    for process in processes:
        process.kill()
        process.wait()


@pytest.fixture
def students(tmp_path):
    """One folder with a wrong program for each lesson, and the solutions."""
    for lesson in manifest.read():
        wrong = sorted((ROOT / "tests" / "submissions" / lesson.folder / "wrong").glob("*.py"))[0]
        (tmp_path / "wrong" / lesson.folder).mkdir(parents=True)
        (tmp_path / "wrong" / lesson.file).write_bytes(wrong.read_bytes())
    return [tmp_path / "wrong", ROOT / "solutions"]


def test_gradebooks_are_equal_beside_a_busy_machine(students, busy_cores):
    books = [
        grade(find_checkouts(students), manifest.read(), find_graders()) for _ in range(GRADINGS)
    ]
    assert len(books) > 1
    assert all(book == books[0] for book in books)
