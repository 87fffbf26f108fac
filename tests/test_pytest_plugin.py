"""What ``pytest exercises/lesson08`` prints: for a stub, a race, a deadlock, a right program."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ROOT / "exercises" / "lesson08"

pytest_plugins = ["pytester"]


@pytest.fixture
def run_lesson(pytester):
    """Run the visible tests of lesson 08 on a program, as a student would."""

    def run(program, *options):
        folder = pytester.path / "exercises" / "lesson08"
        folder.mkdir(parents=True)
        shutil.copy(LOCKS / "test_locks.py", folder)
        if program is not None:
            shutil.copy(program, folder / "locks.py")
        return pytester.runpytest_subprocess("exercises/lesson08", *options)

    return run


def wrong(name):
    return ROOT / "tests" / "submissions" / "lesson08" / "wrong" / f"{name}.py"


def test_stub_says_in_three_lines_what_is_next(run_lesson):
    result = run_lesson(LOCKS / "locks.py")
    assert result.ret == 1
    lines = result.outlines
    start = next(n for n, line in enumerate(lines) if "= lesson08 Lock" in line)
    told = [line for line in lines[start + 1 :] if line and not line.startswith("=")]
    assert len(told) == 3
    assert told[0].startswith("next   TODO 1 in exercises/lesson08/locks.py, line ")
    assert told[1] == "read   exercises/lesson08/README.md"
    assert told[2] == "check  pytest exercises/lesson08"
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*Error*")


def test_race_is_shown_side_by_side(run_lesson):
    result = run_lesson(wrong("no_lock"))
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        [
            "lesson08 task 1: *lost an update*(schedule ABBA)",
            "*A * B*",
            "   1  reads n = 0 *locks.py:*",
            "   2   *reads n = 0 *locks.py:*",
            "   3   *writes n = 1 *locks.py:*",
            "   4  writes n = 1 *locks.py:*",
            "  see it again   threadlings replay lesson08 ABBA",
            "  a hint         threadlings hint lesson08 1",
        ]
    )
    result.stdout.no_fnmatch_line("*threadlings/engine*")


def test_self_deadlock_says_who_waits_for_whom(run_lesson):
    result = run_lesson(wrong("lock_taken_twice"))
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["*deadlock*", "*A waits for the lock made at locks.py:* which it has taken itself*"]
    )


def test_right_program_passes(run_lesson):
    result = run_lesson(ROOT / "solutions" / "lesson08" / "locks.py")
    assert result.ret == 0
    assert "failed" not in result.parseoutcomes()


def test_missing_file_is_named(run_lesson):
    result = run_lesson(None)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["there is no exercises/lesson08/locks.py: put it back"])


def test_syntax_error_is_told_with_its_line(run_lesson, tmp_path):
    program = tmp_path / "broken.py"
    program.write_text("class Counter:\n    def increment(self)\n        pass\n")
    result = run_lesson(program)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*exercises/lesson08/locks.py, line 2 is not Python yet:*"])


@pytest.mark.parametrize("options", [["-q"], ["-v"], ["-x"], ["-k", "increment"]])
def test_usual_options_work(run_lesson, options):
    assert run_lesson(wrong("no_lock"), *options).ret == 1


def test_the_real_module_can_be_imported_by_processes_too(pytester):
    folder = pytester.path / "exercises" / "lesson11"
    folder.mkdir(parents=True)
    (folder / "processes.py").write_text("calls = []\ndef twice(n):\n    return 2 * n\n")
    (folder / "test_processes.py").write_text(
        """
import multiprocessing

import pytest


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_child(real_lesson, method):
    assert real_lesson.calls == []
    real_lesson.calls.append(1)
    with multiprocessing.get_context(method).Pool(1) as pool:
        assert pool.map(real_lesson.twice, [4]) == [8]
"""
    )
    result = pytester.runpytest_subprocess("exercises/lesson11")
    assert result.ret == 0, result.outlines
