"""``threadlings replay``: the student's own program again, under a schedule of letters.

The program is what a visible test hands to ``search``. So the tests are run in a process of
their own in which ``search`` follows the letters, notes the run and ends the test.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from ..language import said
from ..manifest import Lesson
from ..usage import UsageError, typed
from . import screen
from .checking import arguments, environment, require_tests
from .course import Course

SCHEDULE, REPORT = "THREADLINGS_SCHEDULE", "THREADLINGS_REPORT"
"""What tells the process which schedule it is, and where to write what it saw."""


def replay(course: Course, lesson: Lesson, schedule: str) -> int:
    """Print every run of a lesson's programs that goes as the letters say.

    Returns:
        0 if there is one, 1 if not.
    Raises:
        UsageError: If the schedule is none, or the lesson has no tests.
    """
    if re.fullmatch(r"(?:[A-Z]\d*|m)+", schedule) is None:
        raise UsageError(
            said("a schedule is letters such as ABBA, not {the_schedule!r}", the_schedule=schedule)
        )
    require_tests(course, lesson)
    stories = _stories(course, lesson, schedule)
    if not stories:
        screen.line(
            said(
                "no program of {folder} goes {the_schedule}; which schedules fail is said by",
                folder=lesson.folder,
                the_schedule=schedule,
            )
        )
        screen.line(f"  {typed('threadlings')} check {lesson.number}")
        return 1
    screen.line("\n\n".join(stories))
    return 0


def _stories(course: Course, lesson: Lesson, schedule: str) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="threadlings-") as folder:
        report = Path(folder, "stories.json")
        ours = ["-p", "no:threadlings-recorder", "-p", "threadlings.student.replay_plugin"]
        subprocess.run(
            [sys.executable, "-m", "pytest", *ours, *arguments(course, lesson)],
            cwd=course.root,
            env=environment() | {SCHEDULE: schedule, REPORT: str(report)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stories = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else []
    return list(dict.fromkeys(stories))
