"""The page of a lesson: the programs of its ``show.py``, run with the student's file.

``show.py`` lies beside the student's file and has no word of ours. Each function whose first
parameter is ``lesson`` is a program over that module; the first paragraph of its docstring is
its title, the second the title in Korean. It is run under every schedule that can matter, and
goes wrong where an ``assert`` fails, or in a deadlock, an endless loop or another error. A function
whose name begins with ``timed_`` is run once, in virtual time.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from .. import manifest
from ..engine import Lesson, Outcome, Place, load, search, simulate
from ..feedback import todo_in
from .page import page
from .scene import Scene, scene_of_run, scene_of_search, scene_of_text
from .words import LANGUAGES, checked, end_of, say

FILE = "show.py"
MAX_STEPS = 4_000
"""Decisions and turns of loops after which a run is cut off: nobody looks at longer ones."""
_TIMED = "timed_"


class NothingToShow(Exception):  # noqa: N818 - it says what is missing; nothing of ours failed
    """There is nothing to draw a page of; the text says why, in a line for the student."""


@dataclass(frozen=True)
class Program:
    """A program of a ``show.py``: its function, its line, and its titles by language."""

    name: str
    line: int
    titles: dict[str, str]


def show(lesson_folder: Path, language: str) -> str:
    """Return the page of a lesson's student file, as HTML.

    Args:
        lesson_folder: The folder with the student's file and ``show.py``.
        language: ``en`` or ``ko``.
    Raises:
        NothingToShow: If the folder is no lesson's, has no ``show.py``, lacks the student's
            file, if one of the two is not Python, or ``show.py`` has no program.
        ValueError: If the language is another.
    """
    described = _described(lesson_folder, checked(language))
    own, shown = lesson_folder / f"{described.module}.py", lesson_folder / FILE
    sources = {own.name: _text(own), shown.name: _text(shown)}
    lesson, programs = _load(own), _load(shown)
    found = programs_of(sources[shown.name])
    if not found:
        raise NothingToShow(f"{shown} has no program: no function with the parameter lesson")
    scenes = [_scene(program, lesson, programs, sources, language) for program in found]
    title = f"{described.folder} · {described.title}"
    return page(title, scenes, language)


def programs_of(text: str) -> list[Program]:
    """Return the programs of a ``show.py``, in order."""
    return [
        Program(node.name, node.lineno, _titles(node))
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
        and [argument.arg for argument in node.args.args][:1] == ["lesson"]
    ]


def _titles(function: ast.FunctionDef) -> dict[str, str]:
    told = (ast.get_docstring(function) or function.name).split("\n\n")
    lines = [" ".join(part.split()).rstrip(".") for part in told]
    return dict(zip(LANGUAGES, (lines[0], lines[min(1, len(lines) - 1)]), strict=True))


def _described(folder: Path, language: str) -> manifest.Lesson:
    name = folder.resolve().name
    for described in manifest.read():
        if described.folder == name:
            if not (folder / FILE).is_file():
                raise NothingToShow(f"{name} has no pictures: there is no {folder / FILE}")
            return described
    raise NothingToShow(f"{folder} is not the folder of a lesson, such as exercises/lesson08")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise NothingToShow(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise NothingToShow(f"{path} is not UTF-8 text") from None


def _load(path: Path) -> Lesson:
    try:
        return load(path)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f"{path}, line {line}" if line else f"{path}"
        raise NothingToShow(f"{where} is not Python yet: {getattr(error, 'msg', error)}") from None


class _Call:
    """Calls a program with the student's module; no function, so that our line is no step."""

    def __call__(self, name: str, programs: Lesson, lesson: Lesson) -> Any:
        dir(lesson)  # The module is executed now, and not by the first thread that uses it.
        return getattr(programs, name)(lesson)


def _scene(
    program: Program, lesson: Lesson, programs: Lesson, sources: dict[str, str], language: str
) -> Scene:
    title = program.titles[language]
    call = partial(_Call(), program.name, programs, lesson)
    places = [Place(FILE, program.line, program.name)]
    is_timed = program.name.startswith(_TIMED)
    first = simulate(call, max_steps=MAX_STEPS, keep_steps=is_timed)
    todo = todo_in(first)
    if todo is not None:
        return scene_of_text(title, say("todo", language, todo=todo))
    if len(first.threads) == 1:
        told = end_of(Outcome.of(first), language) if first.error else say("alone", language)
        return scene_of_text(title, told)
    if is_timed:
        return scene_of_run(title, first, sources, language, places=places)
    seen = search(call, max_steps=MAX_STEPS, keep_runs=True, keep_steps=True)
    return scene_of_search(title, seen, sources, language, places=places)
