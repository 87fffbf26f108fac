"""What it costs to hand in late."""

from __future__ import annotations

from dataclasses import replace

from .grades import Gradebook, LessonGrade

MOST_PERCENT = 100


def with_late_policy(book: Gradebook, percent_a_day: int) -> Gradebook:
    """Take points for each day that work was late.

    Args:
        book: With the points that were earned.
        percent_a_day: Of what a lesson is worth, from 0 to 100; rounded down to whole points.
            Nobody gets fewer than 0 points.
    """
    return book.with_lessons(lambda lesson: _reduced(lesson, percent_a_day))


def _reduced(lesson: LessonGrade, percent_a_day: int) -> LessonGrade:
    if lesson.late is None or lesson.points is None:
        return lesson
    lost = min(lesson.points, lesson.max_points * percent_a_day * lesson.late.days // MOST_PERCENT)
    return replace(lesson, points=lesson.points - lost, late=replace(lesson.late, lost=lost))
