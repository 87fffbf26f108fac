"""What has to be in order before a class is graded: on this machine, and at the host."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..cells import MEBIBYTE, find_sandbox, why_no_cells, why_no_sandbox
from ..handed_in import Roster
from .fetch import TOKEN

_LEAST_GIT = (2, 31)
"""The first that takes settings from the environment, as ``fetch`` gives them."""
_LEAST_BYTES = 1024 * MEBIBYTE
_SOON_DAYS = 14
_ASKED_S = 30.0
GOOD, BAD, UNKNOWN = "good", "bad", "not known"


@dataclass(frozen=True)
class Condition:
    """One thing that has to be in order.

    Attributes:
        name: Of the thing.
        state: ``good``, ``bad`` or ``not known``.
        told: What was found; if it is not good, with what to do.
    """

    name: str
    state: str
    told: str


def of_machine(folder: Path) -> Iterator[Condition]:
    """Yield what grading needs of this machine.

    Args:
        folder: Where results will be.
    """
    version = ".".join(map(str, sys.version_info[:3]))
    yield Condition("Python", GOOD, version)
    yield _git()
    why = why_no_cells()
    yield Condition("cells", BAD, why) if why else Condition("cells", GOOD, "can be made")
    if find_sandbox() is None:
        yield Condition(
            "sandbox", BAD, f"{why_no_sandbox()}; grade on Linux, or only code you trust"
        )
    else:
        yield Condition("sandbox", GOOD, "works")
    yield _disk(folder)


def _git() -> Condition:
    try:
        told = subprocess.run(["git", "--version"], capture_output=True, text=True).stdout
    except OSError:
        return Condition("git", BAD, "is not installed, or not on the PATH: install git")
    found = re.search(r"(\d+)\.(\d+)", told)
    if found is None or (int(found[1]), int(found[2])) < _LEAST_GIT:
        least = ".".join(map(str, _LEAST_GIT))
        return Condition("git", BAD, f"{told.strip()}; install {least} or newer")
    return Condition("git", GOOD, told.strip())


def _disk(folder: Path) -> Condition:
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.is_dir())
    if not os.access(there, os.W_OK):
        return Condition("disk", BAD, f"{there} cannot be written: choose another with --results")
    free = shutil.disk_usage(there).free
    told = f"{free // MEBIBYTE} MiB are free in {there}"
    if free < _LEAST_BYTES:
        return Condition("disk", BAD, f"{told}; make room for {_LEAST_BYTES // MEBIBYTE} MiB")
    return Condition("disk", GOOD, told)


Answer = tuple[int, dict[str, Any], dict[str, str]]
"""The status of an answer, its data, and its headers with names in lower case."""
Ask = Callable[[str], Answer]
"""Asks the host's interface for a path such as ``/repos/school/threads``."""


def asking(address: str, token: str) -> Ask:
    """Return what asks a host.

    Args:
        address: Of its interface: ``https://api.github.com``.
        token: What lets one read there; empty: nothing.
    """
    import requests  # It takes long to import, and no other verb needs it.

    headers = {"Accept": "application/vnd.github+json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"

    def ask(path: str) -> Answer:
        try:
            answer = requests.get(
                f"{address}{path}", headers=headers, timeout=_ASKED_S, allow_redirects=False
            )
            data = answer.json()
        except (requests.RequestException, ValueError) as error:
            return 0, {"message": str(error)}, {}
        known = {name.lower(): value for name, value in answer.headers.items()}
        return answer.status_code, data if isinstance(data, dict) else {}, known

    return ask


def of_host(ask: Ask, template: str, now: datetime) -> Iterator[Condition]:
    """Yield what has to be in order at the host.

    Args:
        ask: Asks it.
        template: The students' template, ``owner/name``.
        now: With a time zone.
    """
    status, data, headers = ask(f"/repos/{template}")
    if status != 200:
        yield Condition("template", BAD, f"{template} cannot be read: {_why(status, data)}")
        return
    branch = data.get("default_branch")
    if branch == "student":
        yield Condition("template branch", GOOD, "a clone checks out student")
    else:
        told = f"a clone checks out {branch}; make student the default branch of {template}"
        yield Condition("template branch", BAD, told)
    if data.get("is_template"):
        yield Condition("template", GOOD, f"{template} is one")
    else:
        yield Condition("template", BAD, f"{template} is none: tick 'Template repository'")
    yield _token_end(headers.get("github-authentication-token-expiration", ""), now)
    yield _base_permission(ask, template.partition("/")[0])
    yield _actions(ask, template)


def of_roster(ask: Ask, roster: Roster) -> Iterator[Condition]:
    """Yield whose repository the token does not let one read."""
    unread = []
    for name, row in zip(roster.names, roster.rows, strict=True):
        repository = row.get("repository", "")
        if re.fullmatch(r"[\w.-]+/[\w.-]+", repository, re.ASCII):
            status, data, _headers = ask(f"/repos/{repository}")
            if status != 200:
                unread.append(f"{name} ({repository}: {_why(status, data)})")
    if unread:
        told = f"{len(unread)} cannot be read: {', '.join(unread[:10])}; look at {TOKEN} and roster"
        yield Condition("repositories", BAD, told)
    else:
        yield Condition("repositories", GOOD, f"{len(roster.rows)} students")


def _token_end(text: str, now: datetime) -> Condition:
    try:
        end = datetime.strptime(text.removesuffix(" UTC"), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return Condition("token", UNKNOWN, f"{TOKEN}: the host does not say when it ends")
    days = (end - now).days
    told = f"{TOKEN} ends on {end:%Y-%m-%d}, in {days} days"
    if days < _SOON_DAYS:
        return Condition("token", BAD, f"{told}: make a new one")
    return Condition("token", GOOD, told)


def _base_permission(ask: Ask, owner: str) -> Condition:
    _status, data, _headers = ask(f"/orgs/{owner}")
    permission = data.get("default_repository_permission")
    if permission is None:
        told = f"{owner} does not tell the token: it must be 'No permission' (Settings, Member)"
        return Condition("base permission", UNKNOWN, told)
    if permission == "none":
        return Condition("base permission", GOOD, f"members of {owner} see only what is theirs")
    told = f"every member of {owner} may {permission} every repository, graders too: set it to none"
    return Condition("base permission", BAD, told)


def _actions(ask: Ask, template: str) -> Condition:
    _status, data, _headers = ask(f"/repos/{template}/actions/permissions")
    if "enabled" not in data:
        return Condition(
            "Actions", UNKNOWN, f"{template} does not tell the token: look in Settings"
        )
    if data["enabled"]:
        return Condition("Actions", GOOD, "may run")
    return Condition("Actions", BAD, f"may not run in {template}: allow them in Settings, Actions")


def _why(status: int, data: dict[str, Any]) -> str:
    return f"{status} {data.get('message', '')}".strip()
