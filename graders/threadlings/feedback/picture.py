"""The steps of a run side by side: threads as columns, steps as rows."""

from __future__ import annotations

from collections.abc import Sequence

from ..engine import Run, Step
from ..engine.run import MAIN
from .words import in_file

MAX_ROWS = 24
"""A picture with more steps shows the first and the last of them."""

_BEGINNING_ROWS = 8


def picture(run: Run, *, remark: str = "") -> str:
    """Return a table of the steps of a run.

    Args:
        run: A run of a search; one of a simulation has no steps.
        remark: A few words behind the last row, such as ``B's update is gone``.
    Returns:
        Lines of text, indented by two; empty if there are no steps to show.
    """
    steps = [s for s in run.steps if s.thread != MAIN and in_file(s.place)]
    if not steps:
        return ""
    letters = sorted({step.thread for step in steps}, key=lambda letter: (len(letter), letter))
    cells = [(step.thread, _words(step), in_file(step.place)) for step in steps]
    width = max(len(words) + 2 + len(place) for _letter, words, place in cells) + 2
    lines = ["      " + "".join(letter.ljust(width) for letter in letters).rstrip()]
    for number, (letter, words, place) in _shown(cells):
        if number is None:
            lines.append("   .  ...")
            continue
        indent = " " * (width * letters.index(letter))
        text = f"{words}  {place.rjust(width - len(words) - 4)}"
        end = f"  <- {remark}" if remark and number == len(cells) else ""
        lines.append(f"  {number:2}  {indent}{text}{end}".rstrip())
    return "\n".join(lines)


def _words(step: Step) -> str:
    value = f" = {step.value}" if step.value is not None else ""
    return f"{step.action} {step.what}{value}"


def _shown(
    cells: Sequence[tuple[str, str, str]],
) -> list[tuple[int | None, tuple[str, str, str]]]:
    numbered: list[tuple[int | None, tuple[str, str, str]]] = list(enumerate(cells, start=1))
    if len(numbered) <= MAX_ROWS:
        return numbered
    gap = (None, ("", "", ""))
    ending = MAX_ROWS - _BEGINNING_ROWS
    return [*numbered[:_BEGINNING_ROWS], gap, *numbered[-ending:]]
