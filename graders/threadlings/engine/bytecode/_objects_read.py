"""Reading instructions that look into objects: attributes, items, operators, iteration."""

from __future__ import annotations

import dis

from ._stack import A_BOOL, DEPTH_OF_ITERATOR, NEW, NULL
from ._variables import Variables, nulls_of


class ObjectsRead(Variables):
    """What is looked into is an operand of a site; what is found there is the value noted at it."""

    # -- attributes and items ------------------------------------------------------

    def _op_load_attr(self, instruction: dis.Instruction) -> None:
        (target,) = self._pop()
        noted = self._site("load_attr", instruction.argval, target)
        if any(nulls_of(instruction)):
            self._push(("method", target, instruction.argval, noted), NULL)
        else:
            self._push(noted)

    def _op_load_method(self, instruction: dis.Instruction) -> None:
        (target,) = self._pop()
        noted = self._site("load_attr", instruction.argval, target)
        self._push(("method", target, instruction.argval, noted), NULL)

    def _op_load_super_attr(self, instruction: dis.Instruction) -> None:
        """Read ``super().name``, since 3.12; before, ``super()`` is a call like others."""
        self._push(("super", *self._pop(3)))
        self._op_load_attr(instruction)

    def _op_store_attr(self, instruction: dis.Instruction) -> None:
        value, target = self._pop(2)
        # What is kept is looked at for ``__dict__`` alone; to refer to more would keep more alive.
        values = (value,) if instruction.argval == "__dict__" else ()
        self._site("store_attr", instruction.argval, target, *values)

    def _op_delete_attr(self, instruction: dis.Instruction) -> None:
        (target,) = self._pop()
        self._site("store_attr", instruction.argval, target)

    def _op_import_name(self, instruction: dis.Instruction) -> None:
        self._pop(2)
        self._push(self._site("import", instruction.argval))

    def _op_import_from(self, instruction: dis.Instruction) -> None:
        self._push(self._site("load_attr", instruction.argval, *self._stack[-1:]))

    def _op_binary_subscr(self, instruction: dis.Instruction) -> None:
        container, key = self._pop(2)
        self._push(self._site("load_item", "", container, key))

    def _op_store_subscr(self, instruction: dis.Instruction) -> None:
        value, container, key = self._pop(3)
        self._site("store_item", "", container, key, value)

    def _op_delete_subscr(self, instruction: dis.Instruction) -> None:
        container, _key = self._pop(2)
        self._site("change", "", container)

    def _op_binary_slice(self, instruction: dis.Instruction) -> None:
        container, _start, _stop = self._pop(3)
        self._push(self._site("slice", "", container))

    def _op_store_slice(self, instruction: dis.Instruction) -> None:
        value, container, _start, _stop = self._pop(4)
        self._site("update", "", container, value)

    # -- operators --------------------------------------------------------------------------

    def _op_binary_op(self, instruction: dis.Instruction) -> None:
        left, right = self._pop(2)
        operation = instruction.argrepr
        if operation == "[]":
            self._push(self._site("load_item", "", left, right))
        else:
            is_update = operation.endswith("=")
            made = self._site("update" if is_update else "combine", operation, left, right)
            self._push(left if is_update and left and left[0] == "at" else made)

    def _unary(self, instruction: dis.Instruction) -> None:
        self._push(self._site("combine", "", *self._pop()))

    _op_unary_negative = _op_unary_positive = _op_unary_invert = _unary

    def _op_compare_op(self, instruction: dis.Instruction) -> None:
        self._push(self._site("combine", "compare", *self._pop(2)))

    def _op_contains_op(self, instruction: dis.Instruction) -> None:
        self._site("contains", "", *self._pop(2))
        self._push(A_BOOL)

    def _op_is_op(self, instruction: dis.Instruction) -> None:
        self._pop(2)
        self._push(A_BOOL)

    def _op_to_bool(self, instruction: dis.Instruction) -> None:
        (value,) = self._pop()
        if value != A_BOOL:
            self._site("truth", "", value)
        self._push(A_BOOL)

    _op_unary_not = _op_to_bool

    def _op_call_intrinsic_1(self, instruction: dis.Instruction) -> None:
        self._push(self._site("combine", instruction.argrepr, *self._pop()))

    # -- iteration --------------------------------------------------------------------------

    def _op_get_iter(self, instruction: dis.Instruction) -> None:
        (source,) = self._pop()
        self._push(self._site("iterate", "", source), *[None] * (DEPTH_OF_ITERATOR - 1))

    _op_get_yield_from_iter = _op_get_iter

    def _op_get_awaitable(self, instruction: dis.Instruction) -> None:
        """Wait for a coroutine, which nobody else waits for: asyncio runs in one thread."""
        self._pop()
        self._push(NEW)

    _op_get_aiter = _op_get_awaitable

    def _op_get_anext(self, instruction: dis.Instruction) -> None:
        self._site("truth", "", *self._stack[-1:])
        self._push(None)

    def _op_unpack_sequence(self, instruction: dis.Instruction) -> None:
        self._site("look", "", *self._pop())
        self._push(*([None] * (instruction.arg or 0)))

    def _op_unpack_ex(self, instruction: dis.Instruction) -> None:
        before, after = (instruction.arg or 0) & 0xFF, (instruction.arg or 0) >> 8
        self._site("look", "", *self._pop())
        self._push(*([None] * (before + 1 + after)))
