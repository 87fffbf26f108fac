"""The benchmark of the student's command still runs."""

import pytest

from . import command


def test_it_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--rounds", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines[:2]] == ["python -c pass", "threadlings"]
    assert lines[-1].endswith("times python -c pass")
