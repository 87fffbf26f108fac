"""A run in virtual time as a picture on a page: where its bars are, and what fits into them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from ..engine import Run
from ..pictures import Chart, ThreadRow

_NAME, _BARS, _LETTER = 110, 540, 9
"""The room for names, that for bars, and that for a column of text."""
_MOST_TICKS = 6


@dataclass(frozen=True)
class Bar:
    """What a thread did for a while; ``label`` is empty where it does not fit."""

    state: str
    left: int
    width: int
    label: str


@dataclass(frozen=True)
class TimeChart:
    """The picture of a chart; how high it is is the template's matter."""

    chart: Chart
    width: int = _NAME + _BARS + 4 * _LETTER

    @classmethod
    def of(cls, run: Run | None, language: str) -> TimeChart | None:
        """Return the picture of a run; None if there is no run, or hardly any time passed in it.

        Args:
            run: A run in virtual time.
            language: ``en`` or ``ko``.
        """
        chart = None if run is None else Chart.of(run, language)
        return None if chart is None else cls(chart)

    @property
    def told(self) -> str:
        """What it shows in words, for who cannot see it."""
        return "; ".join([*map(_told, self.chart.rows), *filter(None, [self.chart.more])])

    def bars(self, row: ThreadRow) -> Iterator[Bar]:
        """Yield the bars of a thread that are wide enough to be seen."""
        for bar in row.bars:
            left = self._left(bar.start_s)
            room = self._left(bar.end_s) - left
            if room > 0:
                fits = (cell_len(bar.label) + 1) * _LETTER <= room
                yield Bar(bar.state, left, room, bar.label if fits else "")

    def ticks(self) -> Iterator[tuple[int, str]]:
        """Yield the numbers below the bars, and where they are."""
        for seconds in self.chart.ticks(_MOST_TICKS):
            yield self._left(seconds), f"{seconds:.6g}"

    def _left(self, seconds: float) -> int:
        end_s = self.chart.end_s
        return _NAME + round(_BARS * max(0.0, min(seconds, end_s)) / end_s)


def _told(row: ThreadRow) -> str:
    what = ", ".join(bar.label for bar in row.bars)
    return f"{row.name}: {what}" if what else row.name
