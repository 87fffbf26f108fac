"""Threads over virtual time, as lines of text: one row a thread, seconds below."""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import east_asian_width

from ..engine import MAIN, Run, Span
from .words import Wording, checked, name_of, page_words, say

NARROWEST = 40
_WIDEST = 100
LEAST_S = 0.01
"""A run that took less virtual time, to let others go first, is not about time."""
ROWS = 12
"""How many threads a timeline shows."""
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
        Lines of text, indented by two; empty if less than ``LEAST_S`` passed. Of more than
        ``ROWS`` threads the first, and how many there are more.
    Raises:
        ValueError: If the language is another, or ``width`` is too small.
    """
    if width < NARROWEST:
        raise ValueError(f"width must be at least {NARROWEST}, not {width}")
    words, signs = page_words(checked(language)), _ASCII if ascii_only else _BLOCKS
    end_s = _end_of(run)
    if end_s < LEAST_S:
        return ""
    whats = [span.what for span in run.timeline if span.what]
    wording = Wording(sources or {}, language, whats)
    shown, more = run.threads[:ROWS], len(run.threads) - ROWS
    names = {thread.letter: name_of(thread.letter, language) for thread in shown}
    margin = min(_LONGEST_NAME, max(_width(name) for name in names.values())) + 3
    chart = _Chart(end_s, width - margin - 1, signs)
    rows = []
    for thread in shown:
        spans = [span for span in run.timeline if span.thread == thread.letter]
        labels = [wording.wait_of(span) or words[span.state] for span in spans]
        ended_s = end_s if thread.ended_s is None else thread.ended_s
        bar = chart.row(spans, labels, ended_s)
        rows.append("  " + _padded(names[thread.letter], margin - 2) + bar)
    if more > 0:
        rows.append("  " + say("more threads", language, count=more))
    drawn = {"sleeping", "waiting"} | {span.state for span in run.timeline}
    states = [state for state in ("running", "sleeping", "waiting") if state in drawn]
    key = "  ".join(f"{signs[state]} {words[state]}" for state in states)
    scale = " " * margin + chart.scale()
    return "\n".join([*rows, scale, "", f"  {key}   {words['seconds']}"])


def _end_of(run: Run) -> float:
    """Return where a picture ends: that main sleeps on when all others have ended shows nothing."""
    ends = [thread.ended_s for thread in run.threads if thread.letter != MAIN]
    known = [ended_s for ended_s in ends if ended_s is not None]
    if not ends or len(known) < len(ends):
        return run.ended_s
    last = max(known)
    later = [span for span in run.timeline if span.start_s >= last]
    is_only_sleep = all(span.thread == MAIN and span.state == "sleeping" for span in later)
    return last if is_only_sleep else run.ended_s


def printed(run: Run, language: str, *, most: int = LINES) -> str:
    """Return what a run printed: each line with its virtual second and its thread.

    Args:
        run: A simulation.
        language: ``en`` or ``ko``, of the names of the threads.
        most: How many lines to show, >= 1; it is said how many are left out.
    Returns:
        Lines of text, indented by two; empty if nothing was printed.
    Raises:
        ValueError: If the language is another.
    """
    told = list(_lines(run))
    names = {letter: name_of(letter, checked(language)) for _time_s, letter, _line in told}
    margin = max(map(_width, names.values()), default=0) + 2
    rows = [
        f"  {f'{time_s:.6g} s':<{_ROOM_FOR_A_NUMBER}}{_padded(names[letter], margin)}{line}"
        for time_s, letter, line in told[:most]
    ]
    if len(told) > most:
        rows.append("  " + say("more lines", language, count=len(told) - most))
    return "\n".join(rows)


def _lines(run: Run) -> Iterator[tuple[float, str, str]]:
    """Yield the second, the thread and the text of each line on standard output.

    ``print`` writes in several parts, between which others may print.
    """
    begun: dict[str, tuple[float, str]] = {}
    for part in run.printed:
        if part.stream != "stdout":
            continue
        time_s, text = begun.pop(part.thread, (part.time_s, ""))
        *whole, rest = (text + part.text).split("\n")
        for line in whole:
            yield time_s, part.thread, line
            time_s = part.time_s
        if rest:
            begun[part.thread] = (time_s, rest)
    for letter, (time_s, text) in begun.items():
        yield time_s, letter, text


class _Chart:
    """Columns of a terminal that stand for moments from 0 to ``end_s``."""

    def __init__(self, end_s: float, columns: int, signs: Mapping[str, str]) -> None:
        self._end_s = end_s
        self._columns = columns
        self._signs = signs

    def row(self, spans: Sequence[Span], labels: Sequence[str], ended_s: float) -> str:
        """Return the bars of one thread."""
        cells = [" "] * (self._columns + 1)
        first = min((self._at(span.start_s) for span in spans), default=self._at(ended_s))
        for column in range(first, self._at(ended_s)):
            cells[column] = self._signs["alive"]
        for span, label in zip(spans, labels, strict=True):
            begin, end = self._at(span.start_s), self._at(span.end_s)
            cells[begin:end] = self._bar(end - begin, span.state, label)
        cells[self._at(ended_s)] = self._signs["edge"]
        return "".join(cells).rstrip()

    def _bar(self, room: int, state: str, label: str) -> list[str]:
        """Return the cells of a bar: an edge, its label if there is room, and what fills it."""
        cells = [self._signs["edge"], *self._signs[state] * (room - 1)][:room]
        length = _width(label)
        if length + 3 <= room:
            cells[2 : 2 + length] = list(_cells(label))
        return cells

    def scale(self) -> str:
        """Return the seconds below the bars."""
        line, end = "", 0
        for seconds in _ticks(self._end_s, max(2, self._columns // _ROOM_FOR_A_NUMBER)):
            column = self._at(seconds)
            number = f"{seconds:.6g}"
            if column >= end and column + len(number) <= self._columns + 1:
                line = line.ljust(column) + number
                end = len(line) + 1
        return line

    def _at(self, seconds: float) -> int:
        return round(self._columns * max(0.0, min(seconds, self._end_s)) / self._end_s)


def _ticks(end_s: float, most: int) -> Iterator[float]:
    """Yield round numbers from 0 to ``end_s``: 1, 2 or 5 times a power of ten apart."""
    power = 10.0 ** math.floor(math.log10(end_s / most))
    size = next(factor * power for factor in (1, 2, 5, 10) if factor * power * most >= end_s)
    for number in range(math.floor(end_s / size * (1 + 1e-9)) + 1):
        yield number * size


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _cells(text: str) -> Iterator[str]:
    """Yield what stands in each column: a wide letter has two, of which the second is empty."""
    for letter in text:
        yield letter
        if east_asian_width(letter) in "WF":
            yield ""


def _padded(text: str, columns: int) -> str:
    return text + " " * max(1, columns - _width(text))
