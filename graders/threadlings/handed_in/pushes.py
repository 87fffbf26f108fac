"""When commits were pushed: a list from the host, or what each fetch has seen.

A commit's own date says when its author's clock was set, not when it came; a student can choose it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..files import write_whole
from ..usage import UsageError
from .due import moment

PUSHES_FILE = "pushes.csv"
"""What the list is called beside a roster."""
HOST, SEEN = "host", "seen"
"""Who knows of a push: the host, which knows all of them; or a fetch, which found it there."""
_COLUMNS = ("student", "commit", "pushed", "known_by")


@dataclass(frozen=True)
class Push:
    """A commit that was at the top of a student's branch.

    Attributes:
        student: The student, as the roster has the name.
        commit: The commit's full name.
        pushed: When at the latest.
        known_by: ``host`` or ``seen``.
    """

    student: str
    commit: str
    pushed: datetime
    known_by: str = HOST


def read_pushes(file: Path) -> list[Push]:
    """Read a list of pushes, the earliest first; no file is an empty list.

    Raises:
        UsageError: If it cannot be read, lacks a column, or has something else for a date.
    """
    if not file.exists():
        return []
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the list of pushes {file} cannot be read: {error}") from None
    rows = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
    lacking = sorted({*_COLUMNS[:3]} - {*(rows.fieldnames or ())})
    if lacking:
        raise UsageError(
            f"the list of pushes {file} has no column {lacking[0]!r}\n"
            f"  it needs {','.join(_COLUMNS[:3])}, such as ada,4f2c...,2026-12-01T14:59:00Z"
        )
    found = [
        Push(
            row["student"].strip(),
            row["commit"].strip().lower(),
            moment(row["pushed"], f"{file}, line {rows.line_num}"),
            row.get("known_by") or HOST,
        )
        for row in rows
    ]
    return sorted(found, key=lambda push: push.pushed)


def write_pushes(file: Path, pushes: Iterable[Push]) -> None:
    """Write a list of pushes, each commit of a student once for who knows of it: the earliest.

    Raises:
        OSError: If it cannot be written.
    """
    first: dict[tuple[str, str, str], Push] = {}
    for push in sorted(pushes, key=lambda push: push.pushed):
        first.setdefault((push.student, push.commit, push.known_by), push)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for push in first.values():
        writer.writerow([push.student, push.commit, push.pushed.isoformat(), push.known_by])
    write_whole(file, text.getvalue())
