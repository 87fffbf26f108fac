"""The benchmarks of grading still run."""

from pathlib import Path

from threadlings import manifest
from threadlings.handed_in import find_checkouts

from . import stability
from .course import check_seconds
from .grading import commands, measured

ROOT = Path(__file__).parents[2]


def test_each_check_has_its_seconds():
    (checkout,) = find_checkouts([ROOT / "solutions"])
    lesson = next(lesson for lesson in manifest.read() if lesson.number == 8)
    seconds = list(check_seconds(checkout, lesson))
    assert len(seconds) > len(lesson.tasks)
    assert all(s > 0 and promise for s, promise in seconds)


def test_all_sides_give_full_marks():
    for side, command in commands(["8"]).items():
        wall_s, cpu_s, code = measured(side, command)
        assert (code, wall_s > 0, cpu_s > 0) == (0, True, True), side


def test_verdicts_are_counted_and_compared(capsys):
    assert stability.main(["--gradings", "2", "--only", "solutions", "--lesson", "1"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "grading 2: 1 verdicts, 0 changed"
