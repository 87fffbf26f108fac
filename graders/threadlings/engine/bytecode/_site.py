"""Sites: instructions that may touch shared state, and expressions of what they touch."""

from __future__ import annotations

from collections.abc import Iterator
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


class SiteTable(dict[int, Site]):
    """The sites of a code object by offset.

    Attributes:
        behind: For each place at which a frame may stand while it waits for a call, the site of
            the instruction that called.
        at_prefixes: Sites whose instruction has an ``EXTENDED_ARG``, by the offset of the first.
        traced: All sites, by each offset at which 3.11 may tell of them: that of a prefix too.
    """

    def __init__(
        self, sites: dict[int, Site], behind: dict[int, Site], at_prefixes: dict[int, Site]
    ) -> None:
        super().__init__(sites)
        self.behind = behind
        self.at_prefixes = at_prefixes
        self.traced = {**sites, **at_prefixes}


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
