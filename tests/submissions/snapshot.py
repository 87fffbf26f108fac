"""Writes all that graders say of the kept submissions into a folder, to be compared.

After a change that should change no word: once with a checkout from before it, once with one from
after it, and then ``diff -r before after``::

    python -m tests.submissions.snapshot before --command ../before/.venv/bin/threadlings
    python -m tests.submissions.snapshot after

A command grades with the checkout that it is in. What differs from one grading to the next (the
seconds that it took, and marks of what was kept) is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from threadlings import manifest
from threadlings.manifest import Lesson

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FORMATS = ("canvas", "classroom50", "csv", "gradescope", "html", "markdown", "moodle")
LANGUAGES = ("en", "ko")
_PASSING = frozenset({"graded", "datetime"})
"""Keys of what is told of the moment of grading."""
_SECONDS = re.compile(r"\d+(\.\d+)? s\b")


def main() -> int:
    """Grade all kept submissions with a command, and write what it says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where to write; made anew")
    parser.add_argument("--command", default=str(ROOT / ".venv" / "bin" / "threadlings"))
    parser.add_argument("--lessons", nargs="*", help="folders, such as lesson08; else all")
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as made:
        students = Path(made, "students")
        for lesson in manifest.read():
            if not options.lessons or lesson.folder in options.lessons:
                for path in sorted(HERE.glob(f"{lesson.folder}/*/*.py")):
                    _hand_in(path, students, lesson)
        for language in LANGUAGES:  # What was graded for the first is only told anew.
            _grade(options.command, students, language, options.folder.resolve(), Path(made))
    for path in options.folder.rglob("*.json"):
        data = _lasting(json.loads(path.read_text(encoding="utf-8")))
        path.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


def _hand_in(path: Path, folder: Path, lesson: Lesson) -> None:
    """Copy a submission to where a student would have it."""
    to = folder / f"{lesson.folder}-{path.parts[-2]}-{path.stem}" / lesson.file
    to.parent.mkdir(parents=True)
    shutil.copyfile(path, to)


def _grade(command: str, students: Path, language: str, folder: Path, made: Path) -> None:
    out = folder / language
    out.mkdir(parents=True)
    exports = [word for name in FORMATS for word in ("--export", name)]
    arguments = ["--lang", language, "--json", str(out / "book.json"), *exports]
    arguments += ["--results", str(made / "results"), "--exit-zero"]
    arguments += ["--feedback-for-students", str(out / "pages")]
    order = [os.path.abspath(command), "grade", str(students), *arguments]
    repository = Path(order[0]).parent.parent.parent
    done = subprocess.run(order, cwd=repository, text=True, capture_output=True, check=False)
    told = f"exit status {done.returncode}\n{done.stdout}"
    (out / "told.txt").write_text(_SECONDS.sub("N s", told), encoding="utf-8")
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    shutil.copytree(made / "results", out / "results")


def _lasting(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _lasting(value) for key, value in data.items() if key not in _PASSING}
    return [_lasting(value) for value in data] if isinstance(data, list) else data


if __name__ == "__main__":
    sys.exit(main())
