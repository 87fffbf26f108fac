"""The plugin of pytest behind ``threadlings replay``: ``search`` follows letters and ends the test.

It is loaded before the visible tests, which then import these functions for their own.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .. import engine, feedback
from ..engine import Run
from ..feedback import PrintedLines, describe, picture
from ..language import said, translator
from .replaying import REPORT, SCHEDULE

_replay = engine.replay
_stories: list[str] = []
_running: list[pytest.Item] = []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Note which test it is."""
    _running[:] = [item]


def pytest_sessionfinish() -> None:
    """Write what was seen."""
    Path(os.environ[REPORT]).write_text(json.dumps(_stories), encoding="utf-8")


def _follow(program: Callable[[], Any], _holds: object = None, **budget: Any) -> None:
    budget.pop("keep_runs", None)
    run = _replay(program, os.environ[SCHEDULE], **budget)
    if run.schedule == os.environ[SCHEDULE]:
        _stories.append(_story(_running[0], run))
    pytest.skip("replayed")


def _leave(*_arguments: object, **_options: object) -> None:
    pytest.skip("nothing to replay")


def _story(item: pytest.Item, run: Run) -> str:
    """Return the whole run as text: what was promised, the steps, the end."""
    mark = item.get_closest_marker("task")
    function = getattr(item, "function", None)
    promise = (getattr(function, "__doc__", None) or item.name).strip().splitlines()[0]
    number = item.path.parent.name.removeprefix("lesson")
    headline = (
        said("lesson{number} task {task}: ", number=number, task=mark.args[0]) if mark else ""
    )
    ending = describe(run) or said("the program returned {value!r}", value=run.value)
    drawn = picture(run, max_rows=sys.maxsize)
    printed = PrintedLines.of(run.printed).drawn(translator(), shutil.get_terminal_size().columns)
    parts = (headline + said(promise), drawn, printed, ending)
    return "\n\n".join(str(part) for part in parts if part)


for part, name, stand_in in (
    (engine, "search", _follow),
    (engine, "simulate", _leave),
    (feedback, "real_call", _leave),
):
    setattr(part, name, stand_in)
