"""The lines of code that a picture shows: the functions in which its steps were made."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import lru_cache

LONGEST_FUNCTION = 80
"""Of a longer function only the lines around its steps are shown."""
_AROUND = 6

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def lines_of(text: str) -> list[str]:
    """Return the lines of a file as Python counts them: a form feed, for one, ends none."""
    return text.removesuffix("\n").split("\n")


def shown_lines(text: str, lines: Iterable[int]) -> list[int]:
    """Return the numbers of the lines to show of a file, ascending.

    They are those of the functions that contain one of ``lines``, with the ``class`` or ``def``
    lines around them, but without docstrings.

    Args:
        text: The file; if it is not Python, the lines around each of ``lines`` are shown.
        lines: Line numbers, from 1.
    """
    wanted = sorted(set(lines))
    count = len(lines_of(text))
    try:
        definitions = list(_definitions(ast.parse(text)))
    except (SyntaxError, ValueError):
        definitions = []
    shown: set[int] = set()
    for line in wanted:
        around = [d for d in definitions if _first(d) <= line <= (d.end_lineno or 0)]
        shown.update(d.lineno for d in around)
        inner = [d for d in around if not isinstance(d, ast.ClassDef)]
        if inner and _length(inner[0]) <= LONGEST_FUNCTION:
            shown.update(range(_first(inner[0]), (inner[0].end_lineno or 0) + 1))
        else:
            shown.update(range(line - _AROUND, line + _AROUND + 1))
    for definition in definitions:
        shown.difference_update(set(_docstring(definition)) - set(wanted))
    return sorted(line for line in shown if 1 <= line <= count)


def names_made(text: str, line: int, kind: str) -> list[str]:
    """Return what the program calls the things that one of its lines makes, in order.

    Args:
        text: The file; if it is not Python, it has no names.
        line: Where the things are made, from 1.
        kind: The class, in any case: ``lock`` for ``self.lock = threading.Lock()``.
    """
    return [
        ast.unparse(target)
        for target, value in _bindings(text)
        if value.lineno == line
        and isinstance(value, ast.Call)
        and ast.unparse(value.func).split(".")[-1].lower() == kind.lower()
    ]


@lru_cache(maxsize=8)
def _bindings(text: str) -> list[tuple[ast.expr, ast.expr]]:
    """Return the targets of all assignments with their values; those of tuples one by one."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return []
    found: list[tuple[ast.expr, ast.expr]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            found += [pair for target in node.targets for pair in _pairs(target, node.value)]
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            found.append((node.target, node.value))
    return found


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        if len(target.elts) == len(value.elts):
            return list(zip(target.elts, value.elts, strict=True))
        return []
    return [(target, value)]


def _definitions(tree: ast.AST) -> Iterator[Definition]:
    for node in ast.walk(tree):  # the outer before the inner
        if isinstance(node, Definition):
            yield node


def _first(definition: Definition) -> int:
    return min([definition.lineno, *(d.lineno for d in definition.decorator_list)])


def _length(definition: Definition) -> int:
    return (definition.end_lineno or 0) - _first(definition) + 1


def _docstring(definition: Definition) -> range:
    first = definition.body[0]
    if ast.get_docstring(definition, clean=False) is None or len(definition.body) == 1:
        return range(0)
    return range(first.lineno, (first.end_lineno or 0) + 1)
