"""The command that a student uses: what it prints, remembers and returns."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from threadlings import manifest
from threadlings.student import progress
from threadlings.usage import DONE, INTERRUPTED, NOBODY_READS, OUR_FAULT, TASKS_LEFT, WRONG_USAGE

from .conftest import LOCKS, ROOT, Command, School

Capture = pytest.CaptureFixture[str]
LESSONS = len(manifest.read())
GIVE_A_NUMBER = f"give a number from 1 to {LESSONS}, such as 7"


def test_alone_it_says_where_you_are_and_what_is_next(
    threadlings: Command, capsys: Capture
) -> None:
    assert threadlings() == DONE
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if "..........   0/10  not checked yet" in line]) == LESSONS
    assert f"  0 of {10 * LESSONS} points, from the last check of each lesson" in lines
    assert lines[-2:] == ["  next   lesson01 task 1: start_workers", "  start  threadlings next"]


def test_points_are_those_of_the_last_check(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    school.get_wrong()
    assert threadlings("check", "8") == TASKS_LEFT
    told = capsys.readouterr().out
    assert "lesson08 Lock   6 of 10 points\n" in told
    assert "  broken  task 1  Counter               0/2\n" in told
    assert "lesson08 task 1: increment() lost an update   (schedule ABBA)\n" in told
    assert "  see it again   threadlings replay lesson08 ABBA\n" in told
    assert told.count("see it again") == 1, "one story at a time"
    assert "\nlesson08 task 3: increment_many() should return 9, then 8 " in told
    threadlings()
    assert "  08  Lock             ######....   6/10\n" in capsys.readouterr().out
    (school.root / LOCKS).write_text("# changed")
    threadlings()
    assert "######....   6/10  changed since\n" in capsys.readouterr().out


def test_a_lesson_that_is_done_returns_0(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    school.solve()
    assert threadlings("check", "8") == DONE
    told = capsys.readouterr().out
    assert "lesson08 Lock   10 of 10 points" in told
    assert told.endswith("  next   lesson01 task 1: start_workers\n  start  threadlings next\n")
    threadlings()
    assert "##########  10/10\n" in capsys.readouterr().out


def test_without_a_lesson_the_next_one_is_checked(threadlings: Command, capsys: Capture) -> None:
    assert threadlings("check") == TASKS_LEFT
    told = capsys.readouterr().out
    assert told.startswith("lesson01 thread creation   0 of 10 points\n")
    assert "  write  exercises/lesson01/thread_creation.py:" in told
    assert "  hint   threadlings hint 1 1\n" in told


def test_when_all_is_done_nothing_is_next(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    for lesson in school.course.lessons:
        checks = [progress.Checked("test", task.number, progress.PASSED) for task in lesson.tasks]
        progress.keep_result(school.course, lesson, progress.Result("key", tuple(checks)))
    for words in ([], ["next"]):
        assert threadlings(*words) == DONE
        assert capsys.readouterr().out.endswith("  all lessons are done\n")


def test_a_language_that_is_not_named_is_wrong_use(threadlings: Command, capsys: Capture) -> None:
    assert threadlings("--lang") == WRONG_USAGE
    assert "argument --lang: expected one argument" in capsys.readouterr().err


def test_a_check_without_a_result_is_not_the_students_fault(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    school.course.tests_of(school.lesson).write_text("import nothing_of_that_name")
    assert threadlings("check", "8") == OUR_FAULT
    shown = capsys.readouterr()
    assert "nothing_of_that_name" in shown.err
    assert "\nthreadlings: the tests of lesson08 gave no result, pytest ended with 2: " in shown.err


@pytest.mark.parametrize(
    "state",
    [
        "",
        "{",
        "[" * 100_000,
        "[]",
        '{"version": 2, "key": "", "checks": []}',
        '{"version": 1, "key": 3, "checks": []}',
        '{"version": 1, "key": "", "checks": [{"task": 1}]}',
        '{"version": 1, "key": "", "checks": 5}',
        '{"version": 1, "key": "", "checks": [{"test": "a", "task": "1", "outcome": "passed"}]}',
    ],
)
def test_a_damaged_state_counts_as_none(
    school: School, threadlings: Command, capsys: Capture, state: str
) -> None:
    folder = school.root / ".threadlings"
    folder.mkdir()
    for name in ("lesson08-result.json", "lesson08-hints.json"):
        (folder / name).write_text(state)
    assert threadlings() == DONE
    assert "  08  Lock             ..........   0/10  not checked yet" in capsys.readouterr().out
    assert threadlings("hint", "8", "1") == DONE
    assert "hint 1 of 3" in capsys.readouterr().out


def test_hints_come_one_at_a_time(threadlings: Command, capsys: Capture) -> None:
    told = []
    for _ in range(4):
        assert threadlings("hint", "8", "2") == DONE
        told.append(capsys.readouterr().out)
    heads = [f"lesson08 task 2, hint {number} of 3\n" for number in (1, 2, 3)]
    for number, head in enumerate(heads):
        assert told[number].startswith(head)
        assert told[number].count("lesson08 task 2") == 1
    assert all(head in told[3] for head in heads)
    assert told[3].endswith("these are all the hints there are\n")


def test_next_shows_the_task_and_where_to_begin(threadlings: Command, capsys: Capture) -> None:
    assert threadlings("next", "8") == DONE
    told = capsys.readouterr().out
    assert told.startswith("lesson08 task 1: Counter   2 points\n")
    assert "`Counter(n=0)`: write `increment()` with `acquire`" in told
    stub = (ROOT / "exercises" / "lesson08" / "locks.py").read_text(encoding="utf-8")
    line = stub[: stub.index("# TODO 1: ")].count("\n") + 1
    assert f"  write  exercises/lesson08/locks.py:{line}   keep the number" in told


def test_next_goes_on_with_what_is_not_done(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    kept = [progress.Checked(f"t{n}", n, progress.PASSED) for n in (1, 2)]
    kept.append(progress.Checked("t3", 3, progress.FAILED, "why"))
    result = progress.Result("another key", tuple(kept))
    progress.keep_result(school.course, school.lesson, result)
    assert threadlings("next", "8") == DONE
    told = capsys.readouterr().out
    assert told.startswith("lesson08 task 3: increment_many")
    assert told.endswith("  your file has changed since the last check\n")


@pytest.mark.parametrize(
    "name", ["8", "08", "lesson08", "exercises/lesson08", "exercises/lesson08/locks.py", "{root}"]
)
def test_a_lesson_can_be_named_in_many_ways(
    school: School, threadlings: Command, capsys: Capture, name: str
) -> None:
    assert threadlings("next", name.format(root=school.root / LOCKS)) == DONE
    assert capsys.readouterr().out.startswith("lesson08 task 1")


def test_a_path_is_found_from_anywhere(
    school: School,
    threadlings: Command,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert threadlings("next", str(school.root / LOCKS)) == DONE
    monkeypatch.chdir(school.root / "exercises" / "lesson08")
    assert threadlings("next", ".") == DONE
    assert capsys.readouterr().out.count("lesson08 task 1") == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["check", "77"], f"there is no lesson '77': give a number from 1 to {LESSONS}, such as 7"),
        (
            ["check", "locks"],
            f"there is no lesson 'locks': give a number from 1 to {LESSONS}, such as 7",
        ),
        (["check", "2"], "there is no exercises/lesson02/test_thread_args.py: put it back"),
        (["watch", "2"], "there is no exercises/lesson02/test_thread_args.py: put it back"),
        (["replay", "2", "AB"], "there is no exercises/lesson02/test_thread_args.py: put it back"),
        (["hint", "8", "9"], "lesson08 has no task 9: give a number from 1 to 4"),
        (["hint", "2", "1"], "exercises/lesson02/README.md has no hints for task 1"),
        (["replay", "8", "abba"], "a schedule is letters such as ABBA, not 'abba'"),
        (["show", "11"], "lesson11 has no pictures; lessons that have: 1, 8"),
        (["show", "11", "--lang", "ko"], "lesson11에는 그림이 없습니다."),
        (["--lang", "ko", "check", "77"], "'77': 그런 lesson이 없습니다."),
        (["check", "77", "--lang", "ko"], "'77': 그런 lesson이 없습니다."),
    ],
)
def test_wrong_use_is_told_in_one_line(
    threadlings: Command, capsys: Capture, words: list[str], message: str
) -> None:
    assert threadlings(*words) == WRONG_USAGE
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"threadlings: {message}")
    assert shown.err.count("\n") == 1


def test_pictures_are_drawn_in_the_terminal_too(
    school: School, threadlings: Command, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.get_wrong()
    assert threadlings("show", "8", "--text") == DONE
    told = capsys.readouterr().out
    assert told.startswith("Two increments at the same time\n\n  Wrong endings: 1 of 2.")
    assert "  n should be 2, it is 1\n\n      A " in told
    assert threadlings("show", "8", "--text", "--lang", "ko") == DONE
    assert "  n은 2여야 하는데, 지금은 1\n\n      A " in capsys.readouterr().out
    assert not (school.root / ".threadlings" / "lesson08.html").exists()


def test_outside_of_the_course_it_says_where_to_go(
    threadlings: Command, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert threadlings() == WRONG_USAGE
    assert capsys.readouterr().err == (
        f"threadlings: {tmp_path} is not in the course: "
        "go to the folder that holds exercises and try again\n"
    )


def test_a_folder_that_cannot_be_written_is_named(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    (school.root / ".threadlings").write_text("a file, not a folder")
    assert threadlings("hint", "8") == WRONG_USAGE
    shown = capsys.readouterr()
    assert "hint 1 of 3" in shown.out
    assert shown.err.startswith("threadlings: ")
    assert ".threadlings" in shown.err


def test_korean_is_spoken_if_the_system_does(
    threadlings: Command, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THREADLINGS_LANG")
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert threadlings() == DONE
    told = capsys.readouterr().out
    assert f"{10 * LESSONS}점 중 0점" in told
    assert "  01  thread 생성      .........." in told, "a Korean letter takes two columns"
    assert threadlings("hint", "8") == DONE
    assert "두 thread가 하나의 counter에" in capsys.readouterr().out
    assert threadlings("hint", "8", "--lang", "en") == DONE
    assert "hint 2 of 3" in capsys.readouterr().out


def test_the_story_of_a_check_is_in_korean_too(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    school.get_wrong("transfer_locks_the_source_first")
    assert threadlings("check", "8", "--lang", "ko") == TASKS_LEFT
    told = capsys.readouterr().out
    assert "lesson08 과제 4: deadlock: 아무도 더 나아갈 수 없습니다   (schedule AB)" in told
    assert "그것은 B 쪽에서 잡고 있습니다" in told
    assert " waits " not in told


class Terminal(io.StringIO):
    """A terminal, as far as a program can tell."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("no_color", "is_coloured"), [("", True), ("1", False)], ids=["colours", "NO_COLOR"]
)
def test_colours_are_for_terminals_without_no_color(
    threadlings: Command, monkeypatch: pytest.MonkeyPatch, no_color: str, is_coloured: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", no_color)
    for words in ([], ["next", "8"]):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        assert threadlings(*words) == DONE
        assert ("\x1b[" in terminal.getvalue()) is is_coloured


IMPORTED = """
import sys
sys.argv = ["threadlings", *sys.argv[1:]]
from threadlings.__main__ import main
code = main()
heavy = ("jinja2", "pytest", "requests", "rich.console", "watchfiles")
heavy += ("threadlings.cells", "threadlings.engine")
print([name for name in heavy if name in sys.modules])
"""


@pytest.mark.parametrize("words", [[], ["next"], ["hint", "8"], ["check", "77"]])
def test_nothing_heavy_is_imported_to_answer(school: School, words: list[str]) -> None:
    command = [sys.executable, "-c", IMPORTED, *words]
    done = subprocess.run(command, cwd=school.root, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_page_is_written_and_its_path_printed(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    school.get_wrong()
    assert threadlings("show", "8", "--lang", "ko") == DONE
    page = Path(capsys.readouterr().out.strip())
    assert page.parent == school.root / ".threadlings"
    assert '<html lang="ko"' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_is_printed_for_a_shell(
    threadlings: Command, capsys: Capture, shell: str
) -> None:
    assert threadlings("completion", shell) == DONE
    assert "threadlings" in capsys.readouterr().out


def test_a_shell_is_told_how_a_word_may_go_on(school: School, tmp_path: Path) -> None:
    answer = tmp_path / "answer"
    asked = "threadlings che"
    asking = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "COMP_LINE": asked,
        "COMP_POINT": str(len(asked)),
    }
    command = [sys.executable, "-m", "threadlings"]
    subprocess.run(command, cwd=school.root, env=os.environ | asking, check=True)
    assert answer.read_text().strip() == "check"


def test_a_reader_that_goes_away_is_no_mistake(school: School) -> None:
    command = [sys.executable, "-m", "threadlings", "completion", "bash"]
    nobody, end = os.pipe()
    os.close(nobody)
    done = subprocess.run(command, cwd=school.root, stdout=end, stderr=subprocess.PIPE)
    os.close(end)
    assert (done.returncode, done.stderr) == (NOBODY_READS, b"")


def test_a_name_that_is_missing_is_told_once(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    (school.root / LOCKS).write_text("")
    assert threadlings("check", "8") == TASKS_LEFT
    assert capsys.readouterr().out.count("locks.py has no Counter: put that name back\n") == 1


def test_a_file_that_ends_python_is_told_what_to_take_out(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    (school.root / LOCKS).write_text("import os\nos._exit(0)\n")
    assert threadlings("check", "8") == OUR_FAULT
    assert "if your file ends Python, as os._exit() does, take that out" in capsys.readouterr().err


def test_a_schedule_too_long_to_type_is_not_shown(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    school.solve()
    text = (school.root / LOCKS).read_text(encoding="utf-8")
    line = "        with self.lock:\n"
    text = text.replace(line, "        while True:\n            self.n += 0\n" + line, 1)
    (school.root / LOCKS).write_text(text, encoding="utf-8")
    assert threadlings("check", "8") == TASKS_LEFT
    told = capsys.readouterr().out
    assert "it never ends:   (a schedule of " in told
    assert "threadlings replay" not in told
    assert max(map(len, told.splitlines())) < 120


def test_help_says_what_the_exit_codes_mean(threadlings: Command, capsys: Capture) -> None:
    assert threadlings("--help") == DONE
    told = capsys.readouterr().out
    for code in (DONE, TASKS_LEFT, WRONG_USAGE, OUR_FAULT, INTERRUPTED, NOBODY_READS):
        assert f"\n  {code:<3}  " in told


def test_a_question_that_nobody_can_answer_is_told(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    (school.root / LOCKS).write_text('name = input("name? ")\n')
    assert threadlings("check", "8") == TASKS_LEFT
    told = capsys.readouterr().out
    assert "locks.py reads what somebody types when it is imported (locks.py:1)\n" in told


def test_a_check_that_has_no_place_for_its_result_names_it(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    school.course.state_folder.write_text("a file in its place")
    assert threadlings("check", "8") == WRONG_USAGE
    assert capsys.readouterr().err.endswith(".threadlings: File exists\n")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("chek", "there is no verb 'chek': did you mean check?"),
        ("hnit", "there is no verb 'hnit': did you mean hint?"),
        ("xyzzy", "there is no verb 'xyzzy'; --help names all"),
    ],
)
def test_a_slip_of_the_finger_is_told_in_one_line(
    threadlings: Command, capsys: Capture, word: str, told: str
) -> None:
    assert threadlings(word, "8") == WRONG_USAGE
    assert capsys.readouterr().err == f"threadlings: {told}\n"


def test_students_see_their_own_verbs_only(
    threadlings: Command, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    threadlings("--help")
    assert "self-check" in capsys.readouterr().out, "an instructor sees all"
    monkeypatch.setattr("threadlings.cli.has_graders", lambda: False)
    threadlings("--help")
    told = capsys.readouterr().out
    assert "  check  " in told
    assert not {"grade", "publish", "self-check", "collect"} & set(told.split())
    assert threadlings("publis") == WRONG_USAGE
    assert "did you mean" not in capsys.readouterr().err


BOTH_WRONG = """\
from threading import Lock

class Counter:
    def __init__(self, n=0):
        self.n = n

    def increment(self):
        self.n += 1

class TidyCounter:
    def __init__(self, n=0):
        self.n = 0
        self.lock = Lock()

    def increment(self):
        with self.lock:
            self.n += 1
"""


def test_every_failing_task_has_its_first_reason_and_can_be_asked_for(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    (school.root / LOCKS).write_text(BOTH_WRONG)
    assert threadlings("check", "8") == TASKS_LEFT
    told = capsys.readouterr().out
    assert "\nlesson08 task 2: the start value is ignored\n  more   threadlings check 8 2\n" in told
    assert threadlings("check", "8", "2") == TASKS_LEFT
    told = capsys.readouterr().out
    assert "TidyCounter(5).n should be 5, it is 0" in told
    assert "lesson08 task 1: " not in told
    assert threadlings("check", "8", "9") == WRONG_USAGE
    assert "lesson08 has no task 9: give a number from 1 to 4" in capsys.readouterr().err
