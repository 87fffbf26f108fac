"""The inside of :mod:`.standing_in`: which names stand in for a student's, and the file with them.

Its request comes on standard input, its answer goes to standard output. It has a process of its
own since a hostile file can end who only parses it.
"""

from __future__ import annotations

import ast
import base64
import json
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.util import decode_source

_PREFIX = "_of_the_solution_"
Definitions = dict[str, list[ast.stmt]]
Titles = Mapping[int, str]
"""The titles of a lesson's tasks, by their numbers."""
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def main() -> None:
    """Answer one request."""
    request = json.loads(sys.stdin.read())
    source, reference = (base64.b64decode(request[name]) for name in ("source", "reference"))
    titles = {int(number): title for number, title in request["titles"].items()}
    answer = []
    for task in request["lost"]:
        names = sorted(called_by(task, request["lost"], titles, source))
        if names:
            made = with_reference(names, titles, source, reference)
            answer.append([task, names, base64.b64encode(made).decode("ascii")])
    print(json.dumps(answer))


def called_by(task: int, lost: Iterable[int], titles: Titles, source: bytes) -> set[str]:
    """Return what a task's code calls of what earlier tasks that are lost asked for.

    Args:
        task: The task.
        lost: The tasks that are lost.
        titles: Of all tasks of the lesson; what they ask for is named there.
        source: The student's file.
    """
    defined = _defined(ast.parse(source))
    earlier = {name for each in lost if each < task for name in _names_of(titles[each])}
    own = set(_names_of(titles[task]))
    others = {name for each in titles if each != task for name in _names_of(titles[each])}
    # Through the student's own helpers, but not through other tasks: these are judged themselves.
    return _reached(own, defined, ends=others) & earlier - own


def with_reference(
    names: Collection[str], titles: Titles, source: bytes, reference: bytes
) -> bytes:
    """Return a student's file in which some names are what they are in the reference.

    What these use of the reference comes along under names that nobody has; of the names of tasks,
    and of the classes that both have, the student's are used.

    Raises:
        ValueError: If the reference does not have one of the names.
    """
    text = decode_source(source)
    known = _defined(ast.parse(source))
    of_tasks = {name for title in titles.values() for name in _names_of(title)}
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    pieces = {name: _piece(name, reference, known, of_tasks) for name in names}
    for name in sorted(names, key=lambda each: _first_line(known, each), reverse=True):
        for node in reversed(known.get(name, [])):
            lines[_begin(node) - 1 : node.end_lineno] = []
        place = _first_line(known, name) - 1
        lines[place:place] = [pieces[name]]
    return "".join(lines).encode()


def _names_of(title: str) -> list[str]:
    """Return the names in a task's title: ``TicketDesk and OVERSOLD`` has two."""
    return [name for name in re.findall(r"[A-Za-z_]\w*", title) if name != "and"]


def _defined(tree: ast.Module) -> Definitions:
    """Return the statements of a module by the names that they bind."""
    found: Definitions = {}
    for node in tree.body:
        for name in _bound_by(node):
            found.setdefault(name, []).append(node)
    return found


def _bound_by(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, _Function | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.split(".")[0] for alias in node.names)
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _used_by(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _reached(names: Iterable[str], defined: Definitions, ends: Collection[str] = ()) -> set[str]:
    """Return the names of a module that some names' definitions use, and so on; with them."""
    reached: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in reached:
            reached.add(name)
            if name not in ends:
                uses = (_used_by(node) for node in defined.get(name, []))
                left += [each for used in uses for each in used if each in defined]
    return reached


def _piece(name: str, reference: bytes, known: Definitions, of_tasks: set[str]) -> str:
    """Return the text that defines a name as the reference does."""
    tree = ast.parse(reference)  # A tree for each name: what it uses is renamed in place.
    _forget_annotations(tree)
    ours = _defined(tree)
    if name not in ours:
        raise ValueError(f"the reference solution has no {name}")
    needed = _reached([name], ours, ends=of_tasks - {name}) - of_tasks
    kept = {each for each in needed & known.keys() if isinstance(known[each][0], ast.ClassDef)}
    copied = [each for each in ours if each in needed - kept]
    renamed = {each: f"{_PREFIX}{each}" for each in copied}
    nodes = [node for each in copied for node in _alone(each, ours[each])] + ours[name]
    return "".join(f"{ast.unparse(_Renamed(renamed).visit(node))}\n" for node in nodes)


def _alone(name: str, nodes: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield what binds a name, and no other: of an import, that part of it."""
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            parts = [each for each in node.names if (each.asname or each.name) == name]
            module = getattr(node, "module", None)
            if module is None:
                yield ast.Import(parts)
            elif module != "__future__":
                yield ast.ImportFrom(module, parts, 0)
        else:
            yield node


class _Renamed(ast.NodeTransformer):
    """Renames what a module binds, where functions use it."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self._names.get(node.id, node.id), node.ctx)

    def visit_alias(self, node: ast.alias) -> ast.AST:
        bound = node.asname or node.name
        return ast.alias(node.name, self._names.get(bound, node.asname))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        node.name = self._names.get(node.name, node.name)
        return node


def _forget_annotations(node: ast.AST) -> None:
    """They may name what the student's file does not have, and decide nothing."""
    for each in ast.walk(node):
        if isinstance(each, _Function):
            each.returns = None
        elif isinstance(each, ast.arg):
            each.annotation = None


def _begin(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)])


def _first_line(known: Definitions, name: str) -> int:
    """Return where a name is first defined; far behind the end if it is not."""
    return min(map(_begin, known.get(name, [])), default=10**9)


if __name__ == "__main__":
    main()
