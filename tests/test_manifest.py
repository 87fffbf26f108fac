"""The manifest: what it says of the course, and how it says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from threadlings import manifest
from threadlings.manifest import ManifestError

GOOD = """
[[lesson]]
number = 8
module = "locks"
title = "Lock"
[[lesson.task]]
number = 1
title = "Counter"
points = 10
"""


def test_the_course_has_ten_points_in_each_lesson() -> None:
    lessons = manifest.read()
    assert {lesson.points for lesson in lessons} == {10}
    assert [lesson.number for lesson in lessons] == sorted(lesson.number for lesson in lessons)


def test_a_lesson_knows_its_folder_and_file(tmp_path: Path) -> None:
    (lesson,) = _read(tmp_path, GOOD)
    assert (lesson.folder, lesson.file) == ("lesson08", "lesson08/locks.py")
    assert lesson.tasks == (manifest.Task(1, "Counter", 10),)


def test_a_lesson_may_name_what_its_cells_have_ready(tmp_path: Path) -> None:
    (lesson,) = _read(tmp_path, GOOD.replace("number = 8", 'number = 8\nimports = ["json"]'))
    assert lesson.imports == ("json",)
    assert _read(tmp_path, GOOD)[0].imports == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("points = 10", "points = 9"), "lesson 8: the points of its tasks sum to 9, not 10"),
        (("number = 8", 'number = "8"'), "a lesson: number must be a whole number above 0"),
        (("number = 8", "number = true"), "a lesson: number must be a whole number above 0"),
        (("points = 10", ""), "lesson 8: task 1: points must be a whole number above 0"),
        (("number = 8", 'number = 8\nimports = "json"'), "imports must be a list of texts, not 'j"),
        (('module = "locks"', ""), "lesson 8: module must be a text, not None"),
        (('"locks"', '"my locks"'), "module 'my locks' is not the name of a Python module"),
        (("[[lesson.task]]", "[lesson.task]"), r"lesson 8 has no \[\[task\]\] tables"),
        (("[[lesson]]", "[lesson]"), r"has no \[\[lesson\]\] tables"),
        (("number = 8", "number ="), "cannot be read"),
    ],
)
def test_a_wrong_manifest_is_refused_with_the_place(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    with pytest.raises(ManifestError, match=message):
        _read(tmp_path, GOOD.replace(*change))


def test_a_lesson_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="lesson 8 is there twice"):
        _read(tmp_path, GOOD + GOOD)


def test_a_task_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    task = '[[lesson.task]]\nnumber = 1\ntitle = "again"\npoints = 5\n'
    with pytest.raises(ManifestError, match="lesson 8: task 1 is there twice"):
        _read(tmp_path, GOOD.replace("points = 10", "points = 5") + task)


def test_a_manifest_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"lessons.toml cannot be read"):
        manifest.read(tmp_path / "lessons.toml")


def _read(folder: Path, text: str) -> tuple[manifest.Lesson, ...]:
    path = folder / "lessons.toml"
    path.write_text(text)
    return manifest.read(path)
