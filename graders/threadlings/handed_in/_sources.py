"""Where a student's files are read from: a folder, or a commit of a git repository.

A commit's files are read as data: nothing is checked out, and nothing of the repository's own
configuration is run.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from ..gradebook import MISSING, NOT_FOUND, NOT_READ, UNUSABLE
from ..language import Text, said
from ._history import days_late, last_by
from .pushes import Push

_LESSON_FOLDER = re.compile(r"lesson\d\d")
_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_GIT_S = 60.0
"""Seconds that git may take for one file of a repository on this machine."""


class FileError(Exception):
    """There is no file to grade; ``status`` is the lesson's, which says who may read the text.

    ``missing`` and ``unusable`` are of the student's own work. Of what was ``not found`` or ``not
    read`` nothing is known: the text has our paths, and is for the instructor.
    """

    def __init__(self, status: str, text: Text) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


class Tree(Protocol):
    """Holds ``lessonNN`` folders."""

    def read(self, file: str, max_bytes: int) -> bytes:
        """Return a regular file's bytes.

        Args:
            file: ``lesson08/locks.py``.
            max_bytes: How large it may be.
        Raises:
            FileError: If there is none, or it is not a regular file that can be read.
        """


class FolderTree:
    """A folder on this machine. Links, pipes and devices in it are refused without being opened."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, file: str, max_bytes: int) -> bytes:
        """Read a file of the folder."""
        path = self._root / file
        try:
            if path.parent.is_symlink():
                raise FileError(
                    UNUSABLE,
                    said("{name} is a symbolic link, not a folder", name=path.parent.name),
                )
            kind = path.lstat().st_mode
            if stat.S_ISLNK(kind):
                raise FileError(UNUSABLE, said("{file} is a symbolic link, not a file", file=file))
            if not stat.S_ISREG(kind):
                raise FileError(UNUSABLE, said("{file} is not a regular file", file=file))
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            with open(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as stream:
                data = stream.read(max_bytes + 1)
        except (FileNotFoundError, NotADirectoryError):
            raise FileError(MISSING, said("no file {file}", file=file)) from None
        except OSError as error:
            raise FileError(
                NOT_READ,
                said("{file} cannot be read: {strerror}", file=file, strerror=error.strerror),
            ) from None
        if len(data) > max_bytes:
            raise _too_large(file, max_bytes)
        return data


class CommitTree:
    """A commit of a git repository, bare or not.

    Args:
        repository: Its folder.
        ref: A branch, a tag or a commit.
    """

    def __init__(self, repository: Path, ref: str) -> None:
        self._repository = repository
        self._ref = ref

    def read(self, file: str, max_bytes: int) -> bytes:
        """Read a file of the commit."""
        commit = self._commit()
        for path in _places(file):
            listed = self._git("ls-tree", "--full-tree", "-l", "-z", commit, "--", path)
            if not listed:
                continue
            mode, kind, name, size = listed.split(b"\0")[0].split(b"\t")[0].split()
            if kind != b"blob" or not mode.startswith(b"100"):
                raise FileError(UNUSABLE, said("{file} is not a regular file", file=file))
            if size.isdigit() and int(size) > max_bytes:
                raise _too_large(file, max_bytes)
            return self._git("cat-file", "blob", name.decode("ascii"))
        raise FileError(MISSING, said("no file {file} in {ref}", file=file, ref=self._ref))

    def by(self, due: datetime, pushes: Sequence[Push]) -> tuple[CommitTree | None, bool]:
        """Return what was there when work was due, or None, and whether that is known.

        Raises:
            FileError: If the repository has no history, or no such commit.
        """
        tip = self._commit()
        if self._told("rev-parse", "--is-shallow-repository").strip() == "true":
            why = "{where} was fetched without its history, so nobody knows what was there by {due}"
            raise FileError(NOT_READ, said(why, where=self._repository.name, due=due.isoformat()))
        chosen = last_by(self._told, tip, due, pushes)
        tree = CommitTree(self._repository, chosen.commit) if chosen.commit else None
        return tree, chosen.is_known

    def days_late(self, file: str, due: datetime, pushes: Sequence[Push]) -> int:
        """Return on which day after work was due a file came, from 1."""
        tip = self._commit()
        path = next((p for p in _places(file) if self._told("ls-tree", tip, "--", p)), file)
        return days_late(self._told, tip, due, pushes, path)

    def _told(self, *words: str) -> str:
        """Return what git prints; empty if it fails."""
        done = self._run(*words)
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""

    def _commit(self) -> str:
        asked = f"{self._ref}^{{commit}}".replace("\0", "?")  # Neither is in any name of git's.
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", asked)
        found = done.stdout.decode("ascii", "replace").strip()
        if done.returncode != 0 or not _COMMIT.fullmatch(found):
            where = self._repository.name
            raise FileError(
                NOT_FOUND, said("there is no commit {ref!r} in {where}", ref=self._ref, where=where)
            )
        return found

    def _git(self, *words: str) -> bytes:
        done = self._run(*words)
        if done.returncode != 0:
            why = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
            why = why.replace(str(self._repository), self._repository.name)
            raise FileError(
                NOT_READ,
                said("git cannot read {name}: {why}", name=self._repository.name, why=why),
            )
        return done.stdout

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        folder = self._folder()
        command = ["git", "--no-pager", "--no-replace-objects", f"--git-dir={folder}", *words]
        try:
            return subprocess.run(
                command,
                cwd=self._repository,
                env=_git_environment(folder),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_GIT_S,
            )
        except FileNotFoundError:
            raise FileError(
                NOT_READ, said("git is not installed, so no commit can be read")
            ) from None
        except subprocess.TimeoutExpired:
            raise FileError(
                NOT_READ, said("git did not answer for {limit_s:g} s", limit_s=_GIT_S)
            ) from None

    def _folder(self) -> Path:
        """Return the folder of git's own files: never another repository's."""
        name, inside = self._repository.name, self._repository / ".git"
        if os.path.lexists(inside) and (inside.is_symlink() or not inside.is_dir()):
            raise FileError(
                NOT_READ,
                said("{name}/.git is not a folder, so it is another repository", name=name),
            )
        folder = inside if inside.is_dir() else self._repository
        if not (folder / "HEAD").is_file():
            raise FileError(NOT_FOUND, said("{name} is not a git repository", name=name))
        return folder


def _places(file: str) -> tuple[str, str]:
    """Return where a lesson's file may be in a repository."""
    return f"exercises/{file}", file


def _git_environment(folder: Path) -> dict[str, str]:
    """Return an environment in which git only reads one repository and starts nothing."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return ours | {
        "GIT_ALLOW_PROTOCOL": "none",  # A missing object may be fetched, by any command.
        "GIT_COMMON_DIR": str(folder),  # Or a file in it could name another repository.
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def root_in(path: Path) -> Path | None:
    """Return the folder in ``path`` that holds ``lessonNN`` folders, or None."""
    for root in (path / "exercises", path):
        if not root.is_symlink() and root.is_dir() and _holds_lessons(root):
            return root
    return None


def is_lesson_folder(path: Path) -> bool:
    """Return True for a name like ``lesson08``."""
    return _LESSON_FOLDER.fullmatch(path.name) is not None


def _holds_lessons(root: Path) -> bool:
    try:
        return any(is_lesson_folder(entry) for entry in root.iterdir())
    except OSError:
        return False


def _too_large(file: str, max_bytes: int) -> FileError:
    return FileError(
        UNUSABLE, said("{file} is larger than {max_bytes} bytes", file=file, max_bytes=max_bytes)
    )
