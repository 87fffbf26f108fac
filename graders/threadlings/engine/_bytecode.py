"""Where in a code object shared state may be touched, and which operands are touched there.

A code object is read once, by abstract interpretation of its stack: each value on it is an
*expression* that can be evaluated later in the running frame. What is not understood becomes
None, unknown; an unknown operand makes the engine more careful, never less.
"""

from __future__ import annotations

import builtins
import dis
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from types import CodeType
from typing import Any, cast

from .run import Place

Expression = tuple[Any, ...] | None
"""("local", name), ("at", offset): the value noted at that offset, ("const", value), ("new",
expression, ...): a new object made of these, ("function", code): a new function, ("method", object
expression, name, offset at which it was looked up or None), ("super", what ``super`` means, class,
object; all three expressions), ("null",), or None: unknown."""

_NULL = ("null",)
_NEW = ("new",)
_BY_NAME = ("name",)
_MOST_PARTS = 8


@dataclass(frozen=True, eq=False)
class Site:
    """An instruction that may touch shared state, call something, or jump back.

    Attributes:
        kind: One of the names that :mod:`._access` knows.
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
        return self.operands == (_BY_NAME,)

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
    """

    def __init__(self, sites: dict[int, Site], behind: dict[int, Site]) -> None:
        super().__init__(sites)
        self.behind = behind


def sites_of(code: CodeType, owners: tuple[tuple[str, str], ...]) -> SiteTable:
    """Return the sites of ``code`` by offset.

    Args:
        code: A function's, class's or module's code.
        owners: Free variables, each with the qualified name of the function that owns its cell.
    """
    # Codes of two files are equal if their text and lines are; their places are not.
    return _sites_of(code, owners, code.co_filename)


@lru_cache(maxsize=4096)
def _sites_of(code: CodeType, owners: tuple[tuple[str, str], ...], _file: str) -> SiteTable:
    reader = _Reader(code, dict(owners))
    reader.read()
    kept = {e[1] for found in reader.found for e in _leaves(found[4]) if e[0] == "at"}
    sites = {
        offset: Site(code, offset, line, kind, name, operands, offset in kept)
        for offset, line, kind, name, operands in reader.found
    }
    return SiteTable(sites, _behind(code, sites))


def _behind(code: CodeType, sites: dict[int, Site]) -> dict[int, Site]:
    """Return the site of each place of a code object that is in an instruction with one.

    A frame that waits for a call stands at the instruction, or in the cache that follows it, or,
    in 3.11, at the ``PRECALL`` before it.
    """
    found = {}
    instructions = list(dis.get_instructions(code))
    ends = [i.offset for i in instructions[1:]] + [len(code.co_code)]
    for position, (instruction, end) in enumerate(zip(instructions, ends, strict=True)):
        offset = instruction.offset
        if instruction.opname == "PRECALL":
            offset = instructions[position + 1].offset
        if offset in sites:
            found.update(dict.fromkeys(range(instruction.offset, end, 2), sites[offset]))
    return found


def _leaves(expressions: tuple[Expression, ...]) -> Iterator[tuple[Any, ...]]:
    for expression in expressions:
        if expression is None:
            continue
        if expression[0] == "method":
            yield from _leaves((expression[1],))
            if expression[3] is not None:
                yield ("at", expression[3])
        elif expression[0] in ("super", "new"):
            yield from _leaves(expression[1:])
        else:
            yield expression


class _Reader:
    """Reads one code object's instructions in order, keeping its stack of expressions."""

    def __init__(self, code: CodeType, owners: dict[str, str]) -> None:
        self.code = code
        self.owners = owners
        self.found: list[tuple[int, int, str, str, tuple[Expression, ...]]] = []
        self._stack: list[Expression] = []
        self._at_target: dict[int, list[Expression]] = {}
        self._line = code.co_firstlineno
        self._offset = 0
        self._names: dict[int, str] = {}
        self._supers: set[Expression] = set()
        self._is_generator = bool(code.co_flags & inspect.CO_GENERATOR)

    def read(self) -> None:
        reachable = True
        instructions = list(dis.get_instructions(self.code))
        self._names = {i.offset: i.opname for i in instructions}
        targets = {i.argval for i in instructions if _jumps(i)}
        guarded: dict[int, list[tuple[int, int, bool]]] = {}
        for entry in cast(Any, dis.Bytecode(self.code)).exception_entries:
            guarded.setdefault(entry.start, []).append((entry.target, entry.depth, entry.lasti))
        for instruction in instructions:
            self._offset = instruction.offset
            self._line = _line_of(instruction, self._line)
            if instruction.offset in targets or not reachable:
                self._merge(instruction.offset, reachable)
            for target, depth, has_lasti in guarded.get(instruction.offset, ()):
                # A handler finds what was on the stack before, and the exception.
                self._arrive(target, self._stack[:depth] + [None] * (1 + has_lasti))
            self._read_one(instruction)
            reachable = not _leaves_for_good(instruction.opname)

    def _arrive(self, offset: int, stack: list[Expression]) -> None:
        """Note with which stack a jump or an exception comes to an instruction."""
        known = self._at_target.get(offset)
        self._at_target[offset] = stack if known is None else _common(known, stack)

    def _merge(self, offset: int, reachable: bool) -> None:
        arriving = self._at_target.get(offset)
        if not reachable:
            self._stack = list(arriving or [])
        elif arriving is not None:
            self._stack = _common(arriving, self._stack)
        # A name may mean another value after the loop that jumps here has gone round; but for
        # that of a comprehension's iterator, ".0".
        self._stack = [
            None if e is not None and e[0] == "local" and e[1] != ".0" else e for e in self._stack
        ]

    def _read_one(self, instruction: dis.Instruction) -> None:
        name = instruction.opname
        handler = getattr(self, f"_op_{name.lower()}", None)
        if _jumps(instruction):
            self._jump(instruction)
        elif handler is not None:
            handler(instruction)
        elif name.startswith(("LOAD_FAST", "STORE_FAST")):
            self._fast(instruction)
        else:
            self._unknown(instruction)

    # -- the stack ---------------------------------------------------------------

    def _pop(self, count: int = 1) -> list[Expression]:
        taken = [self._stack.pop() if self._stack else None for _ in range(count)]
        return taken[::-1]

    def _push(self, *expressions: Expression) -> None:
        self._stack.extend(expressions)

    def _site(self, kind: str, name: str, *operands: Expression) -> Expression:
        self.found.append((self._offset, self._line, kind, name, operands))
        return ("at", self._offset)

    def _unknown(self, instruction: dis.Instruction) -> None:
        effect = dis.stack_effect(instruction.opcode, instruction.arg, jump=False)
        if instruction.opname not in _HARMLESS:
            self._site("call", "", None)
        if effect < 0:
            self._pop(-effect)
        keep_depth = len(self._stack)
        self._stack = [None] * keep_depth if instruction.opname not in _HARMLESS else self._stack
        self._push(*([None] * max(effect, 0)))

    def _jump(self, instruction: dis.Instruction) -> None:
        name = instruction.opname
        effect = dis.stack_effect(instruction.opcode, instruction.arg, jump=True)
        backward = instruction.argval <= instruction.offset
        top = self._stack[-1] if self._stack else None
        is_test = "IF" in name and "NONE" not in name and top != _A_BOOL
        item: Expression = None
        if name.startswith("FOR_ITER"):
            item = self._site("next", "", *self._stack[-_DEPTH_OF_ITERATOR:][:1])
        elif name == "SEND":
            self._site("send", "", *self._stack[-2:-1])
        elif backward and self._names[instruction.argval].startswith(("FOR_ITER", "SEND")):
            if is_test:
                self._site("truth", "", top)
        elif backward and not name.endswith("NO_INTERRUPT"):
            self._site("loop", "", *([top] if "IF" in name else []))
        elif is_test:
            self._site("truth", "", top)
        after = list(self._stack)
        for _ in range(-effect):
            if after:
                after.pop()
        after.extend([None] * max(effect, 0))
        if not backward:
            self._arrive(instruction.argval, after)
        effect = dis.stack_effect(instruction.opcode, instruction.arg, jump=False)
        if effect < 0:
            self._pop(-effect)
        self._push(*([item] * max(effect, 0)))

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

    def _rebound(self, name: str) -> None:
        renewed = ("local", name)
        self._stack = [None if renewed in _leaves((e,)) else e for e in self._stack]

    # -- constants and shuffling -------------------------------------------------

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
        self._push(("function", code[1]) if code is not None and is_known else _NEW)

    def _op_set_function_attribute(self, instruction: dis.Instruction) -> None:
        self._push(self._pop(2)[1])

    def _op_push_null(self, instruction: dis.Instruction) -> None:
        self._push(_NULL)

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
        self._pop(_DEPTH_OF_ITERATOR)

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

    _op_end_for = None

    def _op_precall(self, instruction: dis.Instruction) -> None:
        pass

    def _op_nop(self, instruction: dis.Instruction) -> None:
        pass

    _op_resume = _op_cache = _op_kw_names = _op_make_cell = _op_copy_free_vars = _op_nop
    _op_not_taken = _op_extended_arg = _op_setup_annotations = _op_nop

    # -- variables that several functions see -------------------------------------

    def _op_load_global(self, instruction: dis.Instruction) -> None:
        noted = self._site("load_global", instruction.argval)
        if instruction.argval == "super":
            self._supers.add(noted)
        before, after = _nulls(instruction)
        self._push(*[_NULL] * before, noted, *[_NULL] * after)

    def _op_load_name(self, instruction: dis.Instruction) -> None:
        self._push(self._site("load_global", instruction.argval, _BY_NAME))

    def _op_store_name(self, instruction: dis.Instruction) -> None:
        self._pop()
        self._site("store_global", instruction.argval, _BY_NAME)

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

    # -- attributes, items, iteration ----------------------------------------------

    def _op_load_attr(self, instruction: dis.Instruction) -> None:
        (target,) = self._pop()
        noted = self._site("load_attr", instruction.argval, target)
        if any(_nulls(instruction)):
            self._push(("method", target, instruction.argval, noted), _NULL)
        else:
            self._push(noted)

    def _op_load_method(self, instruction: dis.Instruction) -> None:
        (target,) = self._pop()
        noted = self._site("load_attr", instruction.argval, target)
        self._push(("method", target, instruction.argval, noted), _NULL)

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
        self._site("look", "", container)
        self._push(None)

    def _op_store_slice(self, instruction: dis.Instruction) -> None:
        value, container, _start, _stop = self._pop(4)
        self._site("update", "", container, value)

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
        self._push(_A_BOOL)

    def _op_is_op(self, instruction: dis.Instruction) -> None:
        self._pop(2)
        self._push(_A_BOOL)

    def _op_to_bool(self, instruction: dis.Instruction) -> None:
        (value,) = self._pop()
        if value != _A_BOOL:
            self._site("truth", "", value)
        self._push(_A_BOOL)

    _op_unary_not = _op_to_bool

    def _op_get_iter(self, instruction: dis.Instruction) -> None:
        (source,) = self._pop()
        self._push(self._site("iterate", "", source), *[None] * (_DEPTH_OF_ITERATOR - 1))

    _op_get_yield_from_iter = _op_get_iter

    def _op_get_awaitable(self, instruction: dis.Instruction) -> None:
        """Wait for a coroutine, which nobody else waits for: asyncio runs in one thread."""
        self._pop()
        self._push(_NEW)

    _op_get_aiter = _op_get_awaitable

    def _op_get_anext(self, instruction: dis.Instruction) -> None:
        self._site("truth", "", *self._stack[-1:])
        self._push(None)

    def _op_import_name(self, instruction: dis.Instruction) -> None:
        self._pop(2)
        self._push(self._site("import", instruction.argval))

    def _op_import_from(self, instruction: dis.Instruction) -> None:
        self._push(self._site("load_attr", instruction.argval, *self._stack[-1:]))

    def _op_unpack_sequence(self, instruction: dis.Instruction) -> None:
        self._site("look", "", *self._pop())
        self._push(*([None] * (instruction.arg or 0)))

    def _op_unpack_ex(self, instruction: dis.Instruction) -> None:
        before, after = (instruction.arg or 0) & 0xFF, (instruction.arg or 0) >> 8
        self._site("look", "", *self._pop())
        self._push(*([None] * (before + 1 + after)))

    # -- patterns ------------------------------------------------------------------

    def _op_match_class(self, instruction: dis.Instruction) -> None:
        """Read the attributes of a class pattern: its places first, then its names."""
        subject, kind, names = self._pop(3)
        self._site("match_class", str(instruction.arg or 0), subject, kind, names)
        self._push(_new(None))

    def _op_match_sequence(self, instruction: dis.Instruction) -> None:
        self._push(_A_BOOL)

    _op_match_mapping = _op_match_sequence

    def _op_check_exc_match(self, instruction: dis.Instruction) -> None:
        self._pop()
        self._push(_A_BOOL)

    def _op_match_keys(self, instruction: dis.Instruction) -> None:
        self._site("look", "", *self._stack[-2:-1])
        self._push(_new(None))

    def _op_get_len(self, instruction: dis.Instruction) -> None:
        self._site("look", "", *self._stack[-1:])
        self._push(_NEW)

    def _op_format_value(self, instruction: dis.Instruction) -> None:
        has_spec = bool((instruction.arg or 0) & 4)
        self._site("show", "", *self._pop(2 if has_spec else 1))
        self._push(_NEW)

    def _op_format_simple(self, instruction: dis.Instruction) -> None:
        self._site("show", "", *self._pop())
        self._push(_NEW)

    _op_convert_value = _op_format_simple

    def _op_format_with_spec(self, instruction: dis.Instruction) -> None:
        self._site("show", "", *self._pop(2))
        self._push(_NEW)

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

    def _add_part(self, depth: int, part: Expression) -> None:
        """Note that the object at that depth has got another part, if it is a new one.

        It is, but for the set in which a module's body keeps its annotations since 3.14.
        """
        known = self._stack[-depth] if depth <= len(self._stack) else None
        if known is not None and known[0] == "new":
            self._stack[-depth] = _new(*known[1:], part)

    def _build(self, instruction: dis.Instruction) -> None:
        self._push(_new(*self._pop(instruction.arg or 0)))

    _op_build_tuple = _op_build_list = _op_build_set = _op_build_string = _op_build_slice = _build

    def _op_build_map(self, instruction: dis.Instruction) -> None:
        self._push(_new(*self._pop(2 * (instruction.arg or 0))))

    def _op_build_const_key_map(self, instruction: dis.Instruction) -> None:
        self._push(_new(*self._pop(1 + (instruction.arg or 0))))

    def _op_call_intrinsic_1(self, instruction: dis.Instruction) -> None:
        self._push(self._site("combine", instruction.argrepr, *self._pop()))

    def _op_build_interpolation(self, instruction: dis.Instruction) -> None:
        self._push(_new(*self._pop(2 + ((instruction.arg or 0) & 1))))

    def _op_build_template(self, instruction: dis.Instruction) -> None:
        self._push(_new(*self._pop(2)))

    _op_list_to_tuple = _op_nop

    # -- calls ---------------------------------------------------------------------

    def _op_call(self, instruction: dis.Instruction) -> None:
        self._call(self._pop(instruction.arg or 0))

    def _op_call_kw(self, instruction: dis.Instruction) -> None:
        self._pop()
        self._call(self._pop(instruction.arg or 0))

    def _op_call_function_ex(self, instruction: dis.Instruction) -> None:
        has_keywords = bool((instruction.arg or 0) & 1) or "LOAD_SPECIAL" in dis.opmap
        arguments = self._pop(2 if has_keywords else 1)
        self._call(arguments, "spread_call")

    def _call(self, arguments: list[Expression], kind: str = "call") -> None:
        below, above = self._pop(2)
        callee = above if below == _NULL or below is None else below
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

    def _op_before_with(self, instruction: dis.Instruction) -> None:
        (manager,) = self._pop()
        noted = self._site("enter", "", manager)
        self._push(("method", noted, "__exit__", None), None)

    _op_before_async_with = _op_before_with

    def _op_load_special(self, instruction: dis.Instruction) -> None:
        """Look up a method of a context manager, since 3.14."""
        noted = self._site("special", "", *self._pop())
        self._push(("method", noted, instruction.argrepr, None), _NULL)

    def _op_with_except_start(self, instruction: dis.Instruction) -> None:
        """Call ``__exit__``, which lies below the exception."""
        leaving = [e for e in self._stack if e is not None and e[:1] == ("method",)]
        self._push(self._site("call", "", leaving[-1] if leaving else None, *[_NEW] * 3))


_A_BOOL = ("const", True)
_GET_ITER = dis.opmap["GET_ITER"]
_HAS_INDEX = _GET_ITER in getattr(dis, "hasarg", ())
_DEPTH_OF_ITERATOR = 2 if _HAS_INDEX else 1
"""Where a loop finds its iterator on the stack: since 3.15 there is an index above it."""
_HARMLESS = {
    "PUSH_EXC_INFO", "POP_EXCEPT", "RERAISE", "END_FOR",
    "CHECK_EG_MATCH", "RETURN_GENERATOR", "RAISE_VARARGS", "GEN_START",
    "LOAD_LOCALS", "END_SEND", "DELETE_NAME", "ASYNC_GEN_WRAP", "PREP_RERAISE_STAR",
    "END_ASYNC_FOR", "CLEANUP_THROW", "CALL_INTRINSIC_2", "EXIT_INIT_CHECK", "POP_BLOCK",
    "LOAD_FROM_DICT_OR_GLOBALS",
}  # fmt: skip


def _new(*parts: Expression) -> Expression:
    """Return the expression of a new object made of some parts; of very many, of anything."""
    distinct = tuple(dict.fromkeys(p for p in parts if p is None or p[0] != "const"))
    return ("new", *distinct) if len(distinct) <= _MOST_PARTS else ("new", None)


def _common(one: list[Expression], other: list[Expression]) -> list[Expression]:
    """Return what two stacks have in common, counted from their tops."""
    size = min(len(one), len(other))
    pairs = zip(one[len(one) - size :], other[len(other) - size :], strict=True)
    return [a if a == b else None for a, b in pairs]


def _nulls(instruction: dis.Instruction) -> tuple[bool, bool]:
    """Return whether a null is pushed before, and after, what is looked up to be called."""
    is_called = instruction.argrepr != instruction.argval
    is_before = is_called and instruction.argrepr.startswith("NULL")
    return is_before, is_called and not is_before


def _jumps(instruction: dis.Instruction) -> bool:
    return instruction.opcode in dis.hasjrel or instruction.opcode in dis.hasjabs


def _leaves_for_good(name: str) -> bool:
    return name in {
        "RETURN_VALUE", "RETURN_CONST", "RERAISE", "RAISE_VARARGS",
        "JUMP_FORWARD", "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT",
    }  # fmt: skip


def _line_of(instruction: dis.Instruction, current: int) -> int:
    positions = instruction.positions
    if positions is not None and positions.lineno is not None:
        return positions.lineno
    return current
