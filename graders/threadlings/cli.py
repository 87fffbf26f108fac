"""The command ``threadlings``."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from . import manifest, self_check
from .editions import add_publish
from .grading import table
from .grading.checkout import Checkout, find_checkouts
from .grading.exports import EXPORTS, write_all
from .grading.faults import UsageError
from .grading.grade import find_graders, grade
from .grading.gradebook import Gradebook
from .grading.markdown import feedback_for_students
from .grading.results import Results
from .grading.sandbox import find_sandbox, why_no_sandbox
from .manifest import Lesson, ManifestError
from .student import commands as student

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
    parser = argparse.ArgumentParser(prog="threadlings", description=__doc__)
    student.add_language(parser)
    parser.set_defaults(verb=student.where_you_are)
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")
    student.add_verbs(verbs)
    _add_grade(verbs)
    _add_self_check(verbs)
    add_publish(verbs)
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
    verb.add_argument("--json", type=Path, metavar="FILE", help="write the gradebook as JSON")
    verb.add_argument(
        "--results",
        type=Path,
        default=Path("grades"),
        metavar="FOLDER",
        help="where results are kept, so that a grading goes on where it stopped (default: grades)",
    )
    verb.add_argument(
        "--export",
        action="append",
        choices=sorted(EXPORTS),
        default=[],
        help="write the gradebook in this format too, into the results; may be given again",
    )
    verb.add_argument(
        "--feedback-for-students",
        type=Path,
        metavar="FOLDER",
        help="write a page for each student: promises and their own lines, nothing hidden",
    )
    verb.add_argument("--jobs", type=_jobs, metavar="N", help="lessons at a time (default: cores)")
    verb.add_argument("--force", action="store_true", help="grade again what has not changed")
    verb.add_argument(
        "--lesson",
        action="append",
        metavar="N",
        help="grade this lesson only: 8, 08 or lesson08; may be given again",
    )
    verb.add_argument(
        "--require-sandbox",
        action="store_true",
        help="grade nothing where student code cannot be kept in a sandbox",
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
    verb.add_argument(
        "--lesson",
        action="append",
        metavar="N",
        help="check this lesson only, and not the code: 8, 08 or lesson08; may be given again",
    )
    verb.set_defaults(verb=_self_check)


def _self_check(words: argparse.Namespace, lessons: Sequence[Lesson], graders: Path | None) -> int:
    root = (find_graders() if graders is None else graders).parent
    chosen = _chosen(lessons, words.lesson)
    console, count = Console(soft_wrap=True), 0
    for what, problems in self_check.checks(root, chosen, is_whole=words.lesson is None):
        for problem in problems:
            console.print(Text(f"{what}: {problem}"))
        count += len(problems)
    console.print(f"problems: {count}")
    return OUR_FAULT if count else ALL_PASSED


def _grade(words: argparse.Namespace, lessons: Sequence[Lesson], graders: Path | None) -> int:
    graders = find_graders() if graders is None else graders
    chosen = _chosen(lessons, words.lesson)
    checkouts = find_checkouts(words.paths)
    _refuse_nothing_to_grade(checkouts, chosen)
    if words.json is not None:
        _refuse_unwritable(words.json)
    if words.require_sandbox and find_sandbox() is None:
        raise UsageError(f"no sandbox, so nothing was graded\n{why_no_sandbox()}")
    if isinstance(sys.stdout, io.TextIOWrapper):  # A student's text may not suit the terminal.
        sys.stdout.reconfigure(errors="backslashreplace")
    total = sum(checkout.has(lesson) for checkout in checkouts for lesson in chosen)
    results = Results(words.results)
    with results.opened():
        try:
            with table.progress(Console(stderr=True), total) as watch:
                book = grade(
                    checkouts,
                    chosen,
                    graders,
                    jobs=words.jobs,
                    results=results,
                    force=words.force,
                    watch=watch,
                )
        except KeyboardInterrupt:
            raise KeyboardInterrupt(_what_is_kept(results, words.results)) from None
        unwritten = _write(book, results, words)
    table.show(book, Console())
    if unwritten:
        raise UsageError(f"{unwritten}; what was written is kept: start again to go on")
    if book.has_grader_error:
        return OUR_FAULT
    return ALL_PASSED if book.is_full else POINTS_LOST


def _what_is_kept(results: Results, folder: Path) -> str:
    unwritten = write_all([(folder, lambda _folder: results.write_rest())])
    if unwritten:
        return f"not all lessons that were done are kept: {unwritten}"
    return f"the lessons that were done are kept in {folder}: the same command goes on from there"


def _write(book: Gradebook, results: Results, words: argparse.Namespace) -> str:
    """Write all that was asked for; return what could not be written, and why."""
    writes: list[tuple[Path | None, Callable[[Path], None]]] = [
        (words.results, lambda _folder: results.write_rest()),
        *((words.results, partial(EXPORTS[name], book)) for name in ["csv", *words.export]),
        (words.feedback_for_students, partial(feedback_for_students, book)),
        (words.json, book.write),
    ]
    return write_all((path, write) for path, write in writes if path is not None)


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, not {text!r}")
    return int(text)


def _chosen(lessons: Sequence[Lesson], names: Sequence[str] | None) -> list[Lesson]:
    """Return the lessons that were asked for, in the manifest's order.

    Raises:
        UsageError: If one of them is not in the manifest.
    """
    if names is None:
        return list(lessons)
    numbers = {lesson.number for lesson in lessons}
    wanted = set()
    for name in names:
        digits = name.removeprefix("lesson")
        if not digits.isdecimal() or int(digits) not in numbers:
            known = ", ".join(str(number) for number in sorted(numbers))
            raise UsageError(f"there is no lesson {name!r}; there are {known}")
        wanted.add(int(digits))
    return [lesson for lesson in lessons if lesson.number in wanted]


def _refuse_unwritable(file: Path) -> None:
    if not file.absolute().parent.is_dir():
        raise UsageError(f"the folder of {file} does not exist")
    if file.is_dir():
        raise UsageError(f"{file} is a folder: give the name of a file")


def _refuse_nothing_to_grade(checkouts: Sequence[Checkout], lessons: Sequence[Lesson]) -> None:
    for checkout in checkouts:
        if not any(checkout.has(lesson) for lesson in lessons):
            raise UsageError(f"{checkout.name} is none of the lessons to grade")


if __name__ == "__main__":
    sys.exit(main())
