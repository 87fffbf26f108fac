"""The command: what it prints, writes and returns."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from threadlings import cli, usage

from .grading.conftest import GRADER, RIGHT, STUB, School, school, threads_named

__all__ = ["school"]  # The fixture.


def _run(school: School, *words: str | Path) -> int:
    command = ["grade", "--results", str(school.root / "grades"), *map(str, words)]
    return cli.main(command, lessons_file=school.lessons_file, graders=school.graders)


def test_full_marks_return_0(school: School, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(school, school.hand_in(RIGHT)) == usage.DONE
    shown = capsys.readouterr()
    assert "10/10" in shown.out
    assert shown.err == "graded 1 of 1 lessons\n"


def test_lost_points_return_1_and_the_gradebook_is_written(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    file = school.root / "book.json"
    paths = [school.hand_in(RIGHT, "ada"), school.hand_in(STUB, "ben")]
    assert _run(school, *paths, "--json", file) == usage.TASKS_LEFT
    assert "not started" in capsys.readouterr().out
    book = json.loads(file.read_text())
    assert [(s["name"], s["points"]) for s in book["submissions"]] == [("ada", 10), ("ben", 0)]


def test_a_fault_of_ours_returns_3(school: School, capsys: pytest.CaptureFixture[str]) -> None:
    school.set_grader("1 / 0")
    assert _run(school, school.hand_in(RIGHT)) == usage.OUR_FAULT
    assert "GRADER ERROR, not the student's fault" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["1", "01", "lesson01"])
def test_a_lesson_can_be_chosen(school: School, name: str) -> None:
    assert _run(school, school.hand_in(RIGHT), "--lesson", name) == usage.DONE


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere"], "nowhere does not exist"),
        (["{ada}", "nowhere"], "nowhere does not exist"),
        (["{ada}", "--lesson", "7"], "there is no lesson '7'; there are 1"),
        (["{ada}", "--lesson", "x"], "there is no lesson 'x'; there are 1"),
        (["{hidden}/lesson99"], "nothing to grade|none of the lessons|does not exist"),
        (["{ada}", "--json", "no/such/folder/book.json"], "does not exist"),
        (["{ada}", "--json", "{ada}"], "is a folder: give the name of a file"),
        ([], "required: PATH"),
    ],
)
def test_wrong_usage_returns_2_without_a_traceback(
    school: School, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    ada = school.hand_in(RIGHT)
    words = [word.format(ada=ada, hidden=school.graders) for word in words]
    assert _run(school, *words) == usage.WRONG_USAGE
    shown = capsys.readouterr()
    assert shown.out == ""
    assert any(part in shown.err for part in message.split("|"))
    assert "Traceback" not in shown.err


def test_a_full_disk_is_told_after_the_table(
    school: School, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    ada = school.hand_in(RIGHT)
    monkeypatch.setattr(os, "fsync", fail)
    assert _run(school, ada, "--json", school.root / "book.json") == usage.WRONG_USAGE
    shown = capsys.readouterr()
    assert "10/10" in shown.out
    assert shown.err.splitlines()[1:] == [
        f"threadlings: {school.root}/grades, {school.root}/book.json cannot be written: "
        "No space left on device; what was written is kept: start again to go on"
    ]


@pytest.mark.skipif(os.name == "nt", reason="closes a pipe")
def test_all_is_written_though_nobody_reads_the_table(school: School) -> None:
    school.hand_in(RIGHT)
    command = subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(school.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert command.stdout is not None
    command.stdout.close()
    command.stdout = None
    _out, err = command.communicate()
    assert b"Traceback" not in err
    assert (school.root / "book.json").exists()
    assert (school.root / "grades" / "gradebook.csv").exists()


def test_without_hidden_graders_the_command_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("threadlings.__file__", str(tmp_path / "threadlings" / "__init__.py"))
    assert cli.main(["grade", str(tmp_path)]) == usage.WRONG_USAGE
    assert "has no hidden graders" in capsys.readouterr().err


def test_a_broken_manifest_is_our_fault(school: School, capsys: pytest.CaptureFixture[str]) -> None:
    school.lessons_file.write_text("[[lesson]]")
    assert _run(school, school.root) == usage.OUR_FAULT
    assert "lessons.toml: a lesson: number must be" in capsys.readouterr().err


COMMAND = """
import sys
import time
from pathlib import Path
from threadlings import cli
root = Path(sys.argv[1])
words = ["grade", str(root / "class" / "ada"), "--json", str(root / "book.json")]
words += ["--results", str(root / "grades")]
sys.exit(cli.main(words, lessons_file=root / "lessons.toml", graders=root / "hidden"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="sends a signal, looks into /proc")
def test_an_interruption_leaves_nothing_running(school: School) -> None:
    name = f"paused {os.getpid()}"
    school.hand_in(
        f"""
import ctypes, signal
ctypes.CDLL(None).prctl(15, b"{name}", 0, 0, 0)
signal.pause()
"""
    )
    school.set_grader(GRADER)
    command = subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(school.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    cells: list[str] = []
    while command.poll() is None and not cells:  # It has no other way out of its sandbox.
        time.sleep(0.01)
        cells = threads_named(name)
    command.send_signal(signal.SIGINT)
    out, err = command.communicate(timeout=60)
    assert command.returncode == usage.INTERRUPTED
    told = (
        "threadlings: interrupted; the lessons that were done are kept in "
        f"{school.root}/grades: the same command goes on from there\n"
    )
    assert (out, err) == ("", told)
    assert list((school.root / "grades").glob("*.json")) == []
    assert cells
    assert threads_named(name) == []
    assert not (school.root / "book.json").exists()
