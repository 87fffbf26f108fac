"""The command ``threadlings``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import manifest
from .usage import INTERRUPTED, OUR_FAULT, WRONG_USAGE, UsageError, meanings
from .verbs import instructors, students


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
        parser = _parser()
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


def _parser() -> argparse.ArgumentParser:
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
    instructors.add_verbs(verbs)
    return parser


if __name__ == "__main__":
    sys.exit(main())
