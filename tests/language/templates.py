"""The texts for students in a Python file, as a catalogue has them: values are numbered places."""

import ast
import re
from pathlib import Path

_SAYING = {
    "said": 0,
    "Broken": 0,
    "FileError": 1,
    "NothingToShow": 0,
    "_UnusableError": 0,
    "always": 2,
}
"""Functions that say something, and which of their arguments it is."""
_PHRASE = re.compile(r"[a-z]{2,} [a-z{]")


def templates_of(file: Path) -> list[str]:
    """Return the texts that a file says, each once, in the order they stand there."""
    found: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        position = _SAYING.get(getattr(node.func, "id", ""))
        told = list(node.args[position : position + 1]) if position is not None else []
        told += [keyword.value for keyword in node.keywords if keyword.arg == "remark"]
        found += [template for each in told for template in _templates(each)]
    return list(dict.fromkeys(found))


def asserts_of(file: Path) -> list[str]:
    """Return what a file says where an assert fails; nothing if it is missing."""
    source = file.read_text(encoding="utf-8") if file.is_file() else ""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Assert))
    return list(dict.fromkeys(t for node in nodes if node.msg for t in _templates(node.msg)))


def promises_of(file: Path) -> list[str]:
    """Return what the tests of a file promise: the first lines of their docstrings."""
    nodes = ast.parse(file.read_text(encoding="utf-8")).body
    tests = [n for n in nodes if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")]
    return [(ast.get_docstring(test) or "").splitlines()[0] for test in tests]


def _templates(node: ast.expr) -> list[str]:
    """Return the text of an expression; nothing if it only hands on a text made elsewhere."""
    if isinstance(node, ast.Lambda):
        return _templates(node.body)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        number, text = 0, ""
        for part in node.values:
            if isinstance(part, ast.Constant):
                text += str(part.value)
            else:
                text += f"{{{number}}}"
                number += 1
        return [text] if text.strip("{}0123456789 :\n") else []
    return []


def prose_of(file: Path) -> list[str]:
    """Return whatever reads like a phrase in the checks of a file, wherever it is made.

    What scenarios, exceptions that are raised on purpose, and docstrings say is none of it.
    """
    found: list[str] = []
    _add_prose(ast.parse(file.read_text(encoding="utf-8")), found)
    return list(dict.fromkeys(found))


def texts_of(file: Path) -> set[str]:
    """Return every text that a file has, as a catalogue would have it."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {t for n in nodes if isinstance(n, ast.Constant | ast.JoinedStr) for t in _templates(n)}


def _add_prose(node: ast.AST, found: list[str]) -> None:
    if _is_not_told(node):
        return
    if isinstance(node, ast.Constant | ast.JoinedStr):
        found += [text for text in _templates(node) if _PHRASE.search(text)]
    for child in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            _add_prose(child, found)


def _is_not_told(node: ast.AST) -> bool:
    """Return True for docstrings, scenarios, marks, and errors that are no findings."""
    if isinstance(node, ast.FunctionDef):
        return any("scenario" in ast.unparse(decorator) for decorator in node.decorator_list)
    if isinstance(node, ast.Raise):
        return not ast.unparse(node).startswith("raise Broken")
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
