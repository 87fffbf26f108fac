"""The pictures of a lesson: its programs run with the student's file, as a page or as text."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

from ..engine import Ending, Outcome, Run, search, simulate
from ..feedback import picture, todo_in
from ..language import add_messages
from .page import page
from .programs import Program, Programs
from .scene import Scene, scene_of_run, scene_of_search, scene_of_text
from .terminal import printed, timeline
from .words import checked, end_of, say, summary_of

MAX_STEPS = 4_000
"""Decisions and laps of loops after which a run is cut off: nobody looks at longer ones."""


def show(lesson_folder: Path, language: str) -> str:
    """Return the page of a lesson's student file, as HTML.

    Args:
        lesson_folder: The folder with the student's file and ``show.py``; see :mod:`.programs`.
        language: ``en`` or ``ko``.
    Raises:
        NothingToShow: If the folder is no lesson's, has no ``show.py``, lacks the student's
            file, if one of the two is not Python, or ``show.py`` has no program.
        ValueError: If the language is another.
    """
    programs = _programs(lesson_folder, language)
    scenes = [_scene(program, programs, language) for program in programs.all]
    return page(programs.title, scenes, language)


def show_as_text(
    lesson_folder: Path, language: str, *, width: int = 80, ascii_only: bool = False
) -> str:
    """Return the same for a terminal: timelines, and of a search the steps of a failing run.

    Args:
        lesson_folder: As in :func:`show`.
        language: ``en`` or ``ko``; the steps of a search are in the language that was chosen.
        width: Columns of the timelines, >= 40.
        ascii_only: True for a terminal that has no block characters.
    Raises:
        NothingToShow: As in :func:`show`.
        ValueError: If the language is another, or ``width`` is too small.
    """
    programs = _programs(lesson_folder, language)
    told = []
    for program in programs.all:
        run = _first_run(program)
        text = _why_not(program, run, language)
        if text is None and program.is_timed:
            chart = timeline(
                run, language, sources=programs.sources, width=width, ascii_only=ascii_only
            )
            end = indent(_bad_end(run, language), "  ")
            text = "\n\n".join(filter(None, [chart, printed(run, language, width=width), end]))
        elif text is None:
            text = _steps(program, language, width)
        told.append(f"{program.titles[language]}\n\n{text}")
    return "\n\n\n".join(told)


def _programs(lesson_folder: Path, language: str) -> Programs:
    checked(language)
    add_messages(lesson_folder)
    return Programs.of(lesson_folder)


def _scene(program: Program, programs: Programs, language: str) -> Scene:
    title, places = program.titles[language], [program.place]
    run = _first_run(program)
    text = _why_not(program, run, language)
    if text is not None:
        return scene_of_text(title, text)
    if program.is_timed:
        return scene_of_run(title, run, programs.sources, language, places=places)
    seen = search(program.call, max_decisions=MAX_STEPS, keep_runs=True, keep_steps=True)
    return scene_of_search(title, seen, programs.sources, language, places=places)


def _first_run(program: Program) -> Run:
    return simulate(program.call, max_decisions=MAX_STEPS, keep_steps=program.is_timed)


def _why_not(program: Program, run: Run, language: str) -> str | None:
    """Return why there is nothing to see in a program, or None."""
    todo = todo_in(run)
    if todo is not None:
        return say("todo", language, todo=todo)
    if len(run.threads) > 1 or (program.is_timed and run.ended_s > 0):
        return None
    return _bad_end(run, language) or say("alone", language)


def _bad_end(run: Run, language: str) -> str:
    """Return how a run went wrong; empty if it did not."""
    outcome = Outcome.of(run)
    return "" if outcome.kind == Ending.VALUE else end_of(outcome, language)


def _steps(program: Program, language: str, width: int) -> str:
    seen = search(program.call, max_decisions=MAX_STEPS)
    neither = (Ending.VALUE, Ending.EXHAUSTED)
    bad = [outcome for outcome in seen.outcomes if outcome.kind not in neither]
    summary = summary_of(seen, len(bad), len(seen.outcomes), language)
    if not bad:
        shown = printed(seen.outcomes[0].run, language, width=width) if seen.outcomes else ""
        return "\n\n".join(filter(None, [f"  {summary}", shown]))
    told = indent(f"{summary}\n{end_of(bad[0], language)}", "  ")
    shown = printed(bad[0].run, language, width=width)
    return "\n\n".join(filter(None, [told, picture(bad[0].run), shown]))
