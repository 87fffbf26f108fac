"""What each edition holds, and what it must not hold: the one table of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeVar

STUBS, SOLUTIONS = "exercises/", "solutions/"
GRADERS, TESTS = "graders/lesson*", "tests/*"
SHARED_LINES = ".github/shared-lines.toml"
"""The file that says which lines public and hidden files share on purpose."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class Edition:
    """A part of the instructor's repository that is published as a branch of its own.

    Attributes:
        name: The branch.
        holds: Where in the branch, and from where in the repository: a file, or a folder with
            all that is in it. What is not there is left out.
        hidden: Patterns of the files of which nothing may be in it.
        apart: Patterns of those of them of which it may not have three lines of code either.
        is_for_students: True if it is pushed without being named.
    """

    name: str
    holds: Mapping[str, str]
    hidden: tuple[str, ...]
    apart: tuple[str, ...]
    is_for_students: bool = False

    def files(self, of: Mapping[str, _T]) -> dict[str, _T]:
        """Choose and rename the files of a commit that are in this edition."""
        chosen = {}
        for target, source in self.holds.items():
            for path, file in of.items():
                if path == source or path.startswith(f"{source}/"):
                    chosen[target + path.removeprefix(source)] = file
        return dict(sorted(chosen.items()))


STUDENT = Edition(
    "student",
    {
        ".devcontainer": ".devcontainer",
        ".github/workflows/feedback.yml": ".github/workflows/feedback.yml",
        ".gitignore": ".gitignore",
        ".vscode": ".vscode",
        "README.ko.md": ".github/student/README.ko.md",
        "README.md": ".github/student/README.md",
        "exercises": "exercises",
        "graders/threadlings": "graders/threadlings",
        "pyproject.toml": "pyproject.toml",
    },
    hidden=(GRADERS, f"{SOLUTIONS}*", TESTS),
    apart=(GRADERS, f"{SOLUTIONS}*", TESTS),
    is_for_students=True,
)
SOLUTION = Edition(
    "solutions",
    {"README.md": ".github/solutions/README.md", "solutions": "solutions"},
    hidden=(GRADERS, TESTS),
    apart=(GRADERS,),  # The tests' right and wrong programs are made from the solutions.
)
EDITIONS = {edition.name: edition for edition in (STUDENT, SOLUTION)}


def chosen(names: Sequence[str], *, for_pushing: bool) -> list[Edition]:
    """Return the editions of these names; of none: all, or those to be pushed unnamed."""
    if names:
        return [edition for name, edition in EDITIONS.items() if name in names]
    return [edition for edition in EDITIONS.values() if edition.is_for_students or not for_pushing]


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Return True if one of the patterns is about this file; ``*`` goes through folders."""
    return any(fnmatchcase(path, pattern) for pattern in patterns)
