"""Tries out what a call of something written in C does, without the engine.

A call is made many times, each time with arguments made afresh: as they are, and with one of the
objects that can be reached from them changed. What comes out otherwise depends on that object.
"""

from __future__ import annotations

import gc
import itertools
import re
import types
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from threadlings.engine.effects import Effect, Nature, Touching, use_of_items
from threadlings.engine.effects._natures import nature_of
from threadlings.engine.kernel import READ, WRITE

MOST_ITEMS = 12
DEEPEST = 6
ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
NATURES: dict[type, Nature] = {}
HAVE_STATE = (
    Nature.PLAIN,
    Nature.CONTAINER,
    Nature.VIEW,
    Nature.ITERATOR,
    Nature.MEMORY,
    Nature.GENERATOR,
    Nature.OPAQUE,
)


class Thing:
    """An object with attributes and no methods."""

    def __init__(self, *items: Any) -> None:
        self.items = list(items)
        self.size = len(items)


class Box:
    """An object whose methods are in Python, and hand out a list of its own where they may.

    What it holds is nobody's business: Python code that reads it is seen by itself.
    """

    def __init__(self, *items: Any) -> None:
        self.own = list(items)
        self.iterator = iter(self.own)

    def _answer(self, *others: Any) -> Any:
        return self.own

    def __iter__(self) -> Iterator[Any]:
        return self.iterator

    def __len__(self) -> int:
        return len(self.own)

    def __index__(self) -> int:
        return len(self.own)

    __float__ = lambda self: 1.0  # noqa: E731
    __repr__ = lambda self: "Box"  # noqa: E731
    __hash__ = lambda self: 7  # noqa: E731
    __getitem__ = __reversed__ = __abs__ = __neg__ = __pos__ = __invert__ = _answer
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __rmod__ = _answer
    __floordiv__ = __rfloordiv__ = __truediv__ = __rtruediv__ = __pow__ = __rpow__ = _answer
    __divmod__ = __rdivmod__ = __round__ = __floor__ = __ceil__ = __trunc__ = _answer
    __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = __matmul__ = _answer
    __lshift__ = __rlshift__ = __rshift__ = __rrshift__ = __rmatmul__ = _answer
    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = __contains__ = _answer  # type: ignore
    __iadd__ = __isub__ = __imul__ = __iand__ = __ior__ = __ixor__ = _answer


class Gauge(list):  # type: ignore[type-arg]
    """A number made of C alone, whose value is how many items it has."""

    __index__ = __abs__ = __neg__ = __pos__ = __invert__ = __round__ = list.__len__
    __floor__ = __ceil__ = __trunc__ = list.__len__
    __mul__ = __rmul__ = list.count
    __sub__ = __rsub__ = __floordiv__ = __rfloordiv__ = __truediv__ = __rtruediv__ = list.count
    __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = __mod__ = __rmod__ = list.count
    __pow__ = __rpow__ = __matmul__ = __rmatmul__ = __divmod__ = __rdivmod__ = list.count
    __lshift__ = __rlshift__ = __rshift__ = __rrshift__ = list.count


HEARD: list[str] = []
"""What methods in Python have been given in this call."""


class Page:
    """A file in Python."""

    def write(self, text: str) -> None:
        """Take note of a text."""
        HEARD.append(ADDRESS.sub("", text))


@dataclass
class Given:
    """What a call is given."""

    arguments: tuple[Any, ...]
    names: dict[str, Any]

    @property
    def all(self) -> list[Any]:
        """Everything, in the order in which the engine counts places."""
        return [*self.arguments, *self.names.values()]


@dataclass
class Trial:
    """What came out of a call and its variants; objects are told by their place in ``walk``.

    Attributes:
        changed: The objects that the call has changed.
        matters: Those whose content makes a difference to what the call does.
        matters_later: Those whose content makes a difference to what is read from the result.
        held: Those that can be reached from the result.
        result: The one that is the result.
        is_stable: False if what comes out is another thing each time.
        is_answered: True if the result is, or has in it, what a method in Python returned.
    """

    text: str
    make: Callable[[], Given]
    has_failed: bool = False
    changed: set[int] = field(default_factory=set)
    matters: set[int] = field(default_factory=set)
    matters_later: set[int] = field(default_factory=set)
    held: set[int] = field(default_factory=set)
    result: int | None = None
    is_answered: bool = False
    is_stable: bool = True


def nature(value: Any) -> Nature:
    """Return what the engine takes an object for."""
    return nature_of(type(value), NATURES)


def inside(value: Any) -> Iterable[Any]:
    """Return what is in an object, as far as C code may look into it."""
    if isinstance(value, Thing | types.SimpleNamespace):
        return list(vars(value).values())
    if isinstance(value, slice):
        return value.start, value.stop, value.step
    if isinstance(value, Box | Page | type | types.FunctionType | types.ModuleType):
        return ()
    if isinstance(value, BaseException):
        return value.args
    if nature(value) in (Nature.ATOM, Nature.GENERATOR):
        return ()
    return [part for part in gc.get_referents(value) if not isinstance(part, type)]


def walk(values: Iterable[Any]) -> list[Any]:
    """Return the objects that can be reached, nearest first, without numbers, texts and classes."""
    found, todo, seen = [], deque(values), set()
    while todo:
        value = todo.popleft()
        is_code = isinstance(value, type | types.FunctionType | types.ModuleType)
        is_atom = nature(value) is Nature.ATOM and not isinstance(value, slice)
        if id(value) in seen or is_code or is_atom:
            continue
        seen.add(id(value))
        found.append(value)
        todo.extend(inside(value))
    return found


def shape(value: Any, labels: dict[int, str], depth: int = 0) -> Any:
    """Return what a value looks like; objects that have a label are not looked into."""
    if id(value) in labels:
        return labels[id(value)]
    name = type(value).__name__
    if depth == DEEPEST:
        return name

    def deeper(part: Any) -> Any:
        return shape(part, labels, depth + 1)

    if isinstance(value, dict):
        return name, [(deeper(key), deeper(part)) for key, part in value.items()]
    if isinstance(value, set | frozenset):
        return name, sorted(map(repr, map(deeper, value)))
    if isinstance(value, list | tuple | deque):
        return name, len(value), [deeper(part) for part in itertools.islice(value, MOST_ITEMS)]
    if isinstance(value, bytearray | array):
        return name, bytes(value)
    if isinstance(value, Thing | types.SimpleNamespace):
        return name, [(key, deeper(part)) for key, part in vars(value).items()]
    if isinstance(value, BaseException):
        return name, [deeper(part) for part in value.args]
    if isinstance(value, str | bytes | int | float | complex | range | type(None)):
        return name, ADDRESS.sub("", repr(value))
    return name


def rest_of(iterator: Any, labels: dict[int, str]) -> Any:
    """Return the items that an iterator still has."""
    found: list[Any] = []
    try:
        for item in itertools.islice(iterator, MOST_ITEMS):
            found.append(shape(item, labels))
    except Exception as error:
        found.append(type(error).__name__)
    return found


def content(value: Any, labels: dict[int, str]) -> Any:
    """Return an object's own state; iterators are used up by that."""
    kind = nature(value)
    if kind in (Nature.ITERATOR, Nature.GENERATOR):
        return rest_of(value, labels)
    if isinstance(value, memoryview):
        try:
            return value.format
        except ValueError:
            return "released"
    if isinstance(value, BaseException):
        return shape([value.args, getattr(value, "__notes__", None)], labels), bool(
            value.__traceback__
        )
    if kind in (Nature.CONTAINER, Nature.PLAIN) or isinstance(value, types.SimpleNamespace):
        return shape(value, _but(labels, value))
    return None


def _but(labels: dict[int, str], value: Any) -> dict[int, str]:
    return {key: label for key, label in labels.items() if key != id(value)}


def later(result: Any, labels: dict[int, str]) -> Any:
    """Return what is read if a result is read, or counted on, after the call."""
    kind = nature(result)
    if kind in (Nature.ITERATOR, Nature.GENERATOR):
        return rest_of(result, labels)
    if kind is Nature.VIEW:
        return rest_of(iter(result), labels)
    if isinstance(result, memoryview):
        try:
            return bytes(result)
        except ValueError:
            return "released"
    if isinstance(result, types.MethodWrapperType | types.BuiltinMethodType):
        return len(repr(result.__self__)) if result.__self__ is not None else None
    return shape(result, labels)


def other(value: Any) -> Any:
    """Return a value of the same kind that is not the same."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float | complex):
        return value + 1
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, bytes):
        return value + b"x"
    if isinstance(value, tuple):
        return tuple(map(other, value))
    if isinstance(value, list):
        return [*value, 5]
    return 1


def _append(value: Any) -> None:
    value.append(other(value[-1]) if len(value) else 1)


def _drop_last(value: Any) -> None:
    value.pop()


def _fill_with_spaces(value: Any) -> None:
    value[:] = b" " * len(value)


def _fill_with_digits(value: Any) -> None:
    value[:] = b"0" * len(value)


def _fill_with_capitals(value: Any) -> None:
    value[:] = b"A" * len(value)


def _begin_with_capital(value: Any) -> None:
    value[0] = 65


def _end_with_more_than_ascii(value: Any) -> None:
    value[-1] = 200


_BYTES = (
    _fill_with_spaces,
    _fill_with_digits,
    _fill_with_capitals,
    _begin_with_capital,
    _end_with_more_than_ascii,
)


def _add_attribute(value: Any) -> None:
    value.other = 1


def _replace_first(value: Any) -> None:
    value[0] = other(value[0]) % 256 if isinstance(value, bytearray) else other(value[0])


def _replace_value(value: Any) -> None:
    key = next(iter(value))
    value[key] = other(value[key])


def _replace_values(value: Any) -> None:
    value.update({key: other(part) for key, part in value.items()})


def _add_key(value: Any) -> None:
    value[other(next(iter(value), "k"))] = next(iter(value.values()), 1)


def _drop_key(value: Any) -> None:
    value.popitem()


def _add_member(value: Any) -> None:
    value.add(other(next(iter(value), 40)))


def _drop_member(value: Any) -> None:
    value.pop()


def _change_attributes(value: Any) -> None:
    value.items, value.size = [*value.items, 3], value.size + 1


def _change_namespace(value: Any) -> None:
    vars(value).update({key: other(part) for key, part in vars(value).items()})


def _advance(value: Any) -> None:
    next(value, None)


def _empty(value: Any) -> None:
    value.clear()


def ways_to_vary(value: Any) -> tuple[Callable[[Any], None], ...]:
    """Return functions each of which changes an object; none if it has no state of its own."""
    if isinstance(value, dict):
        ways = (_replace_value, _replace_values, _add_key, _drop_key)
        return ways if value else (_add_key,)
    if isinstance(value, set):
        return (_add_member, _drop_member) if value else (_add_member,)
    if isinstance(value, Gauge):
        return (_append, _empty)
    if isinstance(value, bytearray) and value:
        return (_append, _drop_last, _replace_first, *_BYTES)
    if isinstance(value, list | deque | bytearray | array):
        return (_append, _drop_last, _replace_first) if len(value) else (_append,)
    if isinstance(value, Thing):
        return (_change_attributes, _add_attribute)
    if isinstance(value, types.SimpleNamespace):
        return (_change_namespace,)
    if nature(value) in (Nature.ITERATOR, Nature.GENERATOR):
        return (_advance,)
    return ()


@dataclass
class Played:
    """What one call did."""

    objects: list[Any]
    secrets: list[Any]
    result: Any
    outcome: Any
    later: Any
    states: list[Any]
    reached: set[int]


def played(
    function: Any,
    make: Callable[[], Given],
    index: int = -1,
    vary: Callable[[Any], None] | None = None,
    vary_later: Callable[[Any], None] | None = None,
    is_called: bool = True,
    is_read: bool = False,
) -> Played:
    """Make a call, and look at what it did; or at what is read from the result."""
    given = make()
    objects = walk(given.all)
    labels = {id(each): f"<{place}>" for place, each in enumerate(objects)}
    secrets = [each for box in objects if isinstance(box, Box) for each in (box.own, box.iterator)]
    if vary is not None:
        vary(objects[index])
    result: Any = None
    HEARD.clear()
    if is_called:
        try:
            result = function(*given.arguments, **given.names)
        except Exception as error:
            error.__traceback__ = None
            text = ADDRESS.sub("", str(error))
            result = _Failed(type(error).__name__, text)
    outcome = shape(result, labels) if type(result) is not _Failed else result
    heard, reached = list(HEARD), {id(each) for each in walk([result])}
    if vary_later is not None:
        vary_later(objects[index])
    is_old = id(result) in labels and type(result) is not memoryview
    is_read = is_read and not is_old and type(result) is not _Failed
    read = later(result, labels) if is_read else None
    simple = [each for each in objects if nature(each) is not Nature.ITERATOR]
    states = {id(each): content(each, labels) for each in simple}
    states.update({id(each): content(each, labels) for each in objects if id(each) not in states})
    in_order = [states[id(each)] for each in objects]
    return Played(objects, secrets, result, (outcome, heard), read, in_order, reached)


@dataclass(frozen=True)
class _Failed:
    kind: str
    text: str


def tried(function: Any, make: Callable[[], Given], text: str, is_stand_in: bool = False) -> Trial:
    """Call a function with some arguments and variants of them, and tell what came out.

    Args:
        function: What to call.
        make: Makes the arguments, afresh each time.
        text: The arguments as they are shown.
        is_stand_in: True if it is enough that the call fails.
    """
    trial = Trial(text, make)
    quiet, base = played(function, make, is_called=False), played(function, make)
    again, base_later = played(function, make, is_read=True), played(function, make, is_read=True)
    base.later = base_later.later
    if base.outcome != again.outcome or base.later != again.later:
        trial.is_stable, base.outcome, base.later = (
            False,
            None,
            None,
        )  # It is made of addresses, or of the time.
    trial.has_failed = type(base.result) is _Failed
    trial.changed = {
        place for place, state in enumerate(base.states) if state != quiet.states[place]
    }
    places = {id(each): place for place, each in enumerate(base.objects)}
    trial.held = {
        place for place, each in enumerate(base.objects)
        if id(each) in base.reached and nature(each) in HAVE_STATE
    }  # fmt: skip
    trial.is_answered = any(id(secret) in base.reached for secret in base.secrets)
    if nature(base.result) in HAVE_STATE:
        trial.result = places.get(id(base.result))
    if is_stand_in and trial.has_failed:
        return trial
    for index, each in enumerate(walk(make().all)):
        for vary in ways_to_vary(each):
            if _difference(function, make, index, vary, base, quiet):
                trial.matters.add(index)
            if base.later is not None and nature(base.result) is not Nature.ATOM:
                _look_later(trial, function, index, vary, base)
    return trial


def _difference(
    function: Any,
    make: Callable[[], Given],
    index: int,
    vary: Callable[[Any], None],
    base: Played,
    quiet: Played,
) -> bool:
    try:
        varied = played(function, make, index, vary)
        still = played(function, make, index, vary, is_called=False)
    except _CannotVary:
        return False
    if base.outcome is not None and varied.outcome != base.outcome:
        return True
    for place, state in enumerate(base.states):
        before = None if state == quiet.states[place] else state
        after = None if varied.states[place] == still.states[place] else varied.states[place]
        if before != after and not (place == index and before is not None and after is not None):
            return True
    return False


def _look_later(
    trial: Trial, function: Any, index: int, vary: Callable[[Any], None], base: Played
) -> None:
    """Find out if a result reads an object later, and if so, whether the call read it already."""
    try:
        varied_later = played(function, trial.make, index, vary_later=vary, is_read=True)
        varied = played(function, trial.make, index, vary, is_read=True)
    except _CannotVary:
        return
    if varied_later.later != base.later:
        trial.matters_later.add(index)
    if varied.later != varied_later.later:
        trial.matters.add(index)


_CannotVary = (
    TypeError,
    ValueError,
    IndexError,
    KeyError,
    RuntimeError,
    BufferError,
    StopIteration,
)


def faults(effect: Effect, trial: Trial) -> list[str]:
    """Return what a call did, or depended on, that an effect does not own up to."""
    given = trial.make()
    objects = walk(given.all)
    read, written = touched(effect, given)
    found = []
    for place, each in enumerate(objects):
        name = f"{type(each).__name__} {place}"
        if place in trial.changed and id(each) not in written:
            found.append(f"writes {name}")
        if place in trial.matters and id(each) not in read | written:
            found.append(f"reads {name}")
    result = effect.result.removesuffix("?")
    if result == "any" or (effect.asks and any(isinstance(each, Box) for each in given.all)):
        return found
    if trial.is_answered:
        found.append("returns what a method in Python returned")
    if result == "new" and trial.held:
        found.append(f"the result has in it {sorted(trial.held)}")
    old = objects[trial.result] if trial.result is not None else None
    iterates = old is not None and nature(old) in (Nature.ITERATOR, Nature.GENERATOR)
    if old is not None and not (result in ("view", "deep") and iterates):
        found.append(f"the result is {trial.result}")
    seen = set()
    if result in ("view", "deep"):
        for part in given.all:
            use = use_of_items(given.all)
            use = effect.later if use == "." else use
            seen |= {id(target) for _r, _m, target in Touching().used(use, part)}
    found += [
        f"the result reads {type(objects[place]).__name__} {place} later"
        for place in sorted(trial.matters_later)
        if id(objects[place]) not in seen
    ]
    return found


def touched(effect: Effect, given: Given) -> tuple[Any, Any]:
    """Return the ``id`` of what the engine takes to be read, and to be written."""
    touching = Touching()
    found: dict[int, set[int]] = {READ: set(), WRITE: set()}
    called_with = use_of_items(given.all) if effect.calls else "."
    for place, value in enumerate(given.all):
        for use in (effect.use_of(place), called_with):
            for _resource, mode, target in touching.used(use, value):
                found[mode].add(id(target))
    return found[READ], found[WRITE]
