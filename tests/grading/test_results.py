"""What was graded is kept, whatever ends the command, and only what changed is graded again."""

from __future__ import annotations

import errno
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grading.gradebooks import reason
from threadlings import cli, manifest, usage
from threadlings.cells import Limits, find_sandbox
from threadlings.flags import Flag
from threadlings.gradebook import LessonGrade, TaskGrade
from threadlings.judging import Results, results
from threadlings.judging.results import what_is_graded
from threadlings.language import Text
from threadlings.usage import UsageError

from ..imports import PACKAGE, reached
from .conftest import School, threads_named

LOGGING_GRADER = '''
import os
import pytest
from threadlings.grading import scenario

@scenario
def who(lesson, pauses):
    if pauses:
        lesson.pause()
    return lesson.WHO

@pytest.mark.task(1)
def test_who(submission):
    """It says who it is."""
    who_it_is = submission.run(who, pauses=os.path.exists("ROOT/pause"))
    with open("ROOT/log", "a") as log:
        log.write(who_it_is + "\\n")

@pytest.mark.task(2)
def test_is_short(submission):
    """Its name is short."""
    assert len(submission.run(who, pauses=False)) < 4, "it is long"
'''
SOURCE = """
import ctypes, signal
WHO = "{who}"

def pause():
    if WHO == "ben":
        ctypes.CDLL(None).prctl(15, b"{name}", 0, 0, 0)
        signal.pause()
"""
COMMAND = """
import os, signal, sys
from pathlib import Path
from threadlings import cli
from threadlings.cells import sandbox

root, when, name, count, is_sandboxed, *words = sys.argv[1:]
real, left = getattr(os, name), int(count)

def fatal(*arguments, **options):
    global left
    left -= 1
    if left == 0 and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    done = real(*arguments, **options)
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return done

setattr(os, name, fatal)
if is_sandboxed == "no":
    sandbox._tried = lambda: (None, "")
root = Path(root)
words = ["grade", str(root / "class"), "--results", str(root / "grades"), *words]
sys.exit(cli.main(words, lessons_file=root / "lessons.toml", graders=root / "hidden"))
"""
NAMES = ("ada", "ben", "dora")
GRADEBOOK = """student,lesson01,points,max_points,flags
ada,10,10,10,2
ben,10,10,10,2
dora,4,4,10,2
"""


@dataclass
class Class:
    """Students whose grader logs whom it grades."""

    school: School

    def __post_init__(self) -> None:
        self.root = self.school.root
        self.grades = self.root / "grades"
        self.cell = f"cell {os.getpid()}"
        self.school.set_grader(LOGGING_GRADER.replace("ROOT", str(self.root)))
        for name in NAMES:
            self.school.hand_in(SOURCE.format(who=name, name=self.cell), name)

    def command(
        self, *words: str, end: tuple[str, str, int] = ("before", "fsync", -1), sandbox: str = "yes"
    ) -> subprocess.Popen[str]:
        """Start the command; ``end`` is a call at which it kills itself."""
        when, call, count = end
        arguments = [str(self.root), when, call, str(count), sandbox, *words]
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str) -> int:
        """Run the command here, to its end."""
        folders = [str(self.root / "class"), "--results", str(self.grades)]
        return cli.main(
            ["grade", *folders, *words],
            lessons_file=self.school.lessons_file,
            graders=self.school.graders,
        )

    def logged(self) -> list[str]:
        """Return who was graded since the last call."""
        log = self.root / "log"
        names = log.read_text().split() if log.exists() else []
        log.write_text("")
        return sorted(names)

    def kept(self) -> list[str]:
        """Return whose results are kept."""
        return sorted(path.stem for path in self.grades.glob("*.json"))

    def assert_goes_on(self) -> None:
        """Start again: only those whose results are not kept are graded, and all is there."""
        kept = self.kept()
        self.logged()
        assert self.run() == usage.TASKS_LEFT
        assert self.logged() == sorted(set(NAMES) - set(kept))
        assert {path.name for path in self.grades.iterdir()} == (
            {".lock", "gradebook.csv"} | {f"{name}.json" for name in NAMES}
        )
        assert (self.grades / "gradebook.csv").read_text("utf-8-sig") == GRADEBOOK


@pytest.fixture
def students(school: School) -> Class:
    """A class of three; dora loses points."""
    return Class(school)


def _files(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.iterdir() if path.name != ".lock"]
    return {path.name: path.read_bytes() for path in files}


# Not graded again.


def test_only_what_changed_is_graded_again(students: Class) -> None:
    assert students.run() == usage.TASKS_LEFT
    assert students.logged() == [*NAMES]
    files = _files(students.grades)
    assert students.run() == usage.TASKS_LEFT
    assert students.logged() == []
    assert _files(students.grades) == files
    students.school.hand_in(SOURCE.format(who="bea", name="x"), "ben")
    assert students.run() == usage.TASKS_LEFT
    assert students.logged() == ["bea"]
    assert students.run("--force", "--jobs", "1") == usage.TASKS_LEFT
    assert students.logged() == ["ada", "bea", "dora"]


LESSON = LessonGrade(
    1,
    "adding",
    "failed",
    4,
    10,
    Text(),
    (TaskGrade(1, "a", 4, 4), TaskGrade(2, "b", 0, 6, (reason("p", "m"),), ("a note",))),
    (Flag("tiny.py", 3, "reads frames"),),
)


def _graded(school: School, **changes: Any) -> dict[str, str]:
    lesson = changes.pop("lesson", manifest.read(school.lessons_file)[0])
    limits = changes.pop("limits", Limits())
    source = changes.pop("source", b"x = 1")
    files = sorted(school.graders.rglob("*.py"))
    how = {"is_sandboxed": True} | changes
    return what_is_graded(source, files, limits, lesson, **how)


def test_a_grade_is_known_again(school: School, tmp_path: Path) -> None:
    graded = _graded(school)
    Results(tmp_path / "new" / "grades").add("ada", graded, LESSON, (("email", "x"),))
    assert Results(tmp_path / "new" / "grades").known("ada", 1, graded) == LESSON
    assert Results(tmp_path / "new" / "grades").known("ada", 2, graded) is None
    assert Results(tmp_path / "new" / "grades").known("ben", 1, graded) is None


@pytest.mark.parametrize(
    "change",
    [
        {"source": b"x = 2"},
        {"limits": Limits(cpu_s=11)},
        {"is_sandboxed": False},
    ],
    ids=str,
)
def test_another_input_is_graded_again(
    school: School, tmp_path: Path, change: dict[str, Any]
) -> None:
    kept = Results(tmp_path / "grades")
    kept.add("ada", _graded(school), LESSON)
    assert kept.known("ada", 1, _graded(school)) == LESSON
    assert kept.known("ada", 1, _graded(school, **change)) is None


def test_another_grader_package_python_or_lesson_is_graded_again(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Results(tmp_path / "grades")
    kept.add("ada", _graded(school), LESSON)
    lesson = replace(manifest.read(school.lessons_file)[0], title="another")
    assert kept.known("ada", 1, _graded(school, lesson=lesson)) is None
    for target, value in [("sys.version", "4.0"), ("sys.platform", "plan9")]:
        with monkeypatch.context() as patch:
            patch.setattr(target, value)
            assert kept.known("ada", 1, _graded(school)) is None
    with monkeypatch.context() as patch:
        patch.setattr(results, "_package_digest", lambda *_: "another")
        assert kept.known("ada", 1, _graded(school)) is None
    assert kept.known("ada", 1, _graded(school)) == LESSON
    school.set_grader(LOGGING_GRADER)
    assert kept.known("ada", 1, _graded(school)) is None


DECIDES = ("cells", "engine", "feedback", "flags", "judging")
TELLS_ONLY = (
    *("actions/plan.py", "cli.py", "editions/leaks.py", "gradebook/exports.py", "lessons.toml"),
    *("gradebook/class_page.py", "gradebook/table.py", "handed_in/roster.py", "pictures/page.py"),
    *("pytest_plugin.py", "self_check.py", "student/overview.py", "verbs/grade.py"),
)


def _is_stale(change: str, copy: Path, monkeypatch: pytest.MonkeyPatch, school: School) -> bool:
    """Return True if a grade is not known any more after a change of a file of the package."""
    shutil.copytree(PACKAGE, copy / "package", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr("threadlings.__file__", str(copy / "package" / "__init__.py"))
    results._package_digest.cache_clear()
    before = _graded(school)
    with (copy / "package" / change).open("a", encoding="utf-8") as file:
        file.write("\n# another remark\n")
    results._package_digest.cache_clear()
    after = _graded(school)
    results._package_digest.cache_clear()
    return before != after


@pytest.mark.parametrize("room", DECIDES)
@pytest.mark.parametrize("which", [0, -1])
def test_a_grade_is_stale_when_what_decided_it_changed(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str, which: int
) -> None:
    change = sorted((PACKAGE / room).rglob("*.py"))[which].relative_to(PACKAGE).as_posix()
    assert _is_stale(change, tmp_path, monkeypatch, school)


@pytest.mark.parametrize(
    "change",
    ["gradebook/cleaning.py", "gradebook/grades.py", "manifest.py"],
)
def test_so_it_is_when_what_its_text_is_made_by_changed(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    assert _is_stale(change, tmp_path, monkeypatch, school)


@pytest.mark.parametrize("change", TELLS_ONLY)
def test_it_is_not_when_what_only_tells_it_changed(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    assert not _is_stale(change, tmp_path, monkeypatch, school)


def test_a_catalogue_regrades_nobody(
    school: School, students: Class, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not _is_stale("language/ko.po", tmp_path, monkeypatch, school)
    monkeypatch.setattr("threadlings.language._choice._chosen", "ko")
    assert students.run() == usage.TASKS_LEFT
    assert students.logged() == [*NAMES]
    (students.root / "hidden" / "lesson01" / "ko.po").write_text(
        'msgid ""\nmsgstr ""\n', encoding="utf-8"
    )
    assert students.run() == usage.TASKS_LEFT
    assert students.logged() == []


DRAWN = {
    "gradebook/telling.py",
    *(f"pictures/{name}.py" for name in ("_phrases", "chart", "source", "terminal", "words")),
}
"""What is kept is drawn with these when it is told; of judging they are asked whether it can be."""


def test_all_that_judging_calls_is_known_to_decide_or_not_to() -> None:
    """What the code of a verdict imports, through the doors of the rooms, is in the key."""
    begin = [PACKAGE / "grading.py", *(PACKAGE / "cells").glob("*.py")]
    begin += [PACKAGE / "judging" / f"{name}.py" for name in ("_grader_process", "marking")]
    found = {path.relative_to(PACKAGE).as_posix() for path in reached(begin)}
    decides = {path.relative_to(PACKAGE).as_posix() for path in results.deciding(PACKAGE)}
    assert found - decides == {"files.py", "folders.py", "usage.py", *DRAWN}


def test_a_fault_of_ours_is_graded_again(school: School, tmp_path: Path) -> None:
    kept = Results(tmp_path / "grades")
    fault = LessonGrade(1, "adding", "grader error", None, 10, Text("KeyError: 1"))
    kept.add("ada", _graded(school), fault)
    assert kept.known("ada", 1, _graded(school)) is None


def test_a_result_says_all_that_it_rests_on(school: School, tmp_path: Path) -> None:
    Results(tmp_path / "grades").add("ada", _graded(school), LESSON, (("email", "a@x.example"),))
    data = json.loads((tmp_path / "grades" / "ada.json").read_text())
    assert (data["schema"], data["name"]) == ("threadlings/results/v2", "ada")
    assert (data["points"], data["max_points"]) == (4, 10)
    assert data["columns"] == [["email", "a@x.example"]]
    (lesson,) = data["lessons"]
    assert lesson["graded"] == _graded(school)
    assert lesson["graded"]["python"] == sys.version
    (found,) = lesson["tasks"][1]["reasons"]
    assert (found["promise"], found["finding"]["text"]) == (["p"], ["m"])


# Damaged files.


def _file(school: School, folder: Path) -> Path:
    Results(folder).add("ada", _graded(school), LESSON)
    return folder / "ada.json"


def _edited(change: Callable[[Any], None]) -> Callable[[bytes], bytes]:
    def edit(text: bytes) -> bytes:
        data = json.loads(text)
        change(data)
        return json.dumps(data).encode()

    return edit


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: b"",
        lambda text: text[: len(text) // 2],
        lambda text: text[:-3],
        lambda text: b"\xff" + text,
        lambda text: text.replace(b"results/v2", b"results/v1"),
        lambda text: text.replace(b'"name": "ada"', b'"name": "ben"'),
        lambda text: b"[]",
        lambda text: b"null",
        lambda text: b"[" * 100_000,
        _edited(lambda data: data.update(lessons=5)),
        _edited(lambda data: data.update(lessons=[5])),
        _edited(lambda data: data["lessons"][0].update(points="10")),
        _edited(lambda data: data["lessons"][0].update(points=10)),
        _edited(lambda data: data["lessons"][0].update(tasks=None)),
        _edited(lambda data: data["lessons"][0].pop("flags")),
        _edited(lambda data: data["lessons"][0]["tasks"][1].update(points=6)),
    ],
)
def test_a_damaged_result_is_graded_again(
    school: School, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    file = _file(school, tmp_path / "grades")
    file.write_bytes(damage(file.read_bytes()))
    kept = Results(tmp_path / "grades")
    assert kept.known("ada", 1, _graded(school)) is None
    kept.add("ada", _graded(school), LESSON)
    assert Results(tmp_path / "grades").known("ada", 1, _graded(school)) == LESSON


@settings(deadline=None)
@given(data=st.data())
def test_no_damage_changes_a_grade(data: st.DataObject, tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("damage")
    graded = {"source": "a", "python": "3"}
    Results(folder).add("ada", graded, LESSON)
    text = bytearray((folder / "ada.json").read_bytes())
    at = data.draw(st.integers(0, len(text) - 1))
    text[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    (folder / "ada.json").write_bytes(text)
    assert Results(folder).known("ada", 1, graded) in (LESSON, None)


# Two at a time.


def test_two_gradings_into_one_folder_refuse_each_other(
    students: Class, capsys: pytest.CaptureFixture[str]
) -> None:
    with Results(students.grades).opened():
        assert students.run() == usage.WRONG_USAGE
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == (
        f"threadlings: another grading is at work in {students.grades}: wait for it, or choose "
        "another folder with --results\n"
    )
    assert students.logged() == []
    with Results(students.grades).opened():
        pass


@pytest.mark.skipif(os.name == "nt", reason="has no such locks")
def test_a_folder_that_cannot_be_locked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(results.fcntl, "flock", refuse)
    with (
        pytest.raises(UsageError, match="cannot be locked: No locks available"),
        Results(tmp_path / "grades").opened(),
    ):
        pass


def test_an_interruption_on_a_full_disk_does_not_say_that_all_is_kept(
    students: Class, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_arguments: object, **options: Any) -> None:
        options["results"].add("ada", {}, LESSON)
        raise KeyboardInterrupt

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("threadlings.verbs.grade.grade", interrupted)
    monkeypatch.setattr(os, "replace", full)
    assert students.run() == usage.INTERRUPTED
    assert capsys.readouterr().err == (
        "threadlings: interrupted; not all lessons that were done are kept: "
        f"{students.grades} cannot be written: No space left on device\n"
    )


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "file" / "grades"):
        with pytest.raises(UsageError, match="cannot be written"), Results(path).opened():
            pass


# Ended from outside.

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.mark.skipif(os.name == "nt", reason="kills with a signal")
@pytest.mark.parametrize(
    ("end", "kept"),
    [
        (("before", "fsync", 1), 0),
        (("after", "replace", 1), 1),
        (("before", "replace", 4), 3),
    ],
    ids=str,
)
def test_a_kill_at_any_moment_loses_nothing(
    students: Class, end: tuple[str, str, int], kept: int
) -> None:
    command = students.command(end=end)
    command.communicate()
    assert command.returncode == -signal.SIGKILL
    assert len(students.kept()) == kept
    students.assert_goes_on()


def _wait_until(holds: Callable[[], object], at_most_s: float = math.inf) -> None:
    end_s = time.monotonic() + at_most_s
    while not holds() and time.monotonic() < end_s:
        time.sleep(0.01)
    assert holds()


@linux
@pytest.mark.parametrize(
    ("name", "sandbox"),
    [
        ("SIGKILL", "yes"),
        ("SIGKILL", "no"),
        ("SIGTERM", "yes"),
        ("SIGINT", "yes"),
    ],
)
def test_a_signal_leaves_no_cell_and_loses_nothing(
    students: Class, name: str, sandbox: str
) -> None:
    number = signal.Signals[name]
    (students.root / "pause").touch()
    command = students.command("--jobs", "2", sandbox=sandbox)
    _wait_until(lambda: students.kept() == ["ada", "dora"] and threads_named(students.cell))
    command.send_signal(number)
    out, err = command.communicate()
    _wait_until(lambda: not threads_named(students.cell), 40.0)  # Its deadline is 60 s.
    assert students.kept() == ["ada", "dora"]
    assert out == ""
    if number == signal.SIGINT:
        assert command.returncode == usage.INTERRUPTED
        assert f"interrupted; the lessons that were done are kept in {students.grades}" in err
    else:
        assert command.returncode == -number
    (students.root / "pause").unlink()
    if sandbox == "yes" and find_sandbox() is not None:
        students.assert_goes_on()


@linux
def test_an_interruption_does_not_replace_a_grade(students: Class) -> None:
    assert students.run() == usage.TASKS_LEFT
    before = _files(students.grades)
    (students.root / "pause").touch()
    command = students.command("--force", "--jobs", "2")
    _wait_until(lambda: threads_named(students.cell))
    command.send_signal(signal.SIGINT)
    _, err = command.communicate()
    assert command.returncode == usage.INTERRUPTED, err
    assert _files(students.grades) == before
