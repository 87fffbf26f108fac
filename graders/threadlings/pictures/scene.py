"""A program as the data of a page: what its threads did, in which lines, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..engine import MAIN, Ending, Outcome, Place, Run, Search, Span, Step
from .choices import Choices
from .source import lines_of, shown_lines
from .telling import Telling
from .words import Wording, end_of, name_of, say, summary_of

MOST_STEPS = 24
"""Of a turn with more steps, the first and the last are shown."""


@dataclass(frozen=True)
class Scene:
    """One program of a page; ``data`` is what :func:`page` writes into it, as JSON has it."""

    title: str
    data: dict[str, Any]


def scene_of_search(
    title: str,
    seen: Search,
    sources: Mapping[str, str],
    language: str,
    *,
    places: Iterable[Place] = (),
    is_good: Callable[[Outcome], bool] = lambda outcome: outcome.kind == Ending.VALUE,
) -> Scene:
    """Return the scene in which a student watches the runs of a search, and chooses their own.

    Args:
        title: What the program does, in a few words.
        seen: A search with ``keep_runs`` and ``keep_steps``.
        sources: The text of each file to show, by its name.
        language: ``en`` or ``ko``.
        places: Lines to show even if no step was made there.
        is_good: What counts as a good ending. One that was cut off is neither good nor bad.
    Raises:
        ValueError: If the language is another, or the search kept no runs.
    """
    if not seen.kept:
        raise ValueError("the search kept no runs: give it keep_runs=True")
    choices = Choices.of(seen.kept)
    pen = _Pen(seen.kept, sources, language, with_main=choices.spells_main)
    ends, end_of_run = _endings(seen.kept, language, is_good)
    bad = [number for number, end in enumerate(end_of_run) if ends[end]["good"] is False]
    good = [number for number, end in enumerate(end_of_run) if ends[end]["good"]]
    fork = choices.fork(bad, good) if bad and good else None
    wrong = sum(end["good"] is False for end in ends)
    data = {
        "kind": "search",
        "summary": summary_of(seen, wrong, len(ends), language),
        "threads": _threads(seen.kept, language, with_main=choices.spells_main),
        "files": _files(sources, [*places, *pen.places()]),
        "beginning": pen.told(choices.beginning),
        "events": [
            {"thread": event.thread, "after": event.after, "steps": pen.told(event.steps)}
            for event in choices.events
        ],
        "runs": [
            {"events": run, "end": end, "schedule": kept.schedule}
            for run, end, kept in zip(choices.runs, end_of_run, seen.kept, strict=True)
        ],
        "ends": ends,
        "choosesMain": choices.spells_main,
        "isComplete": seen.is_complete,
        "fork": vars(fork) if fork else None,
    }
    return Scene(title, data)


def scene_of_run(
    title: str,
    run: Run,
    sources: Mapping[str, str],
    language: str,
    *,
    places: Iterable[Place] = (),
) -> Scene:
    """Return the scene of one run in virtual time.

    Args:
        title: What the program does, in a few words.
        run: A simulation with ``keep_steps``.
        sources: The text of each file to show, by its name.
        language: ``en`` or ``ko``.
        places: Lines to show even if no step was made there.
    Raises:
        ValueError: If the language is another.
    """
    pen = _Pen([run], sources, language, with_main=True)
    outcome = Outcome.of(run)
    events = pen.moments(run.steps)
    data = {
        "kind": "time",
        "summary": say("timed", language, seconds=run.ended_s),
        "threads": _threads([run], language, with_main=True),
        "files": _files(sources, [*places, *pen.places()]),
        "beginning": [],
        "events": events,
        "runs": [{"events": list(range(len(events))), "end": 0, "schedule": ""}],
        "ends": [_ending(outcome, language, lambda outcome: outcome.kind == Ending.VALUE)],
        "spans": [
            {
                "thread": span.thread,
                "state": span.state,
                "from": span.start_s,
                "to": span.end_s,
                "what": pen.wait_of(span),
            }
            for span in run.timeline
        ],
        "lives": [
            {"thread": thread.letter, "to": thread.ended_s, "from": _begun_s(run, thread.letter)}
            for thread in run.threads
        ],
        "seconds": run.ended_s,
    }
    return Scene(title, data)


def scene_of_text(title: str, text: str) -> Scene:
    """Return a scene that only says something: why there is nothing to see."""
    return Scene(title, {"kind": "text", "summary": text})


class _Pen:
    """Writes steps down for the page: ``[thread, text, file, line, text without the value]``."""

    def __init__(
        self, runs: Sequence[Run], sources: Mapping[str, str], language: str, *, with_main: bool
    ) -> None:
        self._files = list(sources)
        self._telling = Telling.of(runs, sources, with_main=with_main)
        self._steps = [step for run in runs for step in self._telling.chosen(run.steps)]
        self._wording = Wording(sources, language, (step.what for step in self._steps))

    def told(self, steps: Iterable[Step]) -> list[list[Any]]:
        entries = [self._entry(step) for step in self._telling.chosen(steps)]
        if len(entries) <= MOST_STEPS:
            return entries
        half = MOST_STEPS // 2
        return [*entries[:half], [entries[half][0], "⋯", 0, 0], *entries[-half:]]

    def _entry(self, step: Step) -> list[Any]:
        text, place = self._wording.text_of(step), step.place
        where = [self._files.index(place.file), place.line] if place else [0, 0]
        if step.value is None:
            return [step.thread, text, *where]
        return [step.thread, text, *where, self._wording.text_of(replace(step, value=None))]

    def moments(self, steps: Iterable[Step]) -> list[dict[str, Any]]:
        return [
            {"thread": step.thread, "after": [], "steps": [self._entry(step)], "time": step.time_s}
            for step in self._telling.chosen(steps)
        ]

    def wait_of(self, span: Span) -> str:
        return self._wording.wait_of(span)

    def places(self) -> list[Place]:
        return [step.place for step in self._steps if step.place]


def _endings(
    kept: Sequence[Run], language: str, is_good: Callable[[Outcome], bool]
) -> tuple[list[dict[str, Any]], list[int]]:
    """Return the distinct endings, and for each run the number of its own."""
    ends: list[dict[str, Any]] = []
    numbers: list[int] = []
    for run in kept:
        ending = _ending(Outcome.of(run), language, is_good)
        if ending not in ends:
            ends.append(ending)
        numbers.append(ends.index(ending))
    return ends, numbers


def _ending(outcome: Outcome, language: str, is_good: Callable[[Outcome], bool]) -> dict[str, Any]:
    return {
        "kind": outcome.kind.value,
        "good": None if outcome.kind == Ending.EXHAUSTED else is_good(outcome),
        "text": end_of(outcome, language),
    }


def _threads(runs: Sequence[Run], language: str, *, with_main: bool) -> list[dict[str, str]]:
    longest = max(runs, key=lambda run: len(run.threads))
    return [
        {
            "letter": thread.letter,
            "label": name_of(thread.letter, language),
            "name": "" if thread.letter == MAIN else thread.name,
        }
        for thread in longest.threads
        if with_main or thread.letter != MAIN
    ]


def _files(sources: Mapping[str, str], places: Sequence[Place]) -> list[dict[str, Any]]:
    files = []
    for name, text in sources.items():
        lines = lines_of(text)
        numbers = shown_lines(text, [place.line for place in places if place.file == name])
        files.append({"name": name, "lines": [[number, lines[number - 1]] for number in numbers]})
    return files


def _begun_s(run: Run, letter: str) -> float:
    """Return when a thread did its first step; 0 if it did none."""
    return min((step.time_s for step in run.steps if step.thread == letter), default=0.0)
