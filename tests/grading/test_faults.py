"""What goes wrong in a night: each is one clear line, and the rest of the class is graded."""

from __future__ import annotations

import errno
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from threadlings import cli, usage
from threadlings.judging.grader import end_free

from .conftest import RIGHT, School

FILE = Path("exercises", "lesson01", "tiny.py")


def _run(school: School, *words: str | Path) -> int:
    command = ["grade", "--results", str(school.root / "grades"), *map(str, words)]
    return cli.main(command, lessons_file=school.lessons_file, graders=school.graders)


def _found(file: Path) -> dict[str, tuple[str, str]]:
    book = json.loads(file.read_text("utf-8"))
    lessons = {student["name"]: student["lessons"][0] for student in book["submissions"]}
    return {name: (lesson["status"], lesson["message"]) for name, lesson in lessons.items()}


def _instead(school: School, name: str) -> Path:
    """Return where a student's file would be."""
    file = school.hand_in("", name) / FILE
    file.unlink()
    return file


def test_every_kind_of_file_has_its_line_and_the_rest_is_graded(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = {}

    def expect(name: str, status: str, message: str = "") -> str:
        wanted[name] = (status, message)
        return name

    windows = b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode()
    school.hand_in(windows, expect("bom and crlf", "passed"))
    school.hand_in(RIGHT, expect("홍 길동", "passed"))
    school.hand_in(
        b"x = 1\n# caf\xe9", expect("not utf-8", "not text", "is not utf-8 text, line 2: save it")
    )
    with (school.hand_in("", expect("huge", "unusable", "larger than 1048576 bytes")) / FILE).open(
        "wb"
    ) as huge:
        huge.truncate(50 * 1024 * 1024)
    _instead(school, expect("folder", "unusable", "tiny.py is not a regular file")).mkdir()
    _instead(school, expect("nothing", "missing", "no file lesson01/tiny.py"))
    if os.name != "nt":
        os.mkfifo(_instead(school, expect("pipe", "unusable", "tiny.py is not a regular file")))
        link = _instead(school, expect("link", "unusable", "tiny.py is a symbolic link"))
        link.symlink_to(school.root / "class" / "홍 길동" / FILE)
        device = _instead(school, expect("device", "unusable", "tiny.py is a symbolic link"))
        device.symlink_to("/dev/zero")
        above = school.root / "class" / expect("above", "unusable", "lesson01 is a symbolic link")
        (above / "exercises").mkdir(parents=True)
        (above / "exercises" / "lesson01").symlink_to(
            school.root / "class" / "홍 길동" / "exercises" / "lesson01"
        )
    if sys.platform == "linux":
        school.hand_in(RIGHT, os.fsdecode(b"caf\xe9"))
        expect(r"caf\udce9", "passed")  # Its name is not text, and is shown as Python shows it.
    school.hand_in(RIGHT, expect("z", "passed"))
    book = school.root / "book.json"
    assert _run(school, school.root / "class", "--json", book) == usage.TASKS_LEFT
    found = _found(book)
    assert set(found) == set(wanted)
    for name, (status, message) in wanted.items():
        assert found[name][0] == status, name
        assert message in found[name][1], name
    shown = capsys.readouterr()
    assert "Traceback" not in shown.out + shown.err
    assert all(message in shown.out for _status, message in wanted.values())


def test_a_device_is_not_opened(school: School) -> None:
    file = _instead(school, "ada")
    try:
        os.mknod(file, 0o020666, os.makedev(1, 5))
    except (AttributeError, PermissionError):
        pytest.skip("only root may make a device")
    (submission,) = school.grade(school.root / "class").submissions
    assert str(submission.lessons[0].message) == "lesson01/tiny.py is not a regular file"


def test_a_file_that_may_not_be_read_is_told(school: School) -> None:
    file = school.hand_in(RIGHT, "ada") / FILE
    school.hand_in(RIGHT, "ben")
    file.chmod(0)
    if os.name == "nt" or os.access(file, os.R_OK):
        pytest.skip("to this user every file can be read")
    ada, ben = school.grade(school.root / "class").submissions
    assert str(ada.lessons[0].message) == "lesson01/tiny.py cannot be read: Permission denied"
    assert ben.points == 10


@pytest.mark.parametrize("function", ["open", "lstat"])
def test_a_file_that_cannot_be_read_is_told(
    school: School, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    file = school.hand_in(RIGHT, "ada") / FILE
    school.hand_in(RIGHT, "ben")
    module: Any = os if function == "open" else Path
    real = getattr(module, function)

    def refuse(path: Any, *arguments: Any, **options: Any) -> Any:
        if str(path) in (str(file), str(file.parent)):
            raise OSError(errno.EIO, "Input/output error")
        return real(path, *arguments, **options)

    monkeypatch.setattr(module, function, refuse)
    ada, ben = school.grade(school.root / "class").submissions
    told = "lesson01/tiny.py cannot be read: Input/output error"
    assert (ada.lessons[0].status, str(ada.lessons[0].message)) == ("not read", told)
    assert ben.points == 10


def test_two_students_with_one_name_have_a_line_and_a_file_each(school: School) -> None:
    paths = [school.hand_in(RIGHT, f"{section}/kim") for section in ("red", "blue")]
    roster = school.root / "roster.csv"
    roster.write_text(f"student,path\nkim,{paths[0]}\nkim,{paths[1]}\n")
    book = school.root / "book.json"
    assert _run(school, roster, "--json", book) == usage.DONE
    assert set(_found(book)) == {"kim", "kim (2)"}
    assert len(list((school.root / "grades").glob("*.json"))) == 2


# No space left.


def _full(times: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that finds the disk full so many times."""
    left = times

    def call(*arguments: Any, **options: Any) -> Any:
        nonlocal left
        left -= 1
        if left >= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments, **options)

    return call


def test_room_that_comes_back_is_used(
    school: School, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ada", "ben"):
        school.hand_in(RIGHT, name)
    monkeypatch.setattr(os, "replace", _full(1, os.replace))
    assert _run(school, school.root / "class", "--jobs", "1") == usage.DONE
    assert "cannot be written" not in capsys.readouterr().err
    kept = sorted(path.name for path in (school.root / "grades").iterdir())
    assert kept == [".lock", "ada.json", "ben.json", "gradebook.csv"]


def test_a_full_disk_keeps_what_was_graded_and_tells_the_rest(
    school: School, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    school.hand_in(RIGHT, "ada")
    grades = school.root / "grades"
    assert _run(school, school.root / "class") == usage.DONE
    before = (grades / "ada.json").read_bytes()
    school.hand_in(RIGHT, "ben")
    pages, book = school.root / "pages", school.root / "book.json"
    words = [school.root / "class", "--json", book, "--feedback-for-students", pages]
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", _full(10**6, os.replace))
        capsys.readouterr()
        assert _run(school, *words) == usage.WRONG_USAGE
    shown = capsys.readouterr()
    assert shown.out.count("10/10") == 2
    assert shown.err.splitlines()[-1] == (
        f"threadlings: {grades}, {pages}, {book} cannot be written: No space left on device; "
        "what was written is kept: start again to go on"
    )
    assert sorted(path.name for path in grades.iterdir()) == [".lock", "ada.json", "gradebook.csv"]
    assert (grades / "ada.json").read_bytes() == before
    assert _run(school, *words) == usage.DONE
    assert sorted(_found(book)) == ["ada", "ben"]


def test_what_can_be_written_is_written(
    school: School, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ada, book, real = school.hand_in(RIGHT), school.root / "book.json", os.replace

    def replace(source: str, target: Path) -> None:
        if Path(target).parent == school.root / "grades":
            raise OSError(errno.ENOSPC, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    assert _run(school, ada, "--json", book) == usage.WRONG_USAGE
    assert list(_found(book)) == ["ada"]
    assert "grades cannot be written: No space left" in capsys.readouterr().err


def test_no_room_to_grade_in_is_a_fault_of_ours_for_that_lesson(
    school: School, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ada", "ben"):
        school.hand_in(RIGHT, name)
    book = school.root / "book.json"
    words = [school.root / "class", "--jobs", "1", "--json", book]
    end_free()  # A process that is there already needs no room.
    with monkeypatch.context() as patch:
        patch.setattr("tempfile.TemporaryFile", _full(1, tempfile.TemporaryFile))
        assert _run(school, *words) == usage.OUR_FAULT
    told = ("grader error", "OSError: [Errno 28] No space left on device")
    assert _found(book) == {"ada": told, "ben": ("passed", "")}
    assert "GRADER ERROR, not the student's fault" in capsys.readouterr().out
    assert _run(school, *words) == usage.DONE


def test_a_grader_that_cannot_be_read_is_a_fault_of_ours(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    (school.graders / "lesson01" / "grade_folder.py").mkdir()
    book = school.root / "book.json"
    assert _run(school, school.hand_in(RIGHT), "--json", book) == usage.OUR_FAULT
    assert _found(book)["ada"][0] == "grader error"
    assert "Traceback" not in capsys.readouterr().err


def test_no_room_at_all_is_told_at_once(
    school: School, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ada = school.hand_in(RIGHT)
    monkeypatch.setattr(tempfile, "mkdtemp", _full(10**6, tempfile.mkdtemp))
    assert _run(school, ada) == usage.WRONG_USAGE
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == (
        "threadlings: there is no room to grade in: [Errno 28] No space left on device\n"
    )
