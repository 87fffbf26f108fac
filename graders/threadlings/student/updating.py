"""``threadlings update``: the course as it is corrected, and the student's own work as it is.

A repository that was made from a template shares no history with it, so nothing can be merged. But
the edition's history knows all that was ever handed out: a file that is in it is not the student's.
"""

from __future__ import annotations

import difflib
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..language import said
from ..usage import UsageError
from . import screen
from .course import EXERCISES, Course
from .stubs import copied

_REF = "refs/threadlings/edition"
_SETTING = "threadlings.edition"
_OURS = "graders/threadlings/lessons.toml"


@dataclass
class Updated:
    """What was done.

    Attributes:
        address: Where the edition is.
        written: Files that were replaced, or are new.
        removed: Files that the course no longer has.
        copies: What a student had in a file that was replaced: the file, and the copy.
        kept: The student's files that were left alone, each with what changed in the stub; empty if
            nothing did.
    """

    address: str
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    copies: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)


def update(course: Course, address: str | None, branch: str) -> Updated:
    """Take over what the course's repository has now, but for the student's own files.

    A stub that was never touched is replaced, too; one that was is kept. What else the student has
    changed is replaced, and kept beside. Nothing is committed.

    Args:
        course: The student's copy.
        address: Where the course's repository is; None: where it was the last time.
        branch: The edition's branch there.
    Raises:
        UsageError: If there is no git, no repository or no edition.
        OSError: If a file cannot be written.
    """
    edition = _Edition.fetched(course.root, address, branch)
    stubs = {f"{EXERCISES}/{lesson.file}" for lesson in course.lessons}
    done = Updated(edition.address)
    here = edition.hashes_of(edition.published)
    for path, blob in edition.newest.items():
        mine = here.get(path)
        if mine == blob:
            continue
        is_theirs = mine is not None and mine not in edition.published[path]
        if is_theirs and path in stubs:
            done.kept[path] = edition.change_since(path)
            continue
        if is_theirs:
            done.copies[path] = course.shown(copied(course.root / path))
        edition.write(path, blob)
        done.written.append(path)
    for path in sorted(set(here) - set(edition.newest)):
        if here[path] in edition.published[path]:
            (course.root / path).unlink()
            done.removed.append(path)
    return done


def show(updated: Updated) -> None:
    """Print what was done, and what is left to do."""
    for path, copy in updated.copies.items():
        screen.line(
            said(
                "  {path} is as the course has it; what you had is in {copy}", path=path, copy=copy
            )
        )
    for path, change in updated.kept.items():
        if change:
            screen.line(
                (said("  {path} is yours and was kept; the course changed:", path=path), "bold")
            )
            screen.line(change)
    if not updated.written and not updated.removed:
        screen.line(said("  there is nothing new in {address}", address=updated.address))
        return
    count = len(updated.written) + len(updated.removed)
    screen.line(said("  files that were updated: {count}", count=count))
    if "pyproject.toml" in updated.written:
        screen.line(said("  install the course again: pip install -e ."))
    screen.line(said("  look at it with git status, then commit and push it"))


class _Edition:
    """What the course's repository has published, fetched into the student's.

    Attributes:
        address: Where it is.
        newest: The content of each file now, by path.
        published: All contents that each file ever had.
    """

    def __init__(self, root: Path, address: str) -> None:
        self._root = root
        self.address = address
        self.newest: dict[str, str] = {}
        self.published: defaultdict[str, set[str]] = defaultdict(set)
        listed = self._git("ls-tree", "-r", "-z", "--full-tree", _REF).split("\0")[:-1]
        self._modes = {line.split("\t", 1)[1]: line.split(" ", 1)[0] for line in listed}
        self.newest = {line.split("\t", 1)[1]: line.split("\t")[0].split(" ")[2] for line in listed}
        raw = ("log", "--raw", "--no-abbrev", "--no-renames", "--format=", "-z", _REF)
        told = self._git(*raw).split("\0")[:-1]
        for change, path in zip(told[::2], told[1::2], strict=True):
            self.published[path].add(change.split(" ")[3])

    @classmethod
    def fetched(cls, root: Path, address: str | None, branch: str) -> _Edition:
        """Fetch it, and remember where it is."""
        if _run(root, "rev-parse", "--git-dir").returncode != 0:
            raise UsageError(
                said("{root} is no git repository: clone the course with git", root=root)
            )
        known = _run(root, "config", "--local", _SETTING).stdout.decode().strip()
        address = address or known
        if not address:
            raise UsageError(
                said("where is the course's repository? threadlings update --from ADDRESS")
            )
        words = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--end-of-options")
        fetched = _run(root, *words, address, f"+refs/heads/{branch}:{_REF}")
        if fetched.returncode != 0:
            why = fetched.stderr.decode("utf-8", "replace").strip()
            raise UsageError(
                said("{address} has no {branch} to fetch:", address=address, branch=branch)
                + f"\n  {why}"
            )
        edition = cls(root, address)
        if _OURS not in edition.newest:
            raise UsageError(said("{address} is not this course", address=address))
        edition._git("config", "--local", _SETTING, address)
        return edition

    def hashes_of(self, paths: Mapping[str, object]) -> dict[str, str]:
        """Return the content of those of the files that are here, as git would store it."""
        there = [p for p in sorted(paths) if p and "\n" not in p and self._is_file(p)]
        done = _run(self._root, "hash-object", "--stdin-paths", stdin="\n".join(there))
        return dict(zip(there, done.stdout.decode().split(), strict=True))

    def change_since(self, path: str) -> str:
        """Return what changed in a stub since the version that the student's file began as.

        That is the version that is most like it. Empty if it is the newest.
        """
        mine = (self._root / path).read_text(encoding="utf-8", errors="replace").splitlines()
        newest = self.newest[path]
        versions = {blob: self._text(blob) for blob in sorted(self.published[path])}

        def likeness(blob: str) -> tuple[float, bool]:
            matcher = difflib.SequenceMatcher(None, versions[blob], mine, autojunk=False)
            return matcher.ratio(), blob == newest

        began = max(versions, key=likeness)
        change = difflib.unified_diff(versions[began], versions[newest], path, path, lineterm="")
        return "\n".join(change)

    def write(self, path: str, blob: str) -> None:
        """Write a file as it is now."""
        file = self._root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_symlink():
            file.unlink()
        file.write_bytes(_run(self._root, "cat-file", "blob", blob).stdout)
        file.chmod(0o755 if self._modes[path] == "100755" else 0o644)

    def _is_file(self, path: str) -> bool:
        return (self._root / path).is_file()

    def _text(self, blob: str) -> list[str]:
        data = _run(self._root, "cat-file", "blob", blob).stdout
        return data.decode("utf-8", "replace").splitlines()

    def _git(self, *words: str) -> str:
        done = _run(self._root, *words)
        if done.returncode != 0:
            raise UsageError(done.stderr.decode("utf-8", "replace").strip())
        return done.stdout.decode("utf-8", "surrogateescape")


def _run(root: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *words], cwd=root, input=stdin.encode(), capture_output=True)
    except FileNotFoundError:
        raise UsageError(said("update needs git, which is not installed here")) from None
