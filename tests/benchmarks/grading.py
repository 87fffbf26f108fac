"""What isolation costs: a whole grading against the same checks in plain, in-process pytest.

    python -m tests.benchmarks.grading [--rounds N] [--lesson N]...

One side is ``threadlings grade solutions``: a grader process for each lesson, a sandbox, a new
process for each check, as many lessons at a time as there are cores; and the same with one lesson
at a time. The other side is one pytest (:mod:`tests.benchmarks.in_process`). They take turns, each
a command of its own; the best of the rounds counts.

Exit code: 0 if every side gave all points, 1 if not.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLAIN = "plain pytest"


def commands(lessons: Sequence[str]) -> dict[str, list[str]]:
    """Return each side's command; the folder of results comes last."""
    chosen = [word for number in lessons for word in ("--lesson", number)]
    graded = [sys.executable, "-m", "threadlings.cli", "grade", str(ROOT / "solutions"), *chosen]
    plain = [sys.executable, "-m", "tests.benchmarks.in_process", str(ROOT / "solutions"), *lessons]
    return {
        PLAIN: plain,
        "isolated": [*graded, "--results"],
        "isolated, one at a time": [*graded, "--jobs", "1", "--results"],
    }


def measured(side: str, command: Sequence[str]) -> tuple[float, float, int]:
    """Run a side once: seconds on the clock, seconds of CPU time, exit code."""
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory(prefix="threadlings-") as results:
        words = [*command] if side == PLAIN else [*command, results]
        begin_s = time.perf_counter()
        done = subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        wall_s = time.perf_counter() - begin_s
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall_s, cpu_s, done.returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.grading", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="the best counts")
    parser.add_argument("--lesson", action="append", default=[], help="these lessons only")
    words = parser.parse_args(arguments)
    sides = commands(words.lesson)
    found: dict[str, list[tuple[float, float, int]]] = {side: [] for side in sides}
    for _ in range(words.rounds):
        for side, command in sides.items():
            found[side].append(measured(side, command))
    plain_s = min(wall_s for wall_s, _cpu_s, _code in found[PLAIN])
    for side, seen in found.items():
        wall_s, cpu_s = (min(values) for values in list(zip(*seen, strict=True))[:2])
        print(f"{side:24} {wall_s:6.2f} s  {wall_s / plain_s:5.2f} times  CPU time {cpu_s:6.2f} s")
    return max(int(code != 0) for seen in found.values() for _w, _c, code in seen)


if __name__ == "__main__":
    sys.exit(main())
