"""Lines of code as the leak check compares them, and which of them a file has for itself."""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

RUN = 3
"""So many lines in a row are a leak."""

_GIVEN, _GIVEN_ENDS = "# Given: do not change.", "# Your part begins here."
_MARKS_OF_QUOTES = re.compile(r"^[\s>|*+.-]+")
_MARKS_OF_COMMENTS = re.compile(r"^[\s>|*+.#-]+")
_COMMENT = re.compile(r"(^|\s)#.*$")
_HEAD_OF_CATALOGUE = re.compile(r'msg(id|str) ""|"[A-Z][\w-]+: [^"]*"')
_IMPORT = re.compile(r"(import|from)\s")
_TRIVIAL = re.compile(
    r"\W*|raise Broken\(|(else|finally|try):|break|continue|pass|return( None| True| False)?|yield"
    r"|(?P<name>\w+)=(?P=name),?"
)


@dataclass(frozen=True)
class Line:
    """A line of code.

    Attributes:
        number: From 1, in its file.
        text: Without white space and comments.
        is_own: False if any file may have it: imports, headings and docstrings of functions,
            declarations such as ``name: str``, what is given to the student, and lines such as
            ``else:`` or ``name=name,``.
    """

    number: int
    text: str
    is_own: bool = True


def lines_of(source: str, *, with_comments: bool = False) -> list[Line]:
    """Return the lines of a text that say something.

    Args:
        source: Python, a page, anything.
        with_comments: True takes what stands behind ``#`` at the beginning of a line as a line
            of code; False leaves such lines out.
    """
    numbered = enumerate(source.splitlines(), start=1)
    normal = (
        (number, _normal(line, with_comments))
        for number, line in numbered
        if not _HEAD_OF_CATALOGUE.fullmatch(line)
    )
    return [Line(number, text) for number, text in normal if text]


def python_lines(source: str) -> list[Line]:
    """Return the lines of a Python file without its comments; ``is_own`` is found out.

    A file that is not Python has all its lines for itself.
    """
    public = set(_public_numbers(source))
    raw = source.splitlines()
    for number, line in enumerate(raw, start=1):
        code = _COMMENT.sub("", line).strip()
        if _TRIVIAL.fullmatch(code) or _IMPORT.match(code):
            public.add(number)
    return [Line(line.number, line.text, line.number not in public) for line in lines_of(source)]


def given_texts(source: str) -> set[str]:
    """Return the lines of a Python file that are marked as given to the student."""
    numbers = set(_given_numbers(source, _parsed(source)))
    return {line.text for line in lines_of(source) if line.number in numbers}


def runs(lines: list[Line]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each run of lines: the index of its first one, and their texts."""
    for at in range(len(lines) - RUN + 1):
        yield at, tuple(line.text for line in lines[at : at + RUN])


def _parsed(source: str) -> ast.Module:
    """Parse Python; what is not Python has no statements."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # About the text of a wrong submission.
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError):
            return ast.Module([], [])


def _normal(line: str, with_comments: bool) -> str:
    marks = _MARKS_OF_COMMENTS if with_comments else _MARKS_OF_QUOTES
    code = "".join(_COMMENT.sub("", marks.sub("", line)).replace("'", '"').split())
    return code if code.isascii() else "".join(c for c in code if unicodedata.category(c) != "Cf")


def _public_numbers(source: str) -> Iterator[int]:
    module = _parsed(source)
    yield from _given_numbers(source, module)
    for node in ast.walk(module):
        match node:
            case (
                ast.Import()
                | ast.ImportFrom()
                | ast.Expr(value=ast.Constant())
                | ast.AnnAssign(value=None)
            ):
                yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield from range(_first_line(node), node.body[0].lineno)


def _given_numbers(source: str, module: ast.Module) -> Iterator[int]:
    """Yield the lines between the two marks, or else of the statements under the first mark."""
    raw = source.splitlines()
    if _GIVEN_ENDS in raw and _GIVEN in raw:
        yield from range(raw.index(_GIVEN) + 1, raw.index(_GIVEN_ENDS) + 1)
        return
    for node in module.body:
        first = _first_line(node)
        if first > 1 and raw[first - 2] == _GIVEN:
            yield from range(first, (node.end_lineno or first) + 1)


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])
