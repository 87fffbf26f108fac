"""What becomes of a scenario in a cell, whatever the student's code does."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from threadlings.cells import MEBIBYTE, Limits, NewInterpreters, cell, cell_source, faults
from threadlings.grading import ScenarioError, scenario

from .conftest import QUICK, MakeSubmission, as_when_graded

SOURCES: list[Callable[[Path], Any]] = [cell_source, NewInterpreters]
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="cells are no forks here")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux finds orphans")


@scenario
def act(lesson: Any, *arguments: Any) -> Any:
    return simulate(lambda: lesson.act())  # type: ignore[name-defined]  # noqa: F821


@scenario
def act_at_once(lesson: Any, path: Any = None) -> Any:
    return lesson.act() if path is None else lesson.act(path)


@pytest.fixture(params=SOURCES, ids=["fork", "interpreter"])
def open_source(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_the_answer_comes_back_as_data(make_submission: MakeSubmission, open_source: Any) -> None:
    submission = make_submission("def act(): return (1, 'two')", open_source=open_source)
    assert submission.run(act).value == [1, "two"]


def test_each_check_has_a_fresh_module_and_an_empty_folder(
    make_submission: MakeSubmission,
) -> None:
    submission = make_submission(
        """
        import os
        calls = []
        def act():
            calls.append(1)
            open("left behind", "w").close()
            return [len(calls), sorted(os.listdir())]
        """
    )
    first = submission.run(act_at_once)
    assert first == submission.run(act_at_once) == [1, ["left behind", "tiny.py"]]


def test_nothing_of_our_environment_is_inherited(
    make_submission: MakeSubmission, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    submission = make_submission("import os\ndef act(): return dict(os.environ)")
    seen = submission.run(act_at_once)
    assert "GITHUB_TOKEN" not in seen
    assert "PATH" not in seen
    assert seen["HOME"] == seen["TMPDIR"]


def test_no_descriptor_of_ours_is_inherited(make_submission: MakeSubmission) -> None:
    submission = make_submission(
        """
        import os, stat
        def act():
            kinds = {}
            for descriptor in range(3, 256):
                try:
                    kinds[descriptor] = stat.S_IFMT(os.fstat(descriptor).st_mode)
                except OSError:
                    pass
            return sorted(kinds.values())
        """
    )
    assert submission.run(act_at_once) == [stat_of_socket := 0o140000, stat_of_socket]


def test_hashes_are_the_same_in_every_cell(
    make_submission: MakeSubmission, open_source: Any
) -> None:
    text = "def act(): return hash('a text')"
    one, two = (make_submission(text, open_source=open_source) for _ in range(2))
    assert one.run(act_at_once) == two.run(act_at_once)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def act(:", r"^tiny\.py is not Python: invalid syntax, line 1: def act\(:$"),
        ("def act(): return '\\0'".replace("\\0", "\0"), r"^tiny\.py is not Python: .*null byte"),
        ("x = 1\ny = missing", r"cannot be imported: NameError: .*'missing'.* \(tiny\.py:2\)$"),
        ("import sys; sys.exit(0)", r"^tiny\.py ends the program when it is imported \(tiny"),
        (
            "import os; os._exit(0)",
            r"^when tiny\.py is imported, the code ended the process with exit status 0$",
        ),
        ("while True: pass", r"^tiny\.py does not end when it is imported \(tiny\.py:1\)$"),
        ("sum(range(10**13))", r"^when tiny\.py is imported, the code computed for 1 s without"),
        (
            "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
            r"waits for ever when it is imported, for the lock .* \(tiny\.py:4\)$",
        ),
        ("name = input('name?')", r"reads what somebody types when it is imported \(tiny\.py:1\)$"),
        (
            "import threading, time\ndef tick():\n    while True: time.sleep(1)\n"
            "threading.Thread(target=tick, daemon=True).start()",
            r"starts a thread when it is imported that goes on: .*\(tick\) \(tiny\.py:4\)$",
        ),
    ],
)
def test_an_unusable_file_is_told_and_not_tried_again(
    make_submission: MakeSubmission, source: str, message: str
) -> None:
    submission = make_submission(source)
    with pytest.raises(faults.UnusableFile, match=message) as first:
        submission.run(act)
    with pytest.raises(faults.UnusableFile) as second:
        submission.run(act)
    assert second.value is first.value


def test_a_file_that_only_sits_is_ended_at_the_deadline(make_submission: MakeSubmission) -> None:
    submission = make_submission("import os; os.read(os.pipe()[0], 1)", Limits(deadline_s=0.5))
    with pytest.raises(faults.UnusableFile, match=r"the code was not done after 0\.5 s"):
        submission.run(act)


@pytest.mark.parametrize(
    ("body", "error", "message"),
    [
        ("os._exit(0)", faults.EndedProcess, "ended the process with exit status 0"),
        ("os.abort()", faults.EndedProcess, "ended by signal SIGABRT"),
        ("sum(range(10**13))", faults.OutOfTime, "computed for 1 s without an end"),
        ("return 'x' * 10**7", faults.MalformedAnswer, "too much: more than 8388608 bytes"),
        ("return {(1, 2): 3}", faults.MalformedAnswer, "something that is not plain data"),
    ],
)
def test_what_happens_in_a_function_concerns_that_check_only(
    make_submission: MakeSubmission,
    open_source: Any,
    body: str,
    error: type[Exception],
    message: str,
) -> None:
    source = f"import os\ndef act(): {body}\ndef other(): return 5"
    submission = make_submission(source, open_source=open_source)
    with pytest.raises(error, match=message):
        submission.run(act)

    @scenario
    def other(lesson: Any) -> Any:
        return lesson.other()

    assert submission.run(other) == 5


@linux_only
def test_who_computes_is_ended_by_what_it_has_computed(
    make_submission: MakeSubmission, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine too, where that takes longer."""
    monkeypatch.setattr(cell, "LONGEST_DEADLINES", 1000)
    source = "def act(): return sum(range(10**8))"
    submission = make_submission(source, Limits(cpu_s=30, deadline_s=0.3))
    assert submission.run(act_at_once) == 4999999950000000


def test_a_function_that_only_sits_is_ended_at_the_deadline(
    make_submission: MakeSubmission, open_source: Any
) -> None:
    source = "import os\ndef act(): os.read(os.pipe()[0], 1)"
    submission = make_submission(source, Limits(deadline_s=5.0), open_source=open_source)
    with pytest.raises(faults.OutOfTime, match="was not done after 5 s"):
        submission.run(act)


def test_too_much_memory_is_the_codes_own_error(make_submission: MakeSubmission) -> None:
    source = "def act(): return len(bytearray(10**10))"
    submission = make_submission(source, Limits(memory_bytes=1024 * MEBIBYTE))
    with pytest.raises(faults.OutOfMemory, match="more than 1024 MiB of memory"):
        submission.run(act_at_once)


def test_endless_printing_does_no_harm(make_submission: MakeSubmission) -> None:
    source = "import os\ndef act():\n    while True: os.write(1, b'x' * 10**6)"
    with pytest.raises(faults.StudentError):
        make_submission(source).run(act_at_once)


def test_a_forged_message_is_not_an_answer(make_submission: MakeSubmission) -> None:
    submission = make_submission(
        """
        import os
        def act():
            for descriptor in range(3, 20):
                try:
                    os.write(descriptor, (1 << 30).to_bytes(4, "big") + b"no JSON")
                except OSError:
                    pass
        """
    )
    with pytest.raises(faults.MalformedAnswer, match="what came back from the code cannot be read"):
        submission.run(act_at_once)


@pytest.mark.parametrize(
    "body",
    [
        "raise NotImplementedError('TODO 1 in x.py')",
        "import threading\n    t = threading.Thread(target=todo)\n    t.start()\n    t.join()",
        "return caught()",
    ],
)
def test_a_todo_is_noticed_wherever_it_comes_through(
    make_submission: MakeSubmission, body: str
) -> None:
    source = f"""
def todo():
    raise NotImplementedError('TODO 1 in x.py')

def caught():
    try:
        todo()
    except Exception as error:
        return {{"type": type(error).__name__, "message": str(error)}}

def act():
    {body}
"""
    with pytest.raises(faults.NotStarted, match=r"^TODO 1 in x\.py$"):
        make_submission(source).run(act)

    @scenario
    def only_a_part(lesson: Any) -> Any:
        return simulate(lambda: lesson.act()).returned  # type: ignore[name-defined]  # noqa: F821

    if "caught" not in body:
        with pytest.raises(faults.NotStarted):
            make_submission(source).run(only_a_part)


def test_an_exception_of_the_students_is_told_with_its_line(
    make_submission: MakeSubmission,
) -> None:
    submission = make_submission("def act():\n    return {}['key']")
    with pytest.raises(faults.Raised, match=r"^KeyError: 'key' \(tiny\.py:2\)$"):
        submission.run(act_at_once)


def test_a_name_that_is_missing_in_the_file_is_the_students(
    make_submission: MakeSubmission,
) -> None:
    with pytest.raises(faults.Raised, match=r"tiny\.py has no act"):
        make_submission("x = 1").run(act_at_once)


def test_a_scenario_that_fails_by_itself_is_ours(make_submission: MakeSubmission) -> None:
    @scenario
    def broken(lesson: Any) -> Any:
        return [][1]

    with pytest.raises(ScenarioError, match="IndexError"):
        make_submission("x = 1").run(broken)


def test_a_cell_that_cannot_be_started_is_ours(
    make_submission: MakeSubmission, monkeypatch: pytest.MonkeyPatch, open_source: Any
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(faults.CellError, match=r"no cell can be started|the stem does not start"):
        make_submission("x = 1", open_source=open_source).run(act)


@needs_fork
def test_cells_have_the_lessons_imports_ready(make_submission: MakeSubmission) -> None:
    source = """
        import sys
        def act():
            return ["colorsys" in sys.modules, sys.argv[1:]]
        """
    assert make_submission(source).run(act_at_once) == [False, []]
    ready = partial(as_when_graded, imports=("colorsys",))
    assert make_submission(source, open_source=ready).run(act_at_once) == [True, []]


@needs_fork
def test_an_import_that_is_missing_is_ours(make_submission: MakeSubmission) -> None:
    missing = partial(as_when_graded, imports=("no_such_module",))
    submission = make_submission("x = 1", open_source=missing)
    with pytest.raises(faults.CellError, match="No module named 'no_such_module'"):
        submission.run(act)


@linux_only
def test_a_stem_that_does_not_start_is_ours(
    make_submission: MakeSubmission, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho no engine >&2\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(faults.CellError, match="the stem does not start:\nno engine"):
        make_submission("x = 1", open_source=cell_source).run(act)


LEAVES = """
import os, signal

def act(path):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            with open(path, "w") as file:
                file.write(str(os.getpid()))
            signal.pause()
        os._exit(0)
    with open(path) as file:
        return int(file.read())
"""


@linux_only
def test_a_process_that_left_its_family_is_ended(
    make_submission: MakeSubmission, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    submission = make_submission(LEAVES, open_source=cell_source)
    left = submission.run(act_at_once, path=str(pipe))
    with pytest.raises(ProcessLookupError):
        os.kill(left, 0)


@linux_only
def test_a_cell_that_ends_does_not_wait_for_what_it_left(
    make_submission: MakeSubmission, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    source = LEAVES.replace("return int(file.read())", "os._exit(int(file.read()) and 7)")
    submission = make_submission(source, Limits(deadline_s=60.0), cell_source)
    with pytest.raises(faults.EndedProcess, match="exit status 7"):
        submission.run(act_at_once, path=str(pipe))


@needs_fork
def test_a_process_that_is_not_found_does_not_hold_up_the_check(
    make_submission: MakeSubmission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cell, "_ENDING_S", 1.0)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    submission = make_submission(LEAVES, open_source=NewInterpreters)
    left = submission.run(act_at_once, path=str(pipe))
    os.kill(left, signal.SIGKILL)


@linux_only
def test_a_stem_that_was_killed_costs_that_check_only(make_submission: MakeSubmission) -> None:
    submission = make_submission(
        f"""
        import os
        def act(): os.kill(os.getppid(), {int(signal.SIGKILL)}); os.read(os.pipe()[0], 1)
        def other(): return 5
        """,
        open_source=cell_source,
    )

    @scenario
    def other(lesson: Any) -> Any:
        return lesson.other()

    with pytest.raises(faults.EndedProcess, match="ended the process that looks after it"):
        submission.run(act)
    assert submission.run(other) == 5


def test_nothing_stays_in_the_working_folder(make_submission: MakeSubmission, home: Path) -> None:
    submission = make_submission("def act(): open('file', 'w').write('x' * 1000)")
    submission.run(act)
    assert list(home.iterdir()) == []


def test_quick_limits_leave_room_for_a_right_program(make_submission: MakeSubmission) -> None:
    assert make_submission("def act(): return 1", QUICK).run(act).returned


def test_a_message_that_student_code_writes_itself_does_not_count(
    make_submission: MakeSubmission,
) -> None:
    source = """
    import json, os, stat, struct
    text = json.dumps({"kind": "answer", "value": "forged"}).encode()
    for number in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                os.write(number, struct.pack(">I", len(text)) + text)
        except OSError:
            pass
    def act():
        return "honest"
    """
    submission = make_submission(source, open_source=cell_source)
    with pytest.raises(faults.StudentError, match="a message without the mark of this cell"):
        submission.run(act_at_once)


def test_what_comes_back_may_not_be_deep(make_submission: MakeSubmission) -> None:
    source = """
    def act(depth=100):
        return [act(depth - 1)] if depth else []
    """
    with pytest.raises(faults.MalformedAnswer, match="lists in lists, more than 64 deep"):
        make_submission(source).run(act_at_once)


def test_an_error_in_code_that_student_code_compiled_is_not_ours(
    make_submission: MakeSubmission,
) -> None:
    submission = make_submission("exec('def act(): raise OSError(5)')")
    with pytest.raises(faults.Raised, match="OSError: 5"):
        submission.run(act_at_once)


@linux_only
def test_many_processes_are_ended(make_submission: MakeSubmission) -> None:
    source = """
    import os, time
    def act():
        while True:
            try:
                os.fork()
            except OSError:
                time.sleep(0.01)
    """
    submission = make_submission(source, Limits(deadline_s=60.0))
    with pytest.raises(faults.StudentError, match="started more than 512 threads"):
        submission.run(act_at_once)
    submission = make_submission("def act(): return 1")
    assert submission.run(act_at_once) == 1


GROWS = """
import os, time
def act(processes, size):
    for _ in range(processes):
        if os.fork() == 0:
            kept = b"x" * size
            time.sleep(60)
            os._exit(0)
    time.sleep(60)
"""


@scenario
def grow(lesson: Any, processes: int, size: int) -> Any:
    return lesson.act(processes, size)


@needs_fork
@pytest.mark.parametrize(
    ("processes", "size", "message"),
    [
        (600, 0, "started more than 512 threads"),
        (6, 500_000_000, "needed more than 2048 MiB of memory"),
    ],
)
def test_what_all_processes_have_together_is_limited(
    make_submission: MakeSubmission, open_source: Any, processes: int, size: int, message: str
) -> None:
    submission = make_submission(GROWS, Limits(deadline_s=60.0), open_source)
    with pytest.raises(faults.StudentError, match=message):
        submission.run(grow, processes=processes, size=size)


@needs_fork
def test_what_the_grader_itself_has_in_memory_excuses_nobody(
    make_submission: MakeSubmission, open_source: Any
) -> None:
    kept = b"x" * 500_000_000
    submission = make_submission(GROWS, Limits(deadline_s=20.0), open_source)
    with pytest.raises(faults.StudentError, match="needed more than 2048 MiB of memory"):
        submission.run(grow, processes=6, size=500_000_000)
    del kept


@needs_fork
def test_a_child_that_left_the_session_is_ended_at_the_deadline(
    make_submission: MakeSubmission, tmp_path: Path, open_source: Any
) -> None:
    source = """
    import os
    def act(path):
        if os.fork() == 0:
            os.setsid()
            os.write(os.open(path, os.O_WRONLY), b"x")
        os.read(os.pipe()[0], 1)
    """
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    submission = make_submission(source, Limits(deadline_s=5.0), open_source)
    with pytest.raises(faults.OutOfTime, match="was not done after 5 s"):
        submission.run(act_at_once, path=str(pipe))
    with open(reader, "rb") as file:
        assert file.read() == b"x"  # Until nobody holds the other end.
