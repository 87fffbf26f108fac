"""The verb ``threadlings publish``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..editions import (
    EDITIONS,
    SHARED_LINES,
    Leak,
    Plan,
    Published,
    Remote,
    Repository,
    chosen,
    leaks_of,
    prepare,
    write,
)
from ..repository import find_graders
from ..usage import DONE, OUR_FAULT, UsageError

_SHOWN = 20
"""So many leaks are told."""


def add(verbs: Any) -> None:
    """Add the verb to the command's."""
    verb = verbs.add_parser(
        "publish",
        help="make the branches that students get: student and solutions",
        description="From the commit that is checked out, add one commit to the branch of each "
        "edition: student (exercises, the package, the student's pages) and solutions. Each has "
        "a history of its own. Nothing is written if something hidden would be published.",
    )
    verb.add_argument(
        "--edition",
        action="append",
        choices=sorted(EDITIONS),
        default=[],
        help="publish this edition only; may be given again (default: all, but --remote gets "
        "student only)",
    )
    verb.add_argument("--dry-run", action="store_true", help="list the files, write nothing")
    verb.add_argument("--remote", metavar="NAME", help="push to this remote too")
    verb.add_argument(
        "--force", action="store_true", help="with --remote: replace what the remote has"
    )
    verb.set_defaults(verb=_publish)


def _publish(
    arguments: argparse.Namespace, _lessons: Sequence[object], graders: Path | None
) -> int:
    """Do what the command says, and return its exit code: 0, or 3 if something leaks.

    Raises:
        UsageError: If the repository, the remote or the command is not as it should be.
    """
    if arguments.force and arguments.remote is None:
        raise UsageError("--force is about a remote: give --remote NAME too")
    repository = Repository((find_graders() if graders is None else graders).parent)
    remote = None if arguments.remote is None else Remote(repository, arguments.remote)
    editions = chosen(arguments.edition, for_pushing=remote is not None)
    plans = prepare(repository, editions)
    if remote is not None and not arguments.force and not arguments.dry_run:
        plans = [_going_on(plan, remote) for plan in plans]
    leaks = leaks_of(repository, plans)
    if leaks:
        print(_told(leaks), file=sys.stderr)
        return OUR_FAULT
    if arguments.dry_run:
        print(_listed(plans))
        return DONE
    for each in write(repository, plans):
        print(_line(each))
    if remote is not None:
        for plan in plans:
            _push(remote, plan.edition.name, force=arguments.force)
    return DONE


def _going_on(plan: Plan, remote: Remote) -> Plan:
    """Return a plan that goes on from the remote's branch, where there is none here."""
    if plan.local is not None:
        return plan
    return replace(plan, parent=remote.fetched_tip(plan.edition.name))


def _push(remote: Remote, branch: str, *, force: bool) -> None:
    if remote.push(branch, force=force):
        print(f"{branch}: pushed to {remote.name}")
    else:
        print(f"{branch}: {remote.name} has it already")


def _listed(plans: Sequence[Plan]) -> str:
    lines = []
    for plan in plans:
        lines.append(f"{plan.edition.name}: {len(plan.files)} files from {_commit(plan)}")
        lines += [f"  {path}" for path in plan.files]
    return "\n".join([*lines, "nothing was written"])


def _told(leaks: Sequence[Leak]) -> str:
    more = [f"and {len(leaks) - _SHOWN} more"] if len(leaks) > _SHOWN else []
    lines = [*map(str, leaks[:_SHOWN]), *more]
    return (
        f"threadlings: nothing was published; leaks of hidden files: {len(leaks)}\n  "
        + "\n  ".join(lines)
        + f"\n  take them out and commit; lines that may be public belong in {SHARED_LINES}"
    )


def _line(each: Published) -> str:
    name = each.plan.edition.name
    if not each.is_new:
        return f"{name}: nothing new; {each.commit[:12]} has the files of {_commit(each.plan)}"
    return f"{name}: {len(each.plan.files)} files from {_commit(each.plan)}, as {each.commit[:12]}"


def _commit(plan: Plan) -> str:
    return f"{plan.branch} at {plan.source[:12]}"
