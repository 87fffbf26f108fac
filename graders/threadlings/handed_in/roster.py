"""A roster: who is in the class, as a CSV file."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..gradebook import clean
from ..language import LANGUAGES
from ..usage import UsageError
from .due import extensions_in, is_due_column

OURS = ("student", "path", "ref", "repository", "not_found", "not_read")
"""The columns that say where the work is, and whose; others are passed on to the exports, but for
``due`` and this one."""
LANGUAGE = "lang"
"""The column with the language of a student's page: ``en``, ``ko``, or nothing."""

_DELIMITERS = (",", ";", "\t")
_NAME_COLUMNS = {"student", "username"}
_CLASSROOM50_COLUMNS = ("username", "first_name", "last_name", "email", "section", "github_id")


@dataclass(frozen=True)
class Roster:
    """A roster that was read.

    Attributes:
        name_column: The column that names the students: ``student``, or ``username``.
        rows: What each line says, by column.
        is_classroom50: True if it is Classroom 50's, which says nothing of where the work is.
    """

    name_column: str
    rows: tuple[Mapping[str, str], ...]
    is_classroom50: bool

    @property
    def names(self) -> list[str]:
        """What a gradebook calls the students: no two are equal."""
        return numbered(self._given_names)

    @property
    def warnings(self) -> list[str]:
        """Names that several students have, each with what they are called instead."""
        return warnings_of(self._given_names, self.names)

    @property
    def _given_names(self) -> list[str]:
        return [clean(row[self.name_column]) for row in self.rows]


def read_roster(path: Path, given: Path | None = None, *, needs: str = "") -> Roster:
    """Read a roster: a line for each student, of which the column ``student`` is the name.

    Classroom 50's ``students.csv`` is one too, with the names in the column ``username``.

    Args:
        path: The file.
        given: What a message calls it; None: the path.
        needs: Another column that it must have, if it is not Classroom 50's.
    Raises:
        UsageError: If it cannot be read, is not CSV, lacks a column, somebody has no name, or a
            column ``due`` or ``lang`` has something else than a date or a language.
    """
    given = path if given is None else given
    lines = _lines(path, given)
    there = {name.strip() for name in lines[0][1]} - {""}
    name_column = "student" if "student" in there else "username"
    is_classroom50 = name_column == "username" and not there & set(OURS)
    needed = {name_column} if is_classroom50 or not needs else {name_column, needs}
    for column in sorted(needed - there):
        raise UsageError(
            f"the roster {given} has no column {column!r}; it has {', '.join(sorted(there))}\n"
            f"  it needs student,{needs or 'path'}[,ref], or is a students.csv: "
            f"{','.join(_CLASSROOM50_COLUMNS)}"
        )
    for number, row in lines:
        if not row[name_column]:
            raise UsageError(f"the roster {given}, line {number}: no {name_column}")
        extensions_in(row, f"the roster {given}, line {number}")
        if row.get(LANGUAGE, "") not in ("", *LANGUAGES):
            raise UsageError(
                f"the roster {given}, line {number}: {LANGUAGE} is {row[LANGUAGE]!r}; it must be "
                f"{', '.join(LANGUAGES)} or empty"
            )
    return Roster(name_column, tuple(row for _number, row in lines), is_classroom50)


def _lines(path: Path, given: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = "save it as UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise UsageError(f"the roster {given} cannot be read: {why}") from None
    reader = csv.DictReader(
        io.StringIO(text, newline=""),
        delimiter=_delimiter(text),
        strict=True,
        restkey="",
        restval="",
    )
    try:
        lines = [
            (reader.line_num, {key.strip(): (row[key] or "").strip() for key in row if key})
            for row in reader
        ]
    except csv.Error as error:
        raise UsageError(f"the roster {given} is not CSV: {error}") from None
    if not lines:
        raise UsageError(f"the roster {given} has no students")
    return lines


def _delimiter(text: str) -> str:
    """Return what is between columns: the one that makes a column of names in the first line.

    Excel writes semicolons where a comma is the decimal mark, and tabs as "Unicode text".
    """
    head = next((line for line in text.splitlines() if line.strip()), "")
    for delimiter in _DELIMITERS:
        columns = {column.strip(' "') for column in head.split(delimiter)}
        if columns & _NAME_COLUMNS:
            return delimiter
    return _DELIMITERS[0]


def others_of(row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what a line says that is not for us."""
    return tuple(
        (key, value)
        for key, value in row.items()
        if key not in (*OURS, LANGUAGE) and not is_due_column(key)
    )


def language_of(row: Mapping[str, str]) -> str | None:
    """Return the language of a student's page; None: the one that the command speaks."""
    return row.get(LANGUAGE) or None


def kept_of(row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what a line says of a student, wherever the work is: all that is to go on."""
    return tuple((key, value) for key, value in row.items() if key not in OURS)


def warnings_of(given: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return a line for each name that several have, with what they are called instead."""
    called: dict[str, list[str]] = {}
    for each, name in zip(given, names, strict=True):
        called.setdefault(each, []).append(name)
    return [
        f"{len(others)} students are called {each!r}, so here they are {', '.join(others)}: "
        "give each another name"
        for each, others in called.items()
        if len(others) > 1
    ]


def numbered(names: Sequence[str]) -> list[str]:
    """Number the second and further of equal names, so that none equals any other."""
    taken = set(names)
    seen: set[str] = set()
    result = []
    for name in names:
        if name in seen:
            fresh = (f"{name} ({number})" for number in itertools.count(2))
            name = next(candidate for candidate in fresh if candidate not in taken)
            taken.add(name)
        seen.add(name)
        result.append(name)
    return result
