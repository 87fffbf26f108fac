"""One student's feedback as a page: what the Markdown says, and nothing that it leaves out."""

from __future__ import annotations

from ..document import document, text
from ..feedback import Finding
from ..language import translator
from .class_page import page_asset
from .cleaning import clean
from .grades import FAILED, PASSED, LessonGrade, SubmissionGrade, TaskGrade
from .page_words import PageWords
from .steps_table import steps_table
from .telling import in_words
from .time_chart import time_chart


def feedback_page(submission: SubmissionGrade, language: str) -> str:
    """Return the page: the points, the broken promises, and what happened instead.

    Args:
        submission: What the student earned.
        language: ``en`` or ``ko``.
    Raises:
        ValueError: If the language is another.
    """
    words = PageWords(language)
    title = words(
        "feedback", name=submission.name, points=submission.points, worth=submission.max_points
    )
    links = "".join(
        f'<li><a href="#{lesson.folder}">{lesson.folder}: {text(words.points_of(lesson))}</a></li>'
        for lesson in submission.lessons
    )
    body = [
        f'<a class="skip" href="#content">{text(words("skip"))}</a>',
        f"<header><h1>{text(title)}</h1></header>",
        f'<nav aria-label="{text(words("lessons"))}"><ol>{links}</ol></nav>',
        '<main id="content" tabindex="-1">',
        *(_lesson(lesson, words) for lesson in submission.lessons),
        "</main>",
    ]
    return document(title, "\n".join(body), language, style=page_asset("pages.css"))


def _lesson(lesson: LessonGrade, words: PageWords) -> str:
    name = f'{lesson.folder} <span lang="en">{text(lesson.title)}</span>'
    lines = [
        f'<section class="card" id="{lesson.folder}">',
        f"<h2>{name}: {text(words.points_of(lesson))}</h2>",
    ]
    if lesson.points is None:
        lines.append(f"<p>{text(words('undecided'))}</p>")
    elif lesson.message:
        lines.append(_pre(in_words(lesson.message, words.language)))
    else:
        lines += [_task(task, words) for task in lesson.tasks]
    return "\n".join([*lines, "</section>"])


def _task(task: TaskGrade, words: PageWords) -> str:
    status = PASSED if task.points == task.max_points else FAILED
    points = words("lesson_points", points=task.points, worth=task.max_points)
    head = text(words("task_head", number=task.number, title=task.title))
    kind = "full" if status == PASSED else "lost"
    told = text(f"{words(status)}, {points}")
    lines = [f'<h3>{head}: <span class="{kind}">{told}</span></h3>']
    for reason in task.reasons:
        lines.append(f'<p class="promise">{text(in_words(reason.promise, words.language))}</p>')
        lines.append(_finding(reason.finding, words))
    return "\n".join(lines)


def _finding(finding: Finding, words: PageWords) -> str:
    """Return a finding as HTML: its message, its steps as a table, its time as a chart."""
    message = clean(finding.message(translator(words.language)))
    time = "" if finding.timeline is None else time_chart(finding.timeline, words.language)
    return _pre(message) + steps_table(finding.steps, words) + time


def _pre(message: str) -> str:
    # A line break right after the tag is no part of the text.
    return f'<pre tabindex="0">\n{text(message)}</pre>'
