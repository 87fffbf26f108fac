"""When work is due: for all lessons, for one, for one student."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..manifest import Lesson
from ..usage import UsageError

_COLUMN = re.compile(r"due(?:[ _-]?(?:lesson)?0*(\d+))?", re.IGNORECASE)

Extensions = Mapping[int | None, datetime]
"""A student's own dates: of a lesson by its number, and under None of all others."""


def moment(text: str, where: str) -> datetime:
    """Read a date with its time and time zone.

    Args:
        text: As ISO 8601 has it: ``2026-12-01T23:59+09:00``.
        where: What a message calls the place where it stands.
    Raises:
        UsageError: If it is none, or has no time zone.
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        lacks = "is no date with a time" if found is None else "has no time zone"
        raise UsageError(
            f"{where}: {text!r} {lacks}; write it as 2026-12-01T23:59+09:00 (Z for UTC)"
        )
    return found


@dataclass(frozen=True)
class DueDates:
    """The dates of a class.

    Attributes:
        general: Of lessons that have none of their own; None: they are not due.
        of_lessons: By number.
    """

    general: datetime | None = None
    of_lessons: Mapping[int, datetime] | None = None

    def of(self, lesson: Lesson, extensions: Extensions) -> datetime | None:
        """Return when a lesson is due for a student; None: never.

        The student's own date goes before the class's, and a lesson's before that of all.
        """
        number = lesson.number
        choices = (
            extensions.get(number),
            extensions.get(None),
            (self.of_lessons or {}).get(number),
            self.general,
            lesson.due,
        )
        return next((date for date in choices if date is not None), None)


def extensions_in(row: Mapping[str, str], where: str) -> dict[int | None, datetime]:
    """Read the columns ``due`` and ``due 8`` of a line of a roster.

    Raises:
        UsageError: If one is no date.
    """
    found: dict[int | None, datetime] = {}
    for column, text in row.items():
        match = _COLUMN.fullmatch(column)
        if match and text:
            number = int(match[1]) if match[1] else None
            found[number] = moment(text, f"{where}, column {column!r}")
    return found


def is_due_column(name: str) -> bool:
    """Return True for a column of a roster that says when work is due."""
    return _COLUMN.fullmatch(name) is not None


def any_due(dates: DueDates, lessons: Iterable[Lesson], rows: Iterable[Mapping[str, str]]) -> bool:
    """Return True if anything is due at all, so that the history of repositories matters."""
    return (
        dates.general is not None
        or bool(dates.of_lessons)
        or any(lesson.due is not None for lesson in lessons)
        or any(text for row in rows for name, text in row.items() if is_due_column(name))
    )
