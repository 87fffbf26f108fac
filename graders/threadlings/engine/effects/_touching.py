"""What of the program's state an operation reads or writes: from an object to resources."""

from __future__ import annotations

import gc
import weakref
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from types import BuiltinMethodType, FunctionType, MethodType, MethodWrapperType, SimpleNamespace
from typing import Any

from ..kernel import READ, WORLD, WRITE, Resource
from ._called_back import use_of_items
from ._effects import effect_of
from ._effects_of_classes import DEEP
from ._natures import IMMUTABLE_TYPE, Nature, nature_of
from ._objects import instance_dict, is_method_in_c, method_behind, module_namespace
from ._parts import CALLING, HOLDING, WHOLES, flattened, frame_of, is_unseen, shown_by
from ._values import PENDING, UNKNOWN, Made

Touch = tuple[Resource, int, Any]
"""A resource, READ or WRITE, and the object concerned."""

MOST_OBJECTS = 2_000
"""How many objects are looked at one by one; beyond that anything may be touched."""
FILES: Resource = ("files", "")
ANY_ITEMS: Resource = ("items", "")
_WITHOUT_PARTS = (Nature.ATOM, Nature.OWN, Nature.GENERATOR, Nature.MODULE)
_MODES = {"r": READ, "d": READ, "c": READ, "o": READ, "w": WRITE, "u": WRITE, "*": WRITE}
ATOMS = frozenset({int, float, str, bool, type(None), bytes, complex, range})


class Touching:
    """Finds what is touched, for one run.

    Args:
        classes_change: Whether an object may get another class, which all that uses it reads then.

    Attributes:
        generators: Weak references to the generators met, by the ``id`` of their frames.
    """

    def __init__(self, classes_change: bool = False) -> None:
        self._classes_change = classes_change
        self._natures: dict[type, Nature] = {Made: Nature.HOLDER}
        self._namespaces: dict[int, tuple[dict[str, Any], Any]] = {}
        self._numbers: dict[int, tuple[int, Callable[[], Any]]] = {}
        self._met = 0
        self.generators: dict[int, Any] = {}

    def forget(self) -> None:
        """Let go of the program's objects, when its run is over."""
        self._natures.clear()
        self._namespaces.clear()
        self._numbers.clear()
        self.generators.clear()

    def nature(self, value: Any) -> Nature:
        """Return what kind of thing an object is."""
        return nature_of(type(value), self._natures)

    def nature_of_class(self, kind: type) -> Nature:
        """Return what kind of thing the instances of a class are."""
        return nature_of(kind, self._natures)

    def number(self, thing: Any) -> int:
        """Return an object's number: they are counted as they are met first.

        Not its address: another object may have that later. What cannot be referred to weakly is
        kept until the run ends.
        """
        known = self._numbers.get(id(thing))
        if known is not None and known[1]() is thing:
            return known[0]
        self._met += 1
        try:
            self._numbers[id(thing)] = self._met, weakref.ref(thing)
        except TypeError:
            self._numbers[id(thing)] = self._met, lambda: thing
        return self._met

    def is_namespace_of(self, names: Any, owner: Any) -> None:
        """Note that the items of a dict are the attributes of an object."""
        if isinstance(names, dict):
            self._namespaces[id(names)] = names, owner

    def items(self, container: Any) -> Resource:
        """Return the resource of all items of a container, or of all of an object's state."""
        owner = self.owner_of_names(container)
        if owner is not UNKNOWN:
            return ("object", "", self.number(owner))
        if self.nature(container) is Nature.GENERATOR:
            self._remember(container)
        return ("items", "", self.number(container))

    def has_names(self, target: Any, names: dict[str, Any]) -> None:
        """Note that an object's attributes are the items of a dict that others may have too."""
        owner = self.owner_of_names(names)
        if owner is UNKNOWN:
            self.is_namespace_of(names, target)
        else:
            self._numbers[id(target)] = self.number(owner), lambda: target

    def owner_of_names(self, container: Any) -> Any:
        """Return the object whose attributes are the items of a dict, or UNKNOWN."""
        known = self._namespaces.get(id(container))
        return known[1] if known is not None and known[0] is container else UNKNOWN

    def _remember(self, generator: Any) -> None:
        frame = frame_of(generator)
        if frame is not None:
            self.generators[id(frame)] = weakref.ref(generator)

    def used(self, use: str, value: Any) -> Iterator[Touch]:
        """Yield what is touched if ``value`` is used as a letter says; see :mod:`._effect`."""
        if use == "." or type(value) in ATOMS:
            return
        if value is UNKNOWN or value is PENDING:
            yield (WORLD if use in "o*" else ANY_ITEMS), _MODES[use], UNKNOWN
        elif use in "o*":
            yield from self._reachable([value], _MODES[use])
        elif use in "duc":
            yield from self._with_members(value, use)
        else:
            yield from self._itself(value, _MODES[use])

    def _itself(self, value: Any, mode: int) -> Iterator[Touch]:
        """Yield what is touched if an object is used, but nothing that is in it."""
        if type(value) is Made:
            if value.is_view:
                for part in value.parts:
                    yield from self.used(value.use if mode == READ else "w", part)
            return
        if self._classes_change and not type(value).__flags__ & IMMUTABLE_TYPE:
            yield ("attribute", "__class__", self.number(value)), READ, value
        nature = self.nature(value)
        if nature is Nature.CONTAINER:
            yield self.items(value), mode, value
        elif nature in (Nature.MODULE, Nature.CELL):
            yield self._names(value), mode, value
        elif nature in (Nature.VIEW, Nature.ITERATOR):
            if nature is Nature.ITERATOR:
                yield self.items(value), WRITE, value
            yield from self._looked_at(value)
        elif nature is Nature.MEMORY:
            yield self.items(value), READ, value
            for memory in shown_by(value):
                yield from self._itself(memory, mode)
        elif nature in (Nature.GENERATOR, Nature.OPAQUE):
            yield self.items(value), WRITE, value
            yield from self._unseen_parts(value, nature)
        elif nature is Nature.FILE:
            yield FILES, WRITE, value
            for part in gc.get_referents(value):  # One may be in memory.
                if self.nature(part) in (Nature.FILE, Nature.OPAQUE):
                    yield from self._itself(part, mode)
        elif isinstance(value, SimpleNamespace | BaseException):
            yield ("object", "", self.number(value)), READ, value
        elif nature is Nature.CALLABLE:
            yield from self._called(value)

    def _names(self, value: Any) -> Resource:
        """Return the resource of all names of a module; of a variable of a closure: anything."""
        namespace = module_namespace(value)
        return WORLD if namespace is None else ("object", "", self.number(namespace))

    def _unseen_parts(self, value: Any, nature: Nature) -> Iterator[Touch]:
        """Yield what is touched of what nobody sees a generator, or an object in C, look at.

        The parts are not told of: a list that only C has may have places with nothing in them.
        """
        if nature is not Nature.OPAQUE and not is_unseen(value):
            return
        read = (Nature.CONTAINER, Nature.VIEW, Nature.MEMORY)
        called = (Nature.GENERATOR, Nature.CALLABLE) if nature is Nature.GENERATOR else ()
        for part in gc.get_referents(value):
            found = self.nature(part)
            if found in (*read, Nature.ITERATOR, *called):
                for resource, mode, _part in self._itself(part, READ if found in read else WRITE):
                    yield resource, mode, UNKNOWN

    def _looked_at(self, value: Any) -> Iterator[Touch]:
        """Yield what is touched if an iterator or a view looks at what it is of."""
        parts = flattened(gc.get_referents(value))
        use = use_of_items(parts) if type(value) in CALLING else "."
        if type(value) in DEEP and use == ".":
            use = "d"
        for part in parts:
            if use == "." and type(part) not in ATOMS:
                yield from self._itself(part, READ)
            elif use != ".":
                yield from self.used(use, part)

    def _called(self, function: Any) -> Iterator[Touch]:
        """Yield what is touched if something is called that the engine does not see called."""
        while isinstance(function, partial):
            yield from self._reachable([*function.args, *function.keywords.values()], WRITE)
            function = function.func
        if isinstance(function, BuiltinMethodType | MethodWrapperType) and is_method_in_c(function):
            behind, this = method_behind(function), function.__self__
            use = effect_of(behind).use_of(0)
            # What it returns may be looked at by who has called it.
            yield from self.used("d" if use == "r" else use, this)
            if behind is dict.__getitem__ and isinstance(this, defaultdict):
                yield from self._itself(this, WRITE)
                yield from self._itself(this.default_factory, READ)
        elif isinstance(function, MethodType) and not isinstance(function.__func__, FunctionType):
            yield from self._reachable([function.__self__], WRITE)

    def _with_members(self, value: Any, use: str) -> Iterator[Touch]:
        """Yield what is touched if an object and all that is in it is looked at."""
        todo, seen = deque([value]), {id(value)}
        mode = _MODES[use]
        while todo:
            found = todo.popleft()
            if found is UNKNOWN or found is PENDING:
                yield ANY_ITEMS, READ, UNKNOWN
                continue
            yield from self._itself(found, mode)
            mode = READ
            for member in self._members(found):
                if type(member) not in ATOMS and id(member) not in seen:
                    seen.add(id(member))
                    todo.append(member)
            if len(seen) > MOST_OBJECTS:
                yield ANY_ITEMS, READ, UNKNOWN
                return

    def _members(self, value: Any) -> Iterable[Any]:
        if type(value) is Made:
            return value.parts
        nature = self.nature(value)
        if isinstance(value, SimpleNamespace | BaseException):
            names = instance_dict(value) or {}
            others = [part for part in gc.get_referents(value) if part is not names]
            return [*names.values(), *others]
        if nature in (*HOLDING, Nature.OPAQUE):
            return gc.get_referents(value)
        return ()

    def _reachable(self, values: Iterable[Any], mode: int) -> Iterator[Touch]:
        """Yield all state that can be reached from some objects."""
        todo = [value for value in values if type(value) not in ATOMS]
        seen, unseen = set(map(id, todo)), set[int]()  # The latter as in ``_unseen_parts``.
        while todo:
            found = todo.pop()
            if found is UNKNOWN or found is PENDING:
                yield WORLD, mode, UNKNOWN
                continue
            for resource, its_mode, concerned in self._state(found, mode):
                yield resource, its_mode, UNKNOWN if id(found) in unseen else concerned
            is_opaque = self.nature(found) is Nature.OPAQUE
            for member in self._beyond(found):
                if type(member) not in ATOMS and id(member) not in seen:
                    seen.add(id(member))
                    todo.append(member)
                    unseen.update([id(member)] if is_opaque else [])
            if len(seen) > MOST_OBJECTS:
                yield WORLD, mode, UNKNOWN
                return

    def _state(self, value: Any, mode: int) -> Iterator[Touch]:
        nature = Nature.HOLDER if type(value) is Made else self.nature(value)
        if nature in WHOLES:
            yield self.items(value), mode, value
        elif nature is Nature.FILE:
            yield FILES, mode, value
        elif nature in (Nature.MODULE, Nature.CELL):
            yield self._names(value), mode, value
        elif isinstance(value, type):
            for kind in value.__mro__:
                if not kind.__flags__ & IMMUTABLE_TYPE:
                    yield ("object", "", self.number(kind)), mode, kind
        elif nature is Nature.PLAIN or instance_dict(value) is not None:
            yield ("object", "", self.number(value)), mode, value
        made = value.kind if type(value) is Made else None
        for kind in (made or type(value)).__mro__ if made or nature is Nature.PLAIN else ():
            if not kind.__flags__ & IMMUTABLE_TYPE:
                yield ("object", "", self.number(kind)), READ, kind

    def _beyond(self, value: Any) -> Iterable[Any]:
        if type(value) is Made:
            return value.parts
        nature = self.nature(value)
        if nature is Nature.MEMORY:
            return shown_by(value)
        if nature in _WITHOUT_PARTS or isinstance(value, type):
            return ()
        if nature is Nature.CALLABLE and hasattr(value, "__code__"):
            return ()  # What it does when it is called back is seen.
        names = instance_dict(value)
        others = gc.get_referents(value)
        return (
            others if names is None else [*(m for m in others if m is not names), *names.values()]
        )
