"""How long the grading of one whole submission takes, and which checks are the slowest.

    python -m tests.benchmarks.course [FOLDER] [--rounds N] [--slowest N]

FOLDER is a checkout; the reference solutions if none is given. First the submission is graded
as ``threadlings grade`` does it, then once more lesson by lesson, to see how long each check takes.

Exit code: 0 if all points were given, 1 if some were lost.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from threadlings import manifest
from threadlings.cells import Limits
from threadlings.handed_in import Checkout, find_checkouts
from threadlings.judging import grade
from threadlings.judging.grader import give_back, take
from threadlings.judging.orders import LessonChecks, LessonOrder, Order, take_line
from threadlings.manifest import Lesson
from threadlings.repository import find_graders

ROOT = Path(__file__).parents[2]


def check_seconds(checkout: Checkout, lesson: Lesson) -> Iterator[tuple[float, str]]:
    """Grade one lesson alone; yield the real seconds of each check, and its promise.

    The seconds of the first check include the start of the grader and of the first cell.
    """
    graders = find_graders()
    files = tuple(map(str, (graders / lesson.folder).glob("grade_*.py")))
    tasks = tuple(task.number for task in lesson.tasks)
    source = checkout.source_of(lesson, Limits())
    lessons = (LessonOrder(lesson.folder, lesson.module, source, tasks, files, lesson.imports),)
    checks = {lesson.folder: LessonChecks()}
    with tempfile.TemporaryDirectory(prefix="threadlings-") as folder:
        order = Order(lessons, str(graders), folder, folder, Limits())
        before_s = time.perf_counter()
        process = take()
        for line in process.lines(order):
            now_s = time.perf_counter()
            if take_line(line, checks) is not None:
                yield now_s - before_s, checks[lesson.folder].results[-1].promise
            before_s = now_s
        give_back(process)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.course", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "solutions")
    parser.add_argument("--rounds", type=int, default=3, help="gradings; the best counts")
    parser.add_argument("--slowest", type=int, default=5, help="how many checks to list")
    words = parser.parse_args(arguments)
    lessons = manifest.read()
    (checkout,) = find_checkouts([words.folder])
    walls = []
    for _ in range(words.rounds):
        begin_s = time.perf_counter()
        book = grade([checkout], lessons, find_graders())
        walls.append(time.perf_counter() - begin_s)
    (submission,) = book.submissions
    print(f"{len(lessons)} lessons, {submission.points} of {submission.max_points} points")
    print(f"graded in {min(walls):.1f} s (best of {len(walls)}; the worst {max(walls):.1f} s)")
    found = []
    for lesson in lessons:
        mine = list(check_seconds(checkout, lesson))
        print(f"  {lesson.folder}  {sum(s for s, _ in mine):5.2f} s  {len(mine)} checks")
        found += [(seconds, lesson.folder, promise) for seconds, promise in mine]
    print("slowest checks")
    for seconds, folder, promise in sorted(found, reverse=True)[: words.slowest]:
        print(f"  {seconds:5.2f} s  {folder}  {promise}")
    return 0 if book.is_full else 1


if __name__ == "__main__":
    sys.exit(main())
