"""Fetching a class, and the roster of what was fetched."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ..files import file_name, write_whole
from ..gradebook import NOT_READ, UNREAD
from ..handed_in import SEEN, Chunk, Push, Roster, kept_of, read_pushes, write_pushes
from .fetch import Host, NotFetchedError, fetch

_AT_A_TIME = 8
_FIRST = ("student", "path", "ref", "not_found", "not_read")


@dataclass(frozen=True)
class Fetched:
    """What became of a student's repository.

    Attributes:
        name: The student.
        columns: What else the roster says.
        path: Its folder, beside the roster that is written.
        commit: The commit, or empty.
        problem: Why there is none.
        status: Of the student, if there is none: ``not found`` or ``not read``.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    path: str
    commit: str = ""
    problem: str = ""
    status: str = ""


def fetch_class(
    roster: Roster, chunk: Chunk, host: Host, into: Path, *, history: bool = False
) -> list[Fetched]:
    """Fetch the repositories of a chunk into ``into``, several at a time.

    If none of them was found, the token or the host is the likelier reason: none was read.
    """
    pairs = chunk.of(list(zip(roster.names, roster.rows, strict=True)))
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        fetched = list(pool.map(lambda pair: _one(host, into, *pair, history=history), pairs))
    if all(each.problem for each in fetched):
        return [replace(each, status=NOT_READ) for each in fetched]
    return fetched


def _one(host: Host, into: Path, name: str, row: Mapping[str, str], *, history: bool) -> Fetched:
    path = f"repositories/{file_name(name)}.git"
    others = kept_of(row)
    try:
        commit = fetch(host, row["repository"], row.get("ref", ""), into / path, history=history)
    except NotFetchedError as error:
        return Fetched(name, others, path, problem=str(error), status=error.status)
    return Fetched(name, others, path, commit)


def keep_pushes(file: Path, fetched: Iterable[Fetched], told: Iterable[Push] = ()) -> None:
    """Add to a list of pushes what the host told, and what was found now.

    Raises:
        UsageError: If the list cannot be read.
        OSError: If it cannot be written.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    seen = [Push(each.name, each.commit, now, SEEN) for each in fetched if each.commit]
    write_pushes(file, [*read_pushes(file), *told, *seen])


def write_roster(file: Path, fetched: list[Fetched]) -> None:
    """Write the roster that ``threadlings grade`` reads.

    Who has no commit has the reason instead, and gets no mark, which is not a zero.

    Raises:
        OSError: If it cannot be written.
    """
    others = dict.fromkeys(key for each in fetched for key, _value in each.columns)
    text = io.StringIO()
    writer = csv.DictWriter(text, [*_FIRST, *others], lineterminator="\n")
    writer.writeheader()
    for each in fetched:
        why = [each.problem if each.status == status else "" for status in UNREAD]
        ours = zip(_FIRST, (each.name, each.path, each.commit, *why), strict=True)
        writer.writerow(dict(ours) | dict(each.columns))
    write_whole(file, text.getvalue())
