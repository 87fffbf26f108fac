"""What ``pytest exercises/lesson08`` prints: for a stub, a race, a deadlock, a right program."""

import importlib.util
import runpy
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ROOT / "exercises" / "lesson08"

pytest_plugins = ["pytester"]


@pytest.fixture
def ours_alone(monkeypatch):
    """Load no plugins of the developers' other packages: it takes as long as the tests."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p threadlings")


@pytest.fixture
def run_lesson(pytester, ours_alone):
    """Run the visible tests of lesson 08 on a program, as a student would."""

    def run(program, *options):
        folder = pytester.path / "exercises" / "lesson08"
        folder.mkdir(parents=True, exist_ok=True)
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


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "*task 1: the code could not be judged: it recurses*"),
        ("ko", "*판정할 수 없었습니다*"),
    ],
)
def test_search_that_lost_sight_of_a_thread_is_no_pass(run_lesson, language, told):
    result = run_lesson(wrong("recursion_and_many_schedules"), "--lang", language)
    assert result.ret == 1
    result.stdout.fnmatch_lines([told])


def test_search_that_could_not_watch_all_is_no_pass(run_lesson, tmp_path):
    right = (ROOT / "solutions" / "lesson08" / "locks.py").read_text(encoding="utf-8")
    use = """
from threadlings.engine.world._stage import STAGE
if STAGE.world is not None:
    STAGE.world.kernel.unwatchable.add("ctypes")
"""
    (tmp_path / "locks.py").write_text(right + use, encoding="utf-8")
    result = run_lesson(tmp_path / "locks.py")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*task 1: the code could not be judged: it uses ctypes, and*"])


TALKING = """\
from threading import Lock

class Counter:
    def __init__(self, n=0):
        print("begins at", n)
        self.n = n

    def increment(self):
        n = self.n
        print("I saw", n)
        self.n = n + 1
"""
PRINTED = ["  main  begins at 0", "  A     I saw 0", "  B     I saw 0"]


def test_what_was_printed_stands_under_a_failure(run_lesson, tmp_path):
    (tmp_path / "talking.py").write_text(TALKING, encoding="utf-8")
    program = tmp_path / "talking.py"
    result = run_lesson(program, "-k", "increment_is_lost", "-s")
    result.stdout.fnmatch_lines(
        ["lesson08 task 1: *", "  your program printed:", *PRINTED, "  see *"]
    )
    result = run_lesson(program, "-k", "increment_is_lost", "--lang", "ko")
    result.stdout.fnmatch_lines(["lesson08 *", "  프로그램이 출력한 것:", *PRINTED, "  다시 *"])


def test_what_was_printed_is_shown_of_a_passed_test_if_that_is_asked_for(run_lesson, tmp_path):
    program = tmp_path / "talking.py"
    program.write_text(TALKING, encoding="utf-8")
    passing = ("-k", "begins_at_n and not Tidy")
    shown = "  main  begins at 5"
    assert run_lesson(program, *passing).ret == 0
    run_lesson(program, *passing).stdout.no_fnmatch_line(shown)
    run_lesson(program, *passing, "-s").stdout.fnmatch_lines([shown])
    run_lesson(program, *passing, "-rA").stdout.fnmatch_lines(["*Captured stdout*", shown])


def test_self_deadlock_says_who_waits_for_whom(run_lesson):
    result = run_lesson(wrong("lock_taken_twice"))
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["*deadlock*", "*A waits for the lock made at locks.py:* which it has taken itself*"]
    )


def test_time_that_was_lost_is_drawn(pytester, ours_alone):
    folder = pytester.path / "exercises" / "lesson05"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "exercises" / "lesson05" / "test_thread_join.py", folder)
    wrong = ROOT / "tests" / "submissions" / "lesson05" / "wrong" / "one_after_the_other.py"
    shutil.copy(wrong, folder / "thread_join.py")
    result = pytester.runpytest_subprocess("exercises/lesson05", "-k", "longer_one")
    result.stdout.fnmatch_lines(
        [
            "lesson05 task 3: work of 50 s and sleep of 30 s took 80.0 s together, *",
            "  main │▒the end of A▒*│▒the end of B▒*",
            "  A    │░*",
            "*virtual seconds",
            "  a hint *",
        ]
    )


def test_right_program_passes(run_lesson, monkeypatch):
    monkeypatch.delenv("PYTEST_ADDOPTS")  # The plugin is found by itself.
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    result = run_lesson(ROOT / "solutions" / "lesson08" / "locks.py")
    assert result.ret == 0
    assert "failed" not in result.parseoutcomes()


def test_missing_file_is_named(run_lesson):
    result = run_lesson(None)
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["there is no exercises/lesson08/locks.py: put it back, or threadlings reset 8"]
    )


def test_syntax_error_is_told_with_its_line(run_lesson, tmp_path):
    program = tmp_path / "broken.py"
    program.write_text("class Counter:\n    def increment(self)\n        pass\n")
    result = run_lesson(program)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*exercises/lesson08/locks.py, line 2 is not Python yet:*"])


def test_file_that_is_not_text_is_told_as_a_grader_tells_it(run_lesson, tmp_path):
    program = tmp_path / "korean.py"
    program.write_bytes("x = 1\ny = '자물쇠'\n".encode("cp949"))
    result = run_lesson(program)
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["*exercises/lesson08/locks.py is not utf-8 text, line 2: save it as UTF-8*"]
    )


@pytest.mark.parametrize("options", [["-q"], ["-v"], ["-x"], ["-k", "increment"]])
def test_usual_options_work(run_lesson, options):
    assert run_lesson(wrong("no_lock"), *options).ret == 1


DEMO = """
print(increment_many(Counter(), 2, 50))
account = Account(10)
account.deposit(5)
"""
HARM = """
import threading
gate = threading.Event()
gate.wait()
"""


def test_a_demo_in_the_file_changes_nothing(run_lesson, tmp_path):
    solution = (ROOT / "solutions" / "lesson08" / "locks.py").read_text(encoding="utf-8")
    (tmp_path / "locks.py").write_text(solution + DEMO, encoding="utf-8")
    assert run_lesson(tmp_path / "locks.py").ret == 0


def test_a_file_that_cannot_be_imported_is_told_in_one_sentence(run_lesson, tmp_path):
    solution = (ROOT / "solutions" / "lesson08" / "locks.py").read_text(encoding="utf-8")
    (tmp_path / "locks.py").write_text(solution + HARM, encoding="utf-8")
    result = run_lesson(tmp_path / "locks.py")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*locks.py waits for ever when it is imported, for *locks.py:*"])
    result.stdout.no_fnmatch_line("*Traceback*")


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


def header_of(result):
    return [line for line in result.outlines if line.startswith("lesson08 Lock")]


def test_header_says_how_far_the_lesson_was(run_lesson, pytester):
    assert header_of(run_lesson(wrong("no_lock"))) == ["lesson08 Lock"]
    again = pytester.runpytest_subprocess("exercises/lesson08", "--co")
    assert header_of(again) == ["lesson08 Lock, 2 of 4 tasks done at the last check"]
    (pytester.path / "exercises" / "lesson08" / "locks.py").write_text("")
    changed = pytester.runpytest_subprocess("exercises/lesson08", "--co")
    assert header_of(changed) == ["lesson08 Lock, changed since the last check"]


PART = pytest.mark.parametrize(
    "options",
    [
        ["-x"],
        ["-k", "increment"],
        ["--deselect", "exercises/lesson08/test_locks.py::test_two_withdrawals_never_overdraw"],
        ["--lf"],
    ],
    ids=" ".join,
)


@PART
def test_a_part_of_the_tests_is_no_check(run_lesson, pytester, options):
    assert run_lesson(wrong("no_lock"), *options).ret == 1
    assert not (pytester.path / ".threadlings").exists()


def test_one_test_alone_is_no_check(run_lesson, pytester):
    run_lesson(wrong("no_lock"), "--co", "-q")
    test = "exercises/lesson08/test_locks.py::test_a_transfer_to_itself_changes_nothing"
    assert pytester.runpytest_subprocess(test).ret == 0
    assert not (pytester.path / ".threadlings").exists()


def test_lf_runs_what_failed(run_lesson, pytester):
    assert run_lesson(wrong("no_lock")).parseoutcomes()["failed"] == 2
    again = pytester.runpytest_subprocess("exercises/lesson08", "--lf")
    assert again.parseoutcomes()["failed"] == 2
    assert "passed" not in again.parseoutcomes()


def test_xdist_tells_the_same_story(run_lesson, pytester):
    alone = run_lesson(wrong("no_lock")).parseoutcomes()
    shutil.rmtree(pytester.path / ".threadlings")
    result = run_lesson(wrong("no_lock"), "-p", "xdist", "-n", "2")
    assert result.parseoutcomes() == alone
    result.stdout.fnmatch_lines(["lesson08 task 1: increment() lost an update*", "*A * B*"])
    assert not (pytester.path / ".threadlings").exists(), "who collects has not all reports"


def test_xdist_names_the_first_todo(run_lesson):
    result = run_lesson(LOCKS / "locks.py", "-p", "xdist", "-n", "2")
    result.stdout.fnmatch_lines(["next   TODO 1 in exercises/lesson08/locks.py, line *"])


@pytest.mark.parametrize(
    ("words", "environment"),
    [(["--lang", "ko"], "en"), ([], "ko"), (["-o", "threadlings_lang=ko"], "")],
    ids=["option", "environment", "setting"],
)
def test_korean_can_be_asked_for(run_lesson, pytester, monkeypatch, words, environment):
    monkeypatch.setenv("THREADLINGS_LANG", environment)
    messages = pytester.path / "exercises" / "lesson08"
    messages.mkdir(parents=True)
    shutil.copy(LOCKS / "ko.po", messages)
    result = run_lesson(wrong("no_lock"), "-k", "increment_is_lost", *words)
    result.stdout.fnmatch_lines(
        [
            "lesson08 과제 1: increment()에서 갱신이 사라졌습니다   (schedule ABBA)",
            "   1  n = 0 읽음  locks.py:11",
            "  힌트        threadlings hint lesson08 1",
        ]
    )


def test_a_traceback_shows_the_students_lines_alone(pytester):
    folder = pytester.path / "exercises" / "lesson11"
    folder.mkdir(parents=True)
    (folder / "processes.py").write_text("def half(n):\n    return 1 / 0\n")
    (folder / "test_processes.py").write_text(
        "from threadlings.checks import real_call\n\n\n"
        "def test_half(real_lesson):\n    real_call(real_lesson.half, 4)\n"
    )
    result = pytester.runpytest_subprocess("exercises/lesson11")
    result.stdout.fnmatch_lines(["*return 1 / 0*", "*processes.py:2: ZeroDivisionError"])
    result.stdout.no_fnmatch_line("*patience.py*")


@pytest.fixture
def without_plugin(run_lesson, pytester, monkeypatch):
    """Run a lesson's tests with the plugin switched off."""
    monkeypatch.delenv("PYTEST_ADDOPTS")
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    (pytester.path / "exercises").mkdir()
    shutil.copy(ROOT / "exercises" / "conftest.py", pytester.path / "exercises")
    return lambda program: run_lesson(program, "-p", "no:threadlings", "--strict-markers")


def test_without_the_plugin_pytest_speaks_for_itself(without_plugin):
    result = without_plugin(wrong("no_lock"))
    assert result.ret == 1
    result.stdout.fnmatch_lines(["E *Broken: increment() lost an update*"])
    assert without_plugin(ROOT / "solutions" / "lesson08" / "locks.py").ret == 0


def test_without_the_plugin_processes_find_their_module(pytester, without_plugin):
    folder = pytester.path / "exercises" / "lesson11"
    folder.mkdir(parents=True)
    (folder / "processes.py").write_text("HALF = 21\n")
    (folder / "test_processes.py").write_text(
        "def test_half(real_lesson):\n    assert real_lesson.HALF == 21\n"
    )
    result = pytester.runpytest_subprocess("exercises/lesson11", "-p", "no:threadlings")
    assert result.parseoutcomes() == {"passed": 1}


def test_without_the_package_it_says_what_to_install(monkeypatch):
    conftest = runpy.run_path(str(ROOT / "exercises" / "conftest.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(pytest.UsageError, match="install it: python -m pip install -e"):
        conftest["pytest_configure"](None)


def test_a_file_that_is_not_python_is_told_once(run_lesson, tmp_path):
    program = tmp_path / "locks.py"
    program.write_text("class Counter:\n    def increment(self:\n", encoding="utf-8")
    result = run_lesson(program)
    assert result.ret == 1
    told = [line for line in result.outlines if "line 2 is not Python yet" in line]
    assert len([line for line in told if not line.startswith("ERROR")]) == 1
    result.stdout.fnmatch_lines(["*1 error*for the same reason*"])


def test_a_missing_file_is_told_once(run_lesson):
    result = run_lesson(None)
    assert result.ret == 1
    told = [line for line in result.outlines if line.startswith("there is no exercises/lesson08/")]
    assert len(told) == 1
