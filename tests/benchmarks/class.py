"""How much faster a class is graded two lessons at a time, and what memory that takes.

    python -m tests.benchmarks.class [--students N] [--jobs N] [--rounds N]

The class hands in lessons 05, 08 and 09, which have no check that must be alone: right programs,
wrong ones, and some that burn CPU time without an end. It is graded by ``threadlings grade`` with
``--jobs 1`` and with ``--jobs N``, in turn; the best of the rounds counts. The memory is that of
the command itself, without its graders.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import psutil

from threadlings import manifest
from threadlings.cells import MEBIBYTE

ROOT = Path(__file__).parents[2]
LESSONS = (5, 8, 9)
HANGING_EVERY = 20
LOOK_EVERY_S = 0.2
BURNS = "def _burn():\n    sum(range(10**15))\n\n\n_burn()\n"


@dataclass
class Grading:
    """One grading of the class.

    Attributes:
        wall_s: Seconds on the clock.
        memory: MiB of the command, again and again.
        gradebook: Its gradebook.csv.
    """

    wall_s: float
    memory: list[float]
    gradebook: list[list[str]]


def make_class(folder: Path, students: int) -> None:
    """Write the checkouts of a class: two wrong programs for each right one, some that hang."""
    for lesson in (lesson for lesson in manifest.read() if lesson.number in LESSONS):
        kept = ROOT / "tests" / "submissions" / lesson.folder
        right = cycle(sorted((kept / "right").glob("*.py")))
        wrong = cycle(sorted((kept / "wrong").glob("*.py")))
        for number in range(students):
            path = folder / f"student{number:03d}" / "exercises" / lesson.file
            path.parent.mkdir(parents=True)
            program = next(right if number % 3 == 0 else wrong)
            hangs = number % HANGING_EVERY == 0 and lesson.number == LESSONS[0]
            path.write_text(BURNS if hangs else program.read_text("utf-8"), "utf-8")


def grade_class(folder: Path, jobs: int) -> Grading:
    """Grade the class with the command, into an empty folder of results."""
    with tempfile.TemporaryDirectory(prefix="threadlings-") as results:
        words = ["grade", str(folder), "--jobs", str(jobs), "--results", results]
        words += [word for number in LESSONS for word in ("--lesson", str(number))]
        begin_s = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "threadlings.cli", *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            memory = list(_memory_of(process))
        wall_s = time.perf_counter() - begin_s
        text = Path(results, "gradebook.csv").read_text(encoding="utf-8-sig")
    return Grading(wall_s, memory, list(csv.reader(text.splitlines())))


def _memory_of(process: subprocess.Popen[bytes]) -> Iterator[float]:
    """Yield the MiB that a process has, until it ends."""
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        with suppress(psutil.NoSuchProcess):
            yield watched.memory_info().rss / MEBIBYTE
        time.sleep(LOOK_EVERY_S)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.class", description=__doc__)
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    words = parser.parse_args(arguments)
    found: dict[int, list[Grading]] = {1: [], words.jobs: []}
    with tempfile.TemporaryDirectory(prefix="threadlings-") as folder:
        make_class(Path(folder), words.students)
        for _ in range(words.rounds):
            for jobs, gradings in found.items():
                gradings.append(grade_class(Path(folder), jobs))
    alone_s = min(grading.wall_s for grading in found[1])
    for jobs, gradings in found.items():
        wall_s = min(grading.wall_s for grading in gradings)
        print(
            f"--jobs {jobs}: {words.students} submissions in {wall_s:.1f} s, "
            f"{60 * words.students / wall_s:.1f} a minute, {alone_s / wall_s:.2f} times"
        )
        for memory in (grading.memory for grading in gradings if grading.memory):
            quarters = [memory[len(memory) * part // 4 - (part == 4)] for part in range(1, 5)]
            shown = ", ".join(f"{mebibytes:.1f}" for mebibytes in quarters)
            print(f"  memory after each quarter: {shown} MiB")
    books = [grading.gradebook for gradings in found.values() for grading in gradings]
    is_same = all(book == books[0] for book in books)
    print(f"the gradebooks are {'equal' if is_same else 'DIFFERENT'}")
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main())
