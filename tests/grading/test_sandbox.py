"""What student code cannot do in the sandbox, and what it still can."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import threadlings
from threadlings import cli, usage
from threadlings.cells import (
    Limits,
    Sandbox,
    Stem,
    faults,
    find_sandbox,
    sandbox,
    why_no_sandbox,
)
from threadlings.grading import real_scenario, scenario

from .conftest import RIGHT, MakeSubmission, School

ROOT = Path(__file__).parent.parent.parent

sandboxed = pytest.mark.skipif(find_sandbox() is None, reason=f"no sandbox: {why_no_sandbox()}")

Run = Callable[..., Any]


@scenario
def act(lesson: Any, arguments: list[Any]) -> Any:
    return lesson.act(*arguments)


@real_scenario()
def act_for_real(lesson: Any, arguments: list[Any]) -> Any:
    return lesson.act(*arguments)


@pytest.fixture
def run(make_submission: MakeSubmission) -> Run:
    """Call a program's ``act`` in a cell of its own."""

    def run(source: str, *arguments: Any) -> Any:
        return make_submission(source).run(act, arguments=list(arguments))

    return run


TRY = """
import os

def act(paths, mode):
    found = []
    for path in paths:
        try:
            with open(path, mode) as file:
                found.append(type(file).__name__)
        except OSError as error:
            found.append(error.strerror)
    return found
"""
LIST = "import os\ndef act(path): return sorted(os.listdir(path))"
NOTHING_THERE = "No such file or directory"
REFUSED = {NOTHING_THERE, "Read-only file system", "Permission denied"}


@sandboxed
def test_the_root_holds_only_what_is_needed(run: Run) -> None:
    above = [*map(str, sandbox._visible()), "/dev", "/proc", "/tmp"]
    assert set(run(LIST, "/")) <= {Path(path).parts[1] for path in above}
    wanted = {path.name for path in sandbox._visible() if path.parent == Path("/etc")}
    assert set(run(LIST, "/etc")) <= wanted


@sandboxed
def test_no_hidden_file_can_be_read(run: Run, school: School) -> None:
    other = school.hand_in(RIGHT, "ben") / "exercises" / "lesson01" / "tiny.py"
    paths = [
        *(ROOT / "graders").glob("lesson*/grade_*.py"),
        *(ROOT / "solutions").rglob("*.py"),
        *school.graders.glob("lesson*/grade_*.py"),
        other,
        Path(__file__),
        ROOT / "pyproject.toml",
        Path("/etc/passwd"),
    ]
    assert ROOT / "graders" / "lesson08" / "grade_4_account.py" in paths
    assert all(path.is_file() for path in paths)
    assert set(run(TRY, [*map(str, paths)], "r")) == {NOTHING_THERE}


@sandboxed
def test_of_the_repository_only_the_package_can_be_seen(run: Run) -> None:
    package = Path(threadlings.__file__).parent
    assert "engine" in run(LIST, str(package))
    if package.parent.name == "graders":
        assert run(LIST, str(package.parent)) == ["threadlings"]


@sandboxed
def test_nothing_outside_can_be_written(run: Run, tmp_path: Path) -> None:
    new = [folder / "written" for folder in (Path("/"), Path("/tmp"), ROOT, tmp_path)]
    new += [Path("/dev/written"), Path(sys.prefix, "lib", "written"), Path("/usr/bin/written")]
    old = ["/proc/self/comm", "/proc/sys/kernel/core_pattern", threadlings.__file__]
    assert set(run(TRY, [*map(str, new), *old], "a")) <= REFUSED
    assert not any(path.exists() for path in new)


@sandboxed
def test_its_own_folder_can_be_written_and_is_in_memory(run: Run, home: Path) -> None:
    source = """
    import os
    def act():
        with open("file", "w") as file:
            file.write("text")
        return [open("file").read(), os.getcwd()]
    """
    text, folder = run(source)
    assert text == "text"
    assert Path(folder).parent == home
    assert list(home.iterdir()) == []


@sandboxed
def test_a_disk_cannot_be_filled(make_submission: MakeSubmission) -> None:
    source = """
    import os
    def act():
        for number in range(1000):
            try:
                with open(str(number), "wb") as file:
                    os.posix_fallocate(file.fileno(), 0, 32 * 2**20)
            except OSError as error:
                return [number, error.strerror]
    """
    count, why = make_submission(source).run(act, arguments=[])
    assert why == "No space left on device"
    assert count * 32 * 2**20 <= sandbox.FOLDER_BYTES


@sandboxed
def test_nothing_is_left_for_the_next_cell(make_submission: MakeSubmission) -> None:
    submission = make_submission(
        """
        import os
        def act():
            seen = sorted(os.listdir("..")) + os.listdir("/dev/shm")
            os.mkdir("../left")
            open("../left/file", "w").close()
            open("../file", "w").close()
            os.symlink("/usr", "../link")
            return len(seen)
        """
    )
    assert [submission.run(act, arguments=[]) for _ in range(2)] == [1, 1]


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """A socket that listens on this machine's 127.0.0.1, where it can be reached."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        socket.create_connection(listening.getsockname()).close()
        yield listening


@sandboxed
def test_this_machines_servers_cannot_be_reached(run: Run, server: socket.socket) -> None:
    source = """
    import socket
    def act(host, port):
        try:
            socket.create_connection((host, port)).close()
        except OSError as error:
            return error.strerror
    """
    assert run(source, "127.0.0.1", server.getsockname()[1]) == "Connection refused"
    assert run(source, "192.0.2.1", 80) == "Network is unreachable"


@sandboxed
def test_an_abstract_socket_of_this_machine_cannot_be_reached(run: Run) -> None:
    name = f"\0threadlings-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(name)
        listening.listen()
        source = """
        import socket
        def act(name):
            try:
                socket.socket(socket.AF_UNIX).connect(name)
            except OSError as error:
                return error.strerror
        """
        assert run(source, name) == "Connection refused"


@sandboxed
def test_a_server_inside_can_be_reached(make_submission: MakeSubmission) -> None:
    source = """
    import threading, urllib.request
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"a page")

        def log_message(self, *words):
            pass

    def act(host):
        with HTTPServer((host, 0), Handler) as server:
            threading.Thread(target=server.serve_forever).start()
            text = urllib.request.urlopen(f"http://{host}:{server.server_port}/").read()
            server.shutdown()
            return text.decode()
    """
    submission = make_submission(source)
    assert submission.run(act_for_real, arguments=["127.0.0.1"]) == "a page"
    assert submission.run(act_for_real, arguments=["localhost"]) == "a page"


@sandboxed
def test_no_other_process_can_be_seen(run: Run) -> None:
    source = """
    import os
    def act():
        pids = sorted(int(name) for name in os.listdir("/proc") if name.isdigit())
        return [pids, os.getppid(), os.getpid()]
    """
    pids, stem, cell = run(source)
    assert pids == [1, cell]
    assert stem == 1


@sandboxed
def test_no_process_outside_can_be_signalled(run: Run) -> None:
    source = """
    import os
    def act(pid):
        try:
            os.kill(pid, 0)
        except OSError as error:
            return error.strerror
    """
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        assert run(source, max(other.pid, 1000)) == "No such process"
        assert run(source, os.getpid() + 100_000) == "No such process"


@sandboxed
def test_the_stem_can_be_neither_ended_nor_stopped(make_submission: MakeSubmission) -> None:
    submission = make_submission(
        """
        import os
        def act(numbers):
            for number in numbers:
                os.kill(os.getppid(), number)
            return os.getppid()
        """
    )
    for numbers in [sorted(map(int, signal.valid_signals())), []]:
        assert submission.run(act, arguments=[numbers]) == 1


@sandboxed
def test_a_signal_to_everybody_costs_that_check_only(make_submission: MakeSubmission) -> None:
    submission = make_submission(
        """
        import os
        def act(number):
            if number and os.fork() > 0:
                os.kill(-1, number)
            return "alive"
        """
    )
    assert submission.run(act_for_real, arguments=[int(signal.SIGKILL)]) == "alive"
    assert submission.run(act_for_real, arguments=[0]) == "alive"


@sandboxed
def test_no_powers_can_be_had(run: Run) -> None:
    source = """
    import ctypes
    def act():
        status = open("/proc/self/status").read().split("\\n")
        powers = {line.split()[1] for line in status if line.startswith(("CapPrm", "CapBnd"))}
        new_user_namespace = ctypes.CDLL(None).unshare(0x10000000)
        return [sorted(powers), "NoNewPrivs:\\t1" in status, new_user_namespace]
    """
    assert run(source) == [["0" * 16], True, -1]


def negated(number: int) -> int:
    return -number


@real_scenario(negated)
def mapped(lesson: Any, method: str) -> Any:
    import multiprocessing

    multiprocessing.set_start_method(method)
    return lesson.act(negated)


@sandboxed
@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_processes_work_in_every_way(make_submission: MakeSubmission, method: str) -> None:
    submission = make_submission(
        """
        from multiprocessing import BoundedSemaphore, Manager, Pool
        def act(task):
            from multiprocessing import shared_memory
            with BoundedSemaphore(1), Manager() as manager, Pool(2) as pool:
                numbers = manager.list(pool.map(task, [1, 2]))
                memory = shared_memory.SharedMemory(create=True, size=10)
                memory.close()
                memory.unlink()
                return list(numbers)
        """,
        Limits(cpu_s=5),
    )
    assert submission.run(mapped, method=method) == [-1, -2]


LEAVES = """
import os, signal

def act(pid):
    if pid:
        try:
            os.kill(pid, 0)
        except OSError as error:
            return error.strerror
        return "there"
    os.mkfifo("pipe")
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            with open("pipe", "w") as file:
                file.write(str(os.getpid()))
            signal.pause()
        os._exit(0)
    with open("pipe") as file:
        return int(file.read())
"""


@sandboxed
def test_a_process_that_left_its_family_ends_with_the_cell(
    make_submission: MakeSubmission,
) -> None:
    submission = make_submission(LEAVES)
    left = submission.run(act, arguments=[0])
    assert left > 1
    assert submission.run(act, arguments=[left]) == "No such process"


@sandboxed
def test_all_ends_with_the_grader(tmp_path: Path) -> None:
    """Killed at once, it cannot tell anybody; a pipe that all inside hold shows the end."""
    found = find_sandbox()
    assert found is not None
    words = [*found.command(tmp_path), sys.executable, "-c"]
    inside = "import os; os.fork() and os.write(1, b'x'); os.read(0, 1)"
    grader = f"import subprocess; subprocess.run({[*words, inside]!r})"
    with subprocess.Popen(
        [sys.executable, "-c", grader], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(1) == b"x"
        process.kill()
        assert process.stdout.read() == b""


@sandboxed
def test_a_sandbox_that_does_not_start_is_ours(make_submission: MakeSubmission) -> None:
    broken = Sandbox("/no/such/bwrap")
    with pytest.raises(faults.CellError, match=r"start(ed)?:\s.*/no/such/bwrap"):
        make_submission("x = 1", open_source=partial(Stem, sandbox=broken)).run(act)


@pytest.fixture
def refusing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Make the only bubblewrap one that the system refuses; return what is then said."""
    tool = tmp_path / "bwrap"
    tool.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    tool.chmod(0o755)
    monkeypatch.setattr(sandbox, "_installed", lambda: iter([str(tool)]))
    sandbox._tried.cache_clear()
    yield f"{tool} does not work here: bwrap: setting up uid map: Permission denied"
    sandbox._tried.cache_clear()


def test_where_the_system_refuses_it_is_told_why(refusing: str) -> None:
    assert find_sandbox() is None
    assert why_no_sandbox() == refusing


def test_where_none_is_installed_it_is_told_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_installed", lambda: iter([]))
    sandbox._tried.cache_clear()
    assert find_sandbox() is None
    assert "bubblewrap is missing: pip install" in why_no_sandbox() or sys.platform != "linux"
    sandbox._tried.cache_clear()


def _grade(school: School, *words: str) -> int:
    paths = [str(school.hand_in(RIGHT))]
    return cli.main(
        ["grade", *paths, *words], lessons_file=school.lessons_file, graders=school.graders
    )


def test_without_a_sandbox_the_gradebook_says_so(
    school: School, refusing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _grade(school) == usage.DONE
    assert "not sandboxed: student code could read the files" in capsys.readouterr().out
    assert not school.grade(school.hand_in(RIGHT)).as_data()["is_sandboxed"]


def test_a_sandbox_that_is_required_and_missing_is_refused(
    school: School, refusing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _grade(school, "--require-sandbox") == usage.WRONG_USAGE
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == f"threadlings: no sandbox, so nothing was graded\n{refusing}\n"


@sandboxed
def test_with_a_sandbox_the_gradebook_says_so(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _grade(school, "--require-sandbox") == usage.DONE
    assert "not sandboxed" not in capsys.readouterr().out
    assert school.grade(school.hand_in(RIGHT)).as_data()["is_sandboxed"]


@sandboxed
def test_a_check_runs_in_the_sandbox(school: School) -> None:
    cheat = RIGHT.replace(
        "return number + number",
        f"return number + number if not __import__('os').path.exists({str(school.graders)!r}) "
        "else 'the graders can be seen'",
    )
    assert school.grade_source(cheat).points == 10
