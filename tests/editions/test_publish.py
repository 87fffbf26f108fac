"""What publishing makes, what it leaves alone, and what it refuses."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from threadlings import usage
from threadlings.editions import publish as publishing
from threadlings.editions._git import Repository
from threadlings.editions.contents import EDITIONS

from .conftest import SOLUTIONS_FILES, STUDENT_FILES, Place

Captured = pytest.CaptureFixture[str]


def test_the_first_time_each_edition_begins_a_history(course: Place, capsys: Captured) -> None:
    source = course.git("rev-parse", "main")
    assert course.publish() == usage.DONE
    assert course.files_of("student") == STUDENT_FILES
    assert course.files_of("solutions") == SOLUTIONS_FILES
    for edition in ("student", "solutions"):
        assert len(course.commits_of(edition)) == 1
        assert source in course.git("log", "--format=%B", edition, "--")
        who = course.git("log", "--format=%an <%ae> %cn <%ce>", edition, "--")
        assert who == " ".join(["Instructor <instructor@example.org>"] * 2)
    shown = capsys.readouterr().out
    assert f"student: {len(STUDENT_FILES)} files from main at {source[:12]}, as " in shown


def test_files_go_where_students_look_for_them(course: Place) -> None:
    course.publish()
    for target, source in (
        ("README.md", ".github/student/README.md"),
        ("README.ko.md", ".github/student/README.ko.md"),
        ("exercises/lesson01/tiny.py", "exercises/lesson01/tiny.py"),
    ):
        published, own = course.git("rev-parse", f"student:{target}", f"main:{source}").split()
        assert published == own


def test_later_one_more_commit_is_made_where_something_is_new(
    course: Place, capsys: Captured
) -> None:
    course.publish()
    first = course.branches()
    course.commit({"exercises/lesson01/README.md": "# Lesson 01: adding numbers\n"})
    capsys.readouterr()
    assert course.publish() == usage.DONE
    assert course.commits_of("student")[1:] == [first["student"]]
    assert course.git("rev-parse", "main") in course.git("log", "-1", "--format=%B", "student")
    assert course.branches()["solutions"] == first["solutions"]
    assert "solutions: nothing new; " in capsys.readouterr().out


def test_without_anything_new_no_commit_is_made(course: Place, capsys: Captured) -> None:
    course.publish()
    course.commit({"graders/lesson01/grade_tiny.py": '"""Other checks."""\n'})
    branches = course.branches()
    capsys.readouterr()
    assert course.publish() == usage.DONE
    assert course.branches() == branches
    assert capsys.readouterr().out.count("nothing new; ") == 2


def test_one_edition_can_be_chosen(course: Place) -> None:
    assert course.publish("--edition", "solutions") == usage.DONE
    assert set(course.branches()) == {"main", "solutions"}


def test_a_dry_run_lists_files_and_writes_nothing(course: Place, capsys: Captured) -> None:
    before = course.everything()
    assert course.publish("--dry-run") == usage.DONE
    assert course.everything() == before
    shown = capsys.readouterr().out
    listed = [line.strip() for line in shown.splitlines() if line.startswith("  ")]
    assert listed == STUDENT_FILES + SOLUTIONS_FILES
    assert shown.endswith("nothing was written\n")


def test_neither_the_index_nor_the_working_tree_is_touched(course: Place) -> None:
    def own(files: dict[str, bytes]) -> dict[str, bytes]:
        made = (".git/objects", ".git/refs", ".git/logs")
        return {path: data for path, data in files.items() if not path.startswith(made)}

    before = own(course.everything())
    assert ".git/index" in before
    assert course.publish() == usage.DONE
    assert own(course.everything()) == before


def test_equal_commits_give_equal_trees_whatever_git_is_told_to_do(
    course: Place, git_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course.publish()
    trees = [course.git("rev-parse", f"{name}^{{tree}}") for name in EDITIONS]
    course.git("branch", "-D", *EDITIONS)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("pre-commit", "commit-msg", "post-commit", "reference-transaction"):
        hook = hooks / name
        hook.write_text("#!/bin/sh\nexit 1\n")
        hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    with git_home.open("a") as file:
        file.write(
            f"[core]\n\tautocrlf = true\n\thooksPath = {hooks.as_posix()}\n"
            "\tattributesFile = /nowhere\n\tquotePath = true\n\tsplitIndex = true\n"
            "[commit]\n\tgpgsign = true\n\ttemplate = /nowhere\n[gpg]\n\tprogram = false\n"
            "[i18n]\n\tcommitEncoding = latin1\n[init]\n\ttemplateDir = /nowhere\n"
            "[log]\n\tshowSignature = true\n[diff]\n\trenames = copies\n"
        )
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "no-index"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "no-repository"))
    assert course.publish() == usage.DONE
    monkeypatch.delenv("GIT_INDEX_FILE")
    monkeypatch.delenv("GIT_DIR")
    git_home.write_text("")
    assert [course.git("rev-parse", f"{name}^{{tree}}") for name in EDITIONS] == trees


def refused(course: Place, capsys: Captured, *words: str) -> str:
    """Publish, see it refused with nothing written, and return why."""
    before = course.branches()
    assert course.publish(*words) == usage.WRONG_USAGE
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    assert course.branches() == before
    return shown.err


@pytest.mark.parametrize("is_staged", [False, True])
def test_a_changed_file_is_refused(course: Place, capsys: Captured, is_staged: bool) -> None:
    course.put("exercises/lesson01/README.md", "# Changed\n")
    if is_staged:
        course.git("add", "-A")
    told = refused(course, capsys)
    assert "some files are not committed" in told
    assert "  exercises/lesson01/README.md\n" in told


def test_files_that_git_does_not_know_are_refused(course: Place, capsys: Captured) -> None:
    for number in range(7):
        course.put(f"exercises/lesson01/new{number}.md", "new\n")
    told = refused(course, capsys)
    assert "  exercises/lesson01/new0.md\n" in told
    assert "  and 2 more\n" in told


def test_ignored_files_do_not_matter(course: Place) -> None:
    course.put("exercises/__pycache__/tiny.pyc", "")
    assert course.publish() == usage.DONE


def test_a_missing_git_is_told(
    course: Place, capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert course.publish() == usage.WRONG_USAGE
    assert "git is not installed" in capsys.readouterr().err


def test_a_folder_without_git_is_refused(
    tmp_path: Path, git_home: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "graders").mkdir()
    assert Place(tmp_path).publish() == usage.WRONG_USAGE
    assert "is not a git repository" in capsys.readouterr().err


def test_a_folder_inside_another_repository_is_refused(course: Place, capsys: Captured) -> None:
    inside = Place(course.root / "exercises")
    assert inside.publish() == usage.WRONG_USAGE
    assert "is not the top folder of a git repository" in capsys.readouterr().err


def test_a_detached_head_is_refused(course: Place, capsys: Captured) -> None:
    course.git("switch", "--quiet", "--detach")
    assert "no branch is checked out" in refused(course, capsys)


def test_a_branch_without_commits_is_refused(course: Place, capsys: Captured) -> None:
    course.git("symbolic-ref", "HEAD", "refs/heads/new")
    assert "the branch new has no commit yet" in refused(course, capsys)


def test_an_edition_that_is_checked_out_elsewhere_is_refused(
    course: Place, tmp_path: Path, capsys: Captured
) -> None:
    course.publish()
    course.git("worktree", "add", "--quiet", str(tmp_path / "elsewhere"), "solutions")
    capsys.readouterr()
    told = refused(course, capsys)
    assert "the branch solutions is checked out in " in told
    assert "elsewhere" in told


def test_publishing_from_an_edition_is_refused(course: Place, capsys: Captured) -> None:
    course.publish()
    course.git("switch", "--quiet", "student")
    course.put("graders/lesson01/grade_tiny.py", "")
    course.commit()
    capsys.readouterr()
    assert "the branch student is checked out in " in refused(course, capsys)


def test_a_shallow_clone_is_refused(course: Place, tmp_path: Path, capsys: Captured) -> None:
    course.commit({".github/DESIGN.md": "# The design\n"})
    url = course.root.as_uri()
    course.git("clone", "--quiet", "--depth", "1", url, str(tmp_path / "shallow"))
    shallow = Place(tmp_path / "shallow")
    assert "git fetch --unshallow" in refused(shallow, capsys)


def test_a_user_without_a_name_is_told_how_to_say_it(
    course: Place, capsys: Captured, git_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_home.write_text("")
    monkeypatch.setenv("EMAIL", "guessed@example.org")
    told = refused(course, capsys)
    assert "git does not know whose name the commits should have" in told
    assert "git config --global user.name" in told


def test_a_commit_without_exercises_is_refused(course: Place, capsys: Captured) -> None:
    course.git("rm", "-r", "--quiet", "solutions", ".github/solutions")
    course.commit()
    assert "has no file of the edition solutions" in refused(course, capsys)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[shared]", "cannot be read"),
        ("shared = 3", "must have [[shared]] tables"),
        ('[[shared]]\nwhy = "x"\nlines = "a"\n', "must have [[shared]] tables"),
        ('[[shared]]\nwhy = "x"\nfiles = []\nlines = "a\\nb"\n', "'x' has fewer than 3 lines"),
    ],
)
def test_a_bad_list_of_shared_lines_is_refused(
    course: Place, capsys: Captured, text: str, message: str
) -> None:
    course.commit({".github/shared-lines.toml": text})
    assert message in refused(course, capsys)


def test_a_branch_that_moves_meanwhile_is_left_where_it_is(
    course: Place, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    course.publish()
    first = course.branches()
    course.commit({"exercises/lesson01/README.md": "# New\n", ".github/solutions/README.md": "x"})
    write_tree = Repository.write_tree

    def write_after_somebody_else(self: Repository, files: object) -> str:
        course.git("update-ref", "refs/heads/solutions", first["student"])
        return write_tree(self, files)  # type: ignore[arg-type]

    monkeypatch.setattr(publishing.Repository, "write_tree", write_after_somebody_else)
    capsys.readouterr()
    assert course.publish() == usage.WRONG_USAGE
    assert "a branch has changed meanwhile" in capsys.readouterr().err
    assert course.branches()["student"] == first["student"]
    assert course.branches()["solutions"] == first["student"]
