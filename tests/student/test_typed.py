"""Commands that are printed can be typed where they are printed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from threadlings.usage import FROM, TASKS_LEFT, typed

from .conftest import Command, School

Capture = pytest.CaptureFixture[str]
SCRIPTS = Path(sys.executable).parent


def test_a_command_on_the_path_is_called_by_its_name() -> None:
    assert typed("threadlings") == "threadlings"
    assert typed("pytest") == "pytest"


def test_a_command_that_the_shell_does_not_find_has_its_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(FROM, str(SCRIPTS.parent.parent))
    assert typed("threadlings").startswith(f"{SCRIPTS.parent.name}{os.sep}{SCRIPTS.name}{os.sep}")
    monkeypatch.setenv(FROM, str(tmp_path))
    assert typed("pytest").strip('"').startswith(str(SCRIPTS))


@pytest.mark.skipif(sys.platform == "win32", reason="a file is no program there")
def test_another_command_of_that_name_is_not_meant(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "threadlings"
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(FROM, str(tmp_path))
    assert typed("threadlings").strip('"').startswith(str(SCRIPTS))


def test_every_printed_command_has_its_path_if_the_shell_needs_it(
    school: School, threadlings: Command, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.get_wrong()
    monkeypatch.setenv("PATH", os.defpath)
    assert threadlings("check", "8") == TASKS_LEFT
    threadlings()
    threadlings("next", "1")
    threadlings("replay", "8", "ABABABAB")
    lines = capsys.readouterr().out.splitlines()
    named = [line for line in lines if "threadlings " in line and "exercises" not in line]
    assert len(named) >= 5
    assert [line for line in named if f"{SCRIPTS}{os.sep}threadlings" not in line] == []
