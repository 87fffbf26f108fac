"""Threads over virtual time, as lines of text: one row a thread, seconds below."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping

from rich.cells import cell_len, set_cell_size

from ..engine import Run
from ..feedback import PrintedLines
from ..language import translator
from .chart import Bar, Chart, ThreadRow
from .words import checked

NARROWEST = 40
_WIDEST = 100
LINES = 30
"""How many printed lines are shown below a timeline, if nobody says otherwise."""
_LONGEST_NAME = 12
_ROOM_FOR_A_NUMBER = 10
_BLOCKS = {"running": "█", "sleeping": "░", "waiting": "▒", "edge": "│", "alive": "─"}
_ASCII = {"running": "#", "sleeping": ".", "waiting": "=", "edge": "|", "alive": "-"}


def room() -> int:
    """Return how many columns a timeline may take in this terminal: 40 to 100."""
    return min(max(shutil.get_terminal_size().columns, NARROWEST), _WIDEST)


def can_be_printed() -> bool:
    """Return True if standard output has the block characters; else draw in ASCII.

    It is the process's own that counts, also while pytest captures what is printed.
    """
    encoding = sys.__stdout__.encoding if sys.__stdout__ is not None else "ascii"
    try:
        "".join(_BLOCKS.values()).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def timeline(
    run: Run,
    language: str,
    *,
    sources: Mapping[str, str] | None = None,
    width: int = 80,
    ascii_only: bool = False,
) -> str:
    """Return a picture of a run in virtual time, for a terminal.

    Args:
        run: A simulation; with ``keep_steps`` it tells which event a thread waited for.
        language: ``en`` or ``ko``.
        sources: The text of the program's files, by name: its locks are called as in them.
        width: Columns that no line exceeds, >= 40.
        ascii_only: True for a terminal that has no block characters; the words of the language
            stay as they are.
    Returns:
        Lines of text, indented by two; empty if hardly any time passed. Of very many threads
        the first, and how many there are more.
    Raises:
        ValueError: If the language is another, or ``width`` is too small.
    """
    if width < NARROWEST:
        raise ValueError(f"width must be at least {NARROWEST}, not {width}")
    chart, signs = Chart.of(run, checked(language), sources), _ASCII if ascii_only else _BLOCKS
    if chart is None:
        return ""
    margin = min(_LONGEST_NAME, max(cell_len(row.name) for row in chart.rows)) + 3
    columns = _Columns(chart, width - margin - 1, signs)
    rows = [
        "  " + set_cell_size(f"{row.name} ", margin - 2) + columns.row(row) for row in chart.rows
    ]
    if chart.more:
        rows.append("  " + chart.more)
    key = "  ".join(f"{signs[state]} {word}" for state, word in chart.key.items())
    scale = " " * margin + columns.scale()
    return "\n".join([*rows, scale, "", f"  {key}   {chart.unit}"])


def printed(run: Run, language: str, *, most: int = LINES, width: int = 80) -> str:
    """Return what a run printed: each line with its virtual second and its thread.

    Args:
        run: A simulation; or a run of a search, of which seconds are told if time passed in it.
        language: ``en`` or ``ko``, of the names of the threads.
        most: How many lines to show, >= 1; it is said how many are left out.
        width: Columns that no line exceeds.
    Returns:
        Lines of text, indented by two; empty if nothing was printed.
    Raises:
        ValueError: If the language is another.
    """
    lines = PrintedLines.of(run.printed, most)
    return lines.drawn(translator(checked(language)), width, with_seconds=not run.schedule)


class _Columns:
    """Columns of a terminal that stand for the moments of a chart."""

    def __init__(self, chart: Chart, columns: int, signs: Mapping[str, str]) -> None:
        self._chart = chart
        self._columns = columns
        self._signs = signs

    def row(self, row: ThreadRow) -> str:
        """Return the bars of one thread."""
        cells = [" "] * (self._columns + 1)
        last = self._at(row.ended_s)
        first = min((self._at(bar.start_s) for bar in row.bars), default=last)
        for column in range(first, last):
            cells[column] = self._signs["alive"]
        for bar in row.bars:
            begin, end = self._at(bar.start_s), self._at(bar.end_s)
            cells[begin:end] = self._bar(end - begin, bar)
        cells[last] = self._signs["edge"]
        return "".join(cells).rstrip()

    def _bar(self, room: int, bar: Bar) -> list[str]:
        """Return the cells of a bar: an edge, its label if there is room, and what fills it."""
        cells = [self._signs["edge"], *self._signs[bar.state] * (room - 1)][:room]
        label = _cells(bar.label)
        if len(label) + 3 <= room:
            cells[2 : 2 + len(label)] = label
        return cells

    def scale(self) -> str:
        """Return the seconds below the bars."""
        line, end = "", 0
        for seconds in self._chart.ticks(max(2, self._columns // _ROOM_FOR_A_NUMBER)):
            column = self._at(seconds)
            number = f"{seconds:.6g}"
            if column >= end and column + len(number) <= self._columns + 1:
                line = line.ljust(column) + number
                end = len(line) + 1
        return line

    def _at(self, seconds: float) -> int:
        end_s = self._chart.end_s
        return round(self._columns * max(0.0, min(seconds, end_s)) / end_s)


def _cells(text: str) -> list[str]:
    """Return what stands in each column: a wide letter has two, of which the second is empty.

    A mark that takes no column is in that of its letter.
    """
    cells: list[str] = []
    for letter in text:
        columns = cell_len(letter)
        if columns:
            cells += [letter, *[""] * (columns - 1)]
        elif cells:
            cells[-1] += letter
    return cells
