"""What is not in order is told before a class is graded, with what to do."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from threadlings import cli, usage
from threadlings.actions import doctor

NOW = datetime(2026, 9, 1, tzinfo=UTC)
GOOD = {
    "/repos/school/threads": {"default_branch": "student", "is_template": True},
    "/orgs/school": {"default_repository_permission": "none"},
    "/repos/school/threads/actions/permissions": {"enabled": True},
}
ENDS = {"github-authentication-token-expiration": "2027-01-31 12:00:00 UTC"}


def _host(answers: dict[str, dict[str, Any]], headers: dict[str, str]) -> doctor.Ask:
    def ask(path: str) -> doctor.Answer:
        found = path in answers
        return (200, answers[path], headers) if found else (404, {"message": "Not Found"}, headers)

    return ask


def _states(answers: dict[str, dict[str, Any]], headers: dict[str, str]) -> dict[str, str]:
    found = doctor.of_host(_host(answers, headers), "school/threads", NOW)
    return {each.name: each.state for each in found if each.state != doctor.GOOD}


def test_a_host_in_order_is_told_so() -> None:
    assert _states(GOOD, ENDS) == {}


@pytest.mark.parametrize(
    ("path", "answer", "bad"),
    [
        (
            "/repos/school/threads",
            {"default_branch": "main", "is_template": True},
            "template branch",
        ),
        ("/repos/school/threads", {"default_branch": "student"}, "template"),
        ("/orgs/school", {"default_repository_permission": "read"}, "base permission"),
        ("/repos/school/threads/actions/permissions", {"enabled": False}, "Actions"),
    ],
)
def test_what_is_not_in_order_is_told(path: str, answer: dict[str, Any], bad: str) -> None:
    assert _states({**GOOD, path: answer}, ENDS) == {bad: "bad"}


def test_what_the_token_may_not_see_is_not_known() -> None:
    only = {"/repos/school/threads": GOOD["/repos/school/threads"]}
    assert _states(only, {}) == dict.fromkeys(("token", "base permission", "Actions"), "not known")
    assert _states({}, {}) == {"template": "bad"}


@pytest.mark.parametrize(("end", "state"), [("2026-09-10", "bad"), ("2026-10-01", None)])
def test_a_token_that_ends_soon_is_told(end: str, state: str | None) -> None:
    headers = {"github-authentication-token-expiration": f"{end} 00:00:00 UTC"}
    assert _states(GOOD, headers).get("token") == state


def test_this_machine_is_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["doctor", "--results", str(tmp_path / "grades")])
    names = [line[11:].partition(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert names == ["Python", "git", "cells", "sandbox", "disk"]


@pytest.mark.parametrize("version", [None, "git version 2.20.1"])
def test_a_machine_without_git_that_will_do_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str | None
) -> None:
    if version:
        (tmp_path / "git").write_text(f"#!{shutil.which('sh')}\necho {version}\n")
        (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    (git,) = [each for each in doctor.of_machine(tmp_path) if each.name == "git"]
    assert git.state == "bad"
    assert "install" in git.told


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage_of = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage_of._replace(free=1024))
    (disk,) = [each for each in doctor.of_machine(tmp_path) if each.name == "disk"]
    assert (disk.state, disk.told) == (
        "bad",
        f"0 MiB are free in {tmp_path}; make room for 1024 MiB",
    )


@pytest.fixture
def server() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A stand-in for the host: its address, and who asked for what."""
    asked: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers.get("Authorization", "")))
            answer = GOOD.get(self.path)
            self.send_response(404 if answer is None else 200)
            self.send_header("GitHub-Authentication-Token-Expiration", "2999-01-31 12:00:00 UTC")
            self.end_headers()
            self.wfile.write(json.dumps(answer or {"message": "Not Found"}).encode())

        def log_message(self, *_arguments: object) -> None:
            pass

    host = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=host.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{host.server_port}", asked
    host.shutdown()
    thread.join()
    host.server_close()


def test_the_host_is_asked_with_the_token_which_is_not_shown(
    server: tuple[str, list[tuple[str, str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    address, asked = server
    monkeypatch.setenv("STUDENTS_READ_TOKEN", "secret")
    roster = tmp_path / "roster.csv"
    roster.write_text("student,repository\nada,school/threads\nben,school/gone\n")
    words = ["doctor", "--template", "school/threads", "--roster", str(roster), "--api", address]
    assert cli.main([*words, "--results", str(tmp_path)]) == usage.OUR_FAULT
    told = capsys.readouterr()
    assert "bad        repositories: 1 cannot be read: ben (school/gone: 404 Not Found)" in told.out
    assert "token: STUDENTS_READ_TOKEN ends on 2999-01-31" in told.out
    assert {header for _path, header in asked} == {"Bearer secret"}
    assert "secret" not in told.out + told.err


def test_a_host_that_cannot_be_reached_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["doctor", "--template", "school/threads", "--api", "http://127.0.0.1:9"]
    assert cli.main(words) == usage.OUR_FAULT
    assert "school/threads cannot be read: 0 " in capsys.readouterr().out
    assert cli.main(["doctor", "--template", "threads"]) == usage.WRONG_USAGE
    assert "it must be OWNER/NAME" in capsys.readouterr().err
