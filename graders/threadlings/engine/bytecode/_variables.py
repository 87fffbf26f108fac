"""Reading instructions that read and bind variables."""

from __future__ import annotations

import dis

from ._site import BY_NAME, Expression
from ._stack import NULL, Stack


class Variables(Stack):
    """Locals are expressions; globals, and what several functions see, are sites."""

    # -- locals ------------------------------------------------------------------

    def _fast(self, instruction: dis.Instruction) -> None:
        names = (
            instruction.argval if isinstance(instruction.argval, tuple) else (instruction.argval,)
        )
        actions = [word for word in instruction.opname.split("_") if word in ("LOAD", "STORE")]
        for action, name in zip(actions, names, strict=True):
            if action == "STORE":
                self._pop()
                self._rebound(name)
            elif name in self.code.co_cellvars:
                self._push(None)
            else:
                self._push(("local", name))

    def _op_load_fast_and_clear(self, instruction: dis.Instruction) -> None:
        self._rebound(instruction.argval)
        self._push(None)

    def _op_delete_fast(self, instruction: dis.Instruction) -> None:
        self._rebound(instruction.argval)

    # -- variables that several functions see -----------------------------------------------

    def _op_load_global(self, instruction: dis.Instruction) -> None:
        noted = self._site("load_global", instruction.argval)
        if instruction.argval == "super":
            self._supers.add(noted)
        before, after = nulls_of(instruction)
        self._push(*[NULL] * before, noted, *[NULL] * after)

    def _op_load_name(self, instruction: dis.Instruction) -> None:
        self._push(self._site("load_global", instruction.argval, BY_NAME))

    def _op_store_name(self, instruction: dis.Instruction) -> None:
        self._pop()
        self._site("store_global", instruction.argval, BY_NAME)

    def _op_store_global(self, instruction: dis.Instruction) -> None:
        self._pop()
        self._site("store_global", instruction.argval)

    def _op_delete_global(self, instruction: dis.Instruction) -> None:
        self._site("store_global", instruction.argval)

    def _cell(self, kind: str, name: str) -> Expression:
        """Touch a variable of a closure, with the function that owns it, if that is known."""
        is_own = name in self.code.co_cellvars
        owner = self.code.co_qualname if is_own else self.owners.get(name)
        return self._site(kind, name, ("const", owner))

    def _op_load_deref(self, instruction: dis.Instruction) -> None:
        self._push(self._cell("load_cell", instruction.argval))

    _op_load_classderef = _op_load_deref

    def _op_load_from_dict_or_deref(self, instruction: dis.Instruction) -> None:
        self._pop()
        self._op_load_deref(instruction)

    def _op_store_deref(self, instruction: dis.Instruction) -> None:
        self._pop()
        self._cell("store_cell", instruction.argval)

    def _op_delete_deref(self, instruction: dis.Instruction) -> None:
        self._cell("store_cell", instruction.argval)

    def _op_load_closure(self, instruction: dis.Instruction) -> None:
        self._push(None)


def nulls_of(instruction: dis.Instruction) -> tuple[bool, bool]:
    """Return whether a null is pushed before, and after, what is looked up to be called."""
    is_called = instruction.argrepr != instruction.argval
    is_before = is_called and instruction.argrepr.startswith("NULL")
    return is_before, is_called and not is_before
