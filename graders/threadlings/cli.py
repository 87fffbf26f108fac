"""The command ``threadlings``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import manifest
from .repository import has_graders
from .usage import INTERRUPTED, OUR_FAULT, WRONG_USAGE, UsageError, meanings
from .verbs import asked, instructors, students


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
        The exit code, as :mod:`threadlings.usage` has them.
    """
    try:
        words = sys.argv[1:] if arguments is None else arguments
        parser = _parser(words, is_instructors=graders is not None or has_graders())
        students.complete(parser)
        told = parser.parse_args(arguments)
        return int(told.verb(told, manifest.read(lessons_file), graders))
    except SystemExit as error:  # argparse has said why.
        return error.code if isinstance(error.code, int) else WRONG_USAGE
    except UsageError as error:
        print(f"threadlings: {error}", file=sys.stderr)
        return WRONG_USAGE
    except manifest.ManifestError as error:
        print(f"threadlings: {error}", file=sys.stderr)
        return OUR_FAULT
    except KeyboardInterrupt as interruption:
        kept = "; ".join(["interrupted", *map(str, interruption.args)])
        print(f"threadlings: {kept}", file=sys.stderr)
        return INTERRUPTED


def _parser(words: Sequence[str], *, is_instructors: bool) -> argparse.ArgumentParser:
    """Return the parser; students see their own verbs only.

    Raises:
        UsageError: If the words name a verb that is not there.
    """
    parser = argparse.ArgumentParser(
        prog=students.PROGRAM,
        description=students.about(),
        epilog=meanings(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    students.add_language(parser)
    parser.set_defaults(verb=students.where_you_are)
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")
    students.add_verbs(verbs)
    of_students = frozenset(verbs.choices)
    if is_instructors or not of_students.issuperset(filter(None, [asked.named_verb(words)])):
        instructors.add_verbs(verbs)
    asked.require_verb(words, verbs.choices, verbs.choices if is_instructors else of_students)
    return parser


if __name__ == "__main__":
    sys.exit(main())
