"""The steps of a run side by side: threads as columns, steps as rows."""

from __future__ import annotations

from collections.abc import Sequence

from ..engine import MAIN, Run
from ..language import said
from ..language.columns import width
from .words import in_file, told_step

MAX_ROWS = 24
"""A picture with more steps shows the first and the last of them."""

_BEGINNING_ROWS = 8


def picture(run: Run, *, remark: str = "", max_rows: int = MAX_ROWS) -> str:
    """Return a table of the steps of a run.

    Args:
        run: A run of a search; one of a simulation has no steps.
        remark: A few words behind the last row, such as ``B's update is gone``.
        max_rows: With more steps than this, rows in the middle are left out; above 8.
    Returns:
        Lines of text, indented by two; empty if there are no steps to show.
    """
    steps = [s for s in run.steps if s.thread != MAIN and in_file(s.place)]
    if not steps:
        return ""
    letters = sorted({step.thread for step in steps}, key=lambda letter: (len(letter), letter))
    cells = [(step.thread, told_step(step), in_file(step.place)) for step in steps]
    columns = max(width(words) + 2 + width(place) for _letter, words, place in cells) + 2
    lines = ["      " + "".join(letter.ljust(columns) for letter in letters).rstrip()]
    for number, (letter, words, place) in _shown(cells, max_rows):
        if number is None:
            lines.append("   .  ...")
            continue
        indent = " " * (columns * letters.index(letter))
        text = f"{words}  {place.rjust(columns - width(words) - 4)}"
        end = f"  <- {said(remark)}" if remark and number == len(cells) else ""
        lines.append(f"  {number:2}  {indent}{text}{end}".rstrip())
    return "\n".join(lines)


def _shown(
    cells: Sequence[tuple[str, str, str]], max_rows: int
) -> list[tuple[int | None, tuple[str, str, str]]]:
    numbered: list[tuple[int | None, tuple[str, str, str]]] = list(enumerate(cells, start=1))
    if len(numbered) <= max_rows:
        return numbered
    gap = (None, ("", "", ""))
    ending = max_rows - _BEGINNING_ROWS
    return [*numbered[:_BEGINNING_ROWS], gap, *numbered[-ending:]]
