"""Grade mutants of the kept right submissions, and tell which of them keep full marks.

    python -m tests.mutants [--lesson N]... [--sample N] [--seed N] [--references]

All mutants of the chosen lessons, or a sample of so many, drawn with a seed. A survivor that is in
``equivalent/lessonNN.toml`` does the same as the program that it was made of, and is not told.

Exit code: 0 if all others lost points, 1 if not, 2 if it was called wrongly.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from threadlings import manifest, self_check
from threadlings.manifest import Lesson

from .operators import Mutant, mutants

ROOT = Path(__file__).parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent")


@dataclass(frozen=True)
class Graded:
    """A mutant, what it was made of, and whether it kept full marks."""

    lesson: Lesson
    path: Path
    mutant: Mutant
    survived: bool


def known_equivalents() -> dict[str, str]:
    """Return by their keys why mutants do the same as the programs that they were made of."""
    known: dict[str, str] = {}
    for path in sorted(EQUIVALENT.glob("lesson*.toml")):
        known |= tomllib.loads(path.read_text(encoding="utf-8"))
    return known


def made(lessons: Sequence[Lesson], *, references: bool) -> Iterator[tuple[Lesson, Path, Mutant]]:
    """Yield all mutants of the right submissions of some lessons, or of the references alone."""
    for lesson in lessons:
        stub = (ROOT / "exercises" / lesson.file).read_text(encoding="utf-8")
        kept = [] if references else self_check.submissions(ROOT, lesson, "right")
        for path in (ROOT / "solutions" / lesson.file, *kept):
            for mutant in mutants(path.read_text(encoding="utf-8"), stub):
                yield lesson, path, mutant


def graded(lesson: Lesson, path: Path, mutant: Mutant) -> Graded:
    """Grade a mutant as the only file that was handed in."""
    with tempfile.TemporaryDirectory() as folder:
        path_of_mutant = Path(folder, "mutant.py")
        path_of_mutant.write_text(mutant.source, encoding="utf-8")
        found = self_check.grade_file(path_of_mutant, lesson, stops_at_loss=True)
    return Graded(lesson, path, mutant, found.points == found.max_points)


def main(arguments: Sequence[str] | None = None) -> int:
    """Grade, and print a table with the survivors under it."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--lesson", type=int, action="append", help="only this lesson")
    parser.add_argument("--sample", type=int, help="so many, drawn at random")
    parser.add_argument("--seed", type=int, default=0, help="of the drawing")
    parser.add_argument("--references", action="store_true", help="of the references alone")
    asked = parser.parse_args(arguments)
    lessons = [x for x in manifest.read() if not asked.lesson or x.number in asked.lesson]
    chosen = list(made(lessons, references=asked.references))
    if asked.sample is not None and asked.sample < len(chosen):
        chosen = random.Random(asked.seed).sample(chosen, asked.sample)
    console, known = Console(), known_equivalents()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda each: graded(*each), chosen)
        done = list(track(results, "grading", len(chosen), console=Console(stderr=True)))
    survivors = [x for x in done if x.survived and x.mutant.key not in known]
    console.print(_table(done, known))
    for each in survivors:
        console.print(_told(each), soft_wrap=True, markup=False, highlight=False)
    return 1 if survivors else 0


def _table(done: Sequence[Graded], known: dict[str, str]) -> Table:
    table = Table("lesson", "mutants", "equivalent", "killed", "survived", "score")
    counts: dict[str, Counter[str]] = {}
    for each in done:
        is_known = each.survived and each.mutant.key in known
        kind = "equivalent" if is_known else "survived" if each.survived else "killed"
        counts.setdefault(each.lesson.folder, Counter())[kind] += 1
    for folder, found in sorted(counts.items()):
        told = found["killed"] + found["survived"]
        score = f"{100 * found['killed'] / told:.1f} %" if told else "-"
        numbers = [found.total(), found["equivalent"], found["killed"], found["survived"]]
        table.add_row(folder, *map(str, numbers), score)
    return table


def _told(each: Graded) -> str:
    mutant, path = each.mutant, each.path.relative_to(ROOT).as_posix()
    head = f"\n{mutant.key} {path} {mutant.function}: {mutant.operator}"
    before, after = (text.replace("\n", "\n    ") for text in (mutant.before, mutant.after))
    return f"{head}\n  - {before[:400]}\n  + {after[:400]}"


if __name__ == "__main__":
    sys.exit(main())
