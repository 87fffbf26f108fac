"""The instructor's repository: read and written with git's plumbing.

Neither the index nor the working tree is touched, no hook is run, and nothing depends on the
user's configuration but who the author is.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..usage import UsageError

_TAKEN_OUT = (  # Set by git for its hooks; they would point us to another repository.
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_INDEX_FILE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
)
_SET = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
_FIXED = (
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "i18n.commitEncoding=UTF-8"),
    *("-c", "user.useConfigOnly=true"),
)
_SHOWN = 5
"""So many changed files are named."""


@dataclass(frozen=True)
class Entry:
    """A file in a commit: its mode (``100644``) and the name of its content."""

    mode: str
    blob: str


class GitError(UsageError):
    """git refused; the text is git's own."""


class Repository:
    """A repository whose working tree is ``root``.

    Raises:
        UsageError: If git is missing, or this is not the top folder of a whole repository.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        try:
            top = self.git("rev-parse", "--show-toplevel").strip()
        except GitError as error:
            raise UsageError(f"{root} is not a git repository: {error}") from None
        if not os.path.samefile(top, root):
            raise UsageError(f"{root} is not the top folder of a git repository; {top} is")
        if self.git("rev-parse", "--is-shallow-repository").strip() == "true":
            raise UsageError(
                "this is a shallow clone: its history cannot be checked for hidden files\n"
                "  get all of it: git fetch --unshallow (in a workflow: fetch-depth: 0)"
            )

    def git(self, *words: str, stdin: str = "") -> str:
        """Run a git command and return what it prints.

        Raises:
            GitError: If it fails.
        """
        data = stdin.encode("utf-8", "surrogateescape")
        return self._run(_FIXED, words, data).decode("utf-8", "surrogateescape")

    def git_as_configured(self, *words: str) -> str:
        """Run a git command with the user's hooks, for what talks to another repository."""
        return self._run((), words, b"").decode("utf-8", "surrogateescape")

    def _run(self, options: Iterable[str], words: Iterable[str], stdin: bytes) -> bytes:
        command = ["git", "--no-pager", "-C", str(self.root), *options, *words]
        environment = {k: v for k, v in os.environ.items() if k not in _TAKEN_OUT} | _SET
        try:
            done = subprocess.run(command, env=environment, input=stdin, capture_output=True)
        except FileNotFoundError:
            raise UsageError("git is not installed, or not on the PATH") from None
        if done.returncode != 0:
            told = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
            raise GitError(told or f"git {' '.join(words)} failed")
        return done.stdout

    def head(self) -> tuple[str, str]:
        """Return the branch that is checked out and its commit.

        Raises:
            UsageError: If there is no branch or no commit, or something is not committed.
        """
        try:
            branch = self.git("symbolic-ref", "--short", "HEAD").strip()
        except GitError:
            raise UsageError(
                "no branch is checked out (detached HEAD): git switch main, then publish"
            ) from None
        commit = self.tip(branch)
        if commit is None:
            raise UsageError(f"the branch {branch} has no commit yet: commit, then publish")
        words = ("--porcelain", "-z", "--no-renames", "--untracked-files=normal")
        changed = self.git("status", *words, "--ignore-submodules=none").split("\0")[:-1]
        if changed:
            names = [line[3:] for line in changed[:_SHOWN]]
            if len(changed) > _SHOWN:
                names.append(f"and {len(changed) - _SHOWN} more")
            raise UsageError(
                "some files are not committed, and only commits are published\n  "
                + "\n  ".join(names)
                + "\n  commit them, or put them away with git stash --include-untracked"
            )
        return branch, commit

    def refuse_checked_out(self, branch: str) -> None:
        """Raise UsageError if a working tree has this branch checked out."""
        for block in self.git("worktree", "list", "--porcelain").split("\n\n"):
            lines = block.splitlines()
            if f"branch refs/heads/{branch}" in lines:
                where = lines[0].removeprefix("worktree ")
                raise UsageError(
                    f"the branch {branch} is checked out in {where}, which would no longer match "
                    "it: switch to another branch there"
                )

    def tip(self, branch: str) -> str | None:
        """Return the commit of a branch, or None if there is no such branch."""
        try:
            return self.git("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}").strip()
        except GitError:
            return None

    def tree(self, commit: str) -> str:
        """Return the name of a commit's tree."""
        return self.git("rev-parse", "--verify", f"{commit}^{{tree}}").strip()

    def files(self, commit: str) -> dict[str, Entry]:
        """Return a commit's files by path, links and submodules among them."""
        listed = {}
        for line in self.git("ls-tree", "-r", "-z", "--full-tree", commit).split("\0")[:-1]:
            about, path = line.split("\t", 1)
            mode, _kind, blob = about.split(" ")
            listed[path] = Entry(mode, blob)
        return listed

    def read(self, entries: Mapping[str, Entry]) -> dict[str, bytes]:
        """Return the contents of files by path; submodules are left out."""
        wanted = {path: entry.blob for path, entry in entries.items() if entry.mode != "160000"}
        asked = "\n".join(wanted.values()).encode()
        data = self._run(_FIXED, ("cat-file", "--batch", "--buffer"), asked)
        found, at = {}, 0
        for path in wanted:
            end = data.index(b"\n", at)
            size = int(data[at:end].split(b" ")[2])
            found[path] = data[end + 1 : end + 1 + size]
            at = end + size + 2
        return found

    def objects(self, commit: str, patterns: Iterable[str] = ()) -> dict[str, str]:
        """Return the objects of a commit and all before it, each with a path where it was.

        Args:
            commit: Where to begin.
            patterns: Of the paths to look at; none: all.
        """
        words = ["rev-list", "--objects", "--full-history", commit, "--", *patterns]
        pairs = (line.partition(" ") for line in self.git(*words).splitlines())
        return {name: path for name, _space, path in pairs if path}

    def blobs_among(self, names: Iterable[str]) -> set[str]:
        """Return those of these objects that are files and not empty."""
        asked = "\n".join(sorted(names))
        kinds = self.git(
            "cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)", stdin=asked
        )
        split = (line.split(" ") for line in kinds.splitlines())
        return {name for name, kind, size in split if kind == "blob" and size != "0"}

    def write_tree(self, files: Mapping[str, Entry]) -> str:
        """Write a tree of these files, and return its name."""
        folders: dict[str, dict[str, Entry]] = {}
        lines = []
        for path, entry in files.items():
            folder, _slash, rest = path.partition("/")
            if rest:
                folders.setdefault(folder, {})[rest] = entry
            else:
                lines.append(f"{entry.mode} blob {entry.blob}\t{path}")
        for folder, inside in folders.items():
            lines.append(f"040000 tree {self.write_tree(inside)}\t{folder}")
        return self.git("mktree", "-z", stdin="".join(f"{line}\0" for line in lines)).strip()

    def refuse_without_identity(self) -> None:
        """Raise UsageError if git does not know who makes a commit."""
        try:
            self.git("var", "GIT_AUTHOR_IDENT")
            self.git("var", "GIT_COMMITTER_IDENT")
        except GitError:
            raise UsageError(
                "git does not know whose name the commits should have\n"
                '  git config --global user.name "Your Name"\n'
                "  git config --global user.email you@example.org"
            ) from None

    def write_commit(self, tree: str, parent: str | None, message: str) -> str:
        """Write a commit by the user, and return its name."""
        parents = [] if parent is None else ["-p", parent]
        return self.git("commit-tree", tree, *parents, "-F", "-", stdin=message).strip()

    def move(self, branches: Mapping[str, tuple[str | None, str]]) -> None:
        """Move branches from a commit (None: there is no such branch) to another: all or none.

        Raises:
            UsageError: If one of them is not where it was.
        """
        lines = [
            f"update refs/heads/{branch}\0{new}\0{old or '0' * len(new)}\0"
            for branch, (old, new) in branches.items()
        ]
        try:
            self.git(
                "update-ref", "-m", "threadlings publish", "-z", "--stdin", stdin="".join(lines)
            )
        except GitError as error:
            raise UsageError(
                f"a branch has changed meanwhile, so none was: publish again\n  {error}"
            ) from None
