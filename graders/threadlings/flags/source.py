"""Integrity flags: what in a student's source a person should look at.

Evidence from inside a process can be forged by code that lives in it. Such code has to name
things that a solution has no use for; these names are looked for, and shown to the instructor.
A tripwire, not a wall: who knows it can walk around it. It costs no points.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from . import _watched as watched
from ._meanings import Meanings
from .flag import Flag, capped

_Finding = tuple[int, str, str]
"""A line, what the code there does, and the name that shows it."""

_OUR_NAME = re.compile(r"threadlings(\.\w+)*")
_OUTSIDE = re.compile(r"/(?!dev/null$)|~|[A-Za-z]:[\\/]|(.*[\\/])?\.\.([\\/]|$)", re.DOTALL)
_OF_THE_SYSTEM = ("/proc", "/dev/fd", "/sys/")
_ALWAYS_TRUE = ("__eq__", "__instancecheck__", "__subclasscheck__")
_DICT_CHANGES = ("update", "setdefault", "pop", "popitem", "clear", "__setitem__", "__delitem__")
_DECODERS = ("base64", "binascii", "bz2", "codecs", "lzma", "zlib", "gzip")


def flags_in(source: bytes, file: str) -> tuple[Flag, ...]:
    """Return what a person should look at in a file, in the order of its lines.

    Args:
        source: The file's bytes, whatever they are; what is not Python has no flags.
        file: What the flags call it.
    Returns:
        One flag for each line and kind, at most ``MAX_FLAGS``, and one that counts the rest.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            findings = set(_Reader(ast.parse(source)).findings())
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
        return ()
    first: dict[tuple[int, str], str] = {}
    for line, kind, name in sorted(findings, key=lambda found: (*found[:2], -len(found[2]), found)):
        first.setdefault((line, kind), name)
    found = [Flag(file, line, f"{kind}: {name}") for (line, kind), name in first.items()]
    return capped(found)


class _Reader:
    """Looks at each part of a module by itself."""

    def __init__(self, tree: ast.Module) -> None:
        self._nodes = list(ast.walk(tree))
        self._meanings = Meanings(self._nodes)
        self._docstrings = {id(text) for text in _statement_texts(self._nodes)}

    def findings(self) -> Iterator[_Finding]:
        """Yield what there is to flag, in any order, perhaps more than once."""
        for node in self._nodes:
            for kind, name in self._of(node):
                yield getattr(node, "lineno", 1), kind, name[:80]

    def _of(self, node: ast.AST) -> Iterator[tuple[str, str]]:
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield from _of_import(alias.name)
            case ast.ImportFrom(module=str() as module, names=names, level=0):
                for alias in names:
                    yield from _of_import(f"{module}.{alias.name}")
            case ast.Name() | ast.Attribute() | ast.Subscript():
                yield from self._of_name(node)
            case ast.Constant(value=str() as text) if id(node) not in self._docstrings:
                yield from _of_text(text)
            case ast.Call():
                yield from self._of_call(node)
            case ast.FunctionDef() | ast.Assign():
                yield from _of_definition(node)

    def _of_name(self, node: ast.Name | ast.Attribute | ast.Subscript) -> Iterator[tuple[str, str]]:
        own = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
        if own in watched.ATTRIBUTES:
            yield watched.ATTRIBUTES[own], own
        name = self._meanings.of(node)
        if name in watched.NAMES or (name and self._meanings.is_certain(node)):
            yield from _of_library_name(name)
        if not isinstance(node.ctx, ast.Load) and not isinstance(node, ast.Name):
            yield from self._of_target(node, own, name)

    def _of_target(
        self, node: ast.Attribute | ast.Subscript, own: str, name: str
    ) -> Iterator[tuple[str, str]]:
        if own == "__class__":
            yield watched.EQUALS, own
        is_member = isinstance(node, ast.Attribute) or ".__dict__." in name
        if name and is_member and self._meanings.is_certain(node):
            yield from _of_change(name)

    def _of_call(self, call: ast.Call) -> Iterator[tuple[str, str]]:
        function = self._meanings.of(call.func) or getattr(call.func, "id", "")
        function = function.removeprefix("builtins.")
        first = call.args[0] if call.args else None
        if function in ("exec", "eval", "compile"):
            roots = {self._meanings.of(node).split(".")[0] for node in ast.walk(call)}
            coded = " of coded text" if roots.intersection(_DECODERS) else ""
            yield watched.RUNS_TEXT, f"{function}{coded}"
        elif function in ("__import__", "importlib.import_module"):
            text = _text_of(first)
            yield from _of_import(text) if text else [(watched.IMPORTS, f"{function} of ...")]
        elif function in ("getattr", "setattr", "delattr") and len(call.args) > 1:
            yield from self._of_attribute_call(function, call)
        elif function in watched.OPENERS and first is not None:
            yield from _of_path(first)
        elif isinstance(call.func, ast.Attribute):
            yield from self._of_method(call.func, first)

    def _of_attribute_call(self, function: str, call: ast.Call) -> Iterator[tuple[str, str]]:
        owner, text = self._meanings.of(call.args[0]), _text_of(call.args[1])
        name = f"{owner}.{text or '...'}"
        if function == "getattr":
            yield from _of_library_name(name if owner else "")
            if text is None and owner in ("sys", "os", "gc", "ctypes", "inspect", "builtins"):
                yield watched.PRIVATE, f"getattr({owner}, ...)"
        elif owner and self._meanings.is_certain(call.args[0]):
            yield from _of_change(name)

    def _of_method(
        self, function: ast.Attribute, first: ast.expr | None
    ) -> Iterator[tuple[str, str]]:
        if function.attr in ("__setattr__", "__delattr__") and first is not None:
            if self._meanings.of(first) and self._meanings.is_certain(first):
                yield watched.PATCHES, self._meanings.of(first)
        elif function.attr in _DICT_CHANGES:
            owner = self._meanings.of(function.value)
            if owner.endswith(".__dict__") and self._meanings.is_certain(function.value):
                yield watched.PATCHES, owner.removesuffix(".__dict__")


def _of_import(name: str) -> Iterator[tuple[str, str]]:
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        module = ".".join(parts[:length])
        if module in watched.MODULES:
            yield watched.MODULES[module], module
            return
    if parts[0].startswith("_") and parts[0] not in watched.PRIVATE_MODULES_ALLOWED:
        yield watched.PRIVATE, parts[0]
    elif parts[0] not in watched.PRIVATE_MODULES_ALLOWED:
        yield from _of_library_name(name)


def _of_library_name(name: str) -> Iterator[tuple[str, str]]:
    if name in watched.NAMES:
        yield watched.NAMES[name], name
    elif name.startswith("ctypes.") and not name[7:].startswith(watched.TYPES):
        yield watched.NATIVE, name
    elif any(part.startswith("_") and not part.endswith("__") for part in name.split(".")[1:]):
        yield watched.PRIVATE, name


def _of_change(name: str) -> Iterator[tuple[str, str]]:
    name = name.replace(".__dict__", "")
    if name not in watched.OFFERED:
        yield watched.PATCHES, name


def _of_text(text: str) -> Iterator[tuple[str, str]]:
    if text in watched.ATTRIBUTES:
        yield watched.ATTRIBUTES[text], text
    elif _OUR_NAME.fullmatch(text):
        yield watched.OURS, text
    elif text.startswith(_OF_THE_SYSTEM):
        yield watched.OUTSIDE, text


def _of_path(path: ast.expr) -> Iterator[tuple[str, str]]:
    if isinstance(path, ast.JoinedStr) and path.values:
        path = path.values[0]
    text = _text_of(path)
    if text is not None and _OUTSIDE.match(text):
        yield watched.OUTSIDE, text
    elif isinstance(path, ast.Constant) and type(path.value) is int:
        yield watched.DESCRIPTORS, f"open({path.value})"


def _of_definition(node: ast.FunctionDef | ast.Assign) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.FunctionDef):
        names, body = [node.name], node.body
    else:
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        body = [ast.Return(node.value.body)] if isinstance(node.value, ast.Lambda) else []
    if "__class__" in names:
        yield watched.EQUALS, "__class__"
    match [part for part in body if not _is_text(part)]:
        case [ast.Return(value=ast.Constant(value=True))]:
            yield from ((watched.EQUALS, name) for name in names if name in _ALWAYS_TRUE)
        case [ast.Return(value=ast.Constant(value=False))] if "__ne__" in names:
            yield watched.EQUALS, "__ne__"


def _statement_texts(nodes: list[ast.AST]) -> Iterator[ast.expr]:
    """Yield the texts that are statements: docstrings, mostly."""
    for node in nodes:
        if isinstance(node, ast.Expr) and _is_text(node):
            yield node.value


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and _text_of(node.value) is not None


def _text_of(node: ast.AST | None) -> str | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else None  # type: ignore[union-attr]
