"""Sites: instructions that may touch shared state, and expressions of what they touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from types import CodeType
from typing import Any

from ..runs import Place

Expression = tuple[Any, ...] | None
"""("local", name), ("at", offset): the value noted at that offset, ("const", value), ("new",
expression, ...): a new object made of these, ("function", code): a new function, ("method", object
expression, name, offset at which it was looked up or None), ("super", what ``super`` means, class,
object; all three expressions), ("null",), or None: unknown."""
BY_NAME = ("name",)
"""The operand of a variable that is looked for in the names of executed text first."""


@dataclass(frozen=True, eq=False)
class Site:
    """An instruction that may touch shared state, call something, or jump back.

    Attributes:
        kind: What the instruction does: there is a handler of that name in the wing ``accesses``.
        name: The attribute, variable or operation.
        operands: Expressions of the objects concerned, their order depending on ``kind``.
        keep: True if a later site refers to the value found here.
        is_again: True if the instruction goes on after it has called something back.

    Sites are compared by identity: there is one for each instruction of a code object.
    """

    code: CodeType
    offset: int
    line: int
    kind: str
    name: str
    operands: tuple[Expression, ...]
    keep: bool
    is_again: bool = False

    @property
    def is_name(self) -> bool:
        """Whether a variable is looked for in the names of executed text first."""
        return self.operands == (BY_NAME,)

    @cached_property
    def again(self) -> Site:
        """The same instruction, when what it has called back returns to it."""
        return replace(self, keep=False, is_again=True)

    @property
    def place(self) -> Place:
        """Where in the program it is."""
        return Place.in_code(self.code, self.line)


Sites = dict[int, Site]
"""Sites by an offset."""


class SiteTable:
    """The sites of a code object, which is read when they are first asked for.

    Most code of a program is not executed in most searches of it.

    Args:
        read: Reads the code; returns ``by_offset``, ``behind`` and ``at_prefixes``.
    """

    def __init__(self, read: Callable[[], tuple[Sites, Sites, Sites]]) -> None:
        self._read = read

    @cached_property
    def _parts(self) -> tuple[Sites, Sites, Sites]:
        return self._read()

    @cached_property
    def by_offset(self) -> Sites:
        """The sites by the offset of their instruction."""
        return self._parts[0]

    @cached_property
    def behind(self) -> Sites:
        """For each place where a frame may wait for a call, the site of who called."""
        return self._parts[1]

    @property
    def at_prefixes(self) -> Sites:
        """Those whose instruction has an ``EXTENDED_ARG``, by the offset of the first."""
        return self._parts[2]

    @cached_property
    def traced(self) -> Sites:
        """All sites, by each offset at which 3.11 may tell of them: that of a prefix too."""
        return {**self.by_offset, **self.at_prefixes}


def leaves(expressions: tuple[Expression, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the expressions that others are made of."""
    for expression in expressions:
        if expression is None:
            continue
        if expression[0] == "method":
            yield from leaves((expression[1],))
            if expression[3] is not None:
                yield ("at", expression[3])
        elif expression[0] in ("super", "new"):
            yield from leaves(expression[1:])
        else:
            yield expression
