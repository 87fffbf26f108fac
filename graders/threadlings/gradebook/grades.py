"""The gradebook: what each submission earned, and why it did not earn more."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..feedback import Finding
from ..files import write_whole
from ..flags import Flag
from ..language import Text
from .telling import finding_as_text, in_words

SCHEMA = "threadlings/gradebook/v1"

PASSED, FAILED, NOT_STARTED = "passed", "failed", "not started"
MISSING, UNUSABLE, NOT_TEXT = "missing", "unusable", "not text"
GRADER_ERROR, SILENT, NO_CELL = "grader error", "grader silent", "no cell"
NOT_FOUND, NOT_READ = "not found", "not read"

FAULTS = (GRADER_ERROR, SILENT, NO_CELL)
"""Our fault: the work is there, and was not judged."""
UNREAD = (NOT_FOUND, NOT_READ)
"""Nobody has seen the work, so nothing can be said of it. Neither these nor faults have a mark."""

Watch = Callable[[str], None]
"""Is told a submission's name each time that one more of its lessons is done."""


@dataclass(frozen=True)
class Reason:
    """Why points were lost: a promise that was checked, and what happened instead."""

    promise: Text
    finding: Finding

    def as_data(self) -> dict[str, Any]:
        """Return the reason as plain data."""
        return {"promise": self.promise.as_data(), "finding": self.finding.as_data()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Reason:
        """Return the reason that :meth:`as_data` made into data.

        Raises:
            KeyError, TypeError, ValueError: If it is not the data of one.
        """
        return cls(Text.from_data(data["promise"]), Finding.from_data(data["finding"]))

    def told(self, language: str | None = None) -> dict[str, str]:
        """Return the reason in a language; in the one that was chosen, if None."""
        promise = in_words(self.promise, language)
        return {"promise": promise, "message": finding_as_text(self.finding, language)}


@dataclass(frozen=True)
class TaskGrade:
    """The points of one task: all of them, or none.

    ``notes`` say how it was decided, where that depends on the machine; ``stood_in`` are names of
    the reference solution that stood in for the student's, whose mistake is charged elsewhere.
    """

    number: int
    title: str
    points: int
    max_points: int
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()
    stood_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lateness:
    """How a lesson that was due was handed in.

    Attributes:
        due: When it was due, as ISO 8601 has it.
        known_by: ``pushes``; ``commits``: their own dates, which a student can choose; ``nothing``:
            a folder has no history, so it counts as it is.
        days: On which day after that it came; 0: in time.
        is_cut: There are later changes, which were not graded.
        lost: The points that were taken for the days.
    """

    due: str
    known_by: str
    days: int = 0
    is_cut: bool = False
    lost: int = 0


@dataclass(frozen=True)
class LessonGrade:
    """What one submission earned in one lesson.

    Attributes:
        number: The lesson's number.
        title: Its title.
        status: ``passed``, ``failed``, ``not started``, ``missing`` (no file), ``unusable``
            (a file that cannot be used), ``not text`` (not in its encoding), one of ``FAULTS``
            or one of ``UNREAD``.
        points: The points; None if no mark was made, which is not a zero.
        max_points: What the lesson is worth.
        message: What is true of the lesson as a whole; empty if its tasks say it all.
        tasks: The tasks in order.
        flags: What a person should look at.
        late: How it was handed in; None if it was not due.
    """

    number: int
    title: str
    status: str
    points: int | None
    max_points: int
    message: Text = field(default_factory=Text)
    tasks: tuple[TaskGrade, ...] = ()
    flags: tuple[Flag, ...] = ()
    late: Lateness | None = None

    @property
    def folder(self) -> str:
        """The lesson's folder."""
        return f"lesson{self.number:02d}"

    def as_data(self) -> dict[str, Any]:
        """Return the grade as plain data, in no language yet."""
        return self._data(self.message.as_data(), Reason.as_data)

    def told(self, language: str | None = None) -> dict[str, Any]:
        """Return the grade as plain data, in a language; in the one that was chosen, if None."""
        return self._data(in_words(self.message, language), lambda reason: reason.told(language))

    def _data(self, message: Any, data_of: Callable[[Reason], Any]) -> dict[str, Any]:
        tasks = [
            {**vars(task), "reasons": [data_of(reason) for reason in task.reasons]}
            for task in self.tasks
        ]
        flags = [vars(flag) for flag in self.flags]
        late = self.late and vars(self.late)
        return {**vars(self), "message": message, "tasks": tasks, "flags": flags, "late": late}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> LessonGrade:
        """Return the grade that :meth:`as_data` made into data.

        Raises:
            KeyError, TypeError, ValueError: If it is not the data of one.
        """
        tasks = tuple(
            TaskGrade(
                **{
                    **task,
                    "reasons": tuple(map(Reason.from_data, task["reasons"])),
                    "notes": tuple(task["notes"]),
                    "stood_in": tuple(task["stood_in"]),
                }
            )
            for task in data["tasks"]
        )
        flags = tuple(Flag(**flag) for flag in data["flags"])
        message = Text.from_data(data["message"])
        late = Lateness(**data["late"]) if data["late"] else None
        facts = {"message": message, "tasks": tasks, "flags": flags, "late": late}
        return cls(**{**data, **facts})


@dataclass(frozen=True)
class SubmissionGrade:
    """What one submission earned.

    Attributes:
        name: What the gradebook calls it.
        lessons: Its lessons, in order.
        columns: What else the roster says of it: names and values.
        language: Of what the student reads; None: the one that was chosen.
    """

    name: str
    lessons: tuple[LessonGrade, ...]
    columns: tuple[tuple[str, str], ...] = ()
    language: str | None = None

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What a person should look at, in all its lessons."""
        return tuple(flag for lesson in self.lessons for flag in lesson.flags)

    @property
    def points(self) -> int:
        """The sum of all lessons that could be marked."""
        return sum(lesson.points or 0 for lesson in self.lessons)

    @property
    def max_points(self) -> int:
        """What these lessons are worth; those without a mark do not count."""
        return sum(lesson.max_points for lesson in self.lessons if lesson.points is not None)

    @property
    def has_mark(self) -> bool:
        """True if a lesson has a mark; who has none has no sum either, and not a zero."""
        return any(lesson.points is not None for lesson in self.lessons)

    @property
    def sum_told(self) -> str:
        """The sum as people read it: ``10/20``, or ``-`` without a mark."""
        return f"{self.points}/{self.max_points}" if self.has_mark else "-"

    def points_in(self, lessons: Iterable[LessonGrade]) -> list[str]:
        """Return the points in each of these lessons as text.

        Empty for one that was not asked for, or could not be marked.
        """
        points = {lesson.number: lesson.points for lesson in self.lessons}
        found = [points.get(lesson.number) for lesson in lessons]
        return ["" if number is None else str(number) for number in found]


@dataclass(frozen=True)
class Gradebook:
    """What all submissions of a grading earned.

    Attributes:
        submissions: The submissions in the order in which they were asked for.
        is_sandboxed: True if all student code ran in a sandbox.
    """

    submissions: tuple[SubmissionGrade, ...]
    is_sandboxed: bool = False

    @property
    def lessons(self) -> list[LessonGrade]:
        """One grade of each lesson in it, by number: for its title and worth."""
        found = {lesson.number: lesson for lesson in self._lessons()}
        return [found[number] for number in sorted(found)]

    def with_lessons(self, change: Callable[[LessonGrade], LessonGrade]) -> Gradebook:
        """Return the gradebook with another grade for each of its lessons."""
        submissions = tuple(
            replace(submission, lessons=tuple(map(change, submission.lessons)))
            for submission in self.submissions
        )
        return replace(self, submissions=submissions)

    @property
    def has_grader_error(self) -> bool:
        """True if some lesson could not be marked, which is our fault."""
        return any(lesson.status in FAULTS for lesson in self._lessons())

    @property
    def has_unread(self) -> bool:
        """True if somebody's work was not found or not read."""
        return any(lesson.status in UNREAD for lesson in self._lessons())

    @property
    def is_full(self) -> bool:
        """True if nobody lost a point."""
        return all(lesson.points == lesson.max_points for lesson in self._lessons())

    def as_data(self) -> dict[str, Any]:
        """Return the gradebook as plain data, each submission in its student's language.

        Equal gradings give equal data.
        """
        submissions = [
            {
                "name": submission.name,
                "points": submission.points if submission.has_mark else None,
                "max_points": submission.max_points,
                "lessons": [lesson.told(submission.language) for lesson in submission.lessons],
            }
            for submission in self.submissions
        ]
        return {
            "schema": SCHEMA,
            "is_sandboxed": self.is_sandboxed,
            "submissions": submissions,
        }

    def write(self, path: Path) -> None:
        """Write the gradebook as JSON, a line a submission: all of it, or nothing is changed.

        Raises:
            OSError: If that is not possible.
        """
        data = self.as_data()
        lines = ",\n".join(_dumped(submission) for submission in data.pop("submissions"))
        write_whole(path, f'{_dumped(data)[:-1]}, "submissions": [\n{lines}\n]}}\n')

    def _lessons(self) -> list[LessonGrade]:
        return [lesson for submission in self.submissions for lesson in submission.lessons]


def _dumped(data: Any) -> str:
    return json.dumps(data, sort_keys=True, ensure_ascii=False)
