"""The command ``threadlings``: its students' verbs start without the instructor's half."""

from __future__ import annotations

import argparse
import os
import sys

from . import language, manifest
from .usage import INTERRUPTED, NOBODY_READS, OUR_FAULT, WRONG_USAGE
from .verbs import asked, students


def main() -> int:
    """Run the command with the words of ``sys.argv``; see :func:`threadlings.cli.main`.

    Returns:
        The exit code; 141, as a shell has it, if nobody reads the output any more.
    """
    try:
        exit_code = _main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer would fail again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    return exit_code


def _main(words: list[str]) -> int:
    language.choose(students.language_of(words))
    parser = argparse.ArgumentParser(prog=students.PROGRAM)
    students.add_language(parser)
    verbs = parser.add_subparsers()
    students.add_verbs(verbs)
    parser.set_defaults(verb=students.where_you_are)
    named = asked.named_verb(words)
    is_known = named in verbs.choices if named else not {"-h", "--help"} & set(words)
    if not is_known or "_ARGCOMPLETE" in os.environ:
        from . import cli

        return cli.main(words)
    try:
        told = parser.parse_args(words)
        return int(told.verb(told, manifest.read(), None))
    except SystemExit as error:  # argparse has said why.
        return error.code if isinstance(error.code, int) else WRONG_USAGE
    except manifest.ManifestError as error:
        print(f"{students.PROGRAM}: {error}", file=sys.stderr)
        return OUR_FAULT
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
