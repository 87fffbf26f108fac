"""Grades one submission for Classroom 50, which runs this file in the student's checkout.

It calls the same grading as everything else, and leaves ``result.json``. The hidden graders are
not part of it: what Classroom 50 bundles can be read by anybody who knows its address. The
variable THREADLINGS_PYTHON names a Python that has the instructor's repository installed, as on a
runner of your own; without it, the Python that runs this file must have it.

An assignment whose name has ``lesson08`` in it is that lesson; any other is all lessons. The exit
code is 0 whenever there is a result, whatever its points; others mean that no mark was made.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Grade the current folder, and return the exit code."""
    checkout = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="threadlings-") as folder:
        roster = Path(folder, "roster.csv")
        with open(roster, "w", encoding="utf-8", newline="") as file:
            owner = os.environ.get("OWNER") or os.environ.get("USERNAME") or "student"
            csv.writer(file).writerows([("student", "path"), (owner, checkout)])
        done = subprocess.run(_command(roster, Path(folder, "results")), cwd=folder)
        if done.returncode != 0:
            print("autograder: no mark was made; see above", file=sys.stderr)
            return done.returncode
        (result,) = Path(folder, "results", "classroom50").glob("*/result.json")
        shutil.copyfile(result, checkout / "result.json")
    return 0


def _command(roster: Path, results: Path) -> list[str]:
    # -P, and another folder to work in: a student's threadlings.py must not be taken for ours.
    python = os.environ.get("THREADLINGS_PYTHON") or sys.executable
    words = [python, "-P", "-m", "threadlings", "grade", str(roster), "--exit-zero"]
    words += ["--results", str(results), "--export", "classroom50"]
    lesson = re.search(r"lesson(\d\d)", os.environ.get("ASSIGNMENT", ""))
    return [*words, "--lesson", lesson[1]] if lesson else words


if __name__ == "__main__":
    sys.exit(main())
