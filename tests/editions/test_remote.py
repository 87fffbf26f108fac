"""Pushing editions to another repository."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from threadlings import usage

from .conftest import Place

Captured = pytest.CaptureFixture[str]
NEW = {"exercises/lesson01/README.md": "# Lesson 01: adding numbers\n"}


@pytest.fixture
def moved(course: Place, bare: Place, tmp_path: Path) -> Place:
    """A remote whose student branch somebody has changed since it was pushed; then main too."""
    course.publish("--remote", "template")
    course.git("clone", "--quiet", str(bare.root), str(tmp_path / "other"))
    other = Place(tmp_path / "other")
    other.commit({"exercises/lesson01/README.md": "# Changed by somebody\n"})
    other.git("push", "--quiet")
    course.commit(NEW)
    return bare


def test_only_the_students_edition_is_pushed_unless_another_is_named(
    course: Place, bare: Place, capsys: Captured
) -> None:
    assert course.publish() == usage.DONE
    assert course.publish("--remote", "template") == usage.DONE
    assert bare.branches() == {"student": course.branches()["student"]}
    assert "student: pushed to template\n" in capsys.readouterr().out
    words = ("--edition", "solutions", "--edition", "student", "--remote", "template")
    assert course.publish(*words) == usage.DONE
    assert bare.branches().keys() == {"student", "solutions"}
    shown = capsys.readouterr().out
    assert "student: template has it already\n" in shown
    assert "solutions: pushed to template\n" in shown


def test_a_second_publication_goes_on_from_the_first(course: Place, bare: Place) -> None:
    course.publish("--remote", "template")
    course.commit(NEW)
    assert course.publish("--remote", "template") == usage.DONE
    assert len(bare.commits_of("student")) == 2


def test_a_fresh_clone_goes_on_from_what_the_remote_has(
    course: Place, bare: Place, tmp_path: Path
) -> None:
    course.publish("--remote", "template")
    course.commit(NEW)
    course.git("clone", "--quiet", "--branch", "main", str(course.root), str(tmp_path / "fresh"))
    fresh = Place(tmp_path / "fresh")
    fresh.git("remote", "add", "template", str(bare.root))
    first = bare.branches()["student"]
    assert fresh.publish("--dry-run", "--remote", "template") == usage.DONE
    assert fresh.branches().keys() == {"main"}
    assert fresh.publish("--remote", "template") == usage.DONE
    assert bare.commits_of("student")[1:] == [first]
    assert fresh.publish("--remote", "template") == usage.DONE
    assert len(bare.commits_of("student")) == 2


def test_a_fresh_clone_without_news_takes_the_remotes_branch(
    course: Place, bare: Place, tmp_path: Path, capsys: Captured
) -> None:
    course.publish("--remote", "template")
    course.git("branch", "-D", "student")
    capsys.readouterr()
    assert course.publish("--remote", "template") == usage.DONE
    shown = capsys.readouterr().out
    assert "student: nothing new; " in shown
    assert "student: template has it already\n" in shown
    assert course.branches()["student"] == bare.branches()["student"]


def test_a_remote_that_has_moved_is_left_alone(
    course: Place, moved: Place, capsys: Captured
) -> None:
    before = moved.branches()
    capsys.readouterr()
    assert course.publish("--remote", "template") == usage.WRONG_USAGE
    told = capsys.readouterr().err
    assert "template has commits on student that are not here, so nothing was pushed" in told
    assert moved.branches() == before


def test_what_the_message_says_helps(course: Place, moved: Place, capsys: Captured) -> None:
    theirs = moved.branches()["student"]
    course.publish("--remote", "template")
    told = capsys.readouterr().err
    line = next(line for line in told.splitlines() if "go on from them:" in line)
    fetch, publish = line.split(":  ")[1].split(" && ")
    subprocess.run(fetch.split(), cwd=course.root, check=True, capture_output=True)
    assert publish.startswith("threadlings publish ")
    assert course.publish(*publish.split()[2:]) == usage.DONE
    assert moved.commits_of("student")[1] == theirs


def test_force_replaces_what_the_remote_has(course: Place, moved: Place) -> None:
    assert course.publish("--remote", "template", "--force") == usage.DONE
    assert moved.branches()["student"] == course.branches()["student"]


def test_force_alone_is_refused(course: Place, capsys: Captured) -> None:
    assert course.publish("--force") == usage.WRONG_USAGE
    assert "give --remote NAME too" in capsys.readouterr().err


def test_an_unknown_remote_is_refused_before_anything_is_written(
    course: Place, bare: Place, capsys: Captured
) -> None:
    assert course.publish("--remote", "nobody") == usage.WRONG_USAGE
    assert "there is no remote 'nobody'; there is template" in capsys.readouterr().err
    assert course.branches().keys() == {"main"}


def test_a_remote_that_cannot_be_read_is_told(
    course: Place, tmp_path: Path, capsys: Captured
) -> None:
    course.git("remote", "add", "gone", str(tmp_path / "gone.git"))
    assert course.publish("--remote", "gone") == usage.WRONG_USAGE
    assert "gone cannot be read" in capsys.readouterr().err
    course.publish()
    assert course.publish("--remote", "gone") == usage.WRONG_USAGE
    assert "student could not be pushed to gone" in capsys.readouterr().err


def test_a_hook_of_the_user_may_refuse_to_push(
    course: Place, bare: Place, capsys: Captured
) -> None:
    hook = course.root / ".git" / "hooks" / "pre-push"
    hook.write_text("#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    assert course.publish("--remote", "template") == usage.WRONG_USAGE
    assert "not on a Friday" in capsys.readouterr().err
    assert bare.branches() == {}


def test_no_tag_is_pushed(course: Place, bare: Place) -> None:
    course.git("config", "push.followTags", "true")
    course.publish()
    course.git("tag", "-a", "-m", "x", "graded", "student")
    assert course.publish("--remote", "template") == usage.DONE
    assert bare.git("for-each-ref", "refs/tags") == ""
