"""What lies beside a student's file, and what it could reach, has no say in its grade."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from threadlings.cells import Limits, find_sandbox
from threadlings.gradebook import Gradebook

from ._class import WATCHED, Attack, Class
from .test_attacks import QUICK, _tiny, sandboxed

CHEAT = "def double(number):\n    return 0\n"
EXECUTED = f"""
import os
os.close(os.open("{WATCHED}/executed", os.O_CREAT | os.O_WRONLY))
"""
HOOKS = f"""{EXECUTED}
def pytest_pyfunc_call(pyfuncitem):
    return True
"""
BESIDE = {
    "conftest.py": HOOKS,
    "pytest.ini": "[pytest]\naddopts = -p evil --co\n",
    "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "-p evil --co"\n',
    "setup.cfg": "[tool:pytest]\naddopts = -p evil --co\n",
    "evil.py": HOOKS,
    "evil-1.0.dist-info/METADATA": "Name: evil\nVersion: 1.0\n",
    "evil-1.0.dist-info/entry_points.txt": "[pytest11]\nevil = evil\n",
    "evil.pth": f"import os; os.close(os.open('{WATCHED}/executed', os.O_CREAT))\n",
    "sitecustomize.py": EXECUTED,
    "usercustomize.py": EXECUTED,
    "grade_tiny.py": EXECUTED,
    "test_tiny.py": EXECUTED,
    "tiny/__init__.py": f"{EXECUTED}\ndef double(number):\n    return 2 * number\n",
    "threadlings/__init__.py": EXECUTED,
    **{
        f"{name}.py": EXECUTED
        for name in ("json", "os", "pytest", "queue", "random", "threading", "time", "typing")
    },
}


def _put_beside(students: Class, name: str) -> Path:
    lesson = (students.root / "class" / name / "exercises" / students.lesson.file).parent
    for folder in (lesson, lesson.parent, lesson.parent.parent):
        for path, text in BESIDE.items():
            file = folder / path
            file.parent.mkdir(exist_ok=True)
            file.write_text(text.replace(WATCHED, str(students.root)))
    return lesson


@pytest.mark.parametrize("is_sandboxed", [False, pytest.param(True, marks=sandboxed)])
def test_files_beside_the_students_are_never_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_sandboxed: bool
) -> None:
    """Not as an attack, nor where a student has called a file of theirs ``threading.py``."""
    attacks = [Attack("cheat", f"# told: returned 0\n{CHEAT}")]
    students, right = _tiny(tmp_path, attacks, QUICK)
    _put_beside(students, "a_right")
    monkeypatch.chdir(_put_beside(students, "cheat"))
    graded = students.grade(find_sandbox() if is_sandboxed else None)
    assert list(graded.problems(attacks, right)) == []
    assert not (tmp_path / "executed").exists()


def test_a_module_of_the_students_folder_cannot_be_imported(tmp_path: Path) -> None:
    source = "# told: No module named 'evil'\nimport evil\n"
    attacks = [Attack("cheat", source)]
    students, right = _tiny(tmp_path, attacks, QUICK)
    _put_beside(students, "cheat")
    assert list(students.grade(None).problems(attacks, right)) == []


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """A socket that listens, where a friend would hand out the solution."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@sandboxed
def test_a_solution_is_not_fetched_over_the_network(tmp_path: Path, server: socket.socket) -> None:
    source = f"""# told: ConnectionRefusedError
import socket
exec(socket.create_connection({server.getsockname()!r}).makefile().read())
"""
    attacks = [Attack("cheat", source)]
    students, right = _tiny(tmp_path, attacks, QUICK)
    assert list(students.grade(find_sandbox()).problems(attacks, right)) == []
    with pytest.raises(BlockingIOError):
        server.accept()


def test_the_watch_sees_what_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, no test of this folder could."""
    students, right = _tiny(tmp_path, [], QUICK)
    new = students.root / "class" / "new"
    begin = "import subprocess; subprocess.Popen(['sleep', '1000'], start_new_session=True)"

    def leaves_something(*_arguments: object, **_others: object) -> Gradebook:
        subprocess.run([sys.executable, "-c", begin], check=True)
        new.touch()
        return Gradebook(())

    monkeypatch.setattr("threadlings.judging.grading.grade", leaves_something)
    graded = students.grade(None)
    assert graded.running == ["sleep 1000 "]
    assert graded.changed == [str(new)]
    assert list(graded.problems([], right)) == ["no result: ['a_right', 'z_right']"]


def test_a_stem_that_is_frozen_costs_its_own_submission_only(tmp_path: Path) -> None:
    source = """# told: not done after|process that looks after it
import os, signal
os.kill(os.getppid(), signal.SIGSTOP)
os.read(os.pipe()[0], 1)
"""
    attacks = [Attack("freezes", source)]
    students, right = _tiny(tmp_path, attacks, Limits(cpu_s=1, deadline_s=10.0))
    assert list(students.grade(None).problems(attacks, right)) == []
