"""The stack of a code object as expressions, and how instructions shift it about."""

from __future__ import annotations

import builtins
import dis
import inspect
from types import CodeType

from ._site import Expression, leaves

NULL = ("null",)
NEW = ("new",)
_MOST_PARTS = 8
A_BOOL = ("const", True)
_GET_ITER = dis.opmap["GET_ITER"]
_HAS_INDEX = _GET_ITER in getattr(dis, "hasarg", ())
DEPTH_OF_ITERATOR = 2 if _HAS_INDEX else 1
"""Where a loop finds its iterator on the stack: since 3.15 there is an index above it."""


class Stack:
    """The stack of one code object, while its instructions are read in order.

    Invariant: ``_stack`` is what is known of the top of the interpreter's stack. It may be shorter
    than that, never longer; what lies below, and what is None in it, is unknown. An expression
    in it means the same until the instruction that takes it: whatever would change its
    meaning (a variable that is bound anew, a jump that arrives) makes it None.

    Args:
        code: What is read.
        owners: Free variables, each with the qualified name of the function that owns its cell.

    Attributes:
        found: The sites so far: offset, line, kind, name and operands.
    """

    def __init__(self, code: CodeType, owners: dict[str, str]) -> None:
        self.code = code
        self.owners = owners
        self.found: list[tuple[int, int, str, str, tuple[Expression, ...]]] = []
        self._stack: list[Expression] = []
        self._line = code.co_firstlineno
        self._offset = 0
        self._supers: set[Expression] = set()
        self._is_generator = bool(code.co_flags & (inspect.CO_GENERATOR | inspect.CO_COROUTINE))

    def _pop(self, count: int = 1) -> list[Expression]:
        taken = [self._stack.pop() if self._stack else None for _ in range(count)]
        return taken[::-1]

    def _push(self, *expressions: Expression) -> None:
        self._stack.extend(expressions)

    def _site(self, kind: str, name: str, *operands: Expression) -> Expression:
        self.found.append((self._offset, self._line, kind, name, operands))
        return ("at", self._offset)

    def _rebound(self, name: str) -> None:
        renewed = ("local", name)
        self._stack = [None if renewed in leaves((e,)) else e for e in self._stack]

    def _add_part(self, depth: int, part: Expression) -> None:
        """Note that the object at that depth has got another part, if it is a new one.

        It is, but for the set in which a module's body keeps its annotations since 3.14.
        """
        known = self._stack[-depth] if depth <= len(self._stack) else None
        if known is not None and known[0] == "new":
            self._stack[-depth] = new_of(*known[1:], part)

    # -- constants and shuffling ------------------------------------------------------------

    def _op_load_const(self, instruction: dis.Instruction) -> None:
        self._push(("const", instruction.argval))

    _op_load_small_int = _op_load_const

    _op_load_const_immortal = _op_load_const

    _op_load_common_constant = _op_load_const

    def _op_load_assertion_error(self, instruction: dis.Instruction) -> None:
        self._push(("const", AssertionError))

    def _op_load_build_class(self, instruction: dis.Instruction) -> None:
        self._push(("const", builtins.__build_class__))

    def _op_make_function(self, instruction: dis.Instruction) -> None:
        code = self._stack[-1] if self._stack else None
        self._pop(1 - dis.stack_effect(instruction.opcode, instruction.arg))
        is_known = code is not None and code[0] == "const" and isinstance(code[1], CodeType)
        self._push(("function", code[1]) if code is not None and is_known else NEW)

    def _op_set_function_attribute(self, instruction: dis.Instruction) -> None:
        self._push(self._pop(2)[1])

    def _op_push_null(self, instruction: dis.Instruction) -> None:
        self._push(NULL)

    def _op_copy(self, instruction: dis.Instruction) -> None:
        depth = instruction.arg or 1
        self._push(self._stack[-depth] if depth <= len(self._stack) else None)

    def _op_swap(self, instruction: dis.Instruction) -> None:
        depth = instruction.arg or 1
        while len(self._stack) < depth:
            self._stack.insert(0, None)
        self._stack[-1], self._stack[-depth] = self._stack[-depth], self._stack[-1]

    def _op_pop_top(self, instruction: dis.Instruction) -> None:
        self._pop()

    def _op_pop_iter(self, instruction: dis.Instruction) -> None:
        self._pop(DEPTH_OF_ITERATOR)

    def _op_end_send(self, instruction: dis.Instruction) -> None:
        """Leave what came of it, and take away what was awaited, below."""
        below = -dis.stack_effect(instruction.opcode, instruction.arg)
        self._push(self._pop(1 + below)[-1])

    _op_end_for = None

    def _op_precall(self, instruction: dis.Instruction) -> None:
        pass

    def _op_nop(self, instruction: dis.Instruction) -> None:
        pass

    _op_resume = _op_cache = _op_kw_names = _op_make_cell = _op_copy_free_vars = _op_nop

    _op_not_taken = _op_extended_arg = _op_setup_annotations = _op_nop

    _op_list_to_tuple = _op_nop


def new_of(*parts: Expression) -> Expression:
    """Return the expression of a new object made of some parts; of very many, of anything."""
    distinct = tuple(dict.fromkeys(p for p in parts if p is None or p[0] != "const"))
    return ("new", *distinct) if len(distinct) <= _MOST_PARTS else ("new", None)


def common_of(one: list[Expression], other: list[Expression]) -> list[Expression]:
    """Return what two stacks have in common, counted from their tops."""
    size = min(len(one), len(other))
    pairs = zip(one[len(one) - size :], other[len(other) - size :], strict=True)
    return [a if a == b else None for a, b in pairs]
