"""A roster: who is in the class, and where each one's work is; nobody's mistake costs another."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from threadlings import cli, usage
from threadlings.cells import Limits
from threadlings.handed_in import Checkout, FileError, find_checkouts
from threadlings.manifest import Lesson, Task
from threadlings.usage import UsageError

from .conftest import RIGHT, STUB, School

LESSON = Lesson(1, "tiny", "adding", (Task(1, "double", 10),))
CLASSROOM50 = "username,first_name,last_name,email,section,github_id\n"


def _roster(folder: Path, text: str | bytes, name: str = "roster.csv") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def _hand_in(folder: Path, source: str = RIGHT, inside: str = "exercises/lesson01") -> Path:
    (folder / inside).mkdir(parents=True)
    (folder / inside / "tiny.py").write_text(source)
    return folder


def _read(checkout: Checkout) -> str:
    return checkout.source_of(LESSON, Limits()).decode()


def _problem(checkout: Checkout) -> tuple[str, str]:
    with pytest.raises(FileError) as caught:
        checkout.source_of(LESSON, Limits())
    return caught.value.status, str(caught.value)


def _found(roster: Path) -> dict[str, Checkout]:
    found = find_checkouts([roster])
    assert len({checkout.name for checkout in found}) == len(found)
    return {checkout.name: checkout for checkout in found}


def _refused(roster: Path) -> str:
    with pytest.raises(UsageError) as caught:
        find_checkouts([roster])
    return str(caught.value)


# Columns and text.


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_roster_names_students_and_their_folders(tmp_path: Path, mark: str, end: str) -> None:
    _hand_in(tmp_path / "a")
    _hand_in(tmp_path / "b", "x = 1")
    lines = ["student,path,email", "ada,a,ada@x.example", "ben,b,"]
    found = _found(_roster(tmp_path, mark + end.join(lines)))
    assert {name: _read(c) for name, c in found.items()} == {"ada": RIGHT, "ben": "x = 1"}
    assert found["ada"].columns == (("email", "ada@x.example"),)


@pytest.mark.parametrize("between", [";", "\t"])
def test_a_roster_as_excel_writes_it_is_read(tmp_path: Path, between: str) -> None:
    _hand_in(tmp_path / "a, b")
    lines = ["student,path,email".replace(",", between), f'"ada"{between}a, b{between}x']
    found = _found(_roster(tmp_path, "\n".join(lines)))
    assert _read(found["ada"]) == RIGHT
    assert found["ada"].columns == (("email", "x"),)


def test_a_comma_roster_may_have_semicolons_in_it(tmp_path: Path) -> None:
    _hand_in(tmp_path / "a;b")
    assert _read(_found(_roster(tmp_path, "student,path\nada,a;b\n"))["ada"]) == RIGHT


def test_paths_may_have_spaces_commas_and_hangul(tmp_path: Path) -> None:
    for name in ("홍 길동", "Kim, Min"):
        _hand_in(tmp_path / "반 1" / name, name)
    text = 'student,path\n홍길동,반 1/홍 길동\n"Kim, Min","반 1/Kim, Min"\n'
    found = _found(_roster(tmp_path, text, "명단 2026.CSV"))
    assert {name: _read(c) for name, c in found.items()} == {
        "홍길동": "홍 길동",
        "Kim, Min": "Kim, Min",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no students"),
        ("\n\n", "has no students"),
        ("student,path\n", "has no students"),
        ("student,folder\nada,a\n", "has no column 'path'; it has folder, student"),
        ("student,folder,\nada,a,\n", "has no column 'path'; it has folder, student"),
        ("name,path\nada,a\n", "has no column 'username'; it has name, path"),
        ("name;path\nada;a\n", "it has name;path"),
        ("student,path\nada,a\n\n,b\n", "line 4: no student"),
        ('student,path\n"ada\nb,c\n', "is not CSV"),
        ("student,path\n홍길동,a\n".encode("cp949"), "save it as UTF-8"),
        ("student,path\nada,a\n".encode("utf-16"), "save it as UTF-8"),
    ],
)
def test_a_roster_that_cannot_be_used_says_why(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    roster = _roster(tmp_path, text)
    assert message in _refused(roster)
    assert str(roster) in _refused(roster)


def test_a_roster_without_a_column_says_which_it_needs(tmp_path: Path) -> None:
    told = _refused(_roster(tmp_path, "student\nada\n"))
    assert "it needs student,path[,ref]" in told
    assert CLASSROOM50.strip() in told


def test_rows_that_are_too_short_or_too_long_are_read(tmp_path: Path) -> None:
    _hand_in(tmp_path / "b")
    found = _found(_roster(tmp_path, "student,path,ref\nada\nben,b,,more,and more\n"))
    assert _problem(found["ada"]) == ("not found", "the roster gives no path")
    assert _read(found["ben"]) == RIGHT


# Students whose work is not where it should be.


def test_a_missing_folder_is_that_students_alone(tmp_path: Path) -> None:
    _hand_in(tmp_path / "a")
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    rows = ["ada,a", "ben,nowhere", "cho,empty", "dan,", f"eve,{'x' * 5000}", "fay,file"]
    found = _found(_roster(tmp_path, "\n".join(["student,path", *rows, "gil,a\0b"])))
    assert _read(found["ada"]) == RIGHT
    assert {name: _problem(found[name])[0] for name in sorted(found) if name != "ada"} == (
        dict.fromkeys(["ben", "cho", "dan", "eve", "fay", "gil"], "not found")
    )
    assert _problem(found["ben"])[1] == "there is no folder 'nowhere'"
    assert "holds neither exercises/lessonNN nor lessonNN" in _problem(found["cho"])[1]


def test_no_path_is_not_the_rosters_own_folder(tmp_path: Path) -> None:
    _hand_in(tmp_path)
    (student,) = find_checkouts([_roster(tmp_path, "student,path\nada,\n")])
    assert _problem(student) == ("not found", "the roster gives no path")


def test_two_students_with_one_name_are_both_graded(tmp_path: Path) -> None:
    rows = ["student,path"]
    for number, name in enumerate(["Kim", "Kim (2)", "Kim", "Kim", "K\x01", "K\x02"]):
        _hand_in(tmp_path / str(number), f"x = {number}")
        rows.append(f"{name},{number}")
    found = find_checkouts([_roster(tmp_path, "\n".join(rows))])
    assert [_read(checkout) for checkout in found] == [f"x = {number}" for number in range(6)]
    names = [checkout.name for checkout in found]
    assert names[:2] == ["Kim", "Kim (2)"]
    assert len(set(names)) == 6


def test_a_class_with_every_mistake_is_graded(
    school: School, capsys: pytest.CaptureFixture[str]
) -> None:
    school.hand_in(RIGHT, "반/홍 길동")
    school.hand_in(STUB, "ben")
    rows = [
        "홍길동,반/홍 길동,",
        "ben,ben,",
        "cho,nowhere,",
        "dan,ben,main",
        "Kim,ben,",
        "Kim,ben,",
    ]
    roster = _roster(school.root / "class", "\r\n".join(["\ufeffstudent,path,ref", *rows]))
    grades = school.root / "grades"
    words = ["grade", str(roster), "--results", str(grades)]
    code = cli.main(words, lessons_file=school.lessons_file, graders=school.graders)
    assert code == usage.NO_MARK
    lines = (grades / "gradebook.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [
        ["홍길동", "10"],
        ["ben", "0"],
        ["cho", ""],
        ["dan", ""],
        ["Kim", "0"],
        ["Kim (2)", "0"],
    ]
    shown = capsys.readouterr()
    assert (
        "threadlings: warning: 2 students are called 'Kim', so here they are Kim, Kim (2): "
        "give each another name\n"
    ) in shown.err
    told = shown.out
    assert "there is no folder 'nowhere'" in told
    assert "ben is not a git repository" in told


# Classroom 50.


def test_classroom50_students_have_their_folders_beside_the_list(tmp_path: Path) -> None:
    for folder in ("ada", "hw1-ben", "hw1-a-ben", "hw1-[x]", "hw1-Cho"):
        _hand_in(tmp_path / folder, folder)
    rows = ["ada,Ada,L,ada@x.example,1,7", "ben,,,,,", "a-ben,,,,,", "[x],,,,,", "cho,,,,,"]
    found = _found(_roster(tmp_path, CLASSROOM50 + "\n".join([*rows, "dan,,,,,"]), "students.csv"))
    assert {name: _read(found[name]) for name in found if name != "dan"} == {
        "ada": "ada",
        "ben": "hw1-ben",
        "a-ben": "hw1-a-ben",
        "[x]": "hw1-[x]",
        "cho": "hw1-Cho",
    }
    assert ("email", "ada@x.example") in found["ada"].columns
    assert _problem(found["dan"]) == ("not found", "there is no folder 'dan' or '...-dan'")


def test_classroom50_nobody_gets_the_work_of_a_longer_name(tmp_path: Path) -> None:
    _hand_in(tmp_path / "hw1-a-ben")
    found = _found(_roster(tmp_path, CLASSROOM50 + "ben,,,,,\na-ben,,,,,\n"))
    assert _read(found["a-ben"]) == RIGHT
    assert _problem(found["ben"])[0] == "not found"


def test_classroom50_two_folders_of_one_student_are_not_chosen_from(tmp_path: Path) -> None:
    for folder in ("hw1-ben", "hw2-ben"):
        _hand_in(tmp_path / folder)
    found = _found(_roster(tmp_path, CLASSROOM50 + "ben,,,,,\n"))
    assert _problem(found["ben"]) == ("not found", "there are 2 folders: hw1-ben, hw2-ben")


# Commits.


def _git(folder: Path, *words: str) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    who = {"GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@x.example"}
    who |= {"GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@x.example"}
    environment = kept | who | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-C", str(folder), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _repository(folder: Path, source: str = RIGHT, inside: str = "exercises/lesson01") -> Path:
    _hand_in(folder, source, inside)
    _git(folder, "init", "-q", "-b", "main")
    _commit(folder)
    return folder


def _commit(folder: Path) -> str:
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "x")
    return _git(folder, "rev-parse", "HEAD")


def _at(folder: Path, ref: str) -> Checkout:
    rows = f'student,path,ref\nada,{folder.name},"{ref}"\n'
    (found,) = find_checkouts([_roster(folder.parent, rows)])
    return found


@pytest.mark.parametrize("inside", ["exercises/lesson01", "lesson01"])
def test_a_ref_is_a_branch_a_tag_or_a_commit(tmp_path: Path, inside: str) -> None:
    repository = _repository(tmp_path / "홍 길동", "x = 1", inside)
    first = _git(repository, "rev-parse", "HEAD")
    _git(repository, "tag", "v1", "-a", "-m", "x")
    (repository / inside / "tiny.py").write_text("x = 2")
    _commit(repository)
    (repository / inside / "tiny.py").write_text("not committed")
    for ref in ("v1", first, first[:10], "main~1"):
        assert _read(_at(repository, ref)) == "x = 1"
    for ref in ("main", "HEAD"):
        assert _read(_at(repository, ref)) == "x = 2"


def test_a_bare_repository_is_read_without_a_checkout(tmp_path: Path) -> None:
    _git(tmp_path, "clone", "-q", "--bare", str(_repository(tmp_path / "work")), "ada.git")
    before = sorted(tmp_path.rglob("*"))
    assert _read(_at(tmp_path / "ada.git", "main")) == RIGHT
    assert sorted(tmp_path.rglob("*")) == sorted([*before, tmp_path / "roster.csv"])


@pytest.mark.parametrize(
    "ref",
    ["nothing", "--output=file", "-h", "main:exercises", "main..main", "@{-1}", "^main", "*", "\0"],
)
def test_a_ref_that_is_no_commit_is_told(tmp_path: Path, ref: str) -> None:
    status, told = _problem(_at(_repository(tmp_path / "ada"), ref))
    assert (status, told) == ("not found", f"there is no commit {ref!r} in ada")
    assert {path.name for path in tmp_path.iterdir()} == {"ada", "roster.csv"}


def test_the_repository_around_a_folder_is_not_the_students(tmp_path: Path) -> None:
    _repository(tmp_path)
    (tmp_path / "ada").mkdir()
    assert _problem(_at(tmp_path / "ada", "main")) == ("not found", "ada is not a git repository")


@pytest.mark.parametrize("trick", ["file", "link", "commondir"])
def test_another_students_repository_is_not_ones_own(tmp_path: Path, trick: str) -> None:
    _repository(tmp_path / "ben")
    ada = _hand_in(tmp_path / "ada", STUB)
    if trick == "file":
        (ada / ".git").write_text("gitdir: ../ben/.git\n")
    elif trick == "link":
        (ada / ".git").symlink_to("../ben/.git")
    else:
        _git(ada, "init", "-q", "-b", "main")
        (ada / ".git" / "commondir").write_text("../../ben/.git\n")
    assert _problem(_at(ada, "main"))[0] in ("not found", "not read", "missing")


def test_what_git_is_told_from_outside_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = _repository(tmp_path / "ben", STUB)
    ada = _repository(tmp_path / "ada")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other / ".git" / "objects"))
    assert _read(_at(ada, "main")) == RIGHT


def _set(repository: Path, settings: Sequence[str]) -> None:
    for setting in settings:
        key, value = setting.split("=", 1)
        _git(repository, "config", key, value)


def test_a_hostile_repository_is_read_as_data(tmp_path: Path) -> None:
    ada, marker = tmp_path / "ada", tmp_path / "marker"
    _hand_in(ada)
    (ada / ".gitattributes").write_text("* filter=evil diff=evil merge=evil ident text eol=crlf\n")
    _git(ada, "init", "-q", "-b", "main")
    _commit(ada)
    evil = f"touch '{marker}'; cat"
    settings = ["core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass"]
    settings += ["filter.evil.clean", "filter.evil.smudge", "filter.evil.process"]
    settings += ["diff.evil.textconv", "diff.external", "gpg.program", "credential.helper"]
    settings += ["alias.ls-tree", "alias.cat-file", "uploadpack.packObjectsHook"]
    settings += ["pager.ls-tree", "pager.cat-file", "pager.rev-parse"]
    _set(ada, [f"{key}={'!' if key.startswith('alias') else ''}{evil}" for key in settings])
    _set(ada, ["filter.evil.required=true", f"core.hooksPath={tmp_path}/hooks"])
    for hooks in (tmp_path / "hooks", ada / ".git" / "hooks"):
        hooks.mkdir(exist_ok=True)
        for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
            (hooks / name).write_text(f"#!/bin/sh\n{evil}\n")
            (hooks / name).chmod(0o755)
    assert _read(_at(ada, "main")) == RIGHT
    assert not marker.exists()


def test_a_file_that_a_repository_leaves_out_is_not_fetched(tmp_path: Path) -> None:
    ada, marker = _repository(tmp_path / "ada"), tmp_path / "marker"
    blob = _git(ada, "rev-parse", "main:exercises/lesson01/tiny.py")
    (ada / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    evil = ["remote.origin.promisor=true", f"remote.origin.url=ext::sh -c touch% '{marker}'"]
    evil += ["extensions.partialClone=origin", "core.repositoryFormatVersion=1"]
    _set(ada, [*evil, "protocol.ext.allow=always", "protocol.allow=always"])
    assert _problem(_at(ada, "main"))[0] == "not read"
    assert not marker.exists()


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_only_a_regular_file_of_a_commit_is_taken(tmp_path: Path) -> None:
    solution = _hand_in(tmp_path / "solution")
    trees = {name: tmp_path / name for name in ("file", "folder", "above", "module")}
    for path in trees.values():
        (path / "exercises").mkdir(parents=True)
        _git(path, "init", "-q", "-b", "main")
    (trees["file"] / "exercises" / "lesson01").mkdir()
    file = solution / "exercises" / "lesson01" / "tiny.py"
    (trees["file"] / "exercises" / "lesson01" / "tiny.py").symlink_to(file)
    (trees["folder"] / "exercises" / "lesson01" / "tiny.py").mkdir(parents=True)
    (trees["folder"] / "exercises" / "lesson01" / "tiny.py" / "x").write_text("x")
    (trees["above"] / "exercises" / "lesson01").symlink_to(file.parent)
    inside = trees["module"] / "exercises" / "lesson01" / "tiny.py"
    _repository(inside)
    for path in trees.values():
        _commit(path)
    regular = ("unusable", "lesson01/tiny.py is not a regular file")
    assert _problem(_at(trees["file"], "main")) == regular
    assert _problem(_at(trees["folder"], "main")) == regular
    assert _problem(_at(trees["module"], "main")) == regular
    assert _problem(_at(trees["above"], "main"))[0] == "missing"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may")
def test_a_repository_may_belong_to_another_user(tmp_path: Path) -> None:
    ada = _repository(tmp_path / "ada")
    for path in (ada, *ada.rglob("*")):
        os.chown(path, 65534, 65534)
    assert _read(_at(ada, "main")) == RIGHT


def test_a_pointer_to_a_large_file_is_only_text(tmp_path: Path) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    ada = _repository(tmp_path / "ada", pointer)
    (ada / ".gitattributes").write_text("*.py filter=lfs diff=lfs merge=lfs -text\n")
    _git(ada, "config", "filter.lfs.clean", "cat")
    _commit(ada)
    assert _read(_at(ada, "main")) == pointer


def test_a_large_file_of_a_commit_is_not_read(tmp_path: Path) -> None:
    checkout = _at(_repository(tmp_path / "ada"), "main")
    with pytest.raises(FileError, match=r"tiny\.py is larger than 5 bytes"):
        checkout.source_of(LESSON, Limits(source_bytes=5))


def test_without_git_a_commit_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = _at(_repository(tmp_path / "ada"), "main")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _problem(checkout) == (
        "not read",
        "git is not installed, so no commit can be read",
    )


def test_a_damaged_repository_is_told_without_this_machines_paths(tmp_path: Path) -> None:
    ada = _repository(tmp_path / "ada")
    blob = _git(ada, "rev-parse", "main:exercises/lesson01/tiny.py")
    (ada / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    status, told = _problem(_at(ada, "main"))
    assert status == "not read"
    assert "git cannot read ada" in told
    assert str(tmp_path) not in told


def test_names_in_other_spellings_are_other_names(tmp_path: Path) -> None:
    rows = ["student,path"]
    for form in ("NFC", "NFD"):
        _hand_in(tmp_path / form, form)
        rows.append(f"{unicodedata.normalize(form, '가')},{form}")
    found = _found(_roster(tmp_path, "\n".join(rows)))
    assert sorted(map(_read, found.values())) == ["NFC", "NFD"]
