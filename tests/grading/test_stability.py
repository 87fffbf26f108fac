"""The same submissions get the same gradebook, however busy the machine is.

Two lessons and two gradings, threads and processes; ``tests/benchmarks/stability.py`` does all.
"""

from pathlib import Path

from threadlings import manifest
from threadlings.handed_in import find_checkouts
from threadlings.judging import grade
from threadlings.repository import find_graders

from ..benchmarks.stability import busy_cores, verdicts, wrong_class

ROOT = Path(__file__).parent.parent.parent
LESSONS = [lesson for lesson in manifest.read() if lesson.number in (5, 11)]


def test_grades_are_equal_beside_a_busy_machine(tmp_path):
    wrong_class(tmp_path, LESSONS)
    checkouts = find_checkouts([ROOT / "solutions", tmp_path / "wrong00"])
    with busy_cores():
        first, second = (verdicts(grade(checkouts, LESSONS, find_graders())) for _ in range(2))
    assert len(first) == 4
    assert first == second
