"""Publishing: from one commit, one more commit on the branch of each edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..usage import UsageError
from ._git import Entry, Repository
from ._shared import read_shared
from .contents import SHARED_LINES, Edition
from .leaks import Leak, find_leaks

_REGULAR = ("100644", "100755")


@dataclass(frozen=True)
class Plan:
    """An edition that is ready to be written.

    Attributes:
        edition: Which.
        source: The commit that it is made from.
        branch: The branch of that commit.
        files: What it holds, by path in the edition.
        local: The commit at which the edition's branch is here; None if there is none.
        parent: The commit that it goes on from; None begins a history.
    """

    edition: Edition
    source: str
    branch: str
    files: Mapping[str, Entry]
    local: str | None
    parent: str | None


@dataclass(frozen=True)
class Published:
    """What became of a plan: the edition's commit, and whether it is a new one."""

    plan: Plan
    commit: str
    is_new: bool


def prepare(repository: Repository, editions: Sequence[Edition]) -> list[Plan]:
    """Say what each edition will hold, from the commit that is checked out.

    Raises:
        UsageError: If something is not committed, no branch is checked out, an edition's branch
            is checked out somewhere, or an edition would be empty.
    """
    branch, source = repository.head()
    files = repository.files(source)
    plans = []
    for edition in editions:
        repository.refuse_checked_out(edition.name)
        held = edition.files(files)
        if not held:
            raise UsageError(f"the commit {source[:12]} has no file of the edition {edition.name}")
        local = repository.tip(edition.name)
        plans.append(Plan(edition, source, branch, held, local, parent=local))
    return plans


def leaks_of(repository: Repository, plans: Sequence[Plan]) -> list[Leak]:
    """Look for anything hidden in what the plans would publish, and have published before.

    Raises:
        UsageError: If the list of shared lines cannot be read.
    """
    found = []
    for plan in plans:
        entries = repository.files(plan.source)
        files = repository.read(entries)
        shared = read_shared(files.get(SHARED_LINES, b""))
        found += find_leaks(plan.edition, files, shared)
        found += [
            Leak(path, "a link or a submodule; only files are published")
            for path, entry in plan.files.items()
            if entry.mode not in _REGULAR
        ]
        found += history_leaks(repository, plan)
    return found


def history_leaks(repository: Repository, plan: Plan) -> list[Leak]:
    """Look for the contents of files that were hidden in any commit up to the source.

    In the files of the plan, and in all commits that its branch has already. An empty file says
    nothing and is no leak.
    """
    hidden = repository.objects(plan.source, plan.edition.hidden)
    public = {entry.blob: path for path, entry in plan.files.items()}
    if plan.parent is not None:
        past = repository.objects(plan.parent)
        name = plan.edition.name
        public |= {
            blob: f"{path} in a commit of {name}"
            for blob, path in past.items()
            if blob not in public
        }
    shared = repository.blobs_among(hidden.keys() & public.keys())
    return sorted(
        (Leak(public[blob], f"all of {hidden[blob]}") for blob in shared),
        key=lambda leak: leak.path,
    )


def write(repository: Repository, plans: Iterable[Plan]) -> list[Published]:
    """Write the editions as commits, and move all their branches or none.

    An edition whose files are those of its last commit gets no new one.

    Raises:
        UsageError: If git does not know who the user is, or a branch has moved meanwhile.
    """
    repository.refuse_without_identity()
    done = [_write(repository, plan) for plan in plans]
    moved = {
        each.plan.edition.name: (each.plan.local, each.commit)
        for each in done
        if each.commit != each.plan.local
    }
    if moved:
        repository.move(moved)
    return done


def _write(repository: Repository, plan: Plan) -> Published:
    tree = repository.write_tree(plan.files)
    if plan.parent is not None and repository.tree(plan.parent) == tree:
        return Published(plan, plan.parent, is_new=False)
    message = (
        f"Publish the {plan.edition.name} edition\n\n"
        f"Made by threadlings publish from the commit\n{plan.source}.\n"
    )
    return Published(plan, repository.write_commit(tree, plan.parent, message), is_new=True)
