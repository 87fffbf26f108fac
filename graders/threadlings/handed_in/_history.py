"""Which commit of a student's branch counts, when work is due."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from .pushes import HOST, Push

Git = Callable[..., str]
"""Runs a git command of words in a repository, and returns what it prints; empty if it fails."""
_DAY_S = 86_400


@dataclass(frozen=True)
class Chosen:
    """The commit that counts; None: there was none yet.

    ``is_known`` is False where commits' own dates decided, which a student can choose.
    """

    commit: str | None
    is_known: bool


def last_by(git: Git, tip: str, due: datetime, pushes: Sequence[Push]) -> Chosen:
    """Return the last commit that was pushed when work was due.

    The host's list of pushes is complete. What fetches have seen is not: of commits after the last
    one that was seen in time, their own dates decide.

    Args:
        git: In the student's repository.
        tip: The commit at the top of the branch now.
        due: When.
        pushes: Of this student, the earliest first.
    """
    in_time = [push.commit for push in pushes if push.pushed <= due]
    there = [commit for commit in in_time if git("cat-file", "-t", commit).strip() == "commit"]
    last = there[-1] if there else None
    if any(push.known_by == HOST for push in pushes):
        return Chosen(last, is_known=True)
    not_before = [f"^{last}"] if last else []
    listed = git("rev-list", "--timestamp", "--date-order", tip, *not_before, "--")
    for line in listed.splitlines():
        seconds, commit = line.split()
        if int(seconds) <= due.timestamp():
            return Chosen(commit, is_known=False)
    return Chosen(last, is_known=last is not None)


def days_late(git: Git, tip: str, due: datetime, pushes: Sequence[Push], path: str) -> int:
    """Return on which day after work was due a file came that is different since, from 1.

    Args:
        git: In the student's repository.
        tip: The commit at the top of the branch now.
        due: When.
        pushes: Of this student, the earliest first.
        path: The file in the repository.
    """
    final = git("rev-parse", f"{tip}:{path}")
    came = {
        push.pushed: push.known_by
        for push in pushes
        if push.pushed > due and git("rev-parse", f"{push.commit}:{path}") == final
    }
    known = [when for when, known_by in came.items() if known_by == HOST]
    if known:
        when = known[0]
    else:  # Its own date; a fetch may have seen it long after it came.
        line = git("rev-list", "--timestamp", "-1", tip, "--", path)
        when = datetime.fromtimestamp(int(line.split()[0]), UTC) if line else due
        when = min([when, *came])
    return max(1, math.ceil((when - due).total_seconds() / _DAY_S))
