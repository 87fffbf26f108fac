"""A class of attacks, graded beside right submissions, and what is left of it afterwards."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from threadlings.cells import Limits, Sandbox, _process_tree
from threadlings.gradebook import LessonGrade
from threadlings.handed_in import find_checkouts
from threadlings.judging import Results, grading
from threadlings.judging.grader import end_free
from threadlings.manifest import Lesson

WATCHED = "WATCHED"
"""Stands in an attack for the folder with everything that it must neither read nor change."""

MOST_SHOWN = 20_000
"""Characters that one submission may put into a gradebook."""


@dataclass(frozen=True)
class Attack:
    """A student's file that attacks the grader.

    Its docstring says what it tries; ``# told: PATTERN`` what the student is told, so that it
    is known to have failed for that and not by accident; ``# points: N`` what it gets, if that is
    not 0 (``none`` after a grader error); ``# sandbox: yes`` that only a sandbox holds it.
    """

    name: str
    source: str

    @property
    def told(self) -> str:
        return self._noted("told", "")

    @property
    def points(self) -> int | None:
        noted = self._noted("points", "0")
        return None if noted == "none" else int(noted)

    @property
    def needs_sandbox(self) -> bool:
        return self._noted("sandbox", "no") == "yes"

    def _noted(self, key: str, default: str) -> str:
        found = re.search(rf"^# {key}: (.*)$", self.source, re.MULTILINE)
        return found[1] if found else default


def attacks_in(folder: Path) -> list[Attack]:
    """Return the attacks of a folder, in order of their names."""
    return [Attack(path.stem, path.read_text()) for path in sorted(folder.glob("*.py"))]


@dataclass
class Class:
    """What students handed in for one lesson, in a folder that is watched.

    Attributes:
        root: A folder of the test's; what attacks must leave alone is in it.
        lesson: The lesson.
        graders: The folder of its hidden graders.
        limits: What each check may use.
    """

    root: Path
    lesson: Lesson
    graders: Path
    limits: Limits = field(default_factory=Limits)

    def hand_in(self, name: str, source: str) -> Path:
        """Make a student's checkout; return the folder of the lesson in it."""
        file = self.root / "class" / name / "exercises" / self.lesson.file
        file.parent.mkdir(parents=True)
        file.write_text(source.replace(WATCHED, str(self.root)), encoding="utf-8")
        return file.parent

    def grade(self, sandbox: Sandbox | None) -> Graded:
        """Grade everybody, and look for what is left running or was changed."""
        before = _contents(self.root)
        scratch = Path(tempfile.mkdtemp(prefix="a", dir="/tmp"))  # Short: sockets are made in it.
        results = self.root / "results"
        with _temporary(scratch), _found(sandbox), _processes_left() as running:
            book = grading.grade(
                find_checkouts([self.root / "class"]),
                [self.lesson],
                self.graders,
                limits=self.limits,
                jobs=2,
                results=Results(results),
            )
            end_free()
        left = [str(path) for path in scratch.iterdir()]
        shutil.rmtree(scratch, ignore_errors=True)
        written = {str(results / f"{submission.name}.json") for submission in book.submissions}
        changed = sorted(
            path
            for path, _content in before ^ _contents(self.root)
            if path not in written | {str(results)}
        )
        lessons = {submission.name: submission.lessons[0] for submission in book.submissions}
        changed += [
            f"{results}: the result of {name}"
            for name, lesson in lessons.items()
            if _kept(results / f"{name}.json") != json.loads(json.dumps(lesson.as_data()))
        ]
        return Graded(lessons, running, changed + left)


@dataclass(frozen=True)
class Graded:
    """A class after it was graded.

    Attributes:
        lessons: The grade of each student.
        running: The command lines of processes that are left.
        changed: Paths that were made, changed or removed and should not have been.
    """

    lessons: dict[str, LessonGrade]
    running: list[str]
    changed: list[str]

    def problems(self, attacks: list[Attack], right: list[str]) -> Iterator[str]:
        """Yield what an attack has got or spoilt."""
        missing = {*right, *(attack.name for attack in attacks)} - self.lessons.keys()
        if missing:
            yield f"no result: {sorted(missing)}"
            return
        for name in right:
            lesson = self.lessons[name]
            if lesson.points != lesson.max_points:
                yield f"{name} is right and lost points: {told(lesson)}"
        for attack in attacks:
            lesson = self.lessons[attack.name]
            if lesson.points != attack.points:
                yield f"{attack.name}: {lesson.points} points, not {attack.points}: {told(lesson)}"
            elif not re.search(attack.told, told(lesson)):
                yield f"{attack.name}: was told {told(lesson)[:300]!r}, not {attack.told!r}"
            if len(told(lesson)) > MOST_SHOWN:
                yield f"{attack.name}: {len(told(lesson))} characters in the gradebook"
        yield from (f"left running: {words}" for words in self.running)
        yield from (f"changed: {path}" for path in self.changed)


def told(lesson: LessonGrade) -> str:
    """Return all that a student is told."""
    reasons = [reason.told()["message"] for task in lesson.tasks for reason in task.reasons]
    return "\n".join([str(lesson.message), *reasons])


def _kept(file: Path) -> dict[str, Any]:
    try:
        (lesson,) = json.loads(file.read_text(encoding="utf-8"))["lessons"]
    except (OSError, ValueError):
        return {}
    return {key: value for key, value in lesson.items() if key not in ("digest", "graded")}


def _contents(folder: Path) -> set[tuple[str, str]]:
    """Return each path below a folder with a digest of what it is."""
    found = set()
    for path in folder.rglob("*"):
        if "__pycache__" in path.parts:  # of the graders, and ours
            continue
        status = path.lstat()
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        what = f"{status.st_mode} {status.st_uid} {hashlib.sha256(data).hexdigest()}"
        found.add((str(path), what))
    return found


@contextmanager
def _temporary(folder: Path) -> Iterator[None]:
    old, tempfile.tempdir = tempfile.tempdir, str(folder)
    old_variable = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = old
        os.environ.pop("TMPDIR")
        if old_variable is not None:
            os.environ["TMPDIR"] = old_variable


@contextmanager
def _found(sandbox: Sandbox | None) -> Iterator[None]:
    old, grading.find_sandbox = grading.find_sandbox, lambda: sandbox
    try:
        yield
    finally:
        grading.find_sandbox = old


@contextmanager
def _processes_left() -> Iterator[list[str]]:
    """Adopt whatever loses its parent meanwhile; list what is still alive at the end, and end it.

    A process that is being killed is not alive: its death is waited for.
    """
    left: list[str] = []
    before = set(_process_tree._children())
    _process_tree.adopt_orphans()
    try:
        yield left
    finally:
        ctypes.CDLL(None).prctl(_process_tree._PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
        for child in set(_process_tree._children()) - before:
            if not _is_dying(child):
                left.append(Path(f"/proc/{child}/cmdline").read_text().replace("\0", " "))
                os.kill(child, 9)
            os.waitpid(child, 0)


def _is_dying(process: int) -> bool:
    status = Path(f"/proc/{process}/status").read_text()
    lines = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    pending = int(lines["SigPnd"], 16) | int(lines["ShdPnd"], 16)
    return lines["State"][0] in "ZX" or bool(pending >> 8 & 1)
