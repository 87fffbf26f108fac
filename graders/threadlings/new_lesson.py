"""The skeleton of a new lesson: a small lesson that works, to be changed part by part."""

from __future__ import annotations

import keyword
import re
from collections.abc import Sequence
from pathlib import Path
from string import Template

from .files import write_whole
from .manifest import Lesson
from .usage import UsageError

_MOST_LESSONS = 99
_TARGETS = {
    "exercises/stub.py.txt": "exercises/$folder/$module.py",
    "exercises/test.py.txt": "exercises/$folder/test_$module.py",
    "exercises/ko.po.txt": "exercises/$folder/ko.po",
    "exercises/README.md.txt": "exercises/$folder/README.md",
    "exercises/README.ko.md.txt": "exercises/$folder/README.ko.md",
    "solutions/solution.py.txt": "solutions/$folder/$module.py",
    "graders/grader.py.txt": "graders/$folder/grade_$module.py",
    "graders/ko.po.txt": "graders/$folder/ko.po",
    "tests/promises.toml.txt": "tests/promises/$folder.toml",
    "tests/right/with_a_name.py.txt": "tests/submissions/$folder/right/with_a_name.py",
    "tests/wrong/waits_for_it.py.txt": "tests/submissions/$folder/wrong/waits_for_it.py",
}
_TABLES = {
    "README.md": "| [$folder_number](exercises/$folder/README.md) | $title | `$module.py` |",
    "exercises/README.md": "| [$folder_number]($folder/README.md) | $title | `$module.py` |",
    "exercises/README.ko.md": "| [$folder_number]($folder/README.ko.md) | $title | `$module.py` |",
}
"""The pages with a table of the lessons, and the row of one."""
_ROW = re.compile(r"^\| \[\d\d\]\(.*\|\n", re.MULTILINE)
_MANIFEST = "graders/threadlings/lessons.toml"


def make(root: Path, number: int, module: str, title: str, lessons: Sequence[Lesson]) -> list[Path]:
    """Write the files of a new lesson, its entry in the manifest and its rows in the guides.

    Args:
        root: The instructor's repository.
        number: Of the lesson, 1 to 99.
        module: The name of the student's file without ``.py``.
        title: What the lesson is called.
        lessons: Those that there are.
    Returns:
        The files; those that were there before, last.
    Raises:
        UsageError: If the number or the module is taken or is none, or a file is there already;
            nothing was written then.
    """
    _require_free(number, module, title, lessons)
    folder = f"lesson{number:02d}"
    values = {
        "folder": folder,
        "folder_number": f"{number:02d}",
        "module": module,
        "number": number,
        "title": title,
    }
    skeleton = root / ".github" / "skeleton"
    texts = {
        root / Template(target).substitute(values): _filled(skeleton / source, values)
        for source, target in _TARGETS.items()
    }
    there = [path for path in texts if path.exists()]
    if there:
        raise UsageError(f"{there[0].relative_to(root)} is there already: take it away first")
    longer = {root / name: _with_row(root / name, row, values) for name, row in _TABLES.items()}
    manifest = root / _MANIFEST
    entry = _filled(skeleton / "lesson.toml.txt", values)
    longer[manifest] = manifest.read_text(encoding="utf-8") + entry
    for path, text in (texts | longer).items():
        write_whole(path, text)
    return [*texts, *longer]


def _with_row(path: Path, row: str, values: dict[str, object]) -> str:
    """Return a page with one more row in its table of lessons."""
    text = path.read_text(encoding="utf-8")
    end = [found.end() for found in _ROW.finditer(text)][-1]
    return f"{text[:end]}{Template(row).substitute(values)}\n{text[end:]}"


def _filled(path: Path, values: dict[str, object]) -> str:
    return Template(path.read_text(encoding="utf-8")).substitute(values)


def _require_free(number: int, module: str, title: str, lessons: Sequence[Lesson]) -> None:
    if not 1 <= number <= _MOST_LESSONS:
        raise UsageError(f"the number of a lesson is 1 to {_MOST_LESSONS}, not {number}")
    if not module.isidentifier() or keyword.iskeyword(module) or module != module.lower():
        raise UsageError(f"{module!r} is no name of a module: small letters, digits and _")
    if any(character in title for character in '"\\\n'):
        raise UsageError(f"a title has no quotes, backslashes or line ends: {title!r}")
    for lesson in lessons:
        if number == lesson.number:
            raise UsageError(f"lesson {number} is there already: {lesson.title}")
        if module == lesson.module:
            raise UsageError(f"the module {module} is that of lesson {lesson.number}")
