"""The command ``threadlings``: its students' verbs start without the instructor's half."""

from __future__ import annotations

import argparse
import os
import sys

from . import language, manifest
from .student import commands


def main() -> int:
    """Run the command with the words of ``sys.argv``; see :func:`threadlings.cli.main`."""
    words = sys.argv[1:]
    language.choose(commands.language_of(words))
    parser = argparse.ArgumentParser(prog=commands.PROGRAM)
    commands.add_language(parser)
    verbs = parser.add_subparsers()
    commands.add_verbs(verbs)
    parser.set_defaults(verb=commands.where_you_are)
    named = next((w for w in words if not w.startswith("-") and w not in language.LANGUAGES), None)
    is_known = named in verbs.choices if named else not {"-h", "--help"} & set(words)
    if not is_known or "_ARGCOMPLETE" in os.environ:
        from . import cli

        return cli.main(words)
    try:
        told = parser.parse_args(words)
        return int(told.verb(told, manifest.read(), None))
    except SystemExit as error:  # argparse has said why.
        return error.code if isinstance(error.code, int) else commands.WRONG_USAGE
    except manifest.ManifestError as error:
        print(f"{commands.PROGRAM}: {error}", file=sys.stderr)
        return commands.OUR_FAULT
    except KeyboardInterrupt:
        return commands.INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
