"""``threadlings`` alone and ``threadlings next``: where you are, and what to do now."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from ..language import Text, said
from ..manifest import Lesson, Task
from ..usage import typed
from . import screen
from .course import Course
from .pages import Page
from .progress import PASSED, TODO, Result, key_of_lesson, last_result
from .todos import find_todo

_CELLS = 10


@dataclass(frozen=True)
class Standing:
    """How a lesson stands: its last check, and whether a file has changed since."""

    lesson: Lesson
    result: Result | None
    has_changed: bool

    @property
    def points(self) -> int:
        """The points of the last check; 0 if there was none."""
        return self.result.points(self.lesson) if self.result else 0

    @property
    def is_full(self) -> bool:
        """True if the last check gave all points."""
        return self.points == self.lesson.points

    @property
    def next_task(self) -> int:
        """The number of the first task that is not done."""
        done = self.result.done(self.lesson) if self.result else []
        numbers = [task.number for task in self.lesson.tasks]
        return next((number for number in numbers if number not in done), numbers[-1])


def about() -> str:
    """Return what ``--help`` says of the command alone."""
    return str(said("Without a verb: your lessons, your points, and what is next."))


def standing(course: Course, lesson: Lesson) -> Standing:
    """Return how a lesson stands, from what is remembered; nothing is run."""
    result = last_result(course, lesson)
    changed = result is not None and result.key != key_of_lesson(course, lesson)
    return Standing(lesson, result, changed)


def next_lesson(course: Course) -> Lesson | None:
    """Return the first lesson whose last check lacks points; None if none does."""
    standings = (standing(course, lesson) for lesson in course.lessons)
    return next((each.lesson for each in standings if not each.is_full), None)


def show_overview(course: Course) -> None:
    """Print a bar for each lesson, the points, and what is next."""
    standings = [standing(course, lesson) for lesson in course.lessons]
    titles = [title_of(course, lesson) for lesson in course.lessons]
    columns = max(map(cell_len, titles))
    for each, title in zip(standings, titles, strict=True):
        number = f"  {each.lesson.number:02}  "
        screen.line(number, set_cell_size(title, columns), "  ", *_bar(each), _remark(each))
    points = sum(each.points for each in standings)
    most = sum(each.lesson.points for each in standings)
    screen.line("")
    screen.line(
        (
            said(
                "  {points} of {most} points, from the last check of each lesson",
                points=points,
                most=most,
            ),
            "bold",
        )
    )
    screen.line("")
    show_invitation(course)


def show_invitation(course: Course) -> None:
    """Print what is next."""
    lesson = next_lesson(course)
    if lesson is None:
        screen.line(said("  all lessons are done"))
        return
    for text in _invitation(standing(course, lesson)):
        screen.line(text)


def show_next(course: Course, each: Standing) -> None:
    """Print the first task of a lesson that is open, and how to start."""
    lesson, task = each.lesson, each.next_task
    page = Page(course.folder_of(lesson))
    described = next(known for known in lesson.tasks if known.number == task)
    headline = said(
        "lesson{number:02} task {task}: {title}",
        number=lesson.number,
        task=task,
        title=described.title,
    )
    points = said("{points} points", points=described.points)
    screen.line((headline, "bold"), f"   {points}")
    screen.line("")
    if page.task(task):
        screen.markdown(page.task(task))
        screen.line("")
    file = course.file_of(lesson)
    todo = find_todo(file, task)
    place = f"{course.shown(file)}:{todo.line}" if todo else course.shown(file)
    screen.line(said("  read   {shown}", shown=course.shown(page.path)))
    screen.line(said("  write  {place}", place=place) + (f"   {todo.duty}" if todo else ""))
    screen.line(_check_of(lesson))
    screen.line(hint_of(lesson, task))
    if each.has_changed:
        screen.line("")
        screen.line(said("  your file has changed since the last check"))


def hint_of(lesson: Lesson, task: int) -> Text:
    """Return how to ask for a hint."""
    told = "  hint   {threadlings} hint {number} {task}"
    return said(told, threadlings=typed("threadlings"), number=lesson.number, task=task)


def _check_of(lesson: Lesson) -> Text:
    told = "  check  {threadlings} check {number}"
    return said(told, threadlings=typed("threadlings"), number=lesson.number)


def title_of(course: Course, lesson: Lesson) -> str:
    """Return what a lesson is called in the student's language."""
    return Page(course.folder_of(lesson)).title or lesson.title


def _bar(each: Standing) -> list[screen.Span]:
    cells = _CELLS * each.points // each.lesson.points
    full, rest = ("━", "━") if screen.is_coloured() else ("#", ".")
    style = "green" if each.is_full else "yellow"
    points = f"  {each.points:2}/{each.lesson.points}"
    return [(full * cells, style), (rest * (_CELLS - cells), "bright_black"), points]


def _remark(each: Standing) -> screen.Span:
    if each.has_changed:
        return (said("  changed since"), "bright_black")
    if each.result is None:
        return (said("  not checked yet"), "bright_black")
    return ""


def _invitation(each: Standing) -> list[Text]:
    lesson, task = each.lesson, each.next_task
    title = next(known.title for known in lesson.tasks if known.number == task)
    lines = [
        said(
            "  next   lesson{number:02} task {task}: {title}",
            number=lesson.number,
            task=task,
            title=title,
        )
    ]
    is_open = each.result is None or each.result.outcome_of(task) == TODO
    if is_open and not each.has_changed:
        return [*lines, said("  start  {threadlings} next", threadlings=typed("threadlings"))]
    return [*lines, _check_of(lesson)]


def task_line(lesson: Lesson, task: Task, result: Result) -> list[screen.Span]:
    """Return how a task stands, its name and its points, in columns for its whole lesson."""
    columns = max(cell_len(each.title) for each in lesson.tasks)
    words = {outcome: str(word) for outcome, (word, _style) in screen.MARKS.items()}
    outcome = result.outcome_of(task.number)
    mark = set_cell_size(words[outcome], max(map(cell_len, words.values())))
    points = task.points if outcome == PASSED else 0
    return [
        "  ",
        (mark, screen.MARKS[outcome][1]),
        said("  task {number}", number=task.number),
        f"  {set_cell_size(task.title, columns)}  {points}/{task.points}",
    ]
