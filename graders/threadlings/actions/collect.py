"""The results of a class that was graded in chunks, as one gradebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import SameFileError, copyfile

from ..files import file_name
from ..gradebook import Gradebook, SubmissionGrade
from ..handed_in import Roster, language_of, others_of
from ..judging import Lessons, read_result, write_result
from ..manifest import Lesson
from ..usage import UsageError


@dataclass(frozen=True)
class Collected:
    """What was found: the gradebook of all that is there, and what is not there.

    Attributes:
        book: The students in the roster's order; of each, the lessons that were found.
        missing: Students, each with the folders of the lessons that have no result.
    """

    book: Gradebook
    missing: dict[str, list[str]]


def collect(
    folders: Iterable[Path], roster: Roster, lessons: Sequence[Lesson], into: Path
) -> Collected:
    """Merge folders of results.

    Args:
        folders: Each holds the students' files, or folders that hold them, as artifacts are
            downloaded. If a lesson of a student is in several, the last one counts.
        roster: The whole class.
        lessons: Those that each student must have.
        into: Where the merged results are written.
    Raises:
        UsageError: If a folder is not there.
        OSError: If something cannot be written.
    """
    files = _files(folders)
    submissions, missing, are_sandboxed = [], {}, True
    for name, row in zip(roster.names, roster.rows, strict=True):
        paths = files[f"{file_name(name)}.json"]
        found = _merged(paths, name, lessons)
        absent = [lesson.folder for lesson in lessons if lesson.number not in found]
        if absent:
            missing[name] = absent
        if found and len(paths) == 1:
            with suppress(SameFileError):
                copyfile(paths[0], into / paths[0].name)  # In a third of the time.
        elif found:
            write_result(into, name, found, others_of(row))
        are_sandboxed &= all(how.get("sandbox", "yes") == "yes" for how, _grade in found.values())
        grades = tuple(found[number][1] for number in sorted(found))
        submissions.append(SubmissionGrade(name, grades, others_of(row), language_of(row)))
    return Collected(Gradebook(tuple(submissions), is_sandboxed=are_sandboxed), missing)


def _files(folders: Iterable[Path]) -> defaultdict[str, list[Path]]:
    """Return the files of all folders by name, in order."""
    files = defaultdict(list)
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"there is no folder {folder}: nothing to collect")
        for pattern in ("*.json", "*/*.json"):
            for path in sorted(folder.glob(pattern)):
                files[path.name].append(path)
    return files


def _merged(paths: Iterable[Path], name: str, lessons: Sequence[Lesson]) -> Lessons:
    wanted = {lesson.number for lesson in lessons}
    found: Lessons = {}
    for path in paths:
        found |= {n: known for n, known in read_result(path, name).items() if n in wanted}
    return found
