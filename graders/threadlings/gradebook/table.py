"""The gradebook in the terminal, and a progress bar while it is made."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from . import grades
from .grades import Gradebook, LessonGrade, SubmissionGrade, TaskGrade, Watch
from .telling import finding_as_text, in_words

_REASONS_SHOWN = 3
_LINES_SHOWN = 22
_LINES = 10
"""Lines of progress where there is no terminal."""
_ESTIMATED_FROM_S = 300.0
"""Seconds of which the speed is taken for the estimate of the rest."""
_NOT_SANDBOXED = (
    "not sandboxed: student code could read the files of this machine and use its network "
    "(--require-sandbox tells why)"
)
_WARNINGS = {
    "commits": "when this was pushed is not known, so the dates of the commits were taken, which a "
    "student can choose (see --pushes of threadlings fetch)",
    "nothing": "a folder has no history, so it was graded as it is, whenever it was due",
}
_STYLES = {
    grades.PASSED: "green",
    grades.FAILED: "yellow",
    grades.NOT_STARTED: "dim",
    grades.MISSING: "red",
    grades.UNUSABLE: "red",
    grades.NOT_TEXT: "red",
    **dict.fromkeys((*grades.FAULTS, *grades.UNREAD), "bold magenta"),
}


def show(book: Gradebook, console: Console) -> None:
    """Print the points of every submission, the reason for each lost point, flags and notes."""
    console.print(_table(book))
    if not book.is_sandboxed:
        console.print(Text(_NOT_SANDBOXED), soft_wrap=True)
    for submission in book.submissions:
        for line in _reasons(submission):
            console.print(Text(line), soft_wrap=True)
    for line in (*_flags(book), *_notes(book), *_late(book), *_unread(book)):
        console.print(Text(line), soft_wrap=True)


@contextmanager
def progress(console: Console, lessons: int) -> Iterator[Watch]:
    """Show how far a grading is: a bar with an estimate, or lines where there is no terminal.

    Args:
        console: Where; standard error, usually.
        lessons: How many lessons there are to grade, over all submissions.
    """
    if not console.is_terminal:
        yield _in_lines(console, lessons)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("lessons"), TimeElapsedColumn())
    with Progress(
        TextColumn("{task.description}", markup=False),
        *columns,
        TimeRemainingColumn(),
        console=console,
        transient=True,
        speed_estimate_period=_ESTIMATED_FROM_S,
    ) as bar:
        task = bar.add_task("grading", total=lessons)
        yield lambda name: bar.update(task, description=name, advance=1)


def _in_lines(console: Console, lessons: int) -> Watch:
    """Return what prints a line for each tenth of the lessons."""
    done, lock = 0, threading.Lock()

    def watch(_name: str) -> None:
        nonlocal done
        with lock:
            done += 1
            if done * _LINES // lessons > (done - 1) * _LINES // lessons:
                console.print(Text(f"graded {done} of {lessons} lessons"), soft_wrap=True)

    return watch


def _table(book: Gradebook) -> Table:
    # Narrow, so that twelve lessons leave room for a name in 80 columns.
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("submission", overflow="fold")
    numbers = [lesson.number for lesson in book.lessons]
    for number in numbers:
        table.add_column(f"{number:02d}", justify="right")
    table.add_column("points", justify="right")
    for submission in book.submissions:
        lessons = {lesson.number: lesson for lesson in submission.lessons}
        cells = [_cell(lessons.get(number)) for number in numbers]
        total = Text(submission.sum_told)
        table.add_row(Text(submission.name), *cells, total)
    return table


def _cell(lesson: LessonGrade | None) -> Text:
    if lesson is None:
        return Text("-")
    points = "?" if lesson.points is None else str(lesson.points)
    return Text(points, _STYLES[lesson.status])


def _reasons(submission: SubmissionGrade) -> Iterator[str]:
    seen = [lesson for lesson in submission.lessons if lesson.status not in grades.UNREAD]
    lost = [lesson for lesson in seen if lesson.points != lesson.max_points]
    if lost:
        yield ""
        yield submission.name
    for lesson in lost:
        yield from _lesson_reasons(lesson)


def _late(book: Gradebook) -> Iterator[str]:
    """Yield who was late, and of whom nobody knows when the work was pushed."""
    due = [(s.name, g, g.late) for s in book.submissions for g in s.lessons if g.late is not None]
    late = [(name, lesson, how) for name, lesson, how in due if how.days or how.is_cut]
    if late:
        yield ""
        yield "late"
    for name, lesson, how in late:
        told = f"day {how.days}, {how.lost} points less" if how.days else "later changes not graded"
        yield f"  {name} {lesson.folder}: {told} (due {how.due})"
    for known_by, why in _WARNINGS.items():
        names = dict.fromkeys(name for name, _lesson, how in due if how.known_by == known_by)
        if names:
            yield ""
            yield f"warning: {why}: {', '.join(names)}"


def _unread(book: Gradebook) -> Iterator[str]:
    """Yield whose work nobody has seen, and why; a student's lessons with one reason once."""
    if book.has_unread:
        yield ""
        yield "no mark, since the work was not found or not read"
    for submission in book.submissions:
        folders: dict[tuple[str, str], list[str]] = {}
        for lesson in submission.lessons:
            if lesson.status in grades.UNREAD:
                why = lesson.status, in_words(lesson.message)
                folders.setdefault(why, []).append(lesson.folder)
        for (status, message), names in folders.items():
            yield f"  {submission.name} {_range(names)}: {status}: {message}"


def _range(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def _flags(book: Gradebook) -> Iterator[str]:
    """Yield where a person should look, and at what; the points do not depend on it."""
    if any(submission.flags for submission in book.submissions):
        yield ""
        yield "to review: no points were lost for it"
    for submission in book.submissions:
        for lesson in submission.lessons:
            for flag in lesson.flags:
                place = f"{lesson.folder}/{flag.file}" + (f":{flag.line}" if flag.line else "")
                yield f"  {submission.name} {place}: {flag.what}"


def _notes(book: Gradebook) -> Iterator[str]:
    """Yield each note once, with how many submissions have it."""
    count: Counter[tuple[str, str]] = Counter()
    for submission in book.submissions:
        count.update(
            {
                (f"{lesson.folder} task {task.number}", note): 1
                for lesson in submission.lessons
                for task in lesson.tasks
                for note in task.notes
            }
        )
    if count:
        yield ""
        yield "notes"
    for (where, note), times in count.items():
        yield f"  {where}: {note}" + (f" ({times} submissions)" if times > 1 else "")


def _lesson_reasons(lesson: LessonGrade) -> Iterator[str]:
    head = f"  {lesson.folder} {lesson.title}"
    if lesson.points is None:
        ours = f"{lesson.status.upper()}, not the student's fault"
        yield f"{head}: {ours}: no points were given or lost"
        yield from _indented(in_words(lesson.message), 4, 40)
    elif lesson.message:
        yield f"{head}: {lesson.points} of {lesson.max_points} points, {lesson.status}"
        yield from _indented(in_words(lesson.message), 4, _LINES_SHOWN)
    else:
        yield f"{head}: {lesson.points} of {lesson.max_points} points"
        for task in lesson.tasks:
            yield from _task_reasons(task)


def _task_reasons(task: TaskGrade) -> Iterator[str]:
    if task.stood_in:
        names = ", ".join(task.stood_in)
        yield f"    task {task.number} {task.title}: judged with {names} of the solution"
    if not task.reasons:
        return
    yield f"    task {task.number} {task.title}: {task.points} of {task.max_points}"
    for reason in task.reasons[:_REASONS_SHOWN]:
        yield f"      {in_words(reason.promise)}"
        yield from _indented(finding_as_text(reason.finding), 8, _LINES_SHOWN)
    more = len(task.reasons) - _REASONS_SHOWN
    if more > 0:
        yield f"      and {more} more"


def _indented(text: str, spaces: int, most: int) -> Iterator[str]:
    lines = text.splitlines()
    for line in lines[:most]:
        yield f"{' ' * spaces}{line}".rstrip()
    if len(lines) > most:
        yield f"{' ' * spaces}..."
