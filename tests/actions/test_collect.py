"""Results of chunks become one gradebook, and nobody's result goes missing unnoticed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from threadlings import cli
from threadlings.gradebook import Gradebook, LessonGrade, SubmissionGrade, markdown_text
from threadlings.verbs.options import chunk

from .conftest import LESSONS, keep, write_class

SUMMARY_BYTES = 1_048_576
Collect = Callable[..., int]


@pytest.fixture
def collect(tmp_path: Path, lessons_file: Path) -> Collect:
    """The command; returns the exit code."""

    def run(*words: str) -> int:
        fixed = ["--roster", str(tmp_path / "roster.csv"), "--results", str(tmp_path / "grades")]
        return cli.main(["collect", *fixed, *words], lessons_file=lessons_file)

    return run


def _rows(folder: Path) -> list[list[str]]:
    text = (folder / "gradebook.csv").read_text(encoding="utf-8-sig")
    return list(csv.reader(text.splitlines()))


def test_chunks_become_one_gradebook_in_the_rosters_order(tmp_path: Path, collect: Collect) -> None:
    names = write_class(tmp_path / "roster.csv", 30)
    for number in (4, 2, 1, 3):
        for name in chunk(f"{number}/4").of(names):
            keep(tmp_path / "chunks" / f"chunk-{number}", name, points=int(name[-1]))
    book = tmp_path / "book.json"
    words = ["--export", "moodle", "--json", str(book), "--feedback-for-students"]
    assert collect(str(tmp_path / "chunks"), *words, str(tmp_path / "feedback")) == 0
    rows = _rows(tmp_path / "grades")
    assert [row[0] for row in rows[1:]] == names
    assert [int(row[1]) for row in rows[1:]] == [int(name[-1]) for name in names]
    assert "student0029@example.org" in (tmp_path / "grades" / "moodle.csv").read_text()
    assert len(list((tmp_path / "feedback").iterdir())) == 2 * 30  # Markdown and HTML.
    assert json.loads(book.read_text())["is_sandboxed"] is True


def test_points_that_were_lost_are_no_error(tmp_path: Path, collect: Collect) -> None:
    (name,) = write_class(tmp_path / "roster.csv", 1)
    keep(tmp_path / "chunk", name, points=0)
    assert collect(str(tmp_path / "chunk")) == 0


def _no_file(folder: Path) -> None:
    (folder / "student0001.json").unlink()


def _half(folder: Path) -> None:
    (folder / "student0001.json").unlink()
    keep(folder, "student0001", lessons=LESSONS[:1])


def _damaged(folder: Path) -> None:
    file = folder / "student0001.json"
    file.write_text(file.read_text().replace('"points": 10', '"points": 9'))


def _another(folder: Path) -> None:
    (folder / "student0000.json").replace(folder / "student0001.json")
    keep(folder, "student0000")


@pytest.mark.parametrize(
    ("spoil", "lessons"),
    [
        (_no_file, "lesson01, lesson02"),
        (_half, "lesson02"),
        (_damaged, "lesson01, lesson02"),
        (_another, "lesson01, lesson02"),
    ],
)
def test_a_result_that_is_missing_is_named_and_the_rest_is_written(
    tmp_path: Path,
    collect: Collect,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], None],
    lessons: str,
) -> None:
    for name in write_class(tmp_path / "roster.csv", 3):
        keep(tmp_path / "chunk", name)
    spoil(tmp_path / "chunk")
    summary = tmp_path / "summary.md"
    assert collect(str(tmp_path / "chunk"), "--summary", str(summary)) == 3
    told = capsys.readouterr().out
    assert told.splitlines() == [
        "students: 3; without a result: 1",
        f"- student0001: no result for {lessons}",
    ]
    assert f"student0001: no result for {lessons}" in summary.read_text()
    assert len(_rows(tmp_path / "grades")) == 1 + 3
    assert (tmp_path / "grades" / "student0002.json").is_file()


def test_only_the_lessons_that_were_asked_for_must_be_there(
    tmp_path: Path, collect: Collect
) -> None:
    (name,) = write_class(tmp_path / "roster.csv", 1)
    keep(tmp_path / "chunk", name, lessons=LESSONS[:1])
    assert collect(str(tmp_path / "chunk"), "--lesson", "1") == 0
    assert collect(str(tmp_path / "chunk")) == 3


def test_a_chunk_that_was_graded_again_counts(tmp_path: Path, collect: Collect) -> None:
    first, second = write_class(tmp_path / "roster.csv", 2)
    for name in (first, second):
        keep(tmp_path / "old", name, points=0)
    keep(tmp_path / "new", second)
    assert collect(str(tmp_path / "old"), str(tmp_path / "new")) == 0
    assert [row[1] for row in _rows(tmp_path / "grades")[1:]] == ["0", "10"]


def test_results_may_be_collected_where_they_are(tmp_path: Path, collect: Collect) -> None:
    (name,) = write_class(tmp_path / "roster.csv", 1)
    keep(tmp_path / "grades", name)
    assert collect(str(tmp_path / "grades")) == 0
    assert collect(str(tmp_path / "grades")) == 0


def test_a_folder_that_is_not_there_is_an_error(
    tmp_path: Path, collect: Collect, capsys: pytest.CaptureFixture[str]
) -> None:
    write_class(tmp_path / "roster.csv", 1)
    assert collect(str(tmp_path / "nowhere")) == 2
    assert "nothing to collect" in capsys.readouterr().err


def test_a_summary_that_is_too_long_is_cut_with_a_link(
    tmp_path: Path, collect: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "school/course")
    monkeypatch.setenv("GITHUB_RUN_ID", "42")
    names = [f"{'한' * 300}{number}" for number in range(1200)]
    lines = ["student,path", *(f"{name},a" for name in names)]
    (tmp_path / "roster.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "none").mkdir()
    summary = tmp_path / "summary.md"
    assert collect(str(tmp_path / "none"), "--summary", str(summary)) == 3
    text = summary.read_bytes()
    assert 900_000 < len(text) < SUMMARY_BYTES
    last = text.decode().splitlines()[-1]
    link = "https://github.example/school/course/actions/runs/42#artifacts"
    assert last.endswith(f"more students: see gradebook.csv in [the results]({link})")


def test_a_class_of_5000_has_a_summary_that_github_takes() -> None:
    grades = tuple(LessonGrade(n, "title", "passed", 10, 10) for n in range(1, 13))
    students = tuple(SubmissionGrade(f"student{n:04d}", grades) for n in range(5000))
    assert len(markdown_text(Gradebook(students)).encode()) < SUMMARY_BYTES
