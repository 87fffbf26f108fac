"""The timeline in a message, as a chart: a row for each thread, bars over virtual seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..document import text
from ..language.columns import width

_STATES = {"█": "running", "░": "sleeping", "▒": "waiting"}
_EDGE = "│"
_SCALE = re.compile(r" {5,}0(?: +\d[\d.e+]*)*")
_KEY = re.compile(r"([█░▒]) (.+?)(?= {2}|$)")
_COLUMN, _ROW, _BAR, _NAME = 9, 26, 20, 110
"""Sizes of the picture: of a terminal's column, a row, a bar in it, the room for names."""
_COLOURS = 6


@dataclass(frozen=True)
class _Bar:
    begin: int
    end: int
    state: str
    label: str


@dataclass(frozen=True)
class _Thread:
    name: str
    bars: tuple[_Bar, ...]

    @property
    def told(self) -> str:
        what = ", ".join(bar.label for bar in self.bars)
        return f"{self.name}: {what}" if what else self.name


@dataclass(frozen=True)
class Chart:
    """A timeline that was found in the lines of a message.

    Attributes:
        threads: The rows; one without bars may be a remark.
        seconds: The numbers below, with their columns.
        key: What each state is called, and what the numbers are.
        lines: How many lines of the message it is made of.
    """

    threads: tuple[_Thread, ...]
    seconds: tuple[tuple[int, str], ...]
    key: str
    lines: int

    def as_html(self) -> str:
        """Return the chart as a picture that a screen reader can tell."""
        ends = [column + len(number) for column, number in self.seconds]
        ends += [bar.end for thread in self.threads for bar in thread.bars]
        size = f"0 0 {_NAME + _COLUMN * max(ends) + 4} {_ROW * (len(self.threads) + 1)}"
        told = "; ".join(thread.told for thread in self.threads)
        rows = "".join(_row(place, thread) for place, thread in enumerate(self.threads))
        floor = _ROW * len(self.threads) + 16
        numbers = "".join(
            f'<text x="{_x(column)}" y="{floor}">{text(number)}</text>'
            for column, number in self.seconds
        )
        signs = "".join(
            f'<span class="sign {_STATES[sign]}"></span> {text(word)} '
            for sign, word in _KEY.findall(self.key)
        )
        rest = text(_KEY.sub("", self.key).strip())
        return (
            f'<figure class="time"><div class="scroll" tabindex="0"><svg viewBox="{size}" '
            f'role="img" aria-label="{text(told)}">{rows}{numbers}</svg></div>'
            f'<figcaption class="soft">{signs}{rest}</figcaption></figure>'
        )


def chart_in(lines: Sequence[str]) -> Chart | None:
    """Return the timeline that begins in the first line, if one does.

    A timeline is what :func:`threadlings.pictures.timeline` writes.
    """
    if not lines or _EDGE not in lines[0]:
        return None
    below = next((n for n, line in enumerate(lines) if _SCALE.fullmatch(line)), 0)
    if not below or len(lines) < below + 3 or lines[below + 1] or not _KEY.search(lines[below + 2]):
        return None
    margin = lines[below].index("0")
    if not all(line.startswith("  ") for line in lines[:below]):
        return None
    words = dict(_KEY.findall(lines[below + 2]))
    threads = tuple(_thread(line, margin, words) for line in lines[:below])
    found = re.finditer(r"\S+", lines[below])
    seconds = tuple((number.start() - margin, number[0]) for number in found)
    return Chart(threads, seconds, lines[below + 2].strip(), below + 3)


def _thread(line: str, margin: int, words: dict[str, str]) -> _Thread:
    if _EDGE not in line:
        return _Thread(line.strip(), ())
    cells = [part for letter in line for part in (letter, *[""] * (width(letter) - 1))]
    name = "".join(cells[:margin]).strip()
    return _Thread(name, tuple(_bars(cells[margin:], words)))


def _bars(cells: list[str], words: dict[str, str]) -> Iterator[_Bar]:
    edges = [column for column, cell in enumerate(cells) if cell == _EDGE]
    for begin, end in pairwise(edges):
        inside = cells[begin + 1 : end]
        filled = [n for n, cell in enumerate(inside) if cell in _STATES]
        if filled:
            sign = inside[filled[0]]
            told = "".join(inside[: filled[-1] + 1]).strip("".join(_STATES))
            label = told or words.get(sign, "")
            yield _Bar(begin, begin + filled[-1] + 2, _STATES[sign], label)


def _row(place: int, thread: _Thread) -> str:
    top, middle = _ROW * place + 3, _ROW * place + 17
    made = f'<text class="name" x="0" y="{middle}">{text(thread.name)}</text>'
    colour = f"c{(place - 1) % _COLOURS}" if place else "main"
    for bar in thread.bars:
        room = _COLUMN * (bar.end - bar.begin)
        at = f'x="{_x(bar.begin)}" y="{top}" width="{room}" height="{_BAR}"'
        made += f'<rect class="{bar.state} {colour}" {at} rx="3"/>'
        if width(bar.label) * _COLUMN <= room:
            made += f'<text x="{_x(bar.begin) + 6}" y="{middle}">{text(bar.label)}</text>'
    return made


def _x(column: int) -> int:
    return _NAME + _COLUMN * column
