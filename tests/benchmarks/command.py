"""How fast the student's command answers, and how soon ``watch`` tells of a save.

    python -m tests.benchmarks.command [--rounds N]

``threadlings`` alone and ``python -c pass`` are started in turn; what counts is their ratio and
the seconds. Of ``watch``, a process that is ready checks lesson 08; that is the time from the save
to the result but for the some 60 ms in which the system announces it. ``check`` starts one anew.

Exit code: 0.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from threadlings import manifest
from threadlings.student.checking import check
from threadlings.student.course import Course
from threadlings.student.watching import WarmChild

ROOT = Path(__file__).parents[2]
NOTHING = (sys.executable, "-c", "pass")
ALONE = (sys.executable, "-m", "threadlings")


def seconds_of(call: Callable[[], object]) -> float:
    """Return the real seconds that a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def seconds_of_starts(course: Course, rounds: int) -> tuple[list[float], list[float]]:
    """Return the seconds of ``python -c pass`` and of ``threadlings``, started in turn."""

    def start(command: Sequence[str]) -> None:
        subprocess.run(command, cwd=course.root, check=True, stdout=subprocess.DEVNULL)

    nothing, alone = [], []
    for _ in range(rounds):
        nothing.append(seconds_of(lambda: start(NOTHING)))
        alone.append(seconds_of(lambda: start(ALONE)))
    return nothing, alone


def seconds_of_checks(course: Course, rounds: int) -> tuple[list[float], list[float]]:
    """Return the seconds of a check of lesson 08 in a process that is ready, and in a new one."""
    lesson = course.lesson("8")
    warm, cold = [], []
    for _ in range(rounds):
        child = WarmChild(course, lesson)
        cold.append(seconds_of(lambda: check(course, lesson)))  # Meanwhile the child gets ready.
        warm.append(seconds_of(child.check))
    return warm, cold


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the medians and the best."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, metavar="N")
    rounds = parser.parse_args(arguments).rounds
    with tempfile.TemporaryDirectory(prefix="threadlings-") as folder:
        shutil.copytree(ROOT / "exercises", Path(folder, "exercises"))
        course = Course(Path(folder).resolve(), manifest.read())
        solution = ROOT / "solutions" / course.lesson("8").file
        shutil.copyfile(solution, course.file_of(course.lesson("8")))
        nothing, alone = seconds_of_starts(course, rounds)
        warm, cold = seconds_of_checks(course, rounds)
    for what, seconds in (
        ("python -c pass", nothing),
        ("threadlings", alone),
        ("watch: check of lesson 08", warm),
        ("check of lesson 08", cold),
    ):
        best, median = min(seconds), statistics.median(seconds)
        print(f"{what:<26} {median:6.3f} s   (best {best:.3f} s)")
    ratios = [one / other for one, other in zip(alone, nothing, strict=True)]
    print(f"threadlings is {statistics.median(ratios):.1f} times python -c pass")
    return 0


if __name__ == "__main__":
    sys.exit(main())
