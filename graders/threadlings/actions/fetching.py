"""Fetching a class, and the roster of what was fetched."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ..files import file_name, write_whole
from ..handed_in import Chunk, Roster, others_of
from .fetch import Host, NotFetchedError, fetch

_AT_A_TIME = 8
_FIRST = ("student", "path", "ref", "not_fetched")


@dataclass(frozen=True)
class Fetched:
    """What became of a student's repository.

    Attributes:
        name: The student.
        columns: What else the roster says.
        path: Its folder, beside the roster that is written.
        commit: The commit, or empty.
        problem: Why there is none.
        is_ours: True if that says nothing about the student's work.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    path: str
    commit: str = ""
    problem: str = ""
    is_ours: bool = False


def fetch_class(roster: Roster, chunk: Chunk, host: Host, into: Path) -> list[Fetched]:
    """Fetch the repositories of a chunk into ``into``, several at a time."""
    pairs = chunk.of(list(zip(roster.names, roster.rows, strict=True)))
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        return list(pool.map(lambda pair: _one(host, into, *pair), pairs))


def _one(host: Host, into: Path, name: str, row: Mapping[str, str]) -> Fetched:
    path = f"repositories/{file_name(name)}.git"
    others = others_of(row)
    try:
        commit = fetch(host, row["repository"], row.get("ref", ""), into / path)
    except NotFetchedError as error:
        return Fetched(name, others, path, problem=str(error), is_ours=not error.is_theirs)
    return Fetched(name, others, path, commit)


def write_roster(file: Path, fetched: list[Fetched]) -> None:
    """Write the roster that ``threadlings grade`` reads.

    Students of whose work nothing can be said are left out: they get no grade, and not a zero.

    Raises:
        OSError: If it cannot be written.
    """
    others = dict.fromkeys(key for each in fetched for key, _value in each.columns)
    text = io.StringIO()
    writer = csv.DictWriter(text, [*_FIRST, *others], lineterminator="\n")
    writer.writeheader()
    for each in fetched:
        if not each.is_ours:
            ours = zip(_FIRST, (each.name, each.path, each.commit, each.problem), strict=True)
            writer.writerow(dict(ours) | dict(each.columns))
    write_whole(file, text.getvalue())
