"""The pictures in a message: steps as a table with one column a thread, time as a chart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..document import text
from .page_words import PageWords
from .time_chart import chart_in

_HEAD = re.compile(r" {6}[A-Z]+(?: +[A-Z]+)*")
_ROW = re.compile(r" {2}( ?\d+) {2}( *)(\S.*)")
_GAP = "   .  ..."
_PLACE = re.compile(r"\S+:\d+")
_COLOURS = 6


@dataclass(frozen=True)
class _Row:
    number: str
    column: int
    words: str
    place: str
    remark: str


def message_as_html(message: str, words: PageWords) -> str:
    """Return a message of a grader: its pictures as tables and charts, the rest as it is.

    A picture is what :func:`threadlings.feedback.picture` writes, or the timeline. What only
    looks like a part of one stays text; whatever it holds is never read as HTML.

    Args:
        message: The message.
        words: The page's own words, for the head of a table.
    """
    lines, told = message.split("\n"), ""
    plain: list[str] = []
    while lines:
        found, chart = _picture(lines), chart_in(lines)
        if chart is not None:
            del lines[: chart.lines]
            told += _plain(plain) + chart.as_html()
            plain = []
            continue
        if found is None:
            plain.append(lines.pop(0))
            continue
        letters, rows = found
        del lines[: len(rows) + 1]
        told += _plain(plain) + _table(letters, rows, words)
        plain = []
    return told + _plain(plain) if told else _pre(message)


def _picture(lines: list[str]) -> tuple[list[str], list[_Row]] | None:
    """Return the threads and rows of the picture that begins in the first line, if one does."""
    if not _HEAD.fullmatch(lines[0]):
        return None
    starts = {m.start() - 6: index for index, m in enumerate(re.finditer("[A-Z]+", lines[0]))}
    rows = list(_rows(lines[1:], starts))
    return (lines[0].split(), rows) if rows else None


def _rows(lines: list[str], starts: dict[int, int]) -> Iterator[_Row]:
    for line in lines:
        found = _ROW.fullmatch(line)
        if line == _GAP:
            yield _Row("⋯", -1, "", "", "")
        elif found and len(found[2]) in starts:
            told, _mark, remark = found[3].partition("  <- ")
            words, _gap, place = told.rpartition("  ")
            if not _PLACE.fullmatch(place):
                words, place = told, ""
            yield _Row(found[1].strip(), starts[len(found[2])], words.rstrip(), place, remark)
        else:
            return


def _table(letters: list[str], rows: list[_Row], words: PageWords) -> str:
    label = text(words("steps"))
    head = "".join(
        f'<th scope="col"><span class="chip c{index % _COLOURS}">{letter}</span></th>'
        for index, letter in enumerate(letters)
    )
    body = "".join(
        f'<tr><th scope="row">{row.number}</th>'
        + "".join(_cell(row, index) for index in range(len(letters)))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-label="{label}"><table class="run">'
        f'<caption class="unseen">{label}</caption><thead><tr>'
        f'<th scope="col"><span class="unseen">{text(words("step"))}</span></th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _cell(row: _Row, column: int) -> str:
    if column != row.column:
        return "<td></td>"
    place = f" <small>{text(row.place)}</small>" if row.place else ""
    remark = f" <strong>← {text(row.remark)}</strong>" if row.remark else ""
    made = f"<code>{text(row.words)}</code>{place}{remark}"
    return f'<td><div class="made c{column % _COLOURS}">{made}</div></td>'


def _plain(lines: list[str]) -> str:
    inside = "\n".join(lines).strip("\n")
    return _pre(inside) if inside else ""


def _pre(message: str) -> str:
    # A line break right after the tag is no part of the text.
    return f'<pre tabindex="0">\n{text(message)}</pre>'
