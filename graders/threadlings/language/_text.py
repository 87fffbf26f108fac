"""What is said: a key and its values until it is printed, and then a text in one language."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from typing import Any

from ._choice import Translate, translator

_FIELD = re.compile(r"\{\{|\}\}|\{(\w+)(?:![rsa])?(?::[^{}]*)?\}")
_DEEPEST = 20
"""How deep texts are nested in what a cell may tell of."""


class Message:
    """A key of the catalogue with its values.

    Attributes:
        key: The English, with named places: ``{who} waits for {what}``. A place may say how its
            value is written, as in a format string: ``{took_s:.6g}``.
        values: By name, what stands there, as it is written: a :class:`Text` is translated
            itself, a string is not. Without any, braces in the key are braces.
    """

    __slots__ = ("key", "values")

    def __init__(self, key: str, values: Mapping[str, str | int | float | Text]) -> None:
        self.key = key
        self.values = values

    def in_words(self, translate: Translate) -> str:
        """Return the text in one language."""
        template = translate(self.key)
        if not self.values:
            return template
        values = {name: _shown(value, translate) for name, value in self.values.items()}
        return _FIELD.sub(lambda found: _filled(found, values), template)


class Text:
    """Pieces of plain text and of messages, in no language yet.

    ``str(text)`` is the text in the language that was chosen. Texts are equal if they say the
    same in every language.
    """

    __slots__ = ("_pieces",)

    def __init__(self, *pieces: str | Text | Message) -> None:
        flat: list[str | Message] = []
        for piece in pieces:
            flat += piece._pieces if isinstance(piece, Text) else [piece]
        self._pieces: tuple[str | Message, ...] = tuple(piece for piece in flat if piece != "")

    def in_words(self, translate: Translate) -> str:
        """Return the text in one language."""
        return "".join(
            piece.in_words(translate) if isinstance(piece, Message) else piece
            for piece in self._pieces
        )

    def __str__(self) -> str:
        return self.in_words(translator())

    def __repr__(self) -> str:
        return f"Text({self.in_words(str)!r})"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def __add__(self, other: str | Text) -> Text:
        return Text(self, other)

    def __radd__(self, other: str) -> Text:
        return Text(other, self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.as_data() == other.as_data()

    def __hash__(self) -> int:
        return hash(self.in_words(str))

    def as_data(self) -> list[Any]:
        """Return the text as plain data: strings, and pairs of a key and its values."""
        return [
            [piece.key, {name: _as_data(value) for name, value in piece.values.items()}]
            if isinstance(piece, Message)
            else piece
            for piece in self._pieces
        ]

    @classmethod
    def from_data(cls, data: Any, depth: int = _DEEPEST) -> Text:
        """Return the text that :meth:`as_data` told of, also after a journey as JSON.

        Raises:
            ValueError: If it is not such data.
        """
        if not isinstance(data, list) or depth == 0:
            raise ValueError(f"a text is a list of pieces, not {data!r:.80}")
        return cls(*(_piece(each, depth - 1) for each in data))


def said(key: str | Text, /, **values: Any) -> Text:
    """Return what is to be said, in no language yet.

    Args:
        key: The English, with named places for the values. It is looked up in the catalogues;
            what a student wrote is never a key, and always a value.
        values: What stands in the places: texts, or anything else, as it is written at once. What
            the key has no place for is left out, so that all facts may be handed over.
    """
    if isinstance(key, Text):
        return key
    places = {found[1] for found in _FIELD.finditer(key)}
    told = {name: _written(key, name, values[name]) for name in values if name in places}
    return Text(Message(key, told))


def joined(between: str, texts: Iterable[str | Text]) -> Text:
    """Return texts one after the other, with something between them."""
    pieces: list[str | Text] = []
    for text in texts:
        pieces += [between, text] if pieces else [text]
    return Text(*pieces)


def lines(*texts: str | Text) -> Text:
    """Return texts one below the other."""
    return joined("\n", texts)


def _written(key: str, name: str, value: Any) -> str | int | float | Text:
    """Return a value as its place in the key wants it; numbers stay numbers if it says nothing."""
    if isinstance(value, Text):
        return value
    for _literal, field, spec, conversion in string.Formatter().parse(key):
        if field == name and (spec or conversion):
            shown = string.Formatter().convert_field(value, conversion)
            return format(shown, spec or "")
    return value if type(value) in (int, float) else str(value)


def _shown(value: str | int | float | Text, translate: Translate) -> str:
    return value.in_words(translate) if isinstance(value, Text) else str(value)


def _filled(found: re.Match[str], values: Mapping[str, str]) -> str:
    return values.get(found[1], found[0]) if found[1] else found[0][0]


def _as_data(value: str | int | float | Text) -> Any:
    return value.as_data() if isinstance(value, Text) else value


def _piece(data: Any, depth: int) -> str | Message | Text:
    match data:
        case str():
            return data
        case [str() as key, dict() as values]:
            return Message(key, {str(name): _value(each, depth) for name, each in values.items()})
        case _:
            raise ValueError(f"a piece of a text is a string or a message, not {data!r:.80}")


def _value(data: Any, depth: int) -> str | int | float | Text:
    if isinstance(data, str | int | float):
        return data
    return Text.from_data(data, depth)
