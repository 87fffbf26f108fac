"""A run in virtual time as a picture in HTML: a row for each thread, bars over seconds."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import text
from ..engine import Run
from ..language.columns import width
from ..pictures import Chart, ThreadRow

_NAME, _BARS, _ROW, _BAR, _LETTER = 110, 540, 26, 20, 9
"""Sizes of the picture: the room for names, that for bars, a row, a bar in it, a column of text."""
_MOST_TICKS = 6
_COLOURS = 6


def time_chart(run: Run, language: str) -> str:
    """Return the chart of a run that a screen reader can tell; empty if hardly any time passed.

    Args:
        run: A run in virtual time.
        language: ``en`` or ``ko``.
    """
    chart = Chart.of(run, language)
    return "" if chart is None else _drawn(chart)


def _drawn(chart: Chart) -> str:
    lines = len(chart.rows) + bool(chart.more)
    size = f"0 0 {_NAME + _BARS + 4 * _LETTER} {_ROW * (lines + 1)}"
    told = "; ".join([*map(_told, chart.rows), *filter(None, [chart.more])])
    rows = "".join(_row(place, row, chart) for place, row in enumerate(chart.rows))
    if chart.more:
        rows += f'<text class="name" x="0" y="{_ROW * lines - 9}">{text(chart.more)}</text>'
    numbers = "".join(_numbers(chart, _ROW * lines + 16))
    signs = "".join(
        f'<span class="sign {state}"></span> {text(word)} ' for state, word in chart.key.items()
    )
    return (
        f'<figure class="time"><div class="scroll" tabindex="0"><svg viewBox="{size}" '
        f'role="img" aria-label="{text(told)}">{rows}{numbers}</svg></div>'
        f'<figcaption class="soft">{signs}{text(chart.unit)}</figcaption></figure>'
    )


def _told(row: ThreadRow) -> str:
    what = ", ".join(bar.label for bar in row.bars)
    return f"{row.name}: {what}" if what else row.name


def _numbers(chart: Chart, floor: int) -> Iterator[str]:
    for seconds in chart.ticks(_MOST_TICKS):
        yield f'<text x="{_x(seconds, chart)}" y="{floor}">{seconds:.6g}</text>'


def _row(place: int, row: ThreadRow, chart: Chart) -> str:
    top, middle = _ROW * place + 3, _ROW * place + 17
    made = f'<text class="name" x="0" y="{middle}">{text(row.name)}</text>'
    colour = f"c{(place - 1) % _COLOURS}" if place else "main"
    for bar in row.bars:
        left = _x(bar.start_s, chart)
        room = _x(bar.end_s, chart) - left
        if room <= 0:
            continue
        at = f'x="{left}" y="{top}" width="{room}" height="{_BAR}"'
        made += f'<rect class="{bar.state} {colour}" {at} rx="3"/>'
        if (width(bar.label) + 1) * _LETTER <= room:
            made += f'<text x="{left + 6}" y="{middle}">{text(bar.label)}</text>'
    return made


def _x(seconds: float, chart: Chart) -> int:
    return _NAME + round(_BARS * max(0.0, min(seconds, chart.end_s)) / chart.end_s)
