"""Items of containers, and operators that look at what they are given."""

from __future__ import annotations

import operator
from collections import defaultdict, deque
from types import (
    FrameType,
    FunctionType,
)
from typing import Any

from ..bytecode import Site
from ..effects import (
    INSIDE,
    NEW,
    PENDING,
    UNKNOWN,
    Made,
    Nature,
    has_item,
    is_known,
    static_lookup,
    text_of,
)
from ..kernel import (
    INTENT_READ,
    INTENT_WRITE,
    READ,
    WRITE,
    SimulatedThread,
)
from ._accesses import Accesses
from ._insides import tells_in_text


class Items(Accesses):
    """Subscripts, comparisons, arithmetic, truth, formatting."""

    def _on_load_item(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._on_item(thread, site, frame, READ)

    def _on_store_item(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._on_item(thread, site, frame, WRITE)

    def _on_item(self, thread: SimulatedThread, site: Site, frame: FrameType, mode: int) -> None:
        self._arrive(thread, site)
        container = self._value(thread, site.operands[0], frame)
        key = self._value(thread, site.operands[1], frame)
        if isinstance(container, list | dict):
            self._item_touched(thread, site, container, key, mode)
        else:
            self._use(thread, site, "r" if mode == READ else "w", container)
            if not isinstance(container, tuple | str | bytes):
                thread.own_changes += 1
        for value in site.operands[2:]:
            if not isinstance(key, int | str):  # A slice takes the items of what is given.
                self._use(thread, site, "r", self._value(thread, value, frame))
        if site.keep:
            found = NEW if type(container) in _TEXTS else peek_item(container, key)
            is_python = found is UNKNOWN and container is not UNKNOWN
            self._note(thread, site, frame, PENDING if is_python else found)
            if found is UNKNOWN and _MISSING is static_lookup(type(container), "__missing__"):
                thread.item_put = frame, site.offset, container, key

    def _item_touched(
        self, thread: SimulatedThread, site: Site, container: Any, key: Any, mode: int
    ) -> None:
        self._hold(thread, site)
        owner = self._touching.owner_of_names(container)
        if owner is not UNKNOWN and isinstance(key, str):
            kind = "global" if owner is container and type(owner) is dict else "attribute"
            self._touch(
                thread, site, (kind, key, self._number(owner)), mode, f"[{key!r}]", container
            )
            return
        resource = self._touching.items(container)
        if hasattr(type(container), "__missing__") and not has_item(container, key):
            if mode == READ and isinstance(container, defaultdict):
                self._use(thread, site, "r", container.default_factory)
            mode = WRITE
        if type(key) in (int, str) and has_item(container, key):
            index = key + len(container) if isinstance(container, list) and key < 0 else key
            thread.touch(resource, INTENT_WRITE if mode == WRITE else INTENT_READ, site)
            resource = (*resource, index)
        shown = f"[{text_of(key)}]" if is_known(key) else ""
        self._touch(thread, site, resource, mode, shown or "an item", container)

    # -- operators --------------------------------------------------------------------------

    def _on_change(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._operands_used(thread, site, frame, "wr")

    def _on_look(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._operands_used(thread, site, frame, "r")

    _on_truth = _on_look

    def _on_slice(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        (source,) = self._operands_used(thread, site, frame, "r")
        if site.keep:
            self._note(thread, site, frame, NEW if type(source) in _TEXTS else UNKNOWN)

    def _on_show(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        values = self._operands_used(thread, site, frame, "d")
        self._shown(site, values)

    def _shown(self, site: Site, values: list[Any]) -> None:
        """Note that values become text."""
        if self._subject.is_program(site.code) and any(map(tells_in_text, values)):
            self._kernel.unwatchable.add(INSIDE)

    def _on_contains(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._operands_used(thread, site, frame, "dd")

    def _on_update(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        self._operands_used(thread, site, frame, "wr", True)
        if site.keep:
            self._note(thread, site, frame, UNKNOWN)

    def _on_combine(self, thread: SimulatedThread, site: Site, frame: FrameType) -> None:
        """Look at two values that are compared, added and so on."""
        values = self._operands_used(thread, site, frame, "d", True)
        if site.keep:
            natures = {self._touching.nature(v) for v in values if type(v) is not Made}
            is_python = Nature.PLAIN in natures
            found = _combined(site.name, values)
            self._note(thread, site, frame, PENDING if is_python else found)

    def _operands_used(
        self,
        thread: SimulatedThread,
        site: Site,
        frame: FrameType,
        uses: str,
        is_arithmetic: bool = False,
    ) -> list[Any]:
        self._arrive(thread, site)
        values = [self._value(thread, operand, frame) for operand in site.operands]
        if is_arithmetic and any(map(_is_number, values)) and not site.name.startswith(("*", "%")):
            # No container can be added to a number, or be equal to one.
            values = [NEW if value is UNKNOWN else value for value in values]
        for place, value in enumerate(values):
            self._use(thread, site, uses[min(place, len(uses) - 1)], value)
        return values


def _combined(operation: str, values: list[Any]) -> Any:
    """Return what an operation makes of two values: of small numbers, the number itself."""
    function = _ARITHMETIC.get(operation)
    if function is not None and all(type(v) is int and abs(v) < _SMALL for v in values):
        left, right = values
        return NEW if right == 0 and operation in ("%", "//") else function(left, right)
    return Made(tuple(values))


_ARITHMETIC = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "%": operator.mod,
    "//": operator.floordiv,
}
_SMALL = 1 << 31


_NUMBERS = (int, float, complex, bool, type(None))
_TEXTS = (str, bytes, range)
_MISSING = vars(defaultdict)["__missing__"]


def peek_item(container: Any, key: Any = UNKNOWN, default: Any = None) -> Any:
    """Return an item of a list, tuple or dict, if no Python code is asked for it."""
    plain: Any = next((kind for kind in (list, tuple, dict) if isinstance(container, kind)), None)
    if plain is None or type(key) not in (int, str):
        return UNKNOWN
    if isinstance(static_lookup(type(container), "__getitem__"), FunctionType):
        return UNKNOWN
    if has_item(container, key):
        return plain.__getitem__(container, key)
    return UNKNOWN if default is None else default


def peek_last(container: Any, place: Any = -1) -> Any:
    """Return the item at an end of a list or deque, or elsewhere in it, which is taken out."""
    is_plain = isinstance(container, list | deque) and type(place) is int
    if not is_plain or isinstance(static_lookup(type(container), "__getitem__"), FunctionType):
        return UNKNOWN
    return container[place] if -len(container) <= place < len(container) else UNKNOWN


def _is_number(value: Any) -> bool:
    kind = value.kind if type(value) is Made else type(value)
    return kind in _NUMBERS
