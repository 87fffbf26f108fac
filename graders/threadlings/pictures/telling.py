"""Which steps of a run tell something, of the many that the engine records."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..engine import Run, Step
from ..engine.run import MAIN

_ACCESSES = ("reads", "writes")
_END_OF = "the end of "
_THREAD = "the Thread made at "
"""How the engine calls the event by which a thread says that it has started."""


@dataclass(frozen=True)
class Telling:
    """Chooses the steps of a picture.

    Attributes:
        files: Names of the files that are shown; what is done elsewhere is left out.
        shared: Names that two threads access and one of them writes; others are left out.
        with_main: True if the main thread's steps are shown too.
    """

    files: Collection[str]
    shared: Collection[str]
    with_main: bool

    @classmethod
    def of(cls, runs: Iterable[Run], files: Collection[str], *, with_main: bool) -> Telling:
        """Return what tells something in these runs of one program."""
        users: dict[str, set[str]] = {}
        written: set[str] = set()
        for run in runs:
            for step in run.steps:
                if step.action in _ACCESSES and _is_of_program(step, files):
                    users.setdefault(step.what, set()).add(step.thread)
                    if step.action == "writes":
                        written.add(step.what)
        shared = {name for name in written if len(users[name]) > 1}
        return cls(files, shared, with_main)

    def tells(self, step: Step) -> bool:
        """Return True if the step is part of the picture."""
        if not _is_of_program(step, self.files):
            return False
        if step.thread == MAIN and not self.with_main:
            return False
        if step.action in _ACCESSES:
            return step.what in self.shared and not (step.value or "").startswith("<")
        if step.what.startswith(_END_OF):
            return step.action != "frees"
        return not step.what.startswith(_THREAD)


def _is_of_program(step: Step, files: Collection[str]) -> bool:
    place = step.place
    return place is not None and place.file in files and place.function != "<module>"
