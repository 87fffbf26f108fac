"""Reading instructions that call functions, and those that leave one."""

from __future__ import annotations

import dis

from ._building import Building
from ._site import Expression
from ._stack import NEW, NULL


class CallsRead(Building):
    """What is called, and with what, are operands of a site; the result is noted at it."""

    # -- calls ---------------------------------------------------------------------

    def _op_call(self, instruction: dis.Instruction) -> None:
        self._call(self._pop(instruction.arg or 0))

    def _op_call_kw(self, instruction: dis.Instruction) -> None:
        self._pop()
        self._call(self._pop(instruction.arg or 0))

    def _op_call_function_ex(self, instruction: dis.Instruction) -> None:
        has_keywords = bool((instruction.arg or 0) & 1) or "LOAD_SPECIAL" in dis.opmap
        # Since 3.14 there is a place for keywords in every such call; null if it has none.
        arguments = [a for a in self._pop(2 if has_keywords else 1) if a != NULL]
        self._call(arguments, "spread_call")

    def _call(self, arguments: list[Expression], kind: str = "call") -> None:
        below, above = self._pop(2)
        callee = above if below == NULL or below is None else below
        result = self._site(kind, "", callee, *arguments)
        if callee in self._supers and kind == "call":
            result = self._super(callee, arguments) or result
        self._push(result)

    def _super(self, callee: Expression, arguments: list[Expression]) -> Expression:
        """Return what ``super(...)`` makes, or None if that is not known."""
        if len(arguments) == 2:
            return ("super", callee, *arguments)
        if arguments or not self.code.co_argcount:
            return None
        first = self.code.co_varnames[0]
        if first in self.code.co_cellvars:
            return None
        return ("super", callee, ("local", "__class__"), ("local", first))

    # -- context managers -------------------------------------------------------------------

    def _op_before_with(self, instruction: dis.Instruction) -> None:
        (manager,) = self._pop()
        noted = self._site("enter", "", manager)
        self._push(("method", noted, "__exit__", None), None)

    _op_before_async_with = _op_before_with

    def _op_load_special(self, instruction: dis.Instruction) -> None:
        """Look up a method of a context manager, since 3.14."""
        noted = self._site("special", "", *self._pop())
        self._push(("method", noted, instruction.argrepr, None), NULL)

    def _op_with_except_start(self, instruction: dis.Instruction) -> None:
        """Call ``__exit__``, which lies below the exception."""
        leaving = [e for e in self._stack if e is not None and e[:1] == ("method",)]
        self._push(self._site("call", "", leaving[-1] if leaving else None, *[NEW] * 3))

    # -- leaving ----------------------------------------------------------------------------

    def _op_return_value(self, instruction: dis.Instruction) -> None:
        self._pop()
        self._op_return_const(instruction)

    def _op_return_const(self, instruction: dis.Instruction) -> None:
        if self._is_generator:
            self._site("leave", "")

    def _op_yield_value(self, instruction: dis.Instruction) -> None:
        self._pop()
        if self._is_generator:
            self._site("leave", "")
        self._push(None)
