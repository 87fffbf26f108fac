"""How long it takes to merge the results of a large class.

    python -m tests.benchmarks.collect [--students N] [--chunks N]

Writes the results of a class whose students lost half of their tasks, in chunks, as artifacts are
downloaded; then runs ``threadlings collect`` as grade.yml does, and checks that all are there.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.grading.gradebooks import reason
from threadlings import manifest
from threadlings.gradebook import LessonGrade, TaskGrade
from threadlings.handed_in import Chunk
from threadlings.judging import Lessons, write_result
from threadlings.language import Text
from threadlings.manifest import Lesson

EXPORTS = ("canvas", "moodle")
STORY = "two threads incremented once each; n should be 2, it is 1   (schedule ABBA)\n" * 8
GRADED = {
    **dict.fromkeys(("source", "grader", "lesson", "limits", "package"), "0" * 64),
    **{"python": sys.version, "platform": sys.platform, "sandbox": "yes"},
}


def write_class(folder: Path, students: int, chunks: int) -> Path:
    """Write the roster and the chunks' results, and return the roster."""
    names = [f"student{number:05d}" for number in range(students)]
    roster = folder / "roster.csv"
    roster.write_text("student,email\n" + "".join(f"{n},{n}@example.org\n" for n in names))
    lessons: Lessons = {lesson.number: (GRADED, _grade_of(lesson)) for lesson in manifest.read()}
    for number in range(1, chunks + 1):
        into = folder / "chunks" / f"chunk-{number:03d}"
        for name in Chunk(number, chunks).of(names):
            write_result(into, name, lessons, (("email", f"{name}@example.org"),))
    return roster


def _grade_of(lesson: Lesson) -> LessonGrade:
    lost = (reason("Two increments at the same time both count.", STORY),)
    tasks = tuple(
        TaskGrade(task.number, task.title, 0, task.points, lost)
        if task.number % 2
        else TaskGrade(task.number, task.title, task.points, task.points)
        for task in lesson.tasks
    )
    points = sum(task.points for task in tasks)
    return LessonGrade(lesson.number, lesson.title, "failed", points, lesson.points, Text(), tasks)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.collect", description=__doc__)
    parser.add_argument("--students", type=int, default=5000)
    parser.add_argument("--chunks", type=int, default=256)
    words = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="threadlings-") as name:
        folder = Path(name)
        roster = write_class(folder, words.students, words.chunks)
        command = [sys.executable, "-m", "threadlings", "collect", str(folder / "chunks")]
        command += ["--roster", str(roster), "--results", str(folder / "grades")]
        command += [word for export in EXPORTS for word in ("--export", export)]
        command += ["--feedback-for-students", str(folder / "feedback")]
        command += ["--json", str(folder / "book.json"), "--summary", str(folder / "summary.md")]
        begin_s = time.perf_counter()
        code = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
        wall_s = time.perf_counter() - begin_s
        text = (folder / "grades" / "gradebook.csv").read_text(encoding="utf-8-sig")
        rows = len(list(csv.reader(text.splitlines()))) - 1
        summary = (folder / "summary.md").stat().st_size
    print(f"{words.students} students in {words.chunks} chunks: collected in {wall_s:.1f} s")
    print(f"  exit code {code}, {rows} in the gradebook, summary {summary} bytes of 1048576")
    return 0 if code == 0 and rows == words.students and summary < 2**20 else 1


if __name__ == "__main__":
    sys.exit(main())
