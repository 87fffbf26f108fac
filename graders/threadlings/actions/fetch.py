"""Students' repositories, fetched as data: nothing of them is checked out or run.

The token is in the environment of git alone, for addresses of one host only: it is in no command
line, no file, and nothing that git is asked to print.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ..gradebook import NOT_FOUND, NOT_READ

TOKEN = "STUDENTS_READ_TOKEN"
"""The environment variable that has the token."""

_FETCH_S = 300.0
_SHORT = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_ABSENT = (  # What git says of a repository that is not there, or not for us, or lacks the ref.
    "not found",
    "couldn't find remote ref",
    "could not find remote branch",
    "not our ref",
    "does not appear to be a git repository",
    "does not exist",
)
_BRANCH = "refs/heads/submission"


class NotFetchedError(Exception):
    """A repository could not be fetched.

    ``status`` is ``not found`` if the host says that there is no such repository or branch, which
    it also says of one that the token may not see; else ``not read``.
    """

    def __init__(self, why: str, status: str = NOT_READ) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True)
class Host:
    """Where repositories are.

    Attributes:
        address: Of the host: ``https://github.com``.
        token: What lets one read there; empty: nothing.
    """

    address: str
    token: str = ""

    def url(self, repository: str) -> str:
        """Return a repository's address: of ``owner/name``, at this host; others stay."""
        if _SHORT.fullmatch(repository):
            return f"{self.address}/{repository}.git"
        return repository

    def environment(self) -> dict[str, str]:
        """Return the environment of a git that may fetch from here, and runs nothing else."""
        ours = {name: os.environ[name] for name in _kept() if name in os.environ}
        settings = {
            "core.hooksPath": os.devnull,
            "credential.helper": "",
            "fetch.recurseSubmodules": "no",
            "filter.lfs.process": "",
            "filter.lfs.smudge": "",
            "gc.auto": "0",
            "maintenance.auto": "false",
            "protocol.ext.allow": "never",
        }
        if self.token:
            basic = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
            settings[f"http.{self.address}/.extraHeader"] = f"Authorization: Basic {basic}"
        return ours | _as_variables(settings) | _QUIET


_QUIET = {
    "GIT_ALLOW_PROTOCOL": "file:http:https",
    "GIT_ASKPASS": "",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


def _kept() -> tuple[str, ...]:
    proxies = ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY")
    lower = tuple(name.lower() for name in proxies)
    return ("HOME", "PATH", "SSL_CERT_DIR", "SSL_CERT_FILE", "SYSTEMROOT", *proxies, *lower)


def _as_variables(settings: Mapping[str, str]) -> dict[str, str]:
    """Return git's settings as environment variables (git-config, GIT_CONFIG_COUNT)."""
    variables = {"GIT_CONFIG_COUNT": str(len(settings))}
    for number, (key, value) in enumerate(settings.items()):
        variables |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return variables


def fetch(host: Host, repository: str, ref: str, folder: Path, *, history: bool = False) -> str:
    """Fetch one commit of a repository into a bare one, and return the commit's name.

    Args:
        host: Where ``owner/name`` is, and how to read there.
        repository: ``owner/name``, an address, or a folder.
        ref: A branch, a tag or a commit; empty: the branch that the repository shows first.
        folder: The bare repository; what is there goes.
        history: True fetches all commits before it too.
    Raises:
        NotFetchedError: If that is not possible; its text has no token.
    """
    if not repository:
        raise NotFetchedError("the roster gives no repository", NOT_FOUND)
    shutil.rmtree(folder, ignore_errors=True)
    url = host.url(repository)
    if repository.startswith("-") or ref.startswith("-") or (urlsplit(url).password is not None):
        raise NotFetchedError("the roster's repository or ref begins with '-', or has a password")
    _git(host, repository, "init", "--quiet", "--bare", "--template=", str(folder))
    depth = () if history else ("--depth=1",)
    options = ("--quiet", *depth, "--no-tags", "--no-recurse-submodules")
    words = ("fetch", *options, "--no-auto-maintenance", "--no-write-fetch-head", url)
    _git(host, repository, "-C", str(folder), *words, f"+{ref or 'HEAD'}:{_BRANCH}")
    return _git(host, repository, "-C", str(folder), "rev-parse", f"{_BRANCH}^{{commit}}").strip()


def _git(host: Host, repository: str, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "--no-pager", *words],
            env=host.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_FETCH_S,
        )
    except FileNotFoundError:
        raise NotFetchedError("git is not installed") from None
    except subprocess.TimeoutExpired:
        why = f"git took longer than {_FETCH_S:g} s for {repository}"
        raise NotFetchedError(why) from None
    if done.returncode != 0:
        told = done.stderr.decode("utf-8", "replace").strip()
        status = NOT_FOUND if any(word in told.lower() for word in _ABSENT) else NOT_READ
        why = next((line for line in told.splitlines() if "fatal:" in line), told[-200:])
        raise NotFetchedError(f"{repository} cannot be fetched: {why}", status)
    return done.stdout.decode("ascii", "replace")
