"""The command ``threadlings``."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from . import actions, language, manifest, self_check
from .editions import add_publish
from .grading import table
from .grading.checkout import Checkout, find_checkouts
from .grading.chunk import add_chunk
from .grading.exports import write_all
from .grading.faults import UsageError
from .grading.grade import find_graders, grade
from .grading.options import (
    add_lessons,
    add_outputs,
    chosen,
    refuse_unwritable,
    whole_number,
    write_outputs,
)
from .grading.results import Results
from .grading.sandbox import find_sandbox, why_no_sandbox
from .manifest import Lesson, ManifestError
from .student import commands as student
from .student import exit_codes, overview

ALL_PASSED, POINTS_LOST, WRONG_USAGE, OUR_FAULT = 0, 1, 2, 3
INTERRUPTED = 130


def main(
    arguments: Sequence[str] | None = None,
    *,
    lessons_file: Path = manifest.LESSONS_FILE,
    graders: Path | None = None,
) -> int:
    """Run the command.

    Args:
        arguments: The words after ``threadlings``; None takes them from ``sys.argv``.
        lessons_file: The manifest.
        graders: The folder of the hidden graders; None finds it beside the package.
    Returns:
        The exit code: 0 all passed, 1 points were lost, 2 wrong usage, 3 our fault, 130
        interrupted.
    """
    try:
        parser = _parser()
        student.complete(parser)
        words = parser.parse_args(arguments)
        return int(words.verb(words, manifest.read(lessons_file), graders))
    except SystemExit as error:  # argparse has said why.
        return error.code if isinstance(error.code, int) else WRONG_USAGE
    except UsageError as error:
        print(f"threadlings: {error}", file=sys.stderr)
        return WRONG_USAGE
    except ManifestError as error:
        print(f"threadlings: {error}", file=sys.stderr)
        return OUR_FAULT
    except KeyboardInterrupt as interruption:
        told = "; ".join(["interrupted", *map(str, interruption.args)])
        print(f"threadlings: {told}", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=student.PROGRAM,
        description=overview.about(),
        epilog=exit_codes.meanings(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    student.add_language(parser)
    parser.set_defaults(verb=student.where_you_are)
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")
    student.add_verbs(verbs)
    _add_grade(verbs)
    _add_self_check(verbs)
    add_publish(verbs)
    actions.add_verbs(verbs)
    return parser


def _add_grade(verbs: Any) -> None:
    verb = verbs.add_parser(
        "grade",
        help="grade submissions with the hidden graders",
        description="Grade submissions with the hidden graders of the instructor's repository.",
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
    verb.set_defaults(verb=_grade)


def _add_self_check(verbs: Any) -> None:
    verb = verbs.add_parser(
        "self-check",
        help="check the instructor's repository: lessons, pages, solutions, graders",
        description="Check that every lesson is complete in every tree, every stub is to be done, "
        "every solution and right submission gets full marks, and every wrong one loses the "
        "points of its task for its reason; format, lint and types too.",
    )
    add_lessons(verb, "check this lesson only, and not the code")
    verb.set_defaults(verb=_self_check)


def _self_check(words: argparse.Namespace, lessons: Sequence[Lesson], graders: Path | None) -> int:
    root = (find_graders() if graders is None else graders).parent
    selected = chosen(lessons, words.lesson)
    console, count = Console(soft_wrap=True), 0
    for what, problems in self_check.checks(root, selected, is_whole=words.lesson is None):
        for problem in problems:
            console.print(Text(f"{what}: {problem}"))
        count += len(problems)
    console.print(f"problems: {count}")
    return OUR_FAULT if count else ALL_PASSED


def _grade(words: argparse.Namespace, lessons: Sequence[Lesson], graders: Path | None) -> int:
    graders = find_graders() if graders is None else graders
    selected = chosen(lessons, words.lesson)
    checkouts = words.chunk.of(find_checkouts(words.paths))
    _refuse_nothing_to_grade(checkouts, selected)
    refuse_unwritable(words.json)
    if words.require_sandbox and find_sandbox() is None:
        raise UsageError(f"no sandbox, so nothing was graded\n{why_no_sandbox()}")
    if isinstance(sys.stdout, io.TextIOWrapper):  # A student's text may not suit the terminal.
        sys.stdout.reconfigure(errors="backslashreplace")
    total = sum(checkout.has(lesson) for checkout in checkouts for lesson in selected)
    results = Results(words.results)
    with results.opened():
        try:
            with table.progress(Console(stderr=True), total) as watch:
                book = grade(
                    checkouts,
                    selected,
                    graders,
                    jobs=words.jobs,
                    results=results,
                    force=words.force,
                    language=language.chosen(),
                    watch=watch,
                )
        except KeyboardInterrupt:
            raise KeyboardInterrupt(_what_is_kept(results, words.results)) from None
        unwritten = write_outputs(book, results, words)
    table.show(book, Console())
    if unwritten:
        raise UsageError(f"{unwritten}; what was written is kept: start again to go on")
    if book.has_grader_error:
        return OUR_FAULT
    return ALL_PASSED if book.is_full or words.exit_zero else POINTS_LOST


def _what_is_kept(results: Results, folder: Path) -> str:
    unwritten = write_all([(folder, lambda _folder: results.write_rest())])
    if unwritten:
        return f"not all lessons that were done are kept: {unwritten}"
    return f"the lessons that were done are kept in {folder}: the same command goes on from there"


def _refuse_nothing_to_grade(checkouts: Sequence[Checkout], lessons: Sequence[Lesson]) -> None:
    for checkout in checkouts:
        if not any(checkout.has(lesson) for lesson in lessons):
            raise UsageError(f"{checkout.name} is none of the lessons to grade")


if __name__ == "__main__":
    sys.exit(main())
