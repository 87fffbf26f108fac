"""Reading instructions that make new objects of what is on the stack, and patterns."""

from __future__ import annotations

import dis

from ._objects_read import ObjectsRead
from ._stack import A_BOOL, NEW, new_of


class Building(ObjectsRead):
    """What is made here is known to be new, and of what."""

    # -- patterns ------------------------------------------------------------------

    def _op_match_class(self, instruction: dis.Instruction) -> None:
        """Read the attributes of a class pattern: its places first, then its names."""
        subject, kind, names = self._pop(3)
        self._site("match_class", str(instruction.arg or 0), subject, kind, names)
        self._push(new_of(None))

    def _op_match_sequence(self, instruction: dis.Instruction) -> None:
        self._push(A_BOOL)

    _op_match_mapping = _op_match_sequence

    def _op_check_exc_match(self, instruction: dis.Instruction) -> None:
        self._pop()
        self._push(A_BOOL)

    def _op_match_keys(self, instruction: dis.Instruction) -> None:
        self._site("look", "", *self._stack[-2:-1])
        self._push(new_of(None))

    def _op_get_len(self, instruction: dis.Instruction) -> None:
        self._site("look", "", *self._stack[-1:])
        self._push(NEW)

    # -- text and containers ----------------------------------------------------------------

    def _op_format_value(self, instruction: dis.Instruction) -> None:
        has_spec = bool((instruction.arg or 0) & 4)
        self._site("show", "", *self._pop(2 if has_spec else 1))
        self._push(NEW)

    def _op_format_simple(self, instruction: dis.Instruction) -> None:
        self._site("show", "", *self._pop())
        self._push(NEW)

    _op_convert_value = _op_format_simple

    def _op_format_with_spec(self, instruction: dis.Instruction) -> None:
        self._site("show", "", *self._pop(2))
        self._push(NEW)

    def _op_build_interpolation(self, instruction: dis.Instruction) -> None:
        self._push(new_of(*self._pop(2 + ((instruction.arg or 0) & 1))))

    def _op_build_template(self, instruction: dis.Instruction) -> None:
        self._push(new_of(*self._pop(2)))

    def _op_list_extend(self, instruction: dis.Instruction) -> None:
        (source,) = self._pop()
        self._site("look", "", source)
        self._add_part(instruction.arg or 1, source)

    _op_set_update = _op_dict_update = _op_dict_merge = _op_list_extend

    def _op_list_append(self, instruction: dis.Instruction) -> None:
        self._add_part(instruction.arg or 1, *self._pop())

    _op_set_add = _op_list_append

    def _op_map_add(self, instruction: dis.Instruction) -> None:
        _key, value = self._pop(2)
        self._add_part(instruction.arg or 1, value)

    def _build(self, instruction: dis.Instruction) -> None:
        self._push(new_of(*self._pop(instruction.arg or 0)))

    _op_build_tuple = _op_build_list = _op_build_set = _op_build_string = _op_build_slice = _build

    def _op_build_map(self, instruction: dis.Instruction) -> None:
        self._push(new_of(*self._pop(2 * (instruction.arg or 0))))

    def _op_build_const_key_map(self, instruction: dis.Instruction) -> None:
        self._push(new_of(*self._pop(1 + (instruction.arg or 0))))
