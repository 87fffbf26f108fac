"""A class is spread over jobs within GitHub's limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from threadlings import cli
from threadlings.actions.plan import plan
from threadlings.handed_in import find_checkouts
from threadlings.usage import UsageError
from threadlings.verbs.options import chunk

from .conftest import write_class

OUTPUT_BYTES = 1_048_576
"""GitHub takes 1 MiB of output of a job."""


@pytest.mark.parametrize("students", [1, 2, 29, 30, 255, 256, 257, 5000])
def test_every_student_is_in_exactly_one_chunk(students: int) -> None:
    entries = plan(students, 60, 10, 256)["include"]
    names = [f"student{number}" for number in range(students)]
    chunks = [chunk(entry["chunk"]).of(names) for entry in entries]
    assert [name for part in chunks for name in part] == names
    assert all(chunks)
    places = [(entry["first"], entry["last"]) for entry in entries]
    assert [names[first - 1 : last] for first, last in places] == chunks


def test_parts_are_as_equal_as_can_be() -> None:
    sizes = {e["last"] - e["first"] + 1 for e in plan(5000, 60, 10, 256)["include"]}
    assert sizes == {19, 20}


def test_a_class_of_5000_fits_githubs_limits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_class(tmp_path / "roster.csv", 5000)
    assert cli.main(["plan", str(tmp_path / "roster.csv"), "--seconds-per-student", "120"]) == 0
    text = capsys.readouterr().out
    matrix = json.loads(text)
    assert len(matrix["include"]) == 256
    assert len(text.encode()) < OUTPUT_BYTES / 10
    assert len({entry["name"] for entry in matrix["include"]}) == 256
    assert max(entry["minutes"] for entry in matrix["include"]) <= 360
    assert "\n" not in text.strip()


def test_few_students_share_one_job() -> None:
    assert [entry["chunk"] for entry in plan(30, 20, 30, 256)["include"]] == ["1/1"]


def test_the_same_class_gives_the_same_plan() -> None:
    assert plan(777, 33, 7, 99) == plan(777, 33, 7, 99)


def test_jobs_that_github_would_end_are_refused() -> None:
    with pytest.raises(UsageError, match="5000 students at 2000 s in 256 jobs take 667 min each"):
        plan(5000, 2000, 30, 256)


def test_more_jobs_than_github_runs_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_class(tmp_path / "roster.csv", 3)
    assert cli.main(["plan", str(tmp_path / "roster.csv"), "--max-jobs", "257"]) == 2
    assert "GitHub takes at most 256" in capsys.readouterr().err


def test_no_text_of_the_roster_is_in_the_plan(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("student,path\n$(reboot),a\n")
    output = tmp_path / "output"
    output.write_text("before=1\n")
    words = ["plan", str(tmp_path / "roster.csv"), "--github-output", str(output)]
    assert cli.main(words) == 0
    first, second = output.read_text().splitlines()
    assert first == "before=1"
    assert second.startswith('matrix={"include":[{"chunk":"1/1",')
    assert "reboot" not in second


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "-1/2", "1/2/3", "a/b", "1/0", "½/1"])
def test_a_chunk_that_is_none_is_refused(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["grade", str(tmp_path), f"--chunk={text}"]) == 2
    assert "must be K/N" in capsys.readouterr().err


def test_names_are_those_of_the_whole_class(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("student,path\nada,a\nada,b\nada,c\n")
    checkouts = find_checkouts([tmp_path / "roster.csv"])
    names = [each.name for k in (1, 2) for each in chunk(f"{k}/2").of(checkouts)]
    assert names == ["ada", "ada (2)", "ada (3)"]
