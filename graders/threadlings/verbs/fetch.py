"""The verb ``threadlings fetch``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..actions import TOKEN, Host, fetch_class, keep_pushes, write_roster
from ..gradebook import NOT_READ
from ..handed_in import PUSHES_FILE, Push, any_due, read_pushes, read_roster
from ..manifest import Lesson
from ..usage import DONE, NO_MARK, OUR_FAULT, UsageError
from .options import add_chunk, add_due, add_missing_is_zero, due_dates, warn


def add(verbs: Any) -> None:
    """Add the verb to the command's."""
    verb = verbs.add_parser(
        "fetch",
        help="fetch the students' repositories as data, for grading",
        description="Fetch the repositories of a roster with student,repository[,ref], bare and "
        "without history, and write FOLDER/roster.csv for threadlings grade. A token to read "
        f"them is taken from the environment variable {TOKEN} and is written nowhere. Exit code 4 "
        "if a repository or ref was not found, 3 if one could not be read: these get no mark.",
    )
    verb.add_argument("roster", type=Path, metavar="ROSTER", help="student,repository[,ref]")
    verb.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="where to")
    verb.add_argument(
        "--host",
        default=os.environ.get("GITHUB_SERVER_URL") or "https://github.com",
        metavar="URL",
        help="where a repository owner/name is, and who gets the token (default: %(default)s)",
    )
    add_due(verb)
    verb.add_argument(
        "--pushes",
        type=Path,
        metavar="FILE",
        help="when the host saw each push: a CSV file with student,commit,pushed",
    )
    add_missing_is_zero(verb)
    add_chunk(verb, "fetch")
    verb.set_defaults(verb=_fetch)


def _fetch(arguments: argparse.Namespace, lessons: Sequence[Lesson], _graders: object) -> int:
    roster = read_roster(arguments.roster, needs="repository")
    warn(roster.warnings)
    if roster.is_classroom50:
        raise UsageError(f"the roster {arguments.roster} has no column 'repository'")
    host = Host(arguments.host.rstrip("/"), os.environ.get(TOKEN, "").strip())
    told = [] if arguments.pushes is None else _pushes(arguments.pushes)
    history = any_due(due_dates(arguments, lessons), lessons, roster.rows)
    fetched = fetch_class(roster, arguments.chunk, host, arguments.into, history=history)
    try:
        keep_pushes(arguments.into / PUSHES_FILE, fetched, told)
        write_roster(arguments.into / "roster.csv", fetched)
    except OSError as error:
        raise UsageError(f"{arguments.into} cannot be written: {error.strerror}") from None
    failed = [each for each in fetched if each.problem]
    for each in failed:
        print(f"{each.name}: {each.status}: {each.problem}", file=sys.stderr)
    print(f"fetched: {len(fetched) - len(failed)} of {len(fetched)}")
    if failed and len(failed) == len(fetched):
        print(
            f"threadlings: nothing was fetched, so nobody gets a mark: may the token in {TOKEN} "
            "read these repositories, and has it expired?",
            file=sys.stderr,
        )
    if any(each.status == NOT_READ for each in failed):
        return OUR_FAULT
    return NO_MARK if failed and not arguments.missing_is_zero else DONE


def _pushes(file: Path) -> list[Push]:
    if not file.is_file():
        raise UsageError(
            f"there is no file {file}: --pushes is a CSV file with student,commit,pushed"
        )
    return read_pushes(file)
