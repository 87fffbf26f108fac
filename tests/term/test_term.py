"""A term, as INSTRUCTORS.md tells it: with repositories on this machine in the place of a host.

Publish, forty students, a correction, what is due, extensions, late work, a complaint, exports.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from threadlings import cli, language, usage

from ..grading.conftest import GRADER, MANIFEST, RIGHT, STUB

DUE = "2020-12-01T23:59+09:00"
BEFORE, AFTER = "2020-12-01T14:00:00Z", "2020-12-03T14:00:00Z"
WRONG = RIGHT.replace("number + number", "number")  # 6 points.
NOT_TEXT = f"# 홍길동\n{RIGHT}".encode("cp949")
VISIBLE = "def test_double(lesson):\n    assert lesson.double(2) == 4\n"
TINY, TEST = "exercises/lesson01/tiny.py", "exercises/lesson01/test_tiny.py"
KINDS = {"right": 12, "wrong": 8, "stub": 8, "late": 6, "extended": 2, "nottext": 2, "gone": 2}
NAMES = [f"{kind}{number}" for kind, count in KINDS.items() for number in range(count)]
POINTS = {"right": "10", "wrong": "6", "stub": "0", "late": "0", "extended": "10", "nottext": "0"}

pytestmark = pytest.mark.timeout(900)  # Of a busy machine.


def _git(folder: Path, *words: str, date: str = BEFORE) -> str:
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "gc.auto=0")
    command = ["git", "-C", str(folder), *who, *words]
    done = subprocess.run(
        command, env=os.environ | dates, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


class Term:
    """The instructor's repository, the template and the students' repositories in a folder."""

    def __init__(self, root: Path) -> None:
        self.root, self.course = root, root / "course"
        self.template, self.work = root / "template.git", root / "work"
        self.lessons_file = self.course / "graders" / "threadlings" / "lessons.toml"
        files = {
            ".github/student/README.md": "# Exercises\n",
            ".github/shared-lines.toml": "",
            TINY: STUB,
            TEST: VISIBLE,
            "graders/lesson01/grade_tiny.py": GRADER,
            "graders/threadlings/lessons.toml": MANIFEST,
            "pyproject.toml": "[project]\n",
        }
        for path, text in files.items():
            (self.course / path).parent.mkdir(parents=True, exist_ok=True)
            (self.course / path).write_text(text)
        _git(root, "init", "-q", "--bare", "-b", "student", str(self.template))
        _git(self.course, "init", "-q", "-b", "main")
        for key, value in (("name", "Instructor"), ("email", "instructor@example.org")):
            _git(self.course, "config", f"user.{key}", value)
        _git(self.course, "remote", "add", "template", str(self.template))

    def run(self, *words: str | Path) -> int:
        """Run the command, and return its exit code."""
        return cli.main(
            [str(word) for word in words],
            lessons_file=self.lessons_file,
            graders=self.course / "graders",
        )

    def publish(self) -> int:
        """Commit what the instructor has changed, and publish it."""
        _git(self.course, "add", "-A")
        _git(self.course, "commit", "-q", "-m", "Change")
        return self.run("publish", "--remote", "template")

    def enrol(self, name: str) -> Path:
        """Give a student a repository with the template's files, and a clone of it."""
        clone, bare = self.root / "students" / name, self.root / "host" / f"{name}.git"
        shutil.copytree(self.root / "export", clone)
        _git(self.root, "init", "-q", "--bare", "-b", "main", str(bare))
        _git(clone, "init", "-q", "-b", "main")
        _git(clone, "remote", "add", "origin", str(bare))
        self.push(name, None, "2020-09-01T00:00:00Z")
        return clone

    def push(self, name: str, source: str | bytes | None, date: str) -> str:
        """Let a student commit a file and push it; None: what is there. Return the commit."""
        clone = self.root / "students" / name
        if source is not None:
            data = source if isinstance(source, bytes) else source.encode()
            (clone / TINY).write_bytes(data)
        _git(clone, "add", "-A")
        _git(clone, "commit", "-q", "--allow-empty", "-m", "Work", date=date)
        _git(clone, "push", "-q", "origin", "main")
        return _git(clone, "rev-parse", "HEAD")

    def fetch(self) -> int:
        """Fetch the class."""
        pushes = self.root / "host.csv"
        words = ("--before", DUE, "--pushes", pushes)
        return self.run("fetch", self.root / "roster.csv", "--into", self.work, *words)

    def grade(self, *words: str | Path) -> int:
        """Grade what was fetched."""
        always = ("--results", self.root / "grades", "--before", DUE)
        return self.run("grade", self.work / "roster.csv", *always, *words)

    def points(self, name: str = "gradebook.csv") -> dict[str, str]:
        """Return the points of the lesson by student."""
        with (self.root / "grades" / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        column = next(at for at, head in enumerate(rows[0]) if head.startswith("lesson01"))
        return {row[0]: row[column] for row in rows[1:]}


@pytest.fixture
def term(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Term:
    """A term before its first day."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return Term(tmp_path)


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _before_the_term(term: Term) -> None:
    """Publish; each student but two has a repository; the roster has two extensions."""
    assert term.publish() == usage.DONE
    assert "graders/lesson01" not in _git(term.template, "ls-tree", "-r", "--name-only", "student")
    _git(term.root, "clone", "-q", str(term.template), str(term.root / "export"))
    shutil.rmtree(term.root / "export" / ".git")
    rows = ["student,repository,lang,due 1,email"]
    for name in NAMES:
        if _kind(name) != "gone":
            term.enrol(name)
        due = "2020-12-05T00:00Z" if _kind(name) == "extended" else ""
        korean = "ko" if name.endswith("0") else "en"
        rows.append(f"{name},{term.root}/host/{name}.git,{korean},{due},{name}@example.org")
    (term.root / "roster.csv").write_text("\n".join(rows))


def _a_correction(term: Term, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stub and a test are corrected; who has begun keeps their file, others get the stub."""
    (term.course / TINY).write_text(f"{STUB}\n# Corrected.\n")
    (term.course / TEST).write_text(f"{VISIBLE}\n# Corrected.\n")
    assert term.publish() == usage.DONE
    for name in ("right0", "stub0"):
        monkeypatch.chdir(term.root / "students" / name)
        assert term.run("update", "--from", term.template) == usage.DONE
        clone = term.root / "students" / name
        assert (clone / TEST).read_text().endswith("# Corrected.\n")
        assert ("# Corrected." in (clone / TINY).read_text()) == (name == "stub0")
        term.push(name, None, BEFORE)
    monkeypatch.chdir(term.root)


def _they_hand_in(term: Term) -> None:
    """Right and wrong in time, right but late, not at all; the host tells of one push alone."""
    sources = {
        "right": RIGHT,
        "wrong": WRONG,
        "late": RIGHT,
        "extended": RIGHT,
        "nottext": NOT_TEXT,
    }
    for name in NAMES:
        if _kind(name) in sources:
            date = AFTER if _kind(name) in ("late", "extended") else BEFORE
            commit = term.push(
                name, sources[_kind(name)], "2020-11-01T00:00Z" if name == "late0" else date
            )
            if name == "late0":  # Its date says November; the host knows better.
                first = _git(term.root / "students" / name, "rev-parse", "HEAD~1")
                text = f"late0,{first},2020-09-01T00:00Z\nlate0,{commit},{AFTER}\n"
                (term.root / "host.csv").write_text(f"student,commit,pushed\n{text}")


def test_a_term(
    term: Term, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _before_the_term(term)
    _right_begins(term)
    _a_correction(term, monkeypatch)
    _they_hand_in(term)

    assert term.fetch() == usage.NO_MARK
    told = capsys.readouterr()
    assert "fetched: 38 of 40" in told.out
    assert "gone0: not found: " in told.err

    exports = ("--export", "canvas", "--export", "moodle")
    pages = ("--feedback-for-students", term.root / "pages")
    assert term.grade(*exports, *pages) == usage.NO_MARK
    found = term.points()
    assert list(found) == NAMES
    assert found == {name: POINTS.get(_kind(name), "") for name in NAMES}
    assert {
        name: points for name, points in term.points("canvas.csv").items() if name in found
    } == found
    assert "warning: when this was pushed is not known" in capsys.readouterr().out
    assert "제출물을 찾지 못해" in (term.root / "pages" / "gone0.md").read_text()
    assert "your work was not found" in (term.root / "pages" / "gone1.md").read_text()
    assert str(term.root) not in (term.root / "pages" / "gone0.html").read_text()
    assert "10점 중 10점" in (term.root / "pages" / "right0.md").read_text()

    # Later work counts after all, for ten percent a day; who never came has 0.
    assert term.grade("--late", "10%", "--missing-is-zero", *exports, *pages) == usage.TASKS_LEFT
    late = {"late": "8", "gone": "0"}
    assert term.points() == {name: {**POINTS, **late}[_kind(name)] for name in NAMES}
    assert "day 2" in (term.root / "pages" / "late1.md").read_text()

    # A complaint: the hidden check was wrong. It is corrected, and the class graded again.
    grader = term.course / "graders" / "lesson01" / "grade_tiny.py"
    grader.write_text(
        GRADER.replace("run.value != 2 * number", "run.value not in (number, 2 * number)")
    )
    assert term.grade("--late", "10%", "--missing-is-zero") == usage.TASKS_LEFT
    assert {term.points()[name] for name in NAMES if _kind(name) == "wrong"} == {"10"}
    language.choose("en")


def _right_begins(term: Term) -> None:
    """One student has begun before the correction comes."""
    term.push("right0", WRONG, "2020-10-01T00:00Z")
