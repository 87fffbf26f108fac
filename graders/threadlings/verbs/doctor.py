"""The verb ``threadlings doctor``."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..actions import BAD, TOKEN, asking, of_host, of_machine, of_roster
from ..handed_in import read_roster
from ..usage import DONE, OUR_FAULT, UsageError
from .options import warn


def add(verbs: Any) -> None:
    """Add the verb to the command's."""
    verb = verbs.add_parser(
        "doctor",
        help="look whether all is in order before a class is graded",
        description="Look at this machine: Python, git, sandbox, disk. With --template or --roster "
        f"also at the host, with the token in the environment variable {TOKEN}; nothing is "
        "changed there. Exit code 3 if something is bad.",
    )
    verb.add_argument(
        "--template", metavar="OWNER/NAME", help="the students' template, to be asked about"
    )
    verb.add_argument(
        "--roster", type=Path, metavar="ROSTER", help="ask for each repository of this roster"
    )
    verb.add_argument(
        "--api",
        default=os.environ.get("GITHUB_API_URL") or "https://api.github.com",
        metavar="URL",
        help="the host's interface (default: %(default)s)",
    )
    verb.add_argument(
        "--results", type=Path, default=Path("grades"), metavar="FOLDER", help="where results go"
    )
    verb.set_defaults(verb=_doctor)


def _doctor(arguments: argparse.Namespace, _lessons: object, _graders: object) -> int:
    if arguments.template is not None and arguments.template.count("/") != 1:
        raise UsageError(f"--template is {arguments.template!r}; it must be OWNER/NAME")
    found = list(of_machine(arguments.results))
    ask = asking(arguments.api.rstrip("/"), os.environ.get(TOKEN, "").strip())
    if arguments.template is not None:
        found += of_host(ask, arguments.template, datetime.now(UTC))
    if arguments.roster is not None:
        roster = read_roster(arguments.roster, needs="repository")
        warn(roster.warnings)
        found += of_roster(ask, roster)
    for each in found:
        print(f"{each.state:9}  {each.name}: {each.told}")
    return OUR_FAULT if any(each.state == BAD for each in found) else DONE
