"""Whether verdicts stay the same beside a busy machine.

    python -m tests.benchmarks.stability [--gradings N] [--only solutions|wrong] [--lesson N]...
                                         [--minutes M]

Every reference solution and every kept wrong submission is graded N times (50; 1,000 for a night)
beside one busy loop for each core. A verdict is all that the gradebook says, but for notes about
the machine. A round of all takes long: with ``--minutes`` the last round is the one that is under
way then.

Exit code: 0 if no verdict changed, 1 if one did.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from threadlings import manifest
from threadlings.gradebook import Gradebook, LessonGrade
from threadlings.handed_in import find_checkouts
from threadlings.judging import grade
from threadlings.manifest import Lesson
from threadlings.repository import find_graders

ROOT = Path(__file__).parents[2]

Verdicts = dict[tuple[str, str], LessonGrade]


@contextmanager
def busy_cores() -> Iterator[None]:
    """Keep every core busy with something else."""
    burn = [sys.executable, "-c", "while True: pass"]
    loops = [subprocess.Popen(burn) for _ in range(os.cpu_count() or 2)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def verdicts(book: Gradebook) -> Verdicts:
    """Return what was said of each lesson of each submission, without the notes."""
    return {
        (submission.name, lesson.folder): replace(
            lesson, tasks=tuple(replace(task, notes=()) for task in lesson.tasks)
        )
        for submission in book.submissions
        for lesson in submission.lessons
    }


def wrong_class(folder: Path, lessons: Sequence[Lesson]) -> None:
    """Hand in every wrong submission: one student for each place in a lesson's list."""
    for lesson in lessons:
        kept = ROOT / "tests" / "submissions" / lesson.folder / "wrong"
        for number, program in enumerate(sorted(kept.glob("*.py"))):
            path = folder / f"wrong{number:02d}" / "exercises" / lesson.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(program.read_bytes())


def main(arguments: Sequence[str] | None = None) -> int:
    """Grade again and again, and print what changed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.stability")
    parser.add_argument("--gradings", type=int, default=50)
    parser.add_argument("--only", choices=["solutions", "wrong"])
    parser.add_argument("--lesson", type=int, action="append")
    parser.add_argument("--minutes", type=float, default=float("inf"))
    words = parser.parse_args(arguments)
    lessons = [m for m in manifest.read() if words.lesson is None or m.number in words.lesson]
    until_s = time.monotonic() + 60 * words.minutes
    changed: set[tuple[str, str]] = set()
    first: Verdicts = {}
    with tempfile.TemporaryDirectory(prefix="threadlings-") as folder, busy_cores():
        paths = [ROOT / "solutions"] if words.only != "wrong" else []
        if words.only != "solutions":
            wrong_class(Path(folder), lessons)
            paths.append(Path(folder))
        checkouts = find_checkouts(paths)
        for number in range(1, words.gradings + 1):
            seen = verdicts(grade(checkouts, lessons, find_graders()))
            first = first or seen
            changed |= {place for place in first if first[place] != seen[place]}
            print(f"grading {number}: {len(first)} verdicts, {len(changed)} changed", flush=True)
            if time.monotonic() > until_s:
                break
    for place in sorted(changed):
        print("changed:", *place)
    return int(bool(changed))


if __name__ == "__main__":
    sys.exit(main())
