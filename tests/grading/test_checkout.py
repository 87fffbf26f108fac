"""What the paths of a command mean, and which files are taken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from threadlings.cells import Limits
from threadlings.handed_in import FileError, find_checkouts
from threadlings.manifest import Lesson, Task
from threadlings.usage import UsageError

LESSON = Lesson(8, "locks", "Lock", (Task(1, "Counter", 10),))


def _file(folder: Path, *parts: str) -> Path:
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x = 1\n")
    return path


def _source(path: Path, limits: Limits | None = None) -> bytes:
    (checkout,) = find_checkouts([path])
    return checkout.source_of(LESSON, limits or Limits())


@pytest.mark.parametrize("inside", ["ada/exercises/lesson08", "ada/lesson08"])
def test_a_checkout_and_a_folder_of_lessons_are_both_found(tmp_path: Path, inside: str) -> None:
    _file(tmp_path, inside, "locks.py")
    (checkout,) = find_checkouts([tmp_path / "ada"])
    assert checkout.name == "ada"
    assert checkout.has(LESSON)
    assert checkout.source_of(LESSON, Limits()) == b"x = 1\n"


def test_a_lesson_folder_is_only_that_lesson(tmp_path: Path) -> None:
    _file(tmp_path, "ada", "lesson08", "locks.py")
    (checkout,) = find_checkouts([tmp_path / "ada" / "lesson08"])
    assert checkout.name == "ada/lesson08"
    assert checkout.has(LESSON)
    assert not checkout.has(Lesson(5, "thread_join", "join", ()))


def test_the_current_folder_has_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _file(tmp_path, "한글 name", "lesson08", "locks.py")
    monkeypatch.chdir(tmp_path / "한글 name")
    assert find_checkouts([Path(".")])[0].name == "한글 name"


def test_equal_names_are_told_apart(tmp_path: Path) -> None:
    paths = [tmp_path / section / "ada" for section in ("red", "blue")]
    for path in paths:
        _file(path, "lesson08", "locks.py")
    names = [checkout.name for checkout in find_checkouts([*paths, paths[0]])]
    assert names[1] == "blue/ada"
    assert len(set(names)) == 3


def test_paths_that_cannot_be_graded_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    _file(tmp_path, "file.py")
    for name, message in [
        ("nowhere", "does not exist"),
        ("file.py", "is a file: give the folder"),
        ("empty", "holds nothing to grade"),
    ]:
        with pytest.raises(UsageError, match=message):
            find_checkouts([tmp_path / name])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "lesson08").mkdir()
    with pytest.raises(FileError, match=r"^no file lesson08/locks\.py$") as caught:
        _source(tmp_path)
    assert caught.value.status == "missing"


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links and pipes")
def test_only_a_regular_file_is_taken(tmp_path: Path) -> None:
    solution = _file(tmp_path, "solutions", "lesson08", "locks.py")
    paths = {name: tmp_path / name / "lesson08" / "locks.py" for name in ("link", "pipe", "folder")}
    for path in paths.values():
        path.parent.mkdir(parents=True)
    paths["link"].symlink_to(solution)
    os.mkfifo(paths["pipe"])
    paths["folder"].mkdir()
    with pytest.raises(FileError, match="is a symbolic link"):
        _source(tmp_path / "link")
    for name in ("pipe", "folder"):
        with pytest.raises(FileError, match="is not a regular file"):
            _source(tmp_path / name)


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_lesson_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    _file(tmp_path, "solutions", "lesson08", "locks.py")
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "lesson08").symlink_to(tmp_path / "solutions" / "lesson08")
    with pytest.raises(FileError, match="lesson08 is a symbolic link, not a folder"):
        _source(tmp_path / "ada")


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    _file(tmp_path, "lesson08", "locks.py")
    with pytest.raises(FileError, match=r"locks\.py is larger than 5 bytes"):
        _source(tmp_path, Limits(source_bytes=5))
