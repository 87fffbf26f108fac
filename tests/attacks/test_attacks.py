"""Whatever a student's file tries: no point, no harm to others, and nothing of it is left.

What only forges points does so inside its process; a sandbox changes nothing about that.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.grading.conftest import MANIFEST, RIGHT
from threadlings import manifest
from threadlings.cells import MEBIBYTE, Limits, find_sandbox, why_no_sandbox

from ._class import Attack, Class, attacks_in

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
POINTS = attacks_in(HERE / "points")
HARM = attacks_in(HERE / "harm")

FLAGGED_ONLY = {
    "forged_frames_with_the_mark": "what writes the answer lives in the same process",
    "lock_that_does_nothing": "the library is put back, and with its lock the program is right",
}
"""Attacks that forge evidence from inside; a person has to look at them (``flags.py``)."""

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="cells are no forks here"),
]
sandboxed = pytest.mark.skipif(find_sandbox() is None, reason=f"no sandbox: {why_no_sandbox()}")


def _lesson08(root: Path, attacks: list[Attack]) -> tuple[Class, list[str]]:
    """Make a class of attacks between two right submissions, and beside it what is hidden."""
    (lesson,) = (lesson for lesson in manifest.read() if lesson.folder == "lesson08")
    for tree in ("graders", "solutions"):
        shutil.copytree(ROOT / tree / lesson.folder, root / tree / lesson.folder)
    solution = (ROOT / "solutions" / lesson.file).read_text()
    another = ROOT / "tests" / "submissions" / "lesson08" / "right" / "reentrant_locks.py"
    return _handed_in(Class(root, lesson, root / "graders"), attacks, solution, another.read_text())


def _tiny(root: Path, attacks: list[Attack], limits: Limits) -> tuple[Class, list[str]]:
    (root / "lessons.toml").write_text(MANIFEST)
    hidden = root / "graders" / "lesson01"
    hidden.mkdir(parents=True)
    shutil.copy(HERE / "grade_tiny.py", hidden)
    (lesson,) = manifest.read(root / "lessons.toml")
    return _handed_in(Class(root, lesson, root / "graders", limits), attacks, RIGHT, RIGHT)


def _handed_in(
    students: Class, attacks: list[Attack], first: str, last: str
) -> tuple[Class, list[str]]:
    right = {"a_right": first, "z_right": last}
    for name, source in [*right.items(), *((attack.name, attack.source) for attack in attacks)]:
        students.hand_in(name, source)
    return students, [*right]


QUICK = Limits(cpu_s=1, deadline_s=20.0, memory_bytes=1024 * MEBIBYTE)


@sandboxed
def test_no_attack_earns_a_point_of_lesson_8(tmp_path: Path) -> None:
    students, right = _lesson08(tmp_path, POINTS)
    graded = students.grade(find_sandbox())
    assert list(graded.problems(POINTS, right)) == []
    assert [name for name in FLAGGED_ONLY if not graded.lessons[name].flags] == []


@sandboxed
def test_no_attack_does_harm(tmp_path: Path) -> None:
    students, right = _tiny(tmp_path, HARM, QUICK)
    assert list(students.grade(find_sandbox()).problems(HARM, right)) == []


def test_no_attack_does_harm_where_there_is_no_sandbox(tmp_path: Path) -> None:
    attacks = [attack for attack in HARM if not attack.needs_sandbox]
    students, right = _tiny(tmp_path, attacks, QUICK)
    assert list(students.grade(None).problems(attacks, right)) == []


def test_every_point_that_is_not_deserved_is_known() -> None:
    got = {attack.name for attack in POINTS if attack.points}
    assert got == FLAGGED_ONLY.keys()
