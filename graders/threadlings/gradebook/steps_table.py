"""The steps of a run as a table in HTML: one column a thread."""

from __future__ import annotations

from itertools import pairwise

from ..document import text
from ..feedback import Row, Steps
from .page_words import PageWords
from .telling import in_words

_COLOURS = 6


def steps_table(steps: Steps, words: PageWords) -> str:
    """Return a table of steps as HTML; empty if there are none.

    Whatever a student's code put into it is never read as HTML.

    Args:
        steps: The steps.
        words: The page's own words, for the head of the table, and its language.
    """
    if not steps:
        return ""
    letters, label = steps.letters, text(words("steps"))
    head = "".join(
        f'<th scope="col"><span class="chip c{index % _COLOURS}">{text(letter)}</span></th>'
        for index, letter in enumerate(letters)
    )
    remark = in_words(steps.remark, words.language)
    rows = [_row(row, letters, words, remark * (row is steps.rows[-1])) for row in steps.rows]
    for place, (before, after) in reversed(list(enumerate(pairwise(steps.rows), start=1))):
        if after.number != before.number + 1:
            rows.insert(place, f'<tr><th scope="row">⋯</th>{"<td></td>" * len(letters)}</tr>')
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-label="{label}"><table class="run">'
        f'<caption class="unseen">{label}</caption><thead><tr>'
        f'<th scope="col"><span class="unseen">{text(words("step"))}</span></th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(row: Row, letters: list[str], words: PageWords, remark: str) -> str:
    cells = "".join(
        _cell(row, index, words, remark) if letter == row.thread else "<td></td>"
        for index, letter in enumerate(letters)
    )
    return f'<tr><th scope="row">{row.number}</th>{cells}</tr>'


def _cell(row: Row, column: int, words: PageWords, remark: str) -> str:
    told = text(in_words(row.told, words.language))
    place = f" <small>{text(row.place)}</small>" if row.place else ""
    end = f" <strong>← {text(remark)}</strong>" if remark else ""
    made = f"<code>{told}</code>{place}{end}"
    return f'<td><div class="made c{column % _COLOURS}">{made}</div></td>'
