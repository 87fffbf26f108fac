"""What a class did, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from ..language import Text
from .grades import FAILED, Gradebook, LessonGrade, SubmissionGrade, TaskGrade


@dataclass
class LostTask:
    """A task that students lost.

    Attributes:
        lesson: The lesson, as one of the students has it.
        task: The task, likewise.
        lost: How many lost it.
        graded: Of how many it was graded.
        promises: The promises that they broke, each with the number of students.
        statuses: The statuses of lessons that were lost as a whole, likewise.
    """

    lesson: LessonGrade
    task: TaskGrade
    lost: int = 0
    graded: int = 0
    promises: Counter[Text] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)


def lost_tasks(book: Gradebook) -> list[LostTask]:
    """Return the tasks that somebody lost, what most lost first."""
    found: dict[tuple[int, int], LostTask] = {}
    for submission in book.submissions:
        for lesson in submission.lessons:
            for task in lesson.tasks:
                key = lesson.number, task.number
                _count(found.setdefault(key, LostTask(lesson, task)), lesson, task)
    lost = [task for _key, task in sorted(found.items()) if task.lost]
    return sorted(lost, key=lambda task: -task.lost)


def _count(so_far: LostTask, lesson: LessonGrade, task: TaskGrade) -> None:
    so_far.graded += 1
    if task.points == task.max_points:
        return
    so_far.lost += 1
    if lesson.status != FAILED:
        so_far.statuses[lesson.status] += 1
    else:
        so_far.promises.update({reason.promise for reason in task.reasons})


def percents(submissions: Iterable[SubmissionGrade]) -> list[int]:
    """Return each one's points in percent, rounded down; without those of whom nothing counts."""
    return [100 * s.points // s.max_points for s in submissions if s.max_points]


def middle(percents: list[int]) -> int | None:
    """Return the median, rounded down; None of nobody."""
    return int(median(percents)) if percents else None


def tenths(percents: list[int]) -> list[tuple[str, int]]:
    """Return how many have 0 to 9 percent, 10 to 19, and so on to 90 to 99, and 100."""
    counts = Counter(percent // 10 for percent in percents)
    ranges = [f"{10 * n}–{10 * n + 9}" for n in range(10)]
    return [(text, counts[n]) for n, text in enumerate([*ranges, "100"])]
