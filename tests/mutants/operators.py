"""What can be changed in a program: one thing at a time.

Classic operators, and those for concurrent programs (Bradbury, Cordy, Dingel 2006, "Mutation
operators for concurrent Java"), in Python's terms.
"""

from __future__ import annotations

import ast
import copy
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Change = Callable[[Any], Iterator[Any]]
"""Yields what may stand in the place of a node: a node, or a list of statements."""


@dataclass(frozen=True)
class Mutant:
    """A program in which one thing was changed.

    Attributes:
        operator: What was done: ``join dropped``.
        function: In which function or class.
        key: The same for the same change of the same code, however it is laid out.
        before: What was changed, as text.
        after: What it was changed to.
        source: The program.
    """

    operator: str
    function: str
    key: str
    before: str
    after: str
    source: str


def mutants(source: str, stub: str = "") -> Iterator[Mutant]:
    """Yield all mutants of a program, each text once.

    Args:
        source: The program.
        stub: What was given: what stands at the top of both is left alone, and so are docstrings
            and what errors say.
    """
    tree = ast.parse(source)
    given = {ast.dump(node) for node in ast.parse(stub).body}
    kept = {id(node) for node in _words(tree)}
    for top in tree.body:
        kept |= {id(node) for node in ast.walk(top)} if ast.dump(top) in given else set()
    seen = {ast.unparse(tree)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in kept:
            continue
        for operator, change in OPERATORS.items():
            for replacement in change(copy.deepcopy(node)):
                text = _with(tree, number, replacement)
                if text is not None and text not in seen:
                    seen.add(text)
                    yield _mutant(tree, node, operator, replacement, text)


def _mutant(tree: ast.Module, node: ast.AST, operator: str, replacement: Any, text: str) -> Mutant:
    function, place = _place_of(tree, node)
    before, after = ast.unparse(node), _unparsed(replacement)
    told = "\0".join([operator, function, str(place), before, after])
    key = hashlib.sha256(told.encode()).hexdigest()[:12]
    return Mutant(operator, function, key, before, after, text)


def _unparsed(replacement: Any) -> str:
    parts = replacement if isinstance(replacement, list) else [replacement]
    return "\n".join(ast.unparse(ast.fix_missing_locations(part)) for part in parts)


def _place_of(tree: ast.Module, wanted: ast.AST) -> tuple[str, int]:
    """Return in which definition at the top a node is, and the how manieth of its like there."""
    for top in tree.body:
        if any(node is wanted for node in ast.walk(top)):
            text = ast.dump(wanted)
            alike = [node for node in ast.walk(top) if type(node) is type(wanted)]
            same = [node for node in alike if ast.dump(node) == text]
            place = next(number for number, node in enumerate(same) if node is wanted)
            return getattr(top, "name", ""), place
    return "", 0


def _with(tree: ast.Module, number: int, replacement: Any) -> str | None:
    """Return the program with another node in the place of one; None if that is no program."""
    changed = copy.deepcopy(tree)
    target = list(ast.walk(changed))[number]
    if not _put(changed, target, replacement):
        return None
    try:
        text = ast.unparse(ast.fix_missing_locations(changed))
        compile(text, "mutant", "exec")
    except (SyntaxError, ValueError, AttributeError):
        return None
    return text


def _put(tree: ast.AST, target: ast.AST, replacement: Any) -> bool:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is target and not isinstance(replacement, list):
                setattr(parent, name, replacement)
                return True
            if isinstance(value, list) and any(each is target for each in value):
                place = next(i for i, each in enumerate(value) if each is target)
                value[place : place + 1] = (
                    replacement if isinstance(replacement, list) else [replacement]
                )
                return True
    return False


def _words(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the texts that are for people: docstrings, and what errors say."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from (node, node.value)
        elif isinstance(node, ast.Raise):
            yield from (each for each in ast.walk(node) if isinstance(each, ast.Constant))


def _method(node: Any) -> str:
    """Return the name of the method that a statement or an expression calls."""
    call = node.value if isinstance(node, ast.Expr) else node
    function = call.func if isinstance(call, ast.Call) else None
    return getattr(function, "attr", getattr(function, "id", ""))


# -- classic ---------------------------------------------------------------------------------

_COMPARED = {
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt},
    **{ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is},
    **{ast.In: ast.NotIn, ast.NotIn: ast.In},
}
_COUNTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult}


def _comparison(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
        node.ops[0] = _COMPARED[type(node.ops[0])]()
        yield node


def _constant(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield ast.Constant(not node.value)
        elif isinstance(node.value, int | float):
            yield ast.Constant(node.value + 1)
        elif isinstance(node.value, str) and node.value:
            yield ast.Constant("")


def _arithmetic(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in _COUNTED:
        node.op = _COUNTED[type(node.op)]()
        yield node


def _logic(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield node
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand


def _dropped(node: Any) -> Iterator[Any]:
    is_call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Yield)
    is_put = isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name)
    if is_call or is_put or isinstance(node, ast.AugAssign | ast.Raise | ast.Break | ast.Continue):
        yield ast.Pass()


def _keyword(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.Call):
        for number in range(len(node.keywords)):
            changed = copy.deepcopy(node)
            del changed.keywords[number]
            yield changed


def _exception(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Name):
        for other in {"Exception": ("BaseException", "ValueError")}.get(
            node.type.id, ("Exception",)
        ):
            changed = copy.deepcopy(node)
            changed.type = ast.Name(other, ast.Load())
            yield changed


def _copy(node: Any) -> Iterator[Any]:
    is_copy = isinstance(node, ast.Call) and _method(node) in ("list", "dict", "tuple", "set")
    if is_copy and len(node.args) == 1 and not node.keywords:
        yield node.args[0]


def _condition(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.If | ast.IfExp):
        for value in (True, False):
            changed = copy.deepcopy(node)
            changed.test = ast.Constant(value)
            yield changed


def _finally(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.Try):
        if node.finalbody:
            yield [*node.body, *node.finalbody] if not node.handlers else _without_final(node)
        elif node.handlers:
            yield node.body


def _without_final(node: ast.Try) -> list[ast.stmt]:
    final, node.finalbody = node.finalbody, []
    return [node, *final]


# -- concurrent ------------------------------------------------------------------------------


def _critical_section(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.With):
        yield node.body
        if len(node.body) > 1:
            yield [ast.With(copy.deepcopy(node.items), [each]) for each in node.body]
            yield [node.body[0], ast.With(node.items, node.body[1:])]
            yield [ast.With(node.items, node.body[:-1]), node.body[-1]]
        if not node.items[0].optional_vars and isinstance(
            node.items[0].context_expr, ast.Attribute
        ):
            item = ast.withitem(ast.parse("__import__('threading').Lock()", mode="eval").body)
            yield ast.With([item], node.body)


def _joined_at_once(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.Expr) and _method(node) == "start":
        joining = copy.deepcopy(node)
        joining.value.func.attr = "join"  # type: ignore[attr-defined]
        yield [node, joining]


def _join_with_timeout(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.Call) and _method(node) in ("join", "wait") and not node.args:
        for timeout in (0, 0.1):
            changed = copy.deepcopy(node)
            changed.args = [ast.Constant(timeout)]
            yield changed


_OTHER_METHODS = {"start": "run", "notify_all": "notify", "put": "put_nowait", "get": "get_nowait"}


def _other_method(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.Attribute) and node.attr in _OTHER_METHODS:
        node.attr = _OTHER_METHODS[node.attr]
        yield node


def _once(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.While):
        yield ast.If(node.test, [*node.body], [])


def _daemon(node: Any) -> Iterator[Any]:
    is_made = isinstance(node, ast.Call) and _method(node) in ("Thread", "Process")
    if is_made and not any(keyword.arg == "daemon" for keyword in node.keywords):
        for value in (True, False):
            changed = copy.deepcopy(node)
            changed.keywords.append(ast.keyword("daemon", ast.Constant(value)))
            yield changed


def _kept_between_calls(node: Any) -> Iterator[Any]:
    """A container that a function makes becomes one for all of its calls."""
    if isinstance(node, ast.FunctionDef):
        for number, each in enumerate(node.body):
            is_made = isinstance(each, ast.Assign | ast.AnnAssign) and isinstance(
                each.value, ast.List | ast.Dict | ast.Set | ast.ListComp
            )
            name = (
                each.targets[0] if isinstance(each, ast.Assign) else getattr(each, "target", None)
            )
            if is_made and isinstance(name, ast.Name):
                changed = copy.deepcopy(node)
                changed.body[number : number + 1] = []
                changed.args.kwonlyargs.append(ast.arg(name.id))
                changed.args.kw_defaults.append(each.value)  # type: ignore[union-attr]
                yield changed


def _none_for_a_sentinel(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.Call) and _method(node) == "object":
        yield ast.Constant(None)


def _one_less(node: Any) -> Iterator[Any]:
    """A loop that starts, joins or ends one less."""
    if isinstance(node, ast.For | ast.comprehension):
        node.iter = ast.parse(f"list({ast.unparse(node.iter)})[1:]", mode="eval").body
        yield node


OPERATORS: dict[str, Change] = {
    "comparison": _comparison,
    "constant": _constant,
    "arithmetic": _arithmetic,
    "logic": _logic,
    "statement dropped": _dropped,
    "keyword dropped": _keyword,
    "exception": _exception,
    "copy dropped": _copy,
    "condition fixed": _condition,
    "finally or except dropped": _finally,
    "critical section": _critical_section,
    "joined in the start loop": _joined_at_once,
    "join with a timeout": _join_with_timeout,
    "another method": _other_method,
    "while becomes if": _once,
    "daemon": _daemon,
    "kept between calls": _kept_between_calls,
    "None for a sentinel": _none_for_a_sentinel,
    "one less": _one_less,
}
