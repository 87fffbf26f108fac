"""What several of the instructor's verbs share: their options, and what is done with them."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ..gradebook import (
    EXPORTS,
    MOST_PERCENT,
    Gradebook,
    feedback_for_students,
    feedback_pages,
    write_all,
)
from ..handed_in import WHOLE, Chunk, DueDates, moment
from ..judging import Results
from ..language import LANGUAGES
from ..manifest import Lesson
from ..usage import UsageError

_TEXT = re.compile(r"(\d{1,6})/(\d{1,6})", re.ASCII)


def add_outputs(verb: argparse.ArgumentParser, results_help: str) -> None:
    """Add the options that say where a gradebook goes."""
    verb.add_argument("--json", type=Path, metavar="FILE", help="write the gradebook as JSON")
    verb.add_argument(
        "--results", type=Path, default=Path("grades"), metavar="FOLDER", help=results_help
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
        help="write a page for each student, as Markdown and as HTML: promises and their own "
        "lines, nothing hidden",
    )
    verb.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=argparse.SUPPRESS,
        help="the language of pages and of what students are told (default: the system's)",
    )


def add_missing_is_zero(verb: argparse.ArgumentParser) -> None:
    """Add ``--missing-is-zero`` to a verb."""
    verb.add_argument(
        "--missing-is-zero",
        action="store_true",
        help="whose repository, folder or ref was not found has 0 points (default: no mark)",
    )


def add_due(verb: argparse.ArgumentParser) -> None:
    """Add ``--before`` and ``--due`` to a verb."""
    verb.add_argument(
        "--before",
        metavar="WHEN",
        help="when work is due: 2026-12-01T23:59+09:00; a column due of the roster goes before it",
    )
    verb.add_argument(
        "--due",
        action="append",
        default=[],
        metavar="LESSON=WHEN",
        help="when a lesson is due: 8=2026-12-01T23:59+09:00; may be given again",
    )


def due_dates(arguments: argparse.Namespace, lessons: Sequence[Lesson]) -> DueDates:
    """Return the dates that :func:`add_due` lets one say.

    Raises:
        UsageError: If one is no date, or there is no such lesson.
    """
    general = None if arguments.before is None else moment(arguments.before, "--before")
    of_lessons = {}
    for text in arguments.due:
        name, equals, when = text.partition("=")
        if not equals:
            raise UsageError(f"--due {text!r} is not LESSON=WHEN, such as 8=2026-12-01T23:59+09:00")
        (lesson,) = chosen(lessons, [name])
        of_lessons[lesson.number] = moment(when, f"--due {name}")
    return DueDates(general, of_lessons)


CUT_OFF, NONE = "cut-off", "none"


def late_policy(text: str) -> str | int:
    """Read what ``--late`` says: a percentage as a number, or one of the two words."""
    if text in (CUT_OFF, NONE):
        return text
    digits = text.removesuffix("%").strip()
    if not text.endswith("%") or not digits.isdecimal() or int(digits) > MOST_PERCENT:
        raise argparse.ArgumentTypeError(
            f"must be cut-off, none, or percent of a lesson for each day such as 10%, not {text!r}"
        )
    return int(digits)


def add_late(verb: argparse.ArgumentParser, default: str) -> None:
    """Add ``--late`` to a verb."""
    verb.add_argument(
        "--late",
        type=late_policy,
        default=default,
        metavar="POLICY",
        help="cut-off: what came later is not graded; none: it is, and costs nothing; 10%%: it is, "
        "and costs so much of a lesson each day (default: %(default)s)",
    )


def percent_a_day(policy: str | int) -> int:
    """Return what a day costs."""
    return policy if isinstance(policy, int) else 0


def warn(warnings: Sequence[str]) -> None:
    """Print warnings where they are not taken for results."""
    for warning in warnings:
        print(f"threadlings: warning: {warning}", file=sys.stderr)


def add_lessons(verb: argparse.ArgumentParser, what: str) -> None:
    """Add ``--lesson`` to a verb."""
    verb.add_argument(
        "--lesson",
        action="append",
        metavar="N",
        help=f"{what}: 8, 08 or lesson08; may be given again",
    )


def chosen(lessons: Sequence[Lesson], names: Sequence[str] | None) -> list[Lesson]:
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


def refuse_unwritable(file: Path | None) -> None:
    """Raise UsageError if a file cannot be made, before the work is done."""
    if file is None:
        return
    if not file.absolute().parent.is_dir():
        raise UsageError(f"the folder of {file} does not exist")
    if file.is_dir():
        raise UsageError(f"{file} is a folder: give the name of a file")


def write_outputs(book: Gradebook, results: Results, arguments: argparse.Namespace) -> str:
    """Write all that was asked for; return what could not be written, and why."""
    writes: list[tuple[Path | None, Callable[[Path], None]]] = [
        (arguments.results, lambda _folder: results.write_rest()),
        *((arguments.results, partial(EXPORTS[name], book)) for name in ["csv", *arguments.export]),
        (arguments.feedback_for_students, partial(feedback_for_students, book)),
        (arguments.feedback_for_students, partial(feedback_pages, book)),
        (arguments.json, book.write),
    ]
    return write_all((path, write) for path, write in writes if path is not None)


def whole_number(text: str) -> int:
    """Read a whole number above 0 in the words of a command."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, not {text!r}")
    return int(text)


def chunk(text: str) -> Chunk:
    """Read a chunk in the words of a command: ``2/4``."""
    found = _TEXT.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise argparse.ArgumentTypeError(
            f"must be K/N, the K-th of N chunks, with K from 1 to N, not {text!r}"
        )
    return Chunk(int(found[1]), int(found[2]))


def add_chunk(verb: argparse.ArgumentParser, what: str) -> None:
    """Add ``--chunk`` to a verb."""
    verb.add_argument(
        "--chunk",
        type=chunk,
        default=WHOLE,
        metavar="K/N",
        help=f"{what} the K-th of N equal parts of the class only, as threadlings plan says",
    )


def append(file: Path, text: str) -> None:
    """Add text to a file.

    Raises:
        UsageError: If it cannot be written.
    """
    try:
        with open(file, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from None
