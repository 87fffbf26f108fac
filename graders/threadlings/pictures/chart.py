"""Threads over virtual time, as data: who slept or waited from when to when, and for what."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..engine import MAIN, Run, Span
from .words import Wording, name_of, page_words, say

LEAST_S = 0.01
"""A run that took less virtual time, to let others go first, is not about time."""
ROWS = 12
"""How many threads a chart shows."""
STATES = ("running", "sleeping", "waiting")


@dataclass(frozen=True)
class Bar:
    """What a thread did from ``start_s`` to ``end_s``; ``state`` is one of ``STATES``."""

    start_s: float
    end_s: float
    state: str
    label: str


@dataclass(frozen=True)
class ThreadRow:
    """A thread: what to call it, its bars, and when it had ended."""

    name: str
    bars: tuple[Bar, ...]
    ended_s: float


@dataclass(frozen=True)
class Chart:
    """A run in virtual time, in the words of one language.

    Attributes:
        rows: The threads that are shown.
        more: What to say of those that are not; empty if there are none.
        end_s: The second at which it ends.
        key: What each state is called that is in it, sleeping and waiting always.
        unit: What the numbers below it are.
    """

    rows: tuple[ThreadRow, ...]
    more: str
    end_s: float
    key: Mapping[str, str]
    unit: str

    @classmethod
    def of(cls, run: Run, language: str, sources: Mapping[str, str] | None = None) -> Chart | None:
        """Return the chart of a run; None if less than ``LEAST_S`` passed in it.

        Args:
            run: A simulation; with ``keep_steps`` it tells which event a thread waited for.
            language: ``en`` or ``ko``.
            sources: The text of the program's files, by name: its locks are called as in them.
        """
        end_s = _end_of(run)
        if end_s < LEAST_S:
            return None
        words = page_words(language)
        wording = Wording(sources or {}, language, [s.what for s in run.timeline if s.what])
        rows = []
        for thread in run.threads[:ROWS]:
            spans = [span for span in run.timeline if span.thread == thread.letter]
            bars = tuple(_bar(span, wording.wait_of(span) or words[span.state]) for span in spans)
            ended_s = end_s if thread.ended_s is None else thread.ended_s
            rows.append(ThreadRow(name_of(thread.letter, language), bars, ended_s))
        left = len(run.threads) - ROWS
        more = say("more threads", language, count=left) if left > 0 else ""
        drawn = {"sleeping", "waiting"} | {span.state for span in run.timeline}
        key = {state: words[state] for state in STATES if state in drawn}
        return cls(tuple(rows), more, end_s, key, words["seconds"])

    def ticks(self, most: int) -> Iterator[float]:
        """Yield round numbers from 0 to the end: 1, 2 or 5 times a power of ten apart."""
        power = 10.0 ** math.floor(math.log10(self.end_s / most))
        size = next(n * power for n in (1, 2, 5, 10) if n * power * most >= self.end_s)
        for number in range(math.floor(self.end_s / size * (1 + 1e-9)) + 1):
            yield number * size


def _bar(span: Span, label: str) -> Bar:
    return Bar(span.start_s, span.end_s, span.state, label)


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
