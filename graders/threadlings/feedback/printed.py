"""What a student's code printed: lines with their second and their thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..engine import MAIN, Printed
from ..language import Translate, said

MOST_LINES = 20
"""How many lines stand under a failure."""
_LONGEST = 500
"""Characters of a line: no screen is that wide."""
_ROOM_FOR_SECONDS = 10


@dataclass(frozen=True)
class PrintedLine:
    """One line on standard output: its virtual second, the letter of its thread, its text.

    The text is the student's: of a very long one the beginning, and what would move the cursor
    or change colours is spelled out (``\\x1b``).
    """

    time_s: float
    thread: str
    text: str


@dataclass(frozen=True)
class PrintedLines:
    """The first lines that a program printed, and how many more there were."""

    lines: tuple[PrintedLine, ...] = ()
    more: int = 0

    @classmethod
    def of(cls, printed: Iterable[Printed], most: int = MOST_LINES) -> PrintedLines:
        """Return the lines of what a run printed to standard output.

        Args:
            printed: As a run has it.
            most: How many lines to keep, 1 or more.
        """
        kept: list[PrintedLine] = []
        more = 0
        for time_s, thread, text in _lines(printed):
            if len(kept) < most:
                kept.append(PrintedLine(time_s, thread, _visible(text)))
            else:
                more += 1
        return cls(tuple(kept), more)

    def __bool__(self) -> bool:
        return bool(self.lines)

    def drawn(self, translate: Translate, width: int = 80, *, with_seconds: bool = False) -> str:
        """Return them as lines of text, indented by two.

        Args:
            translate: Into the language.
            width: Columns that no line exceeds.
            with_seconds: True to tell the virtual second also if they were all printed at 0 s.
        """
        from rich.cells import cell_len, set_cell_size  # Cells load this module, and draw nothing.

        main = said("main").in_words(translate)
        names = {line.thread: main if line.thread == MAIN else line.thread for line in self.lines}
        margin = max(map(cell_len, names.values()), default=0) + 2
        is_timed = with_seconds or any(line.time_s for line in self.lines)
        rows = []
        for line in self.lines:
            seconds = f"{f'{line.time_s:.6g} s':<{_ROOM_FOR_SECONDS}}" if is_timed else ""
            row = f"  {seconds}{set_cell_size(names[line.thread], margin)}{line.text}"
            is_long = cell_len(row) > width
            rows.append(f"{set_cell_size(row, width - 1).rstrip()}…" if is_long else row)
        if self.more:
            told = said("... and {count} more lines", count=self.more)
            rows.append(f"  {told.in_words(translate)}")
        return "\n".join(rows)


def _lines(printed: Iterable[Printed]) -> Iterator[tuple[float, str, str]]:
    """Yield the second, the thread and the text of each line on standard output.

    ``print`` writes in several parts, between which others may print.
    """
    begun: dict[str, tuple[float, str]] = {}
    for part in printed:
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


def _visible(text: str) -> str:
    """Return a line in which everything can be seen, cut to a sensible length."""
    shown = "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode("ascii")
        for each in text[: _LONGEST + 1]
    )
    return f"{shown[:_LONGEST]}…" if len(shown) > _LONGEST else shown
