"""The class on one page: who has what, what fails and why, what to review."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources

from ..document import document, text
from .class_figures import LostTask, lost_tasks, middle, percents, tenths
from .grades import FAILED, PASSED, Gradebook, LessonGrade, SubmissionGrade
from .page_words import PageWords
from .telling import in_words

_BAR, _HEIGHT, _FOOT, _HEAD = 44, 120, 24, 20
"""The picture's sizes: the width of a bar's place, the highest bar, the words below and above."""


def class_page(book: Gradebook, language: str) -> str:
    """Return the page.

    Args:
        book: The gradebook of the class.
        language: ``en`` or ``ko``: of the page's own words.
    Raises:
        ValueError: If the language is another.
    """
    words = PageWords(language)
    title = text(words("class"))
    body = [
        f'<a class="skip" href="#content">{text(words("skip"))}</a>',
        f"<header><h1>{title}</h1></header>",
        '<main id="content" tabindex="-1">',
        *_summary(book, words),
        *_section("distribution", _distribution(book, words), words),
        *_section("who", _students(book, words), words),
        *_section("fails", _fails(book, words), words),
        *_section("review", _review(book, words), words),
        "</main>",
    ]
    style, script = page_asset("pages.css"), page_asset("class.js")
    return document(words("class"), "\n".join(body), language, style=style, script=script)


@cache
def page_asset(name: str) -> str:
    """Return a file of this package's assets."""
    return (resources.files(__package__) / "assets" / name).read_text(encoding="utf-8")


def _section(name: str, inside: Iterable[str], words: PageWords) -> list[str]:
    head = f'<h2 id="{name}">{text(words(name))}</h2>'
    return [f'<section class="card" aria-labelledby="{name}">', head, *inside, "</section>"]


def _summary(book: Gradebook, words: PageWords) -> list[str]:
    found = percents(book.submissions)
    told = [words("students", count=len(book.submissions))]
    if found:
        told += [words("middle", percent=middle(found)), words("full", count=found.count(100))]
    lines = [f"<p>{text(' · '.join(told))}</p>"]
    errors = sum(lesson.points is None for s in book.submissions for lesson in s.lessons)
    if errors:
        lines.append(f'<p class="warning">{text(words("errors", count=errors))}</p>')
    if not book.is_sandboxed:
        lines.append(f'<p class="warning">{text(words("not_sandboxed"))}</p>')
    return lines


def _distribution(book: Gradebook, words: PageWords) -> list[str]:
    bars = tenths(percents(book.submissions))
    highest = max(count for _range, count in bars) or 1
    told = "; ".join(words("bar", percent=name, count=count) for name, count in bars)
    size = f"0 0 {_BAR * len(bars)} {_HEAD + _HEIGHT + _FOOT}"
    lines = [f'<figure><svg viewBox="{size}" role="img" aria-label="{text(told)}">']
    for place, (name, count) in enumerate(bars):
        height = round(_HEIGHT * count / highest, 1)
        top, centre = round(_HEAD + _HEIGHT - height, 1), _BAR * place + _BAR // 2
        at = f'x="{_BAR * place + 5}" y="{top}" width="{_BAR - 10}" height="{height}"'
        lines.append(f"<rect {at}/>")
        lines.append(f'<text x="{centre}" y="{round(top - 6, 1)}">{count}</text>')
        lines.append(f'<text x="{centre}" y="{_HEAD + _HEIGHT + 17}">{name}</text>')
    floor = _HEAD + _HEIGHT
    lines.append(f'<line x1="0" x2="{_BAR * len(bars)}" y1="{floor}" y2="{floor}"/></svg>')
    return [*lines, f'<figcaption class="soft">{text(words("axis"))}</figcaption></figure>']


def _table(name: str, head: Iterable[str], rows: Iterable[str], words: PageWords) -> list[str]:
    """Return a table in a frame that scrolls, by keyboard too."""
    label = f'aria-labelledby="{name}"'
    return [
        f'<div class="scroll" role="group" tabindex="0" {label}><table id="{name}-table" {label}>',
        f"<thead><tr>{''.join(head)}</tr></thead><tbody>",
        *rows,
        "</tbody></table></div>",
    ]


def _heads(words: PageWords, *names: str) -> list[str]:
    return [f'<th scope="col">{text(words(name))}</th>' for name in names]


def _students(book: Gradebook, words: PageWords) -> list[str]:
    lessons = book.lessons
    head = _heads(words, "student")
    for lesson in lessons:
        worth = text(words("of", points=lesson.max_points))
        title = f'{lesson.number:02d} <span lang="en">{text(lesson.title)}</span>'
        head.append(f'<th scope="col">{title} <small>{worth}</small></th>')
    head += _heads(words, "points", "flags")
    rows = [_student(submission, lessons, words) for submission in book.submissions]
    hint = f'<p class="soft" id="sort-hint" hidden>{text(words("sort_hint"))}</p>'
    return [hint, *_table("who", head, rows, words)]


def _student(submission: SubmissionGrade, lessons: list[LessonGrade], words: PageWords) -> str:
    mine = {lesson.number: lesson for lesson in submission.lessons}
    cells = [f'<th scope="row">{text(submission.name)}</th>']
    cells += [_cell(mine.get(lesson.number), words) for lesson in lessons]
    cells.append(f"<td>{submission.points}/{submission.max_points}</td>")
    cells.append(f"<td>{len(submission.flags)}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _cell(lesson: LessonGrade | None, words: PageWords) -> str:
    if lesson is None:
        return "<td></td>"
    if lesson.status == PASSED:
        return f'<td class="full">{lesson.points} ✓</td>'
    if lesson.status == FAILED:
        return f'<td class="lost">{lesson.points}</td>'
    points = "" if lesson.points is None else f"{lesson.points} "
    return f'<td class="lost">{points}<small>{text(words(lesson.status))}</small></td>'


def _fails(book: Gradebook, words: PageWords) -> list[str]:
    lost = lost_tasks(book)
    if not lost:
        return [f"<p>{text(words('no_fails'))}</p>"]
    head = _heads(words, "task", "lost_by", "reasons")
    return _table("fails", head, [_fail(task, words) for task in lost], words)


def _fail(lost: LostTask, words: PageWords) -> str:
    lesson, task = lost.lesson, lost.task
    which = words(
        "of_lesson", lesson=f"{lesson.number:02d}", title=lesson.title, number=task.number
    )
    why = [(text(in_words(p, words.language)), n) for p, n in lost.promises.items()]
    why += [(f"<em>{text(words(status))}</em>", n) for status, n in lost.statuses.items()]
    items = "".join(
        f"<li><b>{n}</b> {told}</li>" for told, n in sorted(why, key=lambda w: (-w[1], w[0]))
    )
    return (
        f'<tr><th scope="row">{text(which)} <small lang="en">{text(task.title)}</small></th>'
        f"<td>{text(words('some_of', count=lost.lost, all=lost.graded))}</td>"
        f"<td><ul>{items}</ul></td></tr>"
    )


def _review(book: Gradebook, words: PageWords) -> list[str]:
    rows = [
        f'<tr><th scope="row">{text(submission.name)}</th>'
        f"<td><code>{text(f'{lesson.folder}/{flag.file}')}</code></td>"
        f'<td>{flag.line}</td><td lang="en">{text(flag.what)}</td></tr>'
        for submission in book.submissions
        for lesson in submission.lessons
        for flag in lesson.flags
    ]
    if not rows:
        return [f"<p>{text(words('no_review'))}</p>"]
    return _table("review", _heads(words, "student", "file", "line", "what"), rows, words)
