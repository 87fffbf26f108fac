"""What several of the instructor's verbs share: their options, and what is done with them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ..gradebook import EXPORTS, Gradebook, feedback_for_students, feedback_pages, write_all
from ..handed_in import WHOLE, Chunk
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
