"""The leak check: nothing of a hidden file is in what is published."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from ._lines import RUN, Line, given_texts, lines_of, python_lines, runs
from ._shared import Shared
from .contents import SOLUTIONS, STUBS, Edition, matches

_LESSON = re.compile(r"/(lesson\d\d)/")
_NAME = re.compile(r"(?:test|grade)_\w")
_TEST = re.compile(r"^\s*(?:async\s+)?def\s+((?:test|grade)_\w+)", re.MULTILINE)
_WORD = re.compile(r"\w+", re.ASCII)  # A Korean particle follows a name without a space.
_SHORTEST_DATA = 16
"""Characters. Shorter data is looked for only as the whole of a file: ``42`` is in many."""


@dataclass(frozen=True)
class Leak:
    """Something of a hidden file in a public one.

    Attributes:
        path: The public file, by its path in the repository.
        what: What was found, and of which hidden file.
        line: Where in the public file, from 1; 0 for the whole of it.
    """

    path: str
    what: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}{f', line {self.line}' if self.line else ''}: {self.what}"


def find_leaks(
    edition: Edition, files: Mapping[str, bytes], shared: Sequence[Shared] = ()
) -> list[Leak]:
    """Look for hidden code, names of tests and data in the files of an edition.

    Hidden are the names of a test that no public file has as a function, the data (files that
    are not Python) as a whole, and each run of three lines of code that has at least one line
    which its file has for itself (``Line.is_own``). In an exercise's stub it is each such line
    of the same exercise's solution. Comments in public files are looked into; what is written
    otherwise (other names, other statements) is not seen. Contents that are equal byte by byte
    are looked for in the repository's objects (``history_leaks``).

    Args:
        edition: What is published.
        files: All files of the commit.
        shared: Lines that are no leak.
    Returns:
        What was found, by path and line.
    """
    public = {path: _text(data) for path, data in files.items() if edition.files({path: data})}
    hidden = {p: _text(d) for p, d in files.items() if matches(p, edition.hidden)}
    lines = HiddenLines({p: text for p, text in hidden.items() if matches(p, edition.apart)})
    names, data = _hidden_names(hidden, public), _hidden_data(hidden)
    found: list[Leak] = []
    for path, text in public.items():
        found += _name_leaks(path, text, names)
        found += _data_leaks(path, text, data)
        found += lines.leaks_in(path, text, shared)
    return sorted(found, key=lambda leak: (leak.path, leak.line, leak.what))


class HiddenLines:
    """The lines of hidden files, to be looked up.

    Args:
        hidden: Texts by path.
    """

    def __init__(self, hidden: Mapping[str, str]) -> None:
        given: dict[str, set[str]] = defaultdict(set)
        for path, text in hidden.items():
            if path.startswith(SOLUTIONS):
                given[_lesson(path)] |= given_texts(text)
        self._runs: dict[tuple[str, ...], str] = {}
        self._solutions: dict[str, dict[str, int]] = {}
        for path, text in sorted(hidden.items()):
            self._take(path, _own_lines(path, text, given[_lesson(path)]))

    def _take(self, path: str, lines: list[Line]) -> None:
        for at, run in runs(lines):
            if any(line.is_own for line in lines[at : at + RUN]):
                self._runs.setdefault(run, f"{path}, line {lines[at].number}")
        if path.startswith(SOLUTIONS):
            stub = STUBS + path.removeprefix(SOLUTIONS)
            self._solutions[stub] = {line.text: line.number for line in lines if line.is_own}

    def leaks_in(self, path: str, text: str, shared: Sequence[Shared] = ()) -> list[Leak]:
        """Return the leaks of one public file, each only once."""
        public = {run for entry in shared if path in entry.files for run in entry.runs}
        found: list[Leak] = []
        told: set[int] = set()
        for with_comments in (False, True):
            lines = lines_of(text, with_comments=with_comments)
            both = self._of_solution(path, lines), self._in_a_row(path, lines, public)
            for leak, numbers in chain(*both):
                if told.isdisjoint(numbers):
                    found.append(leak)
                told |= numbers
        return found

    def _of_solution(self, path: str, lines: list[Line]) -> Iterator[tuple[Leak, set[int]]]:
        solution = self._solutions.get(path, {})
        for line in lines:
            if line.text in solution:
                source = SOLUTIONS + path.removeprefix(STUBS)
                leak = Leak(path, f"line {solution[line.text]} of {source}", line.number)
                yield leak, {line.number}

    def _in_a_row(
        self, path: str, lines: list[Line], public: set[tuple[str, ...]]
    ) -> Iterator[tuple[Leak, set[int]]]:
        for at, run in runs(lines):
            if run in self._runs and run not in public:
                numbers = {line.number for line in lines[at : at + RUN]}
                yield Leak(path, f"lines as in {self._runs[run]}", lines[at].number), numbers


def _own_lines(path: str, text: str, given: set[str]) -> list[Line]:
    lines = python_lines(text) if path.endswith(".py") else lines_of(text)
    return [replace(line, is_own=line.is_own and line.text not in given) for line in lines]


def _hidden_names(hidden: Mapping[str, str], public: Mapping[str, str]) -> dict[str, str]:
    """Return the names of hidden tests and graders, each with its file."""
    visible = (text for path, text in public.items() if path.endswith(".py"))
    known = {name for text in visible for name in _TEST.findall(text)}
    found = {}
    for path, text in hidden.items():
        stem = path.rpartition("/")[2].removesuffix(".py")
        names = {*_TEST.findall(text), *([stem] if _NAME.match(stem) else [])}
        found.update(dict.fromkeys(names - known, path))
    return found


def _name_leaks(path: str, text: str, names: Mapping[str, str]) -> Iterator[Leak]:
    for number, line in enumerate(text.splitlines(), start=1):
        for name in sorted(set(_WORD.findall(line)) & names.keys()):
            yield Leak(path, f"{name}, a name of {names[name]}", number)


def _hidden_data(hidden: Mapping[str, str]) -> dict[str, str]:
    data = {_squeezed(text): path for path, text in hidden.items() if not path.endswith(".py")}
    data.pop("", None)
    return data


def _data_leaks(path: str, text: str, data: Mapping[str, str]) -> Iterator[Leak]:
    squeezed = _squeezed(text)
    for hidden, source in data.items():
        if hidden == squeezed or (len(hidden) >= _SHORTEST_DATA and hidden in squeezed):
            yield Leak(path, f"the data of {source}")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _lesson(path: str) -> str:
    found = _LESSON.search(path)
    return found[1] if found else ""
