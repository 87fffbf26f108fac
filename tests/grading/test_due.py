"""When work is due, which commit counts, and what it costs to be late."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from threadlings import cli, usage
from threadlings.gradebook import Gradebook, Lateness, SubmissionGrade, with_late_policy
from threadlings.gradebook.feedback_page import feedback_page
from threadlings.gradebook.markdown import feedback_text
from threadlings.manifest import ManifestError, read

from .conftest import MANIFEST, RIGHT, STUB, School
from .gradebooks import FULL

DUE = "2026-12-01T23:59+09:00"
BEFORE, AFTER, LATER = (
    "2026-12-01T14:00:00Z",  # An hour before it is due.
    "2026-12-01T16:00:00Z",
    "2026-12-03T14:00:00Z",  # On the second day after.
)
WRONG = RIGHT.replace("number + number", "number")  # 6 points.
Grade = Callable[..., int]


def _git(folder: Path, *words: str, date: str = BEFORE) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    who = {"GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@x.example"}
    who |= {"GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@x.example"}
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-C", str(folder), *words]
    done = subprocess.run(
        command, env=kept | who | dates | quiet, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _commits(school: School, name: str, *versions: tuple[str, str]) -> list[str]:
    """Make a repository with a commit for each source and date, and return the commits."""
    folder, made = school.root / "class" / name, []
    for source, date in versions:
        school.hand_in(source, name)
        if not made:
            _git(folder, "init", "-q", "-b", "main")
        _git(folder, "add", "-A")
        _git(folder, "commit", "-q", "--allow-empty", "-m", "x", date=date)
        made.append(_git(folder, "rev-parse", "HEAD"))
    return made


@pytest.fixture
def grade(school: School) -> Grade:
    """The command, with a roster; returns the exit code."""

    def run(rows: str, *words: str, pushes: str = "") -> int:
        (school.root / "class").mkdir(exist_ok=True)
        (school.root / "class" / "roster.csv").write_text(rows)
        if pushes:
            text = f"student,commit,pushed,known_by\n{pushes}"
            (school.root / "class" / "pushes.csv").write_text(text)
        command = ["grade", str(school.root / "class" / "roster.csv"), *words]
        command += ["--results", str(school.root / "grades"), "--json", str(school.root / "book")]
        return cli.main(command, lessons_file=school.lessons_file, graders=school.graders)

    return run


def _found(school: School, number: int = 0) -> tuple[str, int, dict[str, object]]:
    book = json.loads((school.root / "book").read_text())
    lesson = book["submissions"][number]["lessons"][0]
    return lesson["status"], lesson["points"], lesson["late"]


ADA = "student,path,ref\nada,ada,main\n"


def test_what_was_committed_in_time_counts_and_the_warning_says_who_it_is_about(
    school: School, grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    _commits(school, "ada", (RIGHT, BEFORE), (STUB, AFTER))
    assert grade(ADA, "--before", DUE) == usage.DONE
    status, points, late = _found(school)
    assert (status, points) == ("passed", 10)
    assert (late["known_by"], late["is_cut"], late["days"]) == ("commits", True, 0)
    told = capsys.readouterr().out
    assert "ada lesson01: later changes not graded" in told
    assert "warning: when this was pushed is not known" in told
    assert grade(ADA) == usage.TASKS_LEFT


@pytest.mark.parametrize("known_by", ["host", ""])
def test_where_the_host_knows_a_commits_own_date_does_not_count(
    school: School, grade: Grade, capsys: pytest.CaptureFixture[str], known_by: str
) -> None:
    first, second = _commits(school, "ada", (WRONG, BEFORE), (RIGHT, BEFORE))
    pushes = f"ada,{first},{BEFORE},{known_by}\nada,{second},{AFTER},{known_by}\n"
    assert grade(ADA, "--before", DUE, pushes=pushes) == usage.TASKS_LEFT
    assert _found(school)[1] == 6
    assert "warning" not in capsys.readouterr().out


def test_what_a_fetch_has_seen_in_time_counts_whatever_its_date(
    school: School, grade: Grade
) -> None:
    first, _second = _commits(school, "ada", (RIGHT, LATER), (STUB, LATER))
    assert grade(ADA, "--before", DUE, pushes=f"ada,{first},{BEFORE},seen\n") == usage.DONE
    assert _found(school)[2]["known_by"] == "pushes"


def test_what_came_after_a_fetch_may_have_come_in_time(school: School, grade: Grade) -> None:
    first, _second = _commits(school, "ada", (STUB, BEFORE), (RIGHT, BEFORE))
    assert grade(ADA, "--before", DUE, pushes=f"ada,{first},{BEFORE},seen\n") == usage.DONE
    assert _found(school)[2]["known_by"] == "commits"


def test_an_extension_is_one_students(school: School, grade: Grade) -> None:
    for name in ("ada", "ben", "cho"):
        _commits(school, name, (STUB, BEFORE), (RIGHT, LATER))
    rows = [
        "student,path,ref,due,due 1",
        "ada,ada,main,2026-12-05T00:00Z,",
        "ben,ben,main,,",
        "cho,cho,main,2026-12-01T00:00Z,2026-12-05T00:00Z",
    ]
    assert grade("\n".join(rows), "--before", DUE) == usage.TASKS_LEFT
    assert [_found(school, number)[1] for number in range(3)] == [10, 0, 10]
    text = (school.root / "grades" / "gradebook.csv").read_text("utf-8-sig")
    assert "due" not in text.splitlines()[0]


def test_nothing_in_time_is_told_with_the_date(school: School, grade: Grade) -> None:
    _commits(school, "ada", (RIGHT, AFTER))
    assert grade(ADA, "--before", DUE) == usage.TASKS_LEFT
    assert _found(school)[:2] == ("missing", 0)
    assert (
        "nothing was handed in by 2026-12-01T23:59:00+09:00" in (school.root / "book").read_text()
    )


def test_each_day_costs_and_everybody_sees_it(
    school: School, grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    _commits(school, "ada", (STUB, BEFORE), (RIGHT, LATER))
    assert grade(ADA, "--before", DUE, "--late", "10%", "--export", "canvas") == usage.TASKS_LEFT
    status, points, late = _found(school)
    assert (status, points, late["days"], late["lost"]) == ("passed", 8, 2, 2)
    assert "ada lesson01: day 2, 2 points less" in capsys.readouterr().out
    with (school.root / "grades" / "gradebook.csv").open(encoding="utf-8-sig") as file:
        assert list(csv.reader(file))[1] == ["ada", "8", "8", "10", "0", "lesson01: day 2, -2"]
    assert (school.root / "grades" / "canvas.csv").read_text("utf-8-sig").endswith(",8\n")
    assert grade(ADA, "--before", DUE, "--late", "none") == usage.DONE
    assert _found(school)[1] == 10


def test_who_changed_nothing_since_is_in_time(school: School, grade: Grade) -> None:
    _commits(school, "ada", (RIGHT, BEFORE), (RIGHT, LATER))
    assert grade(ADA, "--before", DUE, "--late", "50%") == usage.DONE
    assert _found(school)[2]["days"] == 0


def test_the_day_is_that_of_the_push(school: School, grade: Grade) -> None:
    first, second = _commits(school, "ada", (STUB, BEFORE), (RIGHT, BEFORE))
    pushes = f"ada,{first},{BEFORE},host\nada,{second},{LATER},host\n"
    assert grade(ADA, "--before", DUE, "--late", "10%", pushes=pushes) == usage.TASKS_LEFT
    assert _found(school)[1] == 8


def test_a_fetch_long_after_makes_nobody_later(school: School, grade: Grade) -> None:
    _first, second = _commits(school, "ada", (STUB, BEFORE), (RIGHT, LATER))
    pushes = f"ada,{second},2027-12-01T00:00:00Z,seen\n"
    assert grade(ADA, "--before", DUE, "--late", "10%", pushes=pushes) == usage.TASKS_LEFT
    assert _found(school)[1] == 8


@pytest.mark.parametrize(
    ("percent", "days", "points"), [(10, 1, 9), (15, 1, 9), (50, 3, 0), (100, 1, 0), (0, 9, 10)]
)
def test_points_are_whole_and_never_below_zero(percent: int, days: int, points: int) -> None:
    book = Gradebook(
        (SubmissionGrade("ada", (replace(FULL, late=Lateness(DUE, "pushes", days)),)),)
    )
    (submission,) = with_late_policy(book, percent).submissions
    assert submission.points == points


@pytest.mark.parametrize(
    ("late", "english", "korean"),
    [
        (
            Lateness(DUE, "pushes", 2, lost=2),
            f"Handed in late, on day 2 after it was due ({DUE}): 2 points less.",
            f"마감({DUE}) 후 2일째에 제출했습니다. 2점 감점.",
        ),
        (
            Lateness(DUE, "commits", is_cut=True),
            "the dates of the commits were taken",
            "commit의 날짜를 기준으로",
        ),
    ],
)
def test_a_students_page_says_what_was_late(late: Lateness, english: str, korean: str) -> None:
    ada = SubmissionGrade("ada", (replace(FULL, late=late),))
    assert english in feedback_page(ada, "en")
    assert korean in feedback_page(ada, "ko")
    assert english in feedback_text(ada)


def test_a_lesson_has_a_date_of_its_own(school: School, grade: Grade) -> None:
    _commits(school, "ada", (STUB, BEFORE), (RIGHT, AFTER))
    assert grade(ADA, "--before", "2027-01-01T00:00Z", "--due", f"1={DUE}") == usage.TASKS_LEFT
    dated = MANIFEST.replace("module", "due = 2026-12-01T23:59:00+09:00\nmodule")
    school.lessons_file.write_text(dated)
    assert grade(ADA) == usage.TASKS_LEFT
    assert grade(ADA, "--before", "2027-01-01T00:00Z") == usage.DONE


def test_a_date_in_the_manifest_grades_nobody_again(school: School) -> None:
    plain = read(school.lessons_file)
    school.lessons_file.write_text(MANIFEST.replace("module", "due = 2026-12-01T23:59:00Z\nmodule"))
    assert repr(read(school.lessons_file)) == repr(plain)
    school.lessons_file.write_text(MANIFEST.replace("module", "due = 2026-12-01T23:59:00\nmodule"))
    with pytest.raises(ManifestError, match="due must be a date with time and zone, such as"):
        read(school.lessons_file)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--before", "2026-12-01"], "--before: '2026-12-01' has no time zone; write it as 2026"),
        (["--before", "tomorrow"], "--before: 'tomorrow' is no date with a time; write it as 2026"),
        (["--due", "2026-12-01"], "--due '2026-12-01' is not LESSON=WHEN, such as 8="),
        (["--due", f"9={DUE}"], "there is no lesson '9'; there are 1"),
        (["--late", "10"], "must be cut-off, none, or percent of a lesson for each day such as 10"),
        (["--late", "101%"], "must be cut-off, none"),
    ],
)
def test_what_is_no_date_or_policy_is_told(
    grade: Grade, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    assert grade(ADA, *words) == usage.WRONG_USAGE
    assert message in capsys.readouterr().err


def test_a_date_in_the_roster_that_is_none_is_told_with_its_line(
    grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    assert grade("student,path,due\nada,ada,\nben,ben,Friday\n") == usage.WRONG_USAGE
    assert "line 3, column 'due': 'Friday' is no date" in capsys.readouterr().err


def test_a_list_of_pushes_that_is_none_is_told(
    grade: Grade, capsys: pytest.CaptureFixture[str], school: School
) -> None:
    (school.root / "class").mkdir()
    (school.root / "class" / "pushes.csv").write_text("who,when\n")
    assert grade(ADA) == usage.WRONG_USAGE
    assert "has no column 'commit'" in capsys.readouterr().err


def test_a_repository_without_history_is_not_read(school: School, grade: Grade) -> None:
    _commits(school, "ada", (RIGHT, BEFORE), (STUB, AFTER))
    folder = school.root / "class"
    source = f"file://{folder / 'ada'}"
    _git(folder, "clone", "-q", "--bare", "--depth=1", source, str(folder / "shallow"))
    assert grade("student,path,ref\nada,shallow,main\n", "--before", DUE) == usage.NO_MARK
    assert _found(school)[:2] == ("not read", None)


def test_a_folder_counts_as_it_is_with_a_warning(
    school: School, grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    school.hand_in(RIGHT, "ada")
    assert grade("student,path\nada,ada\n", "--before", DUE) == usage.DONE
    assert "a folder has no history, so it was graded as it is" in capsys.readouterr().out


def test_fetch_keeps_what_it_saw_and_what_the_host_told(
    school: School, grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    first, second = _commits(school, "ada", (RIGHT, BEFORE), (STUB, BEFORE))
    roster, host = school.root / "class.csv", school.root / "host.csv"
    roster.write_text(f"student,repository,due\nada,{school.root / 'class' / 'ada'},{DUE}\n")
    host.write_text(f"student,commit,pushed\nada,{first},{BEFORE}\nada,{second},{AFTER}\n")
    into = school.root / "work"
    words = ["fetch", str(roster), "--into", str(into), "--pushes", str(host)]
    for _ in range(2):
        assert cli.main(words, lessons_file=school.lessons_file) == usage.DONE
    with (into / "pushes.csv").open() as file:
        kept = [(row["commit"], row["known_by"]) for row in csv.DictReader(file)]
    assert sorted(kept) == sorted([(first, "host"), (second, "host"), (second, "seen")])
    words = ["grade", str(into / "roster.csv"), "--results", str(school.root / "grades")]
    assert cli.main(words, lessons_file=school.lessons_file, graders=school.graders) == usage.DONE


def test_collect_applies_the_policy(school: School, grade: Grade) -> None:
    _commits(school, "ada", (STUB, BEFORE), (RIGHT, LATER))
    assert grade(ADA, "--before", DUE, "--late", "none") == usage.DONE
    words = ["collect", str(school.root / "grades"), "--results", str(school.root / "all")]
    words += ["--roster", str(school.root / "class" / "roster.csv"), "--late", "20%"]
    assert cli.main(words, lessons_file=school.lessons_file, graders=school.graders) == usage.DONE
    with (school.root / "all" / "gradebook.csv").open(encoding="utf-8-sig") as file:
        assert list(csv.reader(file))[1][1] == "6"
