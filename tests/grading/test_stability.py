"""The same submissions get the same gradebook, however busy the machine is."""

import os
import subprocess
import sys
from dataclasses import replace
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


@pytest.fixture(params=["solutions", "wrong"])
def submission(request, tmp_path):
    """The reference solutions, or a wrong program for each lesson."""
    if request.param == "solutions":
        return ROOT / "solutions"
    for lesson in manifest.read():
        wrong = sorted((ROOT / "tests" / "submissions" / lesson.folder / "wrong").glob("*.py"))[0]
        (tmp_path / "wrong" / lesson.folder).mkdir(parents=True)
        (tmp_path / "wrong" / lesson.file).write_bytes(wrong.read_bytes())
    return tmp_path / "wrong"


def without_notes(lesson):
    """Return a lesson's grade without what is said of the machine: it may differ."""
    return replace(lesson, tasks=tuple(replace(task, notes=()) for task in lesson.tasks))


def test_grades_are_equal_beside_a_busy_machine(submission, busy_cores):
    seen = []
    for _ in range(GRADINGS):
        (graded,) = grade(find_checkouts([submission]), manifest.read(), find_graders()).submissions
        seen.append([without_notes(lesson) for lesson in graded.lessons])
    assert len(seen) > 1
    for lessons in seen:
        assert lessons == seen[0]
