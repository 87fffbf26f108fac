"""The benchmark of a whole grading still runs."""

from pathlib import Path

from threadlings import manifest
from threadlings.grading.checkout import find_checkouts

from .course import check_seconds

ROOT = Path(__file__).parents[2]


def test_each_check_has_its_seconds():
    (checkout,) = find_checkouts([ROOT / "solutions"])
    lesson = next(lesson for lesson in manifest.read() if lesson.number == 8)
    seconds = list(check_seconds(checkout, lesson))
    assert len(seconds) > len(lesson.tasks)
    assert all(s > 0 and promise for s, promise in seconds)
