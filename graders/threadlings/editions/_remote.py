"""Another repository that editions are pushed to."""

from __future__ import annotations

from ..usage import UsageError
from ._git import GitError, Repository

_MOVED = ("(fetch first)", "(non-fast-forward)", "(needs force)")


class Remote:
    """A remote of the instructor's repository, by its name.

    Raises:
        UsageError: If there is no remote of this name.
    """

    def __init__(self, repository: Repository, name: str) -> None:
        known = repository.git("remote").split()
        if name not in known:
            raise UsageError(
                f"there is no remote {name!r}; there is {', '.join(known) or 'none'}\n"
                f"  git remote add {name if name.isidentifier() else 'NAME'} URL"
            )
        self._repository = repository
        self.name = name

    def fetched_tip(self, branch: str) -> str | None:
        """Get a branch's commits, and return the last one; None if there is no such branch.

        No branch of ours is made or moved.
        """
        ref = f"refs/heads/{branch}"
        try:
            listed = self._repository.git("ls-remote", self.name, ref).split()
            if not listed:
                return None
            words = ("--quiet", "--no-tags", "--no-write-fetch-head", self.name, ref)
            self._repository.git("fetch", *words)
        except GitError as error:
            raise UsageError(f"{self.name} cannot be read\n  {error}") from None
        return listed[0]

    def push(self, branch: str, *, force: bool) -> bool:
        """Push a branch under its own name, and no tags.

        Args:
            branch: Which.
            force: True replaces whatever is there.
        Returns:
            True if something was sent; False if it was there already.
        Raises:
            UsageError: If the remote has other commits, or refuses.
        """
        refspec = f"{'+' if force else ''}refs/heads/{branch}:refs/heads/{branch}"
        words = ("push", "--porcelain", "--no-follow-tags", self.name, refspec)
        try:
            told = self._repository.git_as_configured(*words)
        except GitError as error:
            if any(word in str(error) for word in _MOVED):
                raise UsageError(self._moved(branch)) from None
            raise UsageError(f"{branch} could not be pushed to {self.name}\n  {error}") from None
        return not any(line.startswith("=") for line in told.splitlines())

    def _moved(self, branch: str) -> str:
        again = f"threadlings publish --edition {branch} --remote {self.name}"
        return (
            f"{self.name} has commits on {branch} that are not here, so nothing was pushed\n"
            f"  look at them:     git fetch {self.name} {branch} && git log FETCH_HEAD\n"
            f"  go on from them:  git fetch {self.name} +{branch}:{branch} && {again}\n"
            "    (what they changed in files of the edition is published over: bring it to your "
            "own branch first)\n"
            f"  or replace them:  {again} --force"
        )
