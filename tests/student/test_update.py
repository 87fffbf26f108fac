"""``threadlings update``: corrections come, and nothing of a student's is lost."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from threadlings.usage import DONE, WRONG_USAGE

from .conftest import LOCKS, ROOT, Command, School

Capture = pytest.CaptureFixture[str]
THREADS = "exercises/lesson01/thread_creation.py"
VISIBLE = "exercises/lesson08/test_locks.py"


class Course:
    """The instructor's template: a bare repository with a branch ``student``."""

    def __init__(self, folder: Path) -> None:
        self.bare, self.work = folder / "template.git", folder / "template"
        self.git("init", "-q", "--bare", "-b", "student", str(self.bare), at=folder)
        self.git("clone", "-q", str(self.bare), str(self.work), at=folder)
        for lesson in ("lesson01", "lesson08"):
            ignored = shutil.ignore_patterns("__pycache__")
            source = ROOT / "exercises" / lesson
            shutil.copytree(source, self.work / "exercises" / lesson, ignore=ignored)
        self.change("graders/threadlings/lessons.toml", "# The lessons.\n")

    def git(self, *words: str, at: Path | None = None) -> str:
        """Run git, in the working copy if no other folder is given."""
        who = ["-c", "user.name=teacher", "-c", "user.email=teacher@example.org"]
        command = ["git", *who, "-c", "core.autocrlf=false", *words]
        done = subprocess.run(command, cwd=at or self.work, check=True, capture_output=True)
        return done.stdout.decode().strip()

    def change(self, path: str, text: str | None) -> None:
        """Publish a file with another text; None: without it."""
        file = self.work / path
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "publish")
        self.git("push", "-q", "origin", "HEAD:refs/heads/student")

    def read(self, path: str) -> str:
        """Return what is published."""
        return (self.work / path).read_text(encoding="utf-8")


@pytest.fixture
def template(tmp_path: Path) -> Course:
    """A template with lessons 01 and 08."""
    return Course(tmp_path)


@pytest.fixture
def student(school: School, template: Course) -> School:
    """A repository with the template's files, and a history of its own, as GitHub makes it."""
    school.git("init", "-q", "-b", "main")
    (school.root / "graders" / "threadlings").mkdir(parents=True)
    shutil.copy(template.work / "graders" / "threadlings" / "lessons.toml", school.root / "graders")
    shutil.move(school.root / "graders" / "lessons.toml", school.root / "graders" / "threadlings")
    school.commit()
    return school


def _read(school: School, path: str) -> str:
    return (school.root / path).read_text(encoding="utf-8")


def test_all_but_a_students_work_is_taken_over(
    student: School, template: Course, threadlings: Command, capsys: Capture
) -> None:
    student.solve()
    (student.root / "notes.txt").write_text("mine")
    student.commit()
    solved, stub = _read(student, LOCKS), template.read(LOCKS)
    template.change(LOCKS, stub + "\n# A corrected stub.\n")
    template.change(THREADS, template.read(THREADS) + "\n# A corrected stub.\n")
    template.change(VISIBLE, template.read(VISIBLE) + "\n# A corrected test.\n")
    template.change("exercises/lesson02/README.md", "# New\n")
    assert threadlings("update", "--from", str(template.bare)) == DONE
    for path in (THREADS, VISIBLE, "exercises/lesson02/README.md"):
        assert _read(student, path) == template.read(path)
    assert (_read(student, LOCKS), _read(student, "notes.txt")) == (solved, "mine")
    told = capsys.readouterr().out
    assert f"{LOCKS} is yours and was kept; the course changed:" in told
    assert "+# A corrected stub." in told
    assert "-class Counter" not in told
    assert "files that were updated: 3" in told
    assert not list(student.root.rglob("*.bak"))


def test_the_address_is_remembered_and_nothing_new_is_said_so(
    student: School, template: Course, threadlings: Command, capsys: Capture
) -> None:
    assert threadlings("update", "--from", str(template.bare)) == DONE
    assert "there is nothing new" in capsys.readouterr().out
    template.change(VISIBLE, "# Corrected.\n")
    assert threadlings("update") == DONE
    assert _read(student, VISIBLE) == "# Corrected.\n"


def test_a_stub_of_two_corrections_ago_is_still_untouched(
    student: School, template: Course, threadlings: Command
) -> None:
    for number in range(2):
        template.change(LOCKS, template.read(LOCKS) + f"# Correction {number}.\n")
    assert threadlings("update", "--from", str(template.bare)) == DONE
    assert _read(student, LOCKS) == template.read(LOCKS)


def test_what_else_a_student_changed_is_kept_beside(
    student: School, template: Course, threadlings: Command, capsys: Capture
) -> None:
    (student.root / VISIBLE).write_text("# My own tests.\n")
    template.change(VISIBLE, "# Corrected.\n")
    assert threadlings("update", "--from", str(template.bare)) == DONE
    assert _read(student, VISIBLE) == "# Corrected.\n"
    assert _read(student, f"{VISIBLE}.1.bak") == "# My own tests.\n"
    assert f"what you had is in {VISIBLE}.1.bak" in capsys.readouterr().out


def test_a_change_that_was_seen_is_not_shown_again(
    student: School, template: Course, threadlings: Command, capsys: Capture
) -> None:
    student.solve()
    template.change(LOCKS, template.read(LOCKS) + "\n# A corrected stub.\n")
    (student.root / LOCKS).write_text(_read(student, LOCKS) + "\n# A corrected stub.\n")
    assert threadlings("update", "--from", str(template.bare)) == DONE
    assert "yours and was kept" not in capsys.readouterr().out


def test_files_that_the_course_gave_up_go_and_a_students_stay(
    student: School, template: Course, threadlings: Command
) -> None:
    page = "exercises/lesson01/README.ko.md"
    student.solve()
    template.change(page, None)
    template.change(LOCKS, None)
    assert threadlings("update", "--from", str(template.bare)) == DONE
    assert not (student.root / page).exists()
    assert (student.root / LOCKS).exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "where is the course's repository? threadlings update --from ADDRESS"),
        (["--from", "nowhere"], "nowhere has no student to fetch:"),
        (["--from", "template", "--branch", "main"], "has no main to fetch:"),
    ],
)
def test_what_cannot_be_fetched_is_told(
    student: School,
    template: Course,
    threadlings: Command,
    capsys: Capture,
    words: list[str],
    message: str,
) -> None:
    before = _read(student, LOCKS)
    given = [str(template.bare) if word == "template" else word for word in words]
    assert threadlings("update", *given) == WRONG_USAGE
    assert message in capsys.readouterr().err
    assert _read(student, LOCKS) == before


def test_another_repository_is_refused(
    student: School, template: Course, threadlings: Command, capsys: Capture
) -> None:
    template.change("graders/threadlings/lessons.toml", None)
    assert threadlings("update", "--from", str(template.bare)) == WRONG_USAGE
    assert "is not this course" in capsys.readouterr().err
    assert threadlings("update") == WRONG_USAGE


def test_a_folder_without_git_is_told(
    school: School, template: Course, threadlings: Command, capsys: Capture
) -> None:
    assert threadlings("update", "--from", str(template.bare)) == WRONG_USAGE
    assert "is no git repository: clone the course with git" in capsys.readouterr().err
