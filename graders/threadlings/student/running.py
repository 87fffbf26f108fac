"""``threadlings run``: the student's own program for real, with real threads and the real clock."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress

from ..language import VARIABLE, chosen, said
from ..manifest import Lesson
from ..usage import DONE, INTERRUPTED, NOBODY_READS, TASKS_LEFT, UsageError, typed
from . import screen
from .course import Course

PATIENCE_S = 2.0
"""How long a program may take to end after Ctrl-C before it is ended."""
_PROGRAM = "__main__"


def run(course: Course, lesson: Lesson) -> int:
    """Run a lesson's file as ``python`` would, and tell which thread printed what, and when.

    Returns:
        0 if the program came to its end, 1 if an error or an open TODO stopped it or one of its
        threads, 130 if Ctrl-C did.
    Raises:
        UsageError: If there is no file to run.
    """
    file = course.file_of(lesson)
    if not file.is_file():
        raise UsageError(
            said(
                "there is no {file}: put it back, or {threadlings} reset {number}",
                file=course.shown(file),
                threadlings=typed("threadlings"),
                number=lesson.number,
            )
        )
    sys.stdout.flush()
    colours = {} if screen.is_coloured() else {"NO_COLOR": "1"}
    child = subprocess.Popen(
        [sys.executable, "-m", "threadlings.student.run_child", str(file), course.shown(file)],
        env=os.environ | colours | {VARIABLE: chosen()},
    )
    try:
        exit_code = child.wait()
    except KeyboardInterrupt:
        _see_off(child)
        screen.line("")
        screen.line(said("  ended with Ctrl-C"))
        return INTERRUPTED
    if exit_code == DONE and _PROGRAM not in file.read_text(encoding="utf-8", errors="replace"):
        screen.line(
            said(
                "  {file} has no program to run: write one below if __name__ == {main}:",
                file=course.shown(file),
                main=f'"{_PROGRAM}"',
            )
        )
    return exit_code if exit_code in (DONE, NOBODY_READS) else TASKS_LEFT


def _see_off(child: subprocess.Popen[bytes]) -> None:
    """Give a program that Ctrl-C has reached too some time to end, then end it."""
    with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
        child.wait(PATIENCE_S)
    child.kill()
    child.wait()
