"""Which steps of a run tell something, of the many that the engine records."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from ..engine import MAIN, Run, Step, Thing

_ACCESSES = ("reads", "writes")
_THREAD = "Thread"
"""The kind of the event by which a thread says that it has started."""
_CONTENTS = "items"
"""How the engine calls what is in a container as a whole."""


@dataclass(frozen=True)
class Telling:
    """Chooses the steps of a picture.

    Attributes:
        files: Names of the files that are shown; what is done elsewhere is left out.
        shared: Names that two threads access, and one of them writes while there are several;
            others are left out.
        with_main: True if the main thread's steps are shown too.
    """

    files: Collection[str]
    shared: Collection[str | Thing]
    with_main: bool

    @classmethod
    def of(cls, runs: Iterable[Run], files: Collection[str], *, with_main: bool) -> Telling:
        """Return what tells something in these runs of one program."""
        users: dict[str | Thing, set[str]] = {}
        written: set[str | Thing] = set()
        for run in runs:
            others_began = False
            for step in run.steps:
                if step.action in _ACCESSES and _is_of_program(step, files):
                    others_began = others_began or step.thread != MAIN
                    users.setdefault(step.what, set()).add(step.thread)
                    if step.action == "writes" and others_began:
                        written.add(step.what)
        shared = {name for name in written if len(users[name]) > 1}
        return cls(files, shared, with_main)

    def chosen(self, steps: Iterable[Step]) -> list[Step]:
        """Return the steps of the picture: what ``print`` wrote in parts is one of them."""
        chosen: list[Step] = []
        for step in steps:
            if not self._tells(step):
                continue
            before = chosen[-1] if chosen else None
            if before is not None and _goes_on(before, step):
                chosen[-1] = replace(before, what=f"{before.what}{step.what}")
            elif before is None or not _repeats(before, step):
                chosen.append(step)
        printed = [_without_line_end(step) for step in chosen]
        return [step for step in printed if step.action != "prints" or step.what]

    def _tells(self, step: Step) -> bool:
        if not _is_of_program(step, self.files):
            return False
        if step.thread == MAIN and not self.with_main:
            return False
        if step.action in _ACCESSES:
            return step.what in self.shared and not (step.value or "").startswith("<")
        if not isinstance(step.what, Thing):
            return True
        return step.action != "frees" if step.what.is_end else step.what.kind != _THREAD


def _is_of_program(step: Step, files: Collection[str]) -> bool:
    place = step.place
    return place is not None and place.file in files and place.function != "<module>"


def _goes_on(before: Step, step: Step) -> bool:
    """Return True if a step writes on in the line of output that the step before began."""
    return (
        (before.action, before.thread, before.place) == ("prints", step.thread, step.place)
        and step.action == "prints"
        and not str(before.what).endswith("\n")
    )


def _repeats(before: Step, step: Step) -> bool:
    """Return True if a step is the one before once more, or looks into what that one read."""
    if step.action != "reads" or before.action != "reads":
        return False
    same = (before.thread, before.value, before.place) == (step.thread, step.value, step.place)
    return same and step.what in (before.what, _CONTENTS)


def _without_line_end(step: Step) -> Step:
    return replace(step, what=str(step.what).rstrip("\n")) if step.action == "prints" else step
