"""Where in a code object shared state may be touched, and which operands are touched there.

A code object is read once, by abstract interpretation of its stack: each value on it is an
*expression* that can be evaluated later in the running frame. What is not understood becomes
None, unknown; an unknown operand makes the engine more careful, never less.
"""

from __future__ import annotations

import dis
from collections.abc import Sequence
from functools import lru_cache, partial
from types import CodeType
from typing import Any, cast

from ._calls_read import CallsRead
from ._site import Expression, Site, Sites, SiteTable, leaves
from ._stack import A_BOOL, DEPTH_OF_ITERATOR, common_of


def sites_of(code: CodeType, owners: tuple[tuple[str, str], ...]) -> SiteTable:
    """Return the sites of ``code`` by offset.

    Args:
        code: A function's, class's or module's code.
        owners: Free variables, each with the qualified name of the function that owns its cell.
    """
    return _sites_of(_This(code), owners)


class _This:
    """A code object, equal to no other: of a file that is loaded twice the codes are equal."""

    __slots__ = ("code",)

    def __init__(self, code: CodeType) -> None:
        self.code = code

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and self.code is other.code

    def __hash__(self) -> int:
        return id(self.code)


def calls_of(code: CodeType, names: frozenset[str]) -> SiteTable:
    """Return the sites of ``code`` that call something by one of the names, and what these need."""
    return _calls_of(sites_of(code, ()), names)


@lru_cache(maxsize=4096)
def _calls_of(table: SiteTable, names: frozenset[str]) -> SiteTable:
    return SiteTable(partial(_read_calls, table, names))


def _read_calls(table: SiteTable, names: frozenset[str]) -> tuple[Sites, Sites, Sites]:
    sites = table.by_offset
    called = {
        offset: site
        for offset, site in sites.items()
        if site.kind in ("call", "spread_call") and called_name(site, sites) in names
    }
    looked_up = {o: site for o, site in sites.items() if site.keep and site.kind in _LOOK_UPS}
    behind = {o: site for o, site in table.behind.items() if site.offset in called}
    at_prefixes = {o: site for o, site in table.at_prefixes.items() if site.offset in called}
    return {**looked_up, **called}, behind, at_prefixes


def called_name(site: Site, sites: Sites) -> str:
    """Return the name under which one of the sites calls something; nothing if it has none."""
    callee = site.operands[0]
    if callee is None or callee[0] not in ("local", "method", "at"):
        return ""
    if callee[0] == "at":
        found = sites.get(callee[1])
        return found.name if found is not None else ""
    return str(callee[2] if callee[0] == "method" else callee[1])


_LOOK_UPS = ("load_attr", "load_global")


@lru_cache(maxsize=4096)
def _sites_of(this: _This, owners: tuple[tuple[str, str], ...]) -> SiteTable:
    return SiteTable(partial(_read, this.code, owners))


def _read(code: CodeType, owners: tuple[tuple[str, str], ...]) -> tuple[Sites, Sites, Sites]:
    instructions = list(dis.get_instructions(code))
    reader = _Reader(code, dict(owners))
    reader.read(instructions)
    kept = {e[1] for found in reader.found for e in leaves(found[4]) if e[0] == "at"}
    sites = {
        offset: Site(code, offset, line, kind, name, operands, offset in kept)
        for offset, line, kind, name, operands in reader.found
    }
    behind = _behind(instructions, len(code.co_code), sites)
    return sites, behind, _at_prefixes(instructions, sites)


def _at_prefixes(instructions: Sequence[dis.Instruction], sites: Sites) -> Sites:
    """Return the sites of instructions with a large argument by the offset of its first prefix."""
    found: Sites = {}
    prefix: int | None = None
    for instruction in instructions:
        if instruction.opname == "EXTENDED_ARG":
            prefix = instruction.offset if prefix is None else prefix
            continue
        if prefix is not None and instruction.offset in sites:
            found[prefix] = sites[instruction.offset]
        prefix = None
    return found


def _behind(instructions: Sequence[dis.Instruction], length: int, sites: Sites) -> Sites:
    """Return the site of each place of a code object that is in an instruction with one.

    A frame that waits for a call stands at the instruction, or in the cache that follows it, or,
    in 3.11, at the ``PRECALL`` before it.
    """
    found = {}
    ends = [i.offset for i in instructions[1:]] + [length]
    for position, (instruction, end) in enumerate(zip(instructions, ends, strict=True)):
        offset = instruction.offset
        if instruction.opname == "PRECALL":
            offset = instructions[position + 1].offset
        if offset in sites:
            found.update(dict.fromkeys(range(instruction.offset, end, 2), sites[offset]))
    return found


class _Reader(CallsRead):
    """Reads one code object's instructions in order, keeping its stack of expressions."""

    def __init__(self, code: CodeType, owners: dict[str, str]) -> None:
        super().__init__(code, owners)
        self._at_target: dict[int, list[Expression]] = {}
        self._names: dict[int, str] = {}

    def read(self, instructions: Sequence[dis.Instruction]) -> None:
        """Read all instructions of the code."""
        reachable = True
        self._names = {i.offset: i.opname for i in instructions}
        targets = {i.argval for i in instructions if _jumps(i)}
        guarded: dict[int, list[tuple[int, int, bool]]] = {}
        for entry in cast(Any, dis.Bytecode(self.code)).exception_entries:
            guarded.setdefault(entry.start, []).append((entry.target, entry.depth, entry.lasti))
        for instruction in instructions:
            self._offset = instruction.offset
            self._line = _line_of(instruction, self._line)
            # Merged first: what a handler finds is the stack at the beginning of what it guards.
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
        self._at_target[offset] = stack if known is None else common_of(known, stack)

    def _merge(self, offset: int, reachable: bool) -> None:
        arriving = self._at_target.get(offset)
        if not reachable:
            self._stack = list(arriving or [])
        elif arriving is not None:
            self._stack = common_of(arriving, self._stack)
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

    def _unknown(self, instruction: dis.Instruction) -> None:
        # An instruction that is not known may have moved anything: forget the whole stack.
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
        is_test = "IF" in name and "NONE" not in name and top != A_BOOL
        item: Expression = None
        if name.startswith("FOR_ITER"):
            item = self._site("next", "", *self._stack[-DEPTH_OF_ITERATOR:][:1])
        elif name == "SEND":
            self._site("send", "", *self._stack[-1 - DEPTH_OF_ITERATOR : -DEPTH_OF_ITERATOR])
        elif backward and self._names[instruction.argval].startswith(("FOR_ITER", "SEND")):
            if is_test:
                self._site("truth", "", top)
        elif backward and not name.endswith("NO_INTERRUPT"):
            self._site("loop", "", *([top] if "IF" in name else []))
        elif is_test:
            self._site("truth", "", top)
        # The stack after a jump that is taken, before that of one that is not is made of the same.
        after = list(self._stack)
        for _ in range(-effect):
            if after:
                after.pop()
        after.extend([None] * max(effect, 0))
        if name == "SEND":
            after[-1:] = [None]  # What came of it, and not what was awaited.
        # What a loop jumps back to was read already; there locals are unknown (see ``_merge``), and
        # all else lies under the loop, where its body does not reach.
        if not backward:
            self._arrive(instruction.argval, after)
        effect = dis.stack_effect(instruction.opcode, instruction.arg, jump=False)
        if effect < 0:
            self._pop(-effect)
        self._push(*([item] * max(effect, 0)))


_HARMLESS = {
    "PUSH_EXC_INFO", "POP_EXCEPT", "RERAISE", "END_FOR",
    "CHECK_EG_MATCH", "RETURN_GENERATOR", "RAISE_VARARGS", "GEN_START",
    "LOAD_LOCALS", "DELETE_NAME", "ASYNC_GEN_WRAP", "PREP_RERAISE_STAR",
    "END_ASYNC_FOR", "CLEANUP_THROW", "CALL_INTRINSIC_2", "EXIT_INIT_CHECK", "POP_BLOCK",
    "LOAD_FROM_DICT_OR_GLOBALS",
}  # fmt: skip


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
