"""The verb ``threadlings collect``."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from textwrap import indent
from typing import Any

from ..actions import Collected, collect
from ..gradebook import markdown_text, with_late_policy
from ..handed_in import read_roster
from ..judging import Results, missing_as_zero
from ..manifest import Lesson
from ..repository import find_graders, know_messages
from ..usage import DONE, NO_MARK, OUR_FAULT, UsageError
from .options import (
    NONE,
    add_late,
    add_lessons,
    add_missing_is_zero,
    add_outputs,
    append,
    chosen,
    percent_a_day,
    warn,
    write_outputs,
)


def add(verbs: Any) -> None:
    """Add the verb to the command's."""
    verb = verbs.add_parser(
        "collect",
        help="merge the results of a class that was graded in chunks",
        description="Merge folders of results into one gradebook. Exit code 3 if a student of the "
        "roster has no result, or a grader could not decide; 4 if somebody's work was not found or "
        "not read; all the rest is written.",
    )
    verb.add_argument(
        "folders",
        nargs="+",
        type=Path,
        metavar="FOLDER",
        help="results of threadlings grade, or a folder of such folders",
    )
    verb.add_argument(
        "--roster", type=Path, required=True, metavar="ROSTER", help="the whole class"
    )
    add_outputs(verb, "where the merged results are kept (default: grades)")
    add_lessons(verb, "this lesson was graded")
    add_late(verb, NONE)
    add_missing_is_zero(verb)
    verb.add_argument(
        "--summary",
        type=Path,
        metavar="FILE",
        help="add a table of the class to this file: in a workflow, $GITHUB_STEP_SUMMARY",
    )
    verb.set_defaults(verb=_collect)


def _collect(arguments: argparse.Namespace, lessons: Sequence[Lesson], graders: Path | None) -> int:
    selected, roster = chosen(lessons, arguments.lesson), read_roster(arguments.roster)
    warn(roster.warnings)
    with suppress(UsageError):  # Without the graders here, what they say stays English.
        know_messages(find_graders() if graders is None else graders, selected)
    results = Results(arguments.results)
    with results.opened():
        try:
            found = collect(arguments.folders, roster, selected, arguments.results)
        except OSError as error:
            raise UsageError(f"{arguments.results} cannot be written: {error.strerror}") from None
        book = with_late_policy(found.book, percent_a_day(arguments.late))
        found = replace(found, book=book)
        if arguments.missing_is_zero:
            found = replace(found, book=missing_as_zero(found.book, selected))
        unwritten = write_outputs(found.book, results, arguments)
    told = _told(found)
    print(told, end="")
    if arguments.summary is not None:
        link = _run_address(os.environ)
        text = f"{indent(told, '    ')}\n{markdown_text(found.book, link=link)}"
        append(arguments.summary, text)
    if unwritten:
        raise UsageError(f"{unwritten}; what was written is kept")
    if found.missing or found.book.has_grader_error:
        return OUR_FAULT
    return NO_MARK if found.book.has_unread else DONE


_NAMED = 100
"""So many students without a result are named, with so many characters each."""


def _told(found: Collected) -> str:
    problems = [
        f"{name}: no result for {', '.join(folders)}" for name, folders in found.missing.items()
    ]
    for submission in found.book.submissions:
        unmarked = [lesson for lesson in submission.lessons if lesson.points is None]
        for status in dict.fromkeys(lesson.status for lesson in unmarked):
            folders = ", ".join(each.folder for each in unmarked if each.status == status)
            problems.append(f"{submission.name}: no mark, {status}: {folders}")
    count = len(found.book.submissions)
    lines = [f"students: {count}; without a result: {len(found.missing)}"]
    lines += [f"- {problem[:_NAMED]}" for problem in problems[:_NAMED]]
    if len(problems) > _NAMED:
        lines.append(f"- and {len(problems) - _NAMED} more")
    return "\n".join(lines) + "\n"


def _run_address(environment: Mapping[str, str]) -> str:
    """Return the address of the workflow's run, where the artifacts are; empty outside of one."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")
    server, repository, run = (environment.get(name, "") for name in names)
    return f"{server}/{repository}/actions/runs/{run}#artifacts" if run else ""
