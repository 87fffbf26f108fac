"""The verb ``threadlings grade``."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from ..cells import find_sandbox, why_no_cells, why_no_sandbox
from ..gradebook import table, with_late_policy, write_all
from ..handed_in import Checkout, find_checkouts, warnings_of
from ..judging import Deadlines, Results, grade, missing_as_zero
from ..manifest import Lesson
from ..repository import find_graders
from ..usage import DONE, NO_MARK, OUR_FAULT, TASKS_LEFT, UsageError
from .options import (
    CUT_OFF,
    add_chunk,
    add_due,
    add_late,
    add_lessons,
    add_missing_is_zero,
    add_outputs,
    chosen,
    due_dates,
    percent_a_day,
    refuse_unwritable,
    warn,
    whole_number,
    write_outputs,
)


def add(verbs: Any) -> None:
    """Add the verb to the command's."""
    verb = verbs.add_parser(
        "grade",
        help="grade submissions with the hidden graders",
        description="Grade submissions with the hidden graders of the instructor's repository. "
        "What was not found or not read has no mark, and the exit code is 4.",
    )
    verb.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="a checkout, a folder that holds lessonNN folders, one lessonNN folder, a folder of "
        "checkouts, or a roster: a CSV file with student,path[,ref]",
    )
    add_outputs(
        verb,
        "where results are kept, so that a grading goes on where it stopped (default: grades)",
    )
    add_chunk(verb, "grade")
    verb.add_argument(
        "--jobs", type=whole_number, metavar="N", help="lessons at a time (default: cores)"
    )
    verb.add_argument("--force", action="store_true", help="grade again what has not changed")
    add_lessons(verb, "grade this lesson only")
    verb.add_argument(
        "--require-sandbox",
        action="store_true",
        help="grade nothing where student code cannot be kept in a sandbox",
    )
    verb.add_argument(
        "--exit-zero", action="store_true", help="exit with 0, not 1, where points were lost"
    )
    add_due(verb)
    add_late(verb, CUT_OFF)
    add_missing_is_zero(verb)
    verb.set_defaults(verb=_grade)


def _grade(arguments: argparse.Namespace, lessons: Sequence[Lesson], graders: Path | None) -> int:
    graders = find_graders() if graders is None else graders
    selected = chosen(lessons, arguments.lesson)
    dates = due_dates(arguments, lessons)
    everybody = find_checkouts(arguments.paths)
    named = [each for each in everybody if each.given_name]
    warn(warnings_of([each.given_name for each in named], [each.name for each in named]))
    checkouts = arguments.chunk.of(everybody)
    _refuse_nothing_to_grade(checkouts, selected)
    refuse_unwritable(arguments.json)
    if why_no_cells():
        raise UsageError(f"nothing was graded\n{why_no_cells()}")
    if arguments.require_sandbox and find_sandbox() is None:
        raise UsageError(f"no sandbox, so nothing was graded\n{why_no_sandbox()}")
    if isinstance(sys.stdout, io.TextIOWrapper):  # A student's text may not suit the terminal.
        sys.stdout.reconfigure(errors="backslashreplace")
    total = sum(checkout.has(lesson) for checkout in checkouts for lesson in selected)
    results = Results(arguments.results)
    with results.opened():
        try:
            with table.progress(Console(stderr=True), total) as watch:
                book = grade(
                    checkouts,
                    selected,
                    graders,
                    deadlines=Deadlines(dates, cuts_off=arguments.late == CUT_OFF),
                    jobs=arguments.jobs,
                    results=results,
                    force=arguments.force,
                    watch=watch,
                )
        except KeyboardInterrupt:
            raise KeyboardInterrupt(_what_is_kept(results, arguments.results)) from None
        book = with_late_policy(book, percent_a_day(arguments.late))
        if arguments.missing_is_zero:
            book = missing_as_zero(book, selected)
        unwritten = write_outputs(book, results, arguments)
    table.show(book, Console())
    if unwritten:
        raise UsageError(f"{unwritten}; what was written is kept: start again to go on")
    if book.has_grader_error:
        return OUR_FAULT
    if book.has_unread:
        return NO_MARK
    return DONE if book.is_full or arguments.exit_zero else TASKS_LEFT


def _what_is_kept(results: Results, folder: Path) -> str:
    unwritten = write_all([(folder, lambda _folder: results.write_rest())])
    if unwritten:
        return f"not all lessons that were done are kept: {unwritten}"
    return f"the lessons that were done are kept in {folder}: the same command goes on from there"


def _refuse_nothing_to_grade(checkouts: Sequence[Checkout], lessons: Sequence[Lesson]) -> None:
    for checkout in checkouts:
        if not any(checkout.has(lesson) for lesson in lessons):
            raise UsageError(f"{checkout.name} is none of the lessons to grade")
