"""Repositories are fetched as data, with a token that is left nowhere."""

from __future__ import annotations

import base64
import csv
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from threadlings import cli
from threadlings.cells import Limits
from threadlings.handed_in import FileError, find_checkouts
from threadlings.language import Text

from .conftest import LESSONS, git, hand_in

TOKEN = "github_pat_secret"
Fetch = Callable[..., int]


@pytest.fixture
def fetch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fetch:
    """The command, with a roster; returns the exit code."""
    monkeypatch.setenv("STUDENTS_READ_TOKEN", TOKEN)

    def run(roster: str, *words: str) -> int:
        (tmp_path / "class.csv").write_text(roster)
        into = ["--into", str(tmp_path / "work")]
        return cli.main(["fetch", str(tmp_path / "class.csv"), *into, *words])

    return run


def _read(tmp_path: Path) -> dict[str, str]:
    """Return what each student handed in, or why there is nothing."""
    found = {}
    for checkout in find_checkouts([tmp_path / "work" / "roster.csv"]):
        try:
            found[checkout.name] = checkout.source_of(LESSONS[0], Limits()).decode()
        except FileError as error:
            found[checkout.name] = str(error)
    return found


def test_repositories_are_fetched_and_grading_reads_them(tmp_path: Path, fetch: Fetch) -> None:
    commit = hand_in(tmp_path / "a")
    hand_in(tmp_path / "b", "x = 2\n")
    git(tmp_path / "b", "switch", "--quiet", "-c", "late")
    (tmp_path / "b" / "exercises/lesson01/tiny.py").write_text("x = 3\n")
    git(tmp_path / "b", "commit", "--quiet", "-am", "Late")
    rows = [f"ada,{tmp_path}/a,,ada@x", f"ben,{tmp_path}/b,main,", f"cho,{tmp_path}/b,late,"]
    assert fetch("\n".join(["student,repository,ref,email", *rows])) == 0
    assert _read(tmp_path) == {"ada": "x = 1\n", "ben": "x = 2\n", "cho": "x = 3\n"}
    text = (tmp_path / "work" / "roster.csv").read_text()
    first = next(csv.DictReader(text.splitlines()))
    assert (first["ref"], first["email"]) == (commit, "ada@x")
    assert find_checkouts([tmp_path / "work" / "roster.csv"])[0].columns == (("email", "ada@x"),)


def test_a_repository_is_bare_and_has_no_history(tmp_path: Path, fetch: Fetch) -> None:
    hand_in(tmp_path / "a")
    git(tmp_path / "a", "commit", "--quiet", "--allow-empty", "-m", "More")
    assert fetch(f"student,repository\nada,file://{tmp_path}/a\n") == 0
    bare = tmp_path / "work" / "repositories" / "ada.git"
    assert git(bare, "rev-list", "--count", "--all") == "1"
    assert not (bare / "hooks").exists()
    assert not list(tmp_path.glob("work/**/tiny.py"))


def test_hooks_and_filters_of_a_repository_are_not_run(tmp_path: Path, fetch: Fetch) -> None:
    hand_in(tmp_path / "a")
    (tmp_path / "a" / ".gitattributes").write_text("* filter=lfs\n")
    (tmp_path / "a" / ".gitmodules").write_text(
        f'[submodule "x"]\n\tpath = x\n\turl = {tmp_path}/nowhere\n'
    )
    git(tmp_path / "a", "add", "-A")
    git(tmp_path / "a", "commit", "--quiet", "-m", "Traps")
    assert fetch(f"student,repository\nada,{tmp_path}/a\n") == 0
    assert _read(tmp_path) == {"ada": "x = 1\n"}


def test_a_repository_that_is_not_there_is_no_mark_and_told(
    tmp_path: Path, fetch: Fetch, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_in(tmp_path / "a")
    rows = [f"ada,{tmp_path}/a,", f"ben,{tmp_path}/nothing,", f"cho,{tmp_path}/a,gone", "dan,,"]
    assert fetch("\n".join(["student,repository,ref", *rows])) == 4
    told = capsys.readouterr()
    assert "fetched: 1 of 4" in told.out
    assert [line.split(": ")[:2] for line in told.err.splitlines()] == [
        ["ben", "not found"],
        ["cho", "not found"],
        ["dan", "not found"],
    ]
    found = _read(tmp_path)
    assert found["ada"] == "x = 1\n"
    assert "cannot be fetched" in found["ben"]
    assert "gone" in found["cho"]
    assert found["dan"] == "the roster gives no repository"
    assert fetch("\n".join(["student,repository,ref", *rows]), "--missing-is-zero") == 0


def test_what_is_not_the_students_matter_costs_nobody_points(
    tmp_path: Path, fetch: Fetch, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_in(tmp_path / "a")
    refused = "http://127.0.0.1:9/ben.git"
    assert fetch(f"student,repository\nada,{tmp_path}/a\nben,{refused}\n") == 3
    assert "ben: not read: " in capsys.readouterr().err
    ada, ben = find_checkouts([tmp_path / "work" / "roster.csv"])
    assert (ada.problem, ben.status) == (Text(), "not read")


@pytest.mark.parametrize("students", ["ben", "ben cho"])
def test_where_nothing_could_be_fetched_nobody_gets_a_zero(
    tmp_path: Path, fetch: Fetch, capsys: pytest.CaptureFixture[str], students: str
) -> None:
    rows = "".join(f"{name},{tmp_path}/{name}\n" for name in students.split())
    assert fetch(f"student,repository\n{rows}", "--missing-is-zero") == 3
    assert "has it expired?" in capsys.readouterr().err
    found = find_checkouts([tmp_path / "work" / "roster.csv"])
    assert [checkout.name for checkout in found] == students.split()
    assert {checkout.status for checkout in found} == {"not read"}


def test_an_empty_chunk_is_nobodys_fault(fetch: Fetch, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch("student,repository\nada,school/ada\n", "--chunk", "1/2") == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("fetched: 0 of 0\n", "")


def test_a_chunk_has_the_names_of_the_whole_class(tmp_path: Path, fetch: Fetch) -> None:
    hand_in(tmp_path / "a")
    roster = f"student,repository\nada,{tmp_path}/a\nada,{tmp_path}/a\nben,{tmp_path}/a\n"
    assert fetch(roster, "--chunk", "2/3") == 0
    assert _read(tmp_path) == {"ada (2)": "x = 1\n"}


@pytest.mark.parametrize(
    "row", ["--upload-pack=touch x,", ",--upload-pack=x", "https://me:secret@example.org/a,"]
)
def test_an_option_or_a_password_in_the_roster_is_refused(
    tmp_path: Path, fetch: Fetch, row: str, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_in(tmp_path / "a")
    repository, ref = row.split(",")
    assert fetch(f"student,repository,ref\nada,{repository or tmp_path / 'a'},{ref}\n") == 3
    assert "begins with '-', or has a password" in capsys.readouterr().err


class _Listener:
    """A host that knows no repository, and remembers who asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append((self.path, self.headers.get("Authorization", "")))
                self.send_error(404)

            def log_message(self, *_words: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def listeners() -> Iterator[tuple[_Listener, _Listener]]:
    """Two hosts."""
    pair = (_Listener(), _Listener())
    yield pair
    for each in pair:
        each.close()


def test_the_token_goes_to_its_host_alone_and_is_left_nowhere(
    tmp_path: Path,
    fetch: Fetch,
    listeners: tuple[_Listener, _Listener],
    capsys: pytest.CaptureFixture[str],
) -> None:
    hand_in(tmp_path / "a")
    host, other = listeners
    rows = f"ada,school/ada\nben,{other.address}/school/ben.git\ncho,{tmp_path}/a\n"
    assert fetch(f"student,repository\n{rows}", "--host", host.address) == 4
    basic = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
    assert host.asked
    assert {header for _path, header in host.asked} == {f"Basic {basic}"}
    assert host.asked[0][0].startswith("/school/ada.git/")
    assert other.asked
    assert {header for _path, header in other.asked} == {""}
    told = capsys.readouterr()
    left = [path.read_bytes() for path in (tmp_path / "work").rglob("*") if path.is_file()]
    for secret in (TOKEN, basic):
        assert secret not in told.out + told.err
        assert not any(secret.encode() in data for data in left)
