"""The engine against frontrun and interleave-test: time to verdict, runs, and who is right.

    python -m tests.benchmarks.engine [--rounds N] [--only TEXT] [--peers NAME,...]

All sides decide the same programs (``cases.py``), in turns: ours, peer, peer, ours, ... Each
measurement is a process of its own. A time is the best of all rounds. Peers come with
``pip install -e ".[benchmarks]"``; one that is not installed is left out.

Exit code: 0 if none of our verdicts is wrong, 1 if one is, 2 if it was called wrongly.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from .cases import CASES, Case
from .measure import PACKAGES, UNDECIDED, Answer

ROOT = Path(__file__).parents[2]
OURS = "threadlings"
PROOF = "locked counter 2x1"
INSTALL = 'pip install -e ".[benchmarks]"'
Answers = dict[tuple[str, str], Answer]


def measure(side: str, case: Case, deadline_s: float) -> Answer:
    """Return a side's answer, ``undecided`` if there is none within ``deadline_s`` real seconds."""
    command = [sys.executable, "-m", "tests.benchmarks.measure", side, case.name]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=deadline_s,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )
    except subprocess.TimeoutExpired:
        return Answer(UNDECIDED, said=f"no answer in {deadline_s:g} s")
    lines = done.stdout.splitlines()
    if done.returncode != 0 or not lines:
        words = (done.stderr.strip().splitlines() or ["no output"])[-1]
        return Answer(UNDECIDED, said=f"exit code {done.returncode}: {words}")
    return Answer(**json.loads(lines[-1]))


def best(answers: Iterable[Answer]) -> Answer:
    """Return one answer with the shortest times of all; undecided if they differ."""
    answers = list(answers)
    said = {(answer.verdict, answer.fails_by) for answer in answers}
    if len(said) > 1:
        words = " and ".join(sorted({answer.verdict for answer in answers}))
        return Answer(UNDECIDED, said=f"says {words}")
    shortest = min(answers, key=lambda answer: answer.best_s)
    shortest.first_s = min(answer.first_s for answer in answers)
    return shortest


def measure_all(
    cases: Sequence[Case], sides: Sequence[str], rounds: int, deadline_s: float
) -> Answers:
    """Measure every side on every case in turns.

    A side without an answer within the deadline is not asked again.
    """
    found: dict[tuple[str, str], list[Answer]] = {}
    turns = [(case, number, side) for case in cases for number in range(rounds) for side in sides]
    for case, _number, side in track(turns, "measuring", console=Console(stderr=True)):
        answers = found.setdefault((side, case.name), [])
        if not answers or answers[-1].verdict != UNDECIDED:
            answers.append(measure(side, case, deadline_s))
    return {key: best(answers) for key, answers in found.items()}


def is_right(case: Case, answer: Answer) -> bool:
    """Return True if the verdict is the true one, and a failure the one that the program has."""
    if case.fails_by:
        return (answer.verdict, answer.fails_by) == ("FAILS", case.fails_by)
    return answer.verdict == "HOLDS"


def ratio(answers: Answers, case: Case, peer: str, time: str = "best_s") -> float | None:
    """Return our time divided by the peer's; None unless both are right."""
    ours, theirs = answers[OURS, case.name], answers[peer, case.name]
    if not (is_right(case, ours) and is_right(case, theirs)):
        return None
    return float(getattr(ours, time) / getattr(theirs, time))


def table(cases: Sequence[Case], sides: Sequence[str], answers: Answers) -> Table:
    """Return a row for each case: each side's verdict, runs, and time, with our ratio to it."""
    drawn = Table("program", "truth", title="time to verdict, best of all rounds", box=None)
    for side in sides:
        drawn.add_column(side)
        drawn.add_column("runs", justify="right")
        drawn.add_column("time", justify="right")
        if side != OURS:
            drawn.add_column("ours/it", justify="right")
    for case in cases:
        row = [case.name, f"FAILS {case.fails_by}" if case.fails_by else "HOLDS"]
        for side in sides:
            answer = answers[side, case.name]
            row += [_verdict(case, answer), str(answer.runs or "-"), _milliseconds(answer.best_s)]
            if side != OURS:
                row.append(_number(ratio(answers, case, side)))
        drawn.add_row(*row)
    return drawn


def _verdict(case: Case, answer: Answer) -> str:
    if answer.verdict == UNDECIDED:
        return UNDECIDED
    words = f"{answer.verdict} {answer.fails_by}".strip()
    return f"right: {words}" if is_right(case, answer) else f"[red]WRONG: {words}[/red]"


def _milliseconds(time_s: float) -> str:
    return f"{time_s * 1000:.1f} ms" if time_s else "-"


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"[red]{value:.2f}[/red]" if value > 1 else f"{value:.2g}"


def summary(cases: Sequence[Case], sides: Sequence[str], answers: Answers) -> list[str]:
    """Return the lines under the table."""
    lines = []
    for side in sides:
        all_of_it = [(case, answers[side, case.name]) for case in cases]
        right = sum(is_right(case, answer) for case, answer in all_of_it)
        undecided = sum(answer.verdict == UNDECIDED for _case, answer in all_of_it)
        wrong = len(cases) - right - undecided
        lines.append(f"{side}: {right} right, {wrong} wrong, {undecided} undecided")
        lines += [f"    {case.name}: {answer.said}" for case, answer in all_of_it if answer.said]
    for peer in sides[1:]:
        for time, words in (("best_s", "best call"), ("first_s", "first call in a new process")):
            pairs = [(ratio(answers, case, peer, time), case.name) for case in cases]
            both = [(value, name) for value, name in pairs if value is not None]
            slower = [f"{name} ({value:.2f})" for value, name in both if value > 1]
            told = f"above it: {', '.join(slower)}" if slower else "never above it"
            lines.append(f"our time / {peer}'s, {words}, {len(both)} right twice: {told}")
        proof = [case for case in cases if case.name == PROOF]
        value = ratio(answers, proof[0], peer) if proof else None
        if value is not None:
            lines.append(f"{PROOF}: our proof takes 1/{1 / value:.1f} of {peer}'s time")
    return lines


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.benchmarks.engine", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--rounds", type=int, default=3, help="rounds, >= 1 (default 3)")
    parser.add_argument("--only", default="", help="only programs with this in their name")
    parser.add_argument(
        "--peers",
        default="frontrun,interleave-test",
        help=f"which of {', '.join(PACKAGES)}, with commas; may be empty",
    )
    parser.add_argument(
        "--deadline-s", type=float, default=60.0, help="real seconds for a measurement, > 0"
    )
    found = parser.parse_args()
    found.peers = [name for name in found.peers.split(",") if name]
    found.cases = [case for case in CASES if found.only in case.name]
    if found.rounds < 1 or found.deadline_s <= 0:
        parser.error("--rounds must be at least 1, --deadline-s more than 0")
    if unknown := sorted(set(found.peers) - PACKAGES.keys()):
        parser.error(f"no such peer: {', '.join(unknown)}; there are {', '.join(PACKAGES)}")
    if not found.cases:
        parser.error(f"no program has {found.only!r} in its name")
    return found


def main() -> int:
    """Run the benchmark that the command line asks for; see the module's docstring."""
    arguments = _arguments()
    console = Console(width=None if sys.stdout.isatty() else 200)
    sides = [OURS]
    for peer in arguments.peers:
        if importlib.util.find_spec(PACKAGES[peer]) is None:
            console.print(
                f"{peer} is left out: not installed. Where it has a wheel: {INSTALL}", markup=False
            )
        else:
            sides.append(peer)
    for package in sorted({PACKAGES[side].replace("_", "-") for side in sides[1:]}):
        console.print(f"{package} {version(package)}")
    answers = measure_all(arguments.cases, sides, arguments.rounds, arguments.deadline_s)
    console.print(table(arguments.cases, sides, answers))
    for line in summary(arguments.cases, sides, answers):
        console.print(line, markup=False, highlight=False)
    ours = [(case, answers[OURS, case.name]) for case in arguments.cases]
    wrong = [a for case, a in ours if not is_right(case, a) and a.verdict != UNDECIDED]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
