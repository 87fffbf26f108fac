"""From the instructor's commit to a student's marks, through repositories of git."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from threadlings import cli, usage

from .conftest import Place, use_git_as
from .test_course import ROOT, course

LESSON = "exercises/lesson08"
FULL_MARKS = 10


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the ``course``, and ``template.git``, which it was published to."""
    folder = tmp_path_factory.mktemp("school")
    place = Place(folder / "course")
    for path in course():
        target = place.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, target)
    with pytest.MonkeyPatch.context() as monkeypatch:
        use_git_as(folder / "gitconfig", monkeypatch)
        place.git("init", "--quiet", "--initial-branch=main")
        place.commit()
        place.git("remote", "add", "template", str(_bare(folder / "template.git").root))
        assert place.publish("--remote", "template") == usage.DONE
        yield folder


@pytest.fixture
def student(school: Path, tmp_path: Path) -> Place:
    """A student's clone of what was published."""
    place = Place(tmp_path / "ada")
    place.root.mkdir()
    place.git("clone", "--quiet", str(school / "template.git"), ".")
    return place


def _bare(path: Path) -> Place:
    path.mkdir()
    bare = Place(path)
    bare.git("init", "--quiet", "--bare", "--initial-branch=student")
    return bare


def _solve(student: Place) -> None:
    shutil.copy2(ROOT / "solutions" / "lesson08" / "locks.py", student.root / LESSON)


@pytest.mark.skipif(sys.platform == "win32", reason="grading is for Linux and macOS")
def test_a_students_solution_is_graded_from_the_students_own_remote(
    school: Path, student: Place, tmp_path: Path
) -> None:
    _solve(student)
    student.commit()
    handed_in = _bare(tmp_path / "ada.git")
    student.git("push", "--quiet", str(handed_in.root), "HEAD:refs/heads/student")
    roster = tmp_path / "roster.csv"
    roster.write_text("student,path,ref\nada,ada.git,student\n")
    words = ["grade", str(roster), "--lesson", "8"]
    words += ["--results", str(tmp_path / "grades"), "--json", str(tmp_path / "book.json")]
    assert cli.main(words, graders=school / "course" / "graders") == usage.DONE
    (graded,) = json.loads((tmp_path / "book.json").read_text())["submissions"]
    assert (graded["name"], graded["points"]) == ("ada", FULL_MARKS)


def test_no_hidden_file_can_be_reached_from_a_students_clone(school: Path, student: Place) -> None:
    def objects(place: Place, *words: str) -> set[str]:
        listed = place.git("rev-list", "--objects", *words).splitlines()
        return {line.split(" ")[0] for line in listed}

    paths = ("graders/lesson*", "solutions", "tests")
    hidden = objects(Place(school / "course"), "main", "--", *paths)
    empty = student.git("rev-parse", "HEAD:graders/threadlings/py.typed")
    assert len(hidden) > len(course()) / 2
    assert objects(student, "--all") & hidden == {empty}


def test_a_students_clone_works_in_an_environment_of_its_own(
    student: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PYTHONPATH", "PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        monkeypatch.delenv(name, raising=False)
    programs = _environment(tmp_path / "venv")
    python = str(programs / "python")

    def run(*command: str) -> tuple[int, str]:
        done = subprocess.run(command, cwd=student.root, capture_output=True, encoding="utf-8")
        return done.returncode, done.stdout + done.stderr

    install = ("install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation", "-e", ".")
    code, told = run(python, "-m", "pip", *install)
    assert code == 0, told
    _code, where = run(python, "-c", "import threadlings; print(threadlings.__file__)")
    assert Path(where.strip()).resolve().is_relative_to(student.root.resolve())

    code, told = run(python, "-m", "pytest", "-k", "test_locks")
    assert (code, " deselected" in told) == (1, True), told
    assert f"next   TODO 1 in {LESSON}/locks.py" in told
    _solve(student)
    code, told = run(python, "-m", "pytest", LESSON)
    assert (code, "failed" in told) == (0, False), told

    command = str(programs / "threadlings")
    code, told = run(command, "--help")
    assert (code, "check" in told, "grade submissions" in told) == (0, True, False), told
    for verb in (["publish"], ["grade", "."]):
        code, told = run(command, *verb)
        assert (code, "has no hidden graders" in told) == (2, True), told
    assert student.git("status", "--porcelain") == f"M {LESSON}/locks.py"


def _environment(folder: Path) -> Path:
    """Make an environment that sees the packages of this one, and return where its programs are.

    Of an editable installation here it sees nothing: that is in a file which only this one reads.
    """
    venv.create(folder, with_pip=find_spec("pip") is None)
    paths = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", paths))
    here = sysconfig.get_path("purelib")
    (packages / "here.pth").write_text(f"import sys; sys.path.insert(1, {here!r})\n")
    return Path(sysconfig.get_path("scripts", "venv", paths))
