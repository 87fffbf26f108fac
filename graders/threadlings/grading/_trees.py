"""Where a student's files are read from: a folder, or a commit of a git repository.

A commit's files are read as data: nothing is checked out, and nothing of the repository's own
configuration is run.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
from pathlib import Path
from typing import Protocol

_LESSON_FOLDER = re.compile(r"lesson\d\d")
_GIT_S = 60.0
"""Seconds that git may take for one file of a repository on this machine."""


class FileError(Exception):
    """There is no file to grade; ``status`` is the lesson's, the text is for the student."""

    def __init__(self, status: str, message: str) -> None:
        super().__init__(message)
        self.status = status


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
        if path.parent.is_symlink():
            raise FileError("unusable", f"{path.parent.name} is a symbolic link, not a folder")
        try:
            kind = path.lstat().st_mode
            if stat.S_ISLNK(kind):
                raise FileError("unusable", f"{file} is a symbolic link, not a file")
            if not stat.S_ISREG(kind):
                raise FileError("unusable", f"{file} is not a regular file")
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            with open(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as stream:
                data = stream.read(max_bytes + 1)
        except (FileNotFoundError, NotADirectoryError):
            raise FileError("missing", f"no file {file}") from None
        except OSError as error:
            raise FileError("unusable", f"{file} cannot be read: {error.strerror}") from None
        return _not_too_large(data, file, max_bytes)


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
        for path in (f"exercises/{file}", file):
            listed = self._git("ls-tree", "-l", "-z", commit, "--", path)
            if not listed:
                continue
            mode, kind, _name, size = listed.split(b"\0")[0].split(b"\t")[0].split()
            if kind != b"blob" or not mode.startswith(b"100"):
                raise FileError("unusable", f"{file} is not a regular file")
            if int(size) > max_bytes:
                return _not_too_large(b" " * (max_bytes + 1), file, max_bytes)
            return self._git("cat-file", "blob", f"{commit}:{path}")
        raise FileError("missing", f"no file {file} in {self._ref}")

    def _commit(self) -> str:
        if self._ref.startswith("-"):
            raise FileError("missing", f"{self._ref!r} is not the name of a commit")
        asked = f"{self._ref}^{{commit}}"
        try:
            found = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", asked)
        except FileError:
            where = self._repository.name
            raise FileError("missing", f"there is no commit {self._ref!r} in {where}") from None
        return found.decode("ascii").strip()

    def _git(self, *words: str) -> bytes:
        command = ["git", "--no-pager", "--no-replace-objects", "-C", str(self._repository), *words]
        environment = os.environ | {
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_COUNT": "1",  # The repository may belong to another user: it is only read.
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
        }
        try:
            done = subprocess.run(command, env=environment, capture_output=True, timeout=_GIT_S)
        except FileNotFoundError:
            raise FileError("unusable", "git is not installed, so no commit can be read") from None
        except subprocess.TimeoutExpired:
            raise FileError("unusable", f"git did not answer for {_GIT_S:g} s") from None
        if done.returncode != 0:
            why = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
            raise FileError("unusable", f"git cannot read {self._repository.name}: {why}")
        return done.stdout


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


def _not_too_large(data: bytes, file: str, max_bytes: int) -> bytes:
    if len(data) > max_bytes:
        raise FileError("unusable", f"{file} is larger than {max_bytes} bytes")
    return data
