"""The programs of a lesson's ``show.py``, ready to be run with the student's file.

``show.py`` lies beside the student's file and has no word of ours, but for what an ``assert``
says. Each function whose first parameter is ``lesson`` is a program over that module; the first
paragraph of its docstring is its title, the second the title in Korean. It is run under every
schedule that can matter, and goes wrong where an ``assert`` fails, or in a deadlock, an endless
loop or another error. A function whose name begins with ``timed_`` is run once, in virtual time.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from .. import manifest
from ..engine import Lesson, Place, load
from ..language import LANGUAGES, Text, said

FILE = "show.py"
_TIMED = "timed_"


class NothingToShow(Exception):  # noqa: N818 - it says what is missing; nothing of ours failed
    """There is nothing to draw; the text says why, in a line for the student."""

    def __init__(self, text: Text) -> None:
        """Say why."""
        super().__init__(text)


@dataclass(frozen=True)
class Program:
    """A function of a ``show.py``, which ``call`` runs; its titles by language."""

    place: Place
    titles: Mapping[str, str]
    call: Callable[[], Any]

    @property
    def is_timed(self) -> bool:
        """Return True if it is to be run once, in virtual time."""
        return self.place.function.startswith(_TIMED)


@dataclass(frozen=True)
class Programs:
    """The programs of a lesson, at least one, and the text of the two files by name."""

    title: str
    sources: Mapping[str, str]
    all: Sequence[Program]

    @classmethod
    def of(cls, folder: Path) -> Programs:
        """Read the programs in a lesson's folder.

        Raises:
            NothingToShow: If the folder is no lesson's, has no ``show.py``, lacks the student's
                file, if one of the two is not Python, or ``show.py`` has no program.
        """
        described = _described(folder)
        own, shown = folder / f"{described.module}.py", folder / FILE
        sources = {own.name: _text(own), shown.name: _text(shown)}
        lesson, module = _load(own), _load(shown)
        found = [
            Program(
                Place(FILE, function.lineno, function.name),
                _titles(function),
                partial(_Call(), function.name, module, lesson),
            )
            for function in _functions(sources[shown.name])
        ]
        if not found:
            no_program = "{shown} has no program: no function with the parameter lesson"
            raise NothingToShow(said(no_program, shown=shown))
        return cls(f"{described.folder} · {described.title}", sources, found)


def _functions(text: str) -> list[ast.FunctionDef]:
    return [
        node
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
        and [argument.arg for argument in node.args.args][:1] == ["lesson"]
    ]


def _titles(function: ast.FunctionDef) -> dict[str, str]:
    told = (ast.get_docstring(function) or function.name).split("\n\n")
    lines = [" ".join(part.split()).rstrip(".") for part in told]
    return dict(zip(LANGUAGES, (lines[0], lines[min(1, len(lines) - 1)]), strict=True))


def _described(folder: Path) -> manifest.Lesson:
    name = folder.resolve().name
    for described in manifest.read():
        if described.folder == name:
            if not (folder / FILE).is_file():
                missing = said(
                    "{name} has no pictures: there is no {folder}", name=name, folder=folder / FILE
                )
                raise NothingToShow(missing)
            return described
    strange = "{folder} is not the folder of a lesson, such as exercises/lesson08"
    raise NothingToShow(said(strange, folder=folder))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        why = said("{path} cannot be read: {strerror}", path=path, strerror=error.strerror)
        raise NothingToShow(why) from None
    except UnicodeDecodeError:
        raise NothingToShow(said("{path} is not UTF-8 text", path=path)) from None


def _load(path: Path) -> Lesson:
    try:
        return load(path, safe=manifest.safe_packages(path.stem), settles=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f"{path}:{line}" if line else f"{path}"
        told = said(
            "{where} is not Python yet: {error}", where=where, error=getattr(error, "msg", error)
        )
        raise NothingToShow(told) from None


class _Call:
    """Calls a program with the student's module; no function, so that our line is no step."""

    def __call__(self, name: str, programs: Lesson, lesson: Lesson) -> Any:
        dir(lesson)  # The module is executed now, and not by the first thread that uses it.
        return getattr(programs, name)(lesson)
