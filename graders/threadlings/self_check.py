"""The repository checks itself: every lesson complete in every tree, every verdict right.

Each function yields or returns problems, one text each; none is what is wanted. The tests and
the command ``threadlings self-check`` call the same functions.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from . import gradebook
from .gradebook import LessonGrade
from .handed_in import find_checkouts
from .judging import grade
from .language import CATALOGUE, catalogue, keys
from .manifest import Lesson
from .repository import find_graders

TREES = ("exercises", "solutions", "graders")
PAGES = ("README.md", "README.ko.md")
TOOLS = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))
LONGEST_PAGE = 600
"""Words of a page before its hints, without its blocks of code and its pictures."""
LONGEST_HINT = 50
LONGEST_GRADER = 350
"""Lines of one file of hidden checks: a page that a teacher can read."""
HINTS_PER_TASK = 3
FEWEST_SUBMISSIONS = {"right": 4, "wrong": 10}

Check = tuple[str, Callable[[], Iterator[str]]]
"""What is checked, and how."""

_OR = " | "
"""Between reasons of which one is told, where that depends on the version of Python."""
_FIRST_LINE = re.compile(r"# task: (\d+); reason: (.+)")
_HINT = re.compile(r"<summary>\D*(\d+)\.(\d)</summary>(.*?)</details>", re.DOTALL)
_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HINTS_BEGIN = re.compile(r"^## (?:Hints|힌트)$", re.MULTILINE)
_GRADER_OF_TASKS = re.compile(r"grade(?:_\d+)+_[a-z]\w*\.py")
"""``grade_1_count.py``: the task, or ``_1_2``: the tasks, and what the file is about."""
_MAIN = 'if __name__ == "__main__":'
_CACHE = "__pycache__"
_PROGRAMS, _GIVEN = "show.py", "given.py"
"""A lesson may have programs of which ``threadlings show`` makes pictures; and what the program
at the end of its stub needs besides."""


def tool_problems(root: Path, tool: Sequence[str]) -> Iterator[str]:
    """Run one of the ``TOOLS`` in the repository."""
    command = [sys.executable, "-m", *tool]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        yield f"{' '.join(tool)} failed\n{done.stdout}{done.stderr}"


def tree_problems(root: Path, lessons: Sequence[Lesson]) -> Iterator[str]:
    """Look for lesson folders that are missing in a tree, or that no lesson has."""
    folders = {lesson.folder for lesson in lessons}
    for tree in (root / name for name in (*TREES, "tests/submissions")):
        found = {path.name for path in tree.iterdir() if path.name.startswith("lesson")}
        for name in sorted(found ^ folders):
            what = "is not in the manifest" if name in found else "is missing"
            yield f"{tree.relative_to(root).as_posix()}/{name} {what}"


def file_problems(root: Path, lesson: Lesson) -> Iterator[str]:
    """Look for files of a lesson that are missing, too many or too long; and for submissions.

    Its hidden checks are in ``grade_<module>.py``, or in a file for each task.
    """
    module = lesson.module
    graders = sorted((root / "graders" / lesson.folder).glob("grade_*.py"))
    of_tasks = {path.name for path in graders if _GRADER_OF_TASKS.fullmatch(path.name)}
    wanted = {
        "exercises": {*PAGES, CATALOGUE, f"{module}.py", f"test_{module}.py"},
        "solutions": {f"{module}.py"},
        "graders": {CATALOGUE, *(of_tasks or {f"grade_{module}.py"})},
    }
    for tree, names in wanted.items():
        there = {path.name for path in (root / tree / lesson.folder).glob("*")} - {_CACHE}
        if tree == "exercises":
            there -= {_PROGRAMS, _GIVEN}
        for name in sorted(there ^ names):
            what = "is not wanted there" if name in there else "is missing"
            yield f"{tree}/{lesson.folder}/{name} {what}"
    for path in graders:
        length = len(path.read_text(encoding="utf-8").splitlines())
        if length > LONGEST_GRADER:
            shown = path.relative_to(root).as_posix()
            yield f"{shown} has {length} lines; at most {LONGEST_GRADER} are wanted"
    for kind, fewest in FEWEST_SUBMISSIONS.items():
        count = len(submissions(root, lesson, kind))
        if count < fewest:
            yield f"{count} {kind} submissions; at least {fewest} are wanted"


def stub_problems(root: Path, lesson: Lesson) -> Iterator[str]:
    """Look for the TODO of each task: its duty, and what raises or stands in for it."""
    path = root / "exercises" / lesson.file
    text = path.read_text(encoding="utf-8")
    for task in lesson.tasks:
        named = f"TODO {task.number} in exercises/{lesson.file}"
        raises = f'raise NotImplementedError("{named}")'
        stands_in = re.search(rf"^[A-Z_]+: .+ = \.\.\.  # {re.escape(named)}$", text, re.MULTILINE)
        if f"# TODO {task.number}: " not in text:
            yield f"{path.name} does not say what TODO {task.number} is"
        if raises not in text and stands_in is None:
            yield f"{path.name} has neither a raise nor a value ... for TODO {task.number}"
    if f"\n{_MAIN}\n" not in text:
        yield f"{path.name} has no program to run at its end: {_MAIN}"


def page_problems(root: Path, lesson: Lesson) -> Iterator[str]:
    """Look for pages that are too long, lack a hint, or do not name the command."""
    for name in PAGES:
        shown = f"exercises/{lesson.folder}/{name}"
        text = (root / shown).read_text(encoding="utf-8")
        length = _words(_BLOCK.sub("", _HINTS_BEGIN.split(text)[0]))
        if length > LONGEST_PAGE:
            yield f"{shown} has {length} words before its hints; at most {LONGEST_PAGE} are wanted"
        if f"pytest exercises/{lesson.folder}\n" not in text:
            yield f"{shown} does not name its command: pytest exercises/{lesson.folder}"
        hints = _HINT.findall(text)
        numbers = range(1, HINTS_PER_TASK + 1)
        wanted = [(str(task.number), str(number)) for task in lesson.tasks for number in numbers]
        if [(task, number) for task, number, _text in hints] != wanted:
            yield f"{shown} does not have {HINTS_PER_TASK} hints for each task, in order"
        for task, number, hint in hints:
            if _words(hint) > LONGEST_HINT:
                yield f"{shown}: hint {task}.{number} has more than {LONGEST_HINT} words"


def submissions(root: Path, lesson: Lesson, kind: str) -> list[Path]:
    """Return the ``right`` or ``wrong`` submissions that are kept for a lesson."""
    return sorted((root / "tests" / "submissions" / lesson.folder / kind).glob("*.py"))


def verdict_problems(path: Path, lesson: Lesson) -> Iterator[str]:
    """Grade a file: in a folder ``right``, ``wrong``, of the solutions or of the exercises."""
    graded = grade_file(path, lesson)
    if path.parent.name == "wrong":
        yield from _wrong_submission_problems(path, graded)
    elif "exercises" in path.parts[-3:]:
        if (graded.status, graded.points) != (gradebook.NOT_STARTED, 0):
            yield f"the stub is {graded.status!r}, not {gradebook.NOT_STARTED!r}\n{_told(graded)}"
    elif graded.points != graded.max_points:
        yield f"a right program was rejected\n{_told(graded)}"


def catalogue_problems(root: Path, lesson: Lesson) -> Iterator[str]:
    """Look for what the checks of a lesson say that has no translation."""
    visible, hidden = (root / tree / lesson.folder for tree in ("exercises", "graders"))
    known: list[dict[str, str]] = []
    for folder, names in ((visible, ("test_*.py", _PROGRAMS)), (hidden, ("grade_*.py",))):
        path = folder / CATALOGUE
        known += [catalogue.read(path)] if path.is_file() else []
        files = [file for name in names for file in sorted(folder.glob(name))]
        for key in keys.missing_in(files, *known):
            yield f"{path.relative_to(root).as_posix()} does not have {key!r}"


def planned(root: Path, lessons: Sequence[Lesson], *, is_whole: bool) -> list[Check]:
    """Return all that is to be checked of some lessons.

    Args:
        root: The instructor's repository.
        lessons: The lessons.
        is_whole: True if these are all; then the code and the trees are checked too.
    """
    calls: list[Check] = []
    if is_whole:
        calls += [(" ".join(tool), partial(tool_problems, root, tool)) for tool in TOOLS]
        calls.append(("trees", partial(tree_problems, root, lessons)))
    for lesson in lessons:
        calls.append((f"{lesson.folder} files", partial(file_problems, root, lesson)))
        calls.append((f"{lesson.folder} stub", partial(stub_problems, root, lesson)))
        calls.append((f"{lesson.folder} pages", partial(page_problems, root, lesson)))
        calls.append((f"{lesson.folder} catalogues", partial(catalogue_problems, root, lesson)))
        for path in files_to_grade(root, lesson):
            shown = path.relative_to(root).as_posix()
            calls.append((shown, partial(verdict_problems, path, lesson)))
    return calls


def done(calls: Sequence[Check]) -> Iterator[tuple[str, list[str]]]:
    """Do checks, as many at a time as there are cores; yield what was checked, and its problems."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda call: list(call[1]()), calls)
        yield from zip((what for what, _call in calls), found, strict=True)


def files_to_grade(root: Path, lesson: Lesson) -> list[Path]:
    """Return the files of a lesson whose verdict is known."""
    return [
        root / "solutions" / lesson.file,
        root / "exercises" / lesson.file,
        *submissions(root, lesson, "right"),
        *submissions(root, lesson, "wrong"),
    ]


def _wrong_submission_problems(path: Path, graded: LessonGrade) -> Iterator[str]:
    first = _FIRST_LINE.match(path.read_text(encoding="utf-8").splitlines()[0])
    if first is None:
        yield "its first line is not '# task: N; reason: words that the feedback has'"
        return
    wanted, reasons = int(first[1]), first[2].split(_OR)
    lost = [task.number for task in graded.tasks if task.points < task.max_points]
    if graded.status != gradebook.FAILED or lost != [wanted]:
        yield (
            f"it should lose the points of task {wanted} alone; it is {graded.status!r} "
            f"and loses those of {lost}\n{_told(graded)}"
        )
    elif not any(reason in _told(graded) for reason in reasons):
        yield f"the reason should have the words {' or '.join(map(repr, reasons))}\n{_told(graded)}"


def grade_file(path: Path, lesson: Lesson, *, stops_at_loss: bool = False) -> LessonGrade:
    """Grade a file as the only one of its lesson, as :func:`.grade` does."""
    with tempfile.TemporaryDirectory(prefix="threadlings-") as folder:
        file = Path(folder, lesson.file)
        file.parent.mkdir()
        file.write_bytes(path.read_bytes())
        checkouts = find_checkouts([Path(folder)])
        book = grade(checkouts, [lesson], find_graders(), stops_at_loss=stops_at_loss)
    return book.submissions[0].lessons[0]


def _told(graded: LessonGrade) -> str:
    lines = [str(graded.message)] if graded.message else []
    for task in graded.tasks:
        for reason in task.reasons:
            told = reason.told()
            lines.append(f"task {task.number}: {told['promise']}\n{told['message']}")
    return "\n".join(lines)


def _words(text: str) -> int:
    return len(text.split())
