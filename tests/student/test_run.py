"""``threadlings run``: the student's own program, with real threads and the real clock."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from threadlings import manifest
from threadlings.student import screen
from threadlings.student.run_child import LinesOfThreads
from threadlings.usage import DONE, INTERRUPTED, TASKS_LEFT, WRONG_USAGE

from .conftest import ROOT

LESSONS = manifest.read()
MAIN = 'if __name__ == "__main__":'
PRINTED = re.compile(r" *\d+\.\d\d s  (.+?)  +(.*)")
LONG = 11
"""From this lesson on a program computes for a while: it is run with small numbers."""


class Course:
    """A student's copy of the exercises."""

    def __init__(self, root: Path) -> None:
        self.root = root
        caches = shutil.ignore_patterns("__pycache__", "test_*")
        shutil.copytree(ROOT / "exercises", root / "exercises", ignore=caches)

    def file(self, number: int) -> Path:
        """Return the student's file."""
        return self.root / "exercises" / LESSONS[number - 1].file

    def solve(self, number: int) -> str:
        """Answer all TODOs of a lesson, and return the program below them."""
        program = self.file(number).read_text(encoding="utf-8").split(MAIN)[1]
        solution = (ROOT / "solutions" / LESSONS[number - 1].file).read_text(encoding="utf-8")
        self.file(number).write_text(f"{solution}\n\n{MAIN}{program}", encoding="utf-8")
        return program

    def write(self, program: str) -> None:
        """Let a program be the student's file of lesson 08."""
        self.file(8).write_text(program, encoding="utf-8")

    def start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        """Start the command in the copy, as in a new terminal."""
        return subprocess.Popen(
            [sys.executable, "-m", "threadlings", *words],
            encoding="utf-8",
            stdout=subprocess.PIPE,
            start_new_session=True,
            stderr=subprocess.STDOUT,
            cwd=self.root,
            env=os.environ | {"THREADLINGS_LANG": "en", "PYTHONIOENCODING": "utf-8"} | more,
        )

    def run(self, number: int, *words: str, **more: str) -> tuple[int, str]:
        """Run a lesson's program; return the exit code, and what was printed."""
        with self.start("run", str(number), *words, **more) as command:
            told, _ = command.communicate()
        return command.returncode, told


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A student's copy of the exercises."""
    return Course(tmp_path)


def lines_by_thread(told: str) -> dict[str, list[str]]:
    """Return the lines that each thread printed."""
    found: dict[str, list[str]] = {}
    for line in told.splitlines():
        match = PRINTED.fullmatch(line)
        assert match is not None, line
        found.setdefault(match[1], []).append(match[2])
    return found


@pytest.mark.parametrize("number", range(1, 13))
def test_an_unfinished_stub_says_kindly_which_todo_is_needed(course: Course, number: int) -> None:
    for name in ("EQUAL", "NOTEBOOK"):
        make_small(course, name)
    exit_code, told = course.run(number)
    assert exit_code == TASKS_LEFT
    file = f"exercises/{LESSONS[number - 1].file}"
    told_where = rf"this program needs your TODO \d first:\n.+ {re.escape(file)}:\d+\n"
    assert re.search(told_where, told, re.DOTALL), told
    assert "Traceback" not in told
    assert max(map(len, told.splitlines())) <= 80


def make_small(course: Course, name: str) -> None:
    """Let the lessons that measure have little to compute."""
    for number in range(LONG, 13):
        given = course.file(number).with_name("given.py")
        with given.open("a", encoding="utf-8") as file:
            file.write(f"\n{name} = [100 + n for n in range(9)]\n")


SAID_WITH_A_SOLUTION = {
    1: "run() and start(): ('MainThread', 'started')",
    2: "two-words",
    3: "who worked: ['a', 'b', 'Thread-",
    4: "the main thread is at its end",
    5: "results: ['rice', 'soup']",
    6: "stopped",
    7: "and under every schedule there is: {2, 3, 4}",
    8: "with acquire and release: 40000",
    9: "in order: [1, 4, 9, 16, 25, 36]",
    10: "crawl took",
    11: "  processes",
    12: "  Pool(20)",
}


@pytest.mark.parametrize("number", range(1, 13))
def test_the_program_of_each_lesson_runs_with_its_solution(course: Course, number: int) -> None:
    course.solve(number)
    for name in ("EQUAL", "NOTEBOOK"):
        make_small(course, name)
    exit_code, told = course.run(number, PATH=os.defpath)
    assert exit_code == DONE, told
    assert SAID_WITH_A_SOLUTION[number] in told
    assert lines_by_thread(told)


def test_python_alone_runs_the_same_program(course: Course) -> None:
    course.solve(5)
    command = [sys.executable, str(course.file(5))]
    alone = subprocess.run(command, capture_output=True, text=True, check=True)
    _exit_code, told = course.run(5)
    of_threads = [line for lines in lines_by_thread(told).values() for line in lines]
    assert sorted(alone.stdout.splitlines()) == sorted(of_threads)


def test_each_line_has_its_thread_also_if_two_write_at_once(course: Course) -> None:
    course.write(
        """\
from threading import Barrier, Thread

both = Barrier(2)

def write(word):
    print(word, end=" ")
    both.wait()
    print("is whole")

for word in ("this", "that"):
    Thread(target=write, args=(word,), name=f"writer of {word}").start()
"""
    )
    exit_code, told = course.run(8)
    assert exit_code == DONE
    *printed, remark = told.splitlines()
    assert lines_by_thread("\n".join(printed)) == {
        "writer of this": ["this is whole"],
        "writer of that": ["that is whole"],
    }
    assert "exercises/lesson08/locks.py has no program to run" in remark


def test_a_line_without_an_end_is_shown(course: Course) -> None:
    course.write('print("no end", end="")  # __main__')
    assert course.run(8)[1].endswith("no end\n")


def test_an_error_in_a_thread_names_it_and_shows_no_line_of_ours(course: Course) -> None:
    course.write(
        """\
from threading import Thread

def fail():
    raise ValueError("too little")

if __name__ == "__main__":
    Thread(target=fail, name="payer").start()
"""
    )
    exit_code, told = course.run(8)
    assert exit_code == TASKS_LEFT
    assert "an error ended payer:" in told
    assert "ValueError: too little" in told
    assert "threadlings/" not in told


def test_an_error_of_the_main_thread_waits_for_the_others(course: Course) -> None:
    course.write(
        """\
from threading import Thread, main_thread

def wait():
    main_thread().join(0.1)
    print("still here")

if __name__ == "__main__":
    Thread(target=wait).start()
    raise SystemExit(4)
"""
    )
    exit_code, told = course.run(8)
    assert (exit_code, "still here" in told) == (TASKS_LEFT, True)


def test_what_is_not_python_yet_is_told_once(course: Course) -> None:
    course.write("x = 1\ndef f(:\n")
    exit_code, told = course.run(8)
    assert exit_code == TASKS_LEFT
    assert "exercises/lesson08/locks.py, line 2 is not Python yet: " in told
    assert "Traceback" not in told


def test_korean_is_told_in_korean(course: Course) -> None:
    exit_code, told = course.run(1, "--lang", "ko")
    assert exit_code == TASKS_LEFT
    assert "먼저 TODO 1 부분을 채워야 합니다" in told


def test_a_missing_file_is_wrong_usage(course: Course) -> None:
    course.file(8).unlink()
    exit_code, told = course.run(8)
    assert exit_code == WRONG_USAGE
    assert "there is no exercises/lesson08/locks.py: put it back" in told


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way")
def test_ctrl_c_ends_a_program_whose_thread_would_never_end(course: Course) -> None:
    course.write(
        """\
from threading import Event, Thread

def wait():
    print("I wait for ever")
    Event().wait()

if __name__ == "__main__":
    Thread(target=wait).start()
"""
    )
    with course.start("run", "8") as command:
        assert command.stdout is not None
        assert "I wait for ever" in command.stdout.readline()
        os.killpg(command.pid, signal.SIGINT)
        rest = command.stdout.read()
    assert command.returncode == INTERRUPTED
    assert "ended with Ctrl-C" in rest
    assert "Traceback" not in rest


def test_another_python_is_asked_too_if_there_is_one(course: Course, tmp_path: Path) -> None:
    course.solve(11)
    for name in ("EQUAL", "NOTEBOOK"):
        make_small(course, name)
    has_gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    other = tmp_path / "bin" / ("python3.14t" if has_gil else "python3.14")
    other.parent.mkdir()
    other.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    other.chmod(0o755)
    exit_code, told = course.run(11, PATH=f"{other.parent}{os.pathsep}{os.defpath}")
    assert exit_code == DONE
    assert f"once more with {other.name}, " in told
    assert told.count("(I/O-bound)") == 2


def test_each_thread_has_a_colour_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "is_coloured", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = io.StringIO()
    lines = LinesOfThreads(terminal)
    for name in ("first", "second"):
        thread = threading.Thread(target=lines.write, args=("again\n" * 2,), name=name)
        thread.start()
        thread.join()
    lines.write("the main thread has none\n")
    *of_threads, of_main = terminal.getvalue().splitlines()
    codes = [re.findall(r"\x1b\[(\d+)m", line) for line in of_threads]
    assert codes == [["36", "0"], ["36", "0"], ["35", "0"], ["35", "0"]]
    assert "\x1b" not in of_main
