"""``threadlings reset``: the file as it was handed out, and nothing is lost."""

from __future__ import annotations

import io
import sys

import pytest

from threadlings.usage import DONE, WRONG_USAGE

from .conftest import LOCKS, ROOT, Command, School

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def repository(school: School) -> School:
    """A copy under git: the stub, then half a solution, then a whole one."""
    school.git("init", "-q")
    school.commit()
    stub = (school.root / LOCKS).read_text(encoding="utf-8")
    half = stub.replace('raise NotImplementedError("TODO 1 in exercises/lesson08/locks.py")', "...")
    (school.root / LOCKS).write_text(half, encoding="utf-8")
    school.commit()
    school.solve()
    school.commit()
    return school


def stub() -> str:
    return (ROOT / LOCKS).read_text(encoding="utf-8")


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_the_stub_comes_back_and_a_copy_is_kept(
    repository: School, threadlings: Command, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    solved = (repository.root / LOCKS).read_text(encoding="utf-8")
    answer(monkeypatch, "y\n")
    assert threadlings("reset", "8") == DONE
    told = capsys.readouterr().out
    assert f"put {LOCKS} back as it was handed out? [y/N] " in told
    assert told.endswith(f"what you had is in {LOCKS}.1.bak\n")
    assert (repository.root / LOCKS).read_text(encoding="utf-8") == stub()
    assert (repository.root / f"{LOCKS}.1.bak").read_text(encoding="utf-8") == solved


@pytest.mark.parametrize("said", ["n\n", "\n", ""])
def test_nothing_happens_without_a_yes(
    repository: School,
    threadlings: Command,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    said: str,
) -> None:
    before = (repository.root / LOCKS).read_bytes()
    answer(monkeypatch, said)
    assert threadlings("reset", "8") == DONE
    assert capsys.readouterr().out.endswith("nothing was changed\n")
    assert (repository.root / LOCKS).read_bytes() == before
    assert list((repository.root / LOCKS).parent.glob("*.bak")) == []


def test_copies_never_replace_each_other(repository: School, threadlings: Command) -> None:
    for number in range(2):
        (repository.root / LOCKS).write_text(f"# {number}")
        assert threadlings("reset", "8", "--yes") == DONE
    assert (repository.root / f"{LOCKS}.1.bak").read_text() == "# 0"
    assert (repository.root / f"{LOCKS}.2.bak").read_text() == "# 1"


def test_an_instructors_correction_is_what_comes_back(
    repository: School, threadlings: Command
) -> None:
    corrected = f"# Corrected.\n{stub()}"
    (repository.root / LOCKS).write_text(corrected, encoding="utf-8", newline="\n")
    repository.commit()
    repository.solve()
    assert threadlings("reset", "8", "--yes") == DONE
    assert (repository.root / LOCKS).read_text(encoding="utf-8") == corrected


def test_a_file_that_was_deleted_comes_back(repository: School, threadlings: Command) -> None:
    (repository.root / LOCKS).unlink()
    assert threadlings("reset", "8", "--yes") == DONE
    assert (repository.root / LOCKS).read_text(encoding="utf-8") == stub()


def test_a_stub_is_left_as_it_is(repository: School, threadlings: Command, capsys: Capture) -> None:
    assert threadlings("reset", "1") == DONE
    assert "is as it was handed out" in capsys.readouterr().out
    assert list(repository.root.rglob("*.bak")) == []


def test_without_a_history_it_says_what_to_do(
    school: School, threadlings: Command, capsys: Capture
) -> None:
    assert threadlings("reset", "8", "--yes") == WRONG_USAGE
    assert "is no git repository: clone the course with git" in capsys.readouterr().err
    school.solve()
    school.git("init", "-q")
    school.commit()
    assert threadlings("reset", "8", "--yes") == WRONG_USAGE
    assert f"git has no unfinished {LOCKS}: copy it" in capsys.readouterr().err


def test_without_git_it_says_so(
    school: School, threadlings: Command, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(school.root))
    assert threadlings("reset", "8", "--yes") == WRONG_USAGE
    assert "reset needs git, which is not installed here" in capsys.readouterr().err
