"""Tell which kept submissions the visible tests judge otherwise than the hidden checks.

    python -m tests.visible [--lesson N]... [--right]

Wrong ones that pass all visible tests stand below a table with each lesson's share of those that
do not; ``tests/submissions/unseen.toml`` says of each why it is left to the hidden checks. With
``--right`` the right ones are tried too: none may fail.

Exit code: 0 if what passes is just what the list says, and no right one failed; 1 if not; 2 if it
was called wrongly.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from threadlings import manifest, self_check
from threadlings.manifest import Lesson

ROOT = Path(__file__).parent.parent
UNSEEN = ROOT / "tests" / "submissions" / "unseen.toml"


def left_to_hidden_checks() -> dict[str, str]:
    """Return why wrong submissions pass the visible tests: ``lesson08/name`` to the reason."""
    lessons = tomllib.loads(UNSEEN.read_text(encoding="utf-8"))
    return {f"{lesson}/{name}": why for lesson in lessons for name, why in lessons[lesson].items()}


def visible_tests_pass(path: Path, lesson: Lesson) -> bool:
    """Run the visible tests of a lesson beside a file, until the first that fails."""
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(folder, "exercises", lesson.folder)
        shutil.copytree(ROOT / "exercises" / lesson.folder, beside)
        shutil.copy(path, Path(folder, "exercises", lesson.file))
        words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", str(beside)]
        ended = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if ended.returncode not in (0, 1):
        raise RuntimeError(f"{path}: pytest ended with {ended.returncode}\n{ended.stdout[-2000:]}")
    return ended.returncode == 0


def tried(lessons: Sequence[Lesson], kind: str) -> Iterator[tuple[str, bool]]:
    """Yield ``lesson08/name`` of each submission of a kind, and whether it passed."""
    chosen = [
        (path, lesson) for lesson in lessons for path in self_check.submissions(ROOT, lesson, kind)
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        passed = pool.map(lambda each: visible_tests_pass(*each), chosen)
        told = track(passed, kind, len(chosen), console=Console(stderr=True))
        for (path, lesson), has_passed in zip(chosen, told, strict=True):
            yield f"{lesson.folder}/{path.stem}", has_passed


def main(arguments: Sequence[str] | None = None) -> int:
    """Try them, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.visible", description=__doc__)
    parser.add_argument("--lesson", type=int, action="append", help="only this lesson")
    parser.add_argument("--right", action="store_true", help="the right ones too")
    asked = parser.parse_args(arguments)
    lessons = [x for x in manifest.read() if not asked.lesson or x.number in asked.lesson]
    wrong = dict(tried(lessons, "wrong"))
    right = dict(tried(lessons, "right")) if asked.right else {}
    Console().print(_table(lessons, wrong))
    problems = list(_problems(lessons, wrong, right))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _table(lessons: Sequence[Lesson], wrong: dict[str, bool]) -> Table:
    table = Table("lesson", "wrong", "seen", "share")
    rows = [(lesson.folder, f"{lesson.folder}/") for lesson in lessons]
    for name, start in [*rows, ("all", "")]:
        passed = [has_passed for key, has_passed in wrong.items() if key.startswith(start)]
        seen = passed.count(False)
        share = f"{100 * seen / len(passed):.1f} %" if passed else "-"
        table.add_row(name, str(len(passed)), str(seen), share)
    return table


def _problems(
    lessons: Sequence[Lesson], wrong: dict[str, bool], right: dict[str, bool]
) -> Iterator[str]:
    folders = {lesson.folder for lesson in lessons}
    listed = {key for key in left_to_hidden_checks() if key.split("/")[0] in folders}
    unseen = {key for key, has_passed in wrong.items() if has_passed}
    for key in sorted(unseen - listed):
        yield f"{key} passes all visible tests; {UNSEEN.name} does not say why"
    for key in sorted(listed - unseen):
        yield f"{key} is in {UNSEEN.name}, and fails a visible test, or is not there"
    for key in sorted(key for key, has_passed in right.items() if not has_passed):
        yield f"{key} is right, and fails a visible test"


if __name__ == "__main__":
    sys.exit(main())
