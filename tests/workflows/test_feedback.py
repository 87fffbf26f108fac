"""feedback.yml runs in the repository that a student gets."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from threadlings import cli, manifest, usage

from ..editions.test_course import course as files_of_the_course
from .conftest import ROOT, Outcome, Runner, commit_all, git

LESSONS = len(manifest.read())

WRONG = ROOT / "tests" / "submissions" / "lesson08" / "wrong" / "no_lock.py"
FILE = "exercises/lesson08/locks.py"
pytestmark = pytest.mark.timeout(600)  # Of a busy machine; act has no limit of its own.


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published student edition, as a bare repository."""
    folder = tmp_path_factory.mktemp("editions")
    course, template = folder / "course", folder / "template.git"
    for path in files_of_the_course():
        (course / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, course / path)
    commit_all(course)
    git(folder, "init", "--quiet", "--bare", "--initial-branch=student", str(template))
    git(course, "remote", "add", "template", str(template))
    identity = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Somebody"), ("EMAIL", "somebody@example.org"))
    }
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            monkeypatch.delenv(name)
        for name, value in identity.items():
            monkeypatch.setenv(name, value)
        words = ["publish", "--remote", "template"]
        assert cli.main(words, graders=course / "graders") == usage.DONE
    return template


def _pushed(edition: Path, folder: Path, source: Path | None, runner: Runner) -> Outcome:
    """Run the workflow for a student's push."""
    git(folder, "clone", "--quiet", str(edition), "ada")
    if source is not None:
        shutil.copy2(source, folder / "ada" / FILE)
        git(folder / "ada", "commit", "--quiet", "-am", "Work")
    return runner.run(folder / "ada", "push", "feedback.yml")


def test_an_untouched_edition_is_green(edition: Path, tmp_path: Path, runner: Runner) -> None:
    outcome = _pushed(edition, tmp_path, None, runner)
    assert outcome.is_green, outcome.log
    assert outcome.summary.count("| not started |") == LESSONS


def test_a_started_lesson_that_is_wrong_is_red(
    edition: Path, tmp_path: Path, runner: Runner
) -> None:
    outcome = _pushed(edition, tmp_path, WRONG, runner)
    assert not outcome.is_green
    assert outcome.summary.count("| not started |") == LESSONS - 1, outcome.log
    assert "lost an update" in outcome.summary
