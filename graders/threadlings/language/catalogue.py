"""Texts in English and what they are in another language, with values in both."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_PLACEHOLDER = re.compile(r"\{(\d+)\}")
_PLACE = re.compile(r" \([^\s()]+\.py:\d+\)$")
_LEAST_WEIGHT = 10


@dataclass(frozen=True)
class Message:
    """One text with numbered places for values: ``{0} waits for {1}``, and its translation."""

    english: str
    translation: str

    @property
    def placeholders(self) -> tuple[list[str], list[str]]:
        """The places for values in both, sorted: they should be the same."""
        found = (_PLACEHOLDER.findall(text) for text in (self.english, self.translation))
        first, second = (sorted(set(numbers)) for numbers in found)
        return first, second

    @property
    def lines(self) -> list[Message]:
        """Its lines as messages, without the blanks before them, if both have the same.

        A line with hardly a word of its own could be any text: it is none.
        """
        if "\n" not in self.english:
            return []
        both = (text.split("\n") for text in (self.english, self.translation))
        lines = [Message(en.lstrip(), ko.lstrip()) for en, ko in zip(*both, strict=False)]
        same_count = self.english.count("\n") == self.translation.count("\n")
        is_same = same_count and all(a == b for a, b in (line.placeholders for line in lines))
        return [line for line in lines if line.weight >= _LEAST_WEIGHT] if is_same else []

    @property
    def beginning(self) -> str:
        """The words before the first value."""
        return _PLACEHOLDER.split(self.english, maxsplit=1)[0]

    @property
    def weight(self) -> int:
        """The number of characters that are no values: the more, the surer a match."""
        return len(_PLACEHOLDER.sub("", self.english))

    def translated(self, text: str, of_value: Callable[[str], str]) -> str | None:
        """Return the translation with the values of a text; None if the text is another.

        Args:
            text: In English. A value of more than one line is the last of its line.
            of_value: What to say for a value: it may be a text itself.
        """
        parts = _PLACEHOLDER.split(self.english)
        first, *others = parts[::2]
        pattern = re.escape(first)
        for words in others:
            any_value = r"((?s:.*?))" if words[:1] in ("", "\n") else r"([^\n]*?)"
            pattern += any_value + re.escape(words)
        match = re.fullmatch(pattern, text)
        if match is None:
            return None
        values = dict(zip(parts[1::2], match.groups(), strict=True))
        return _PLACEHOLDER.sub(lambda found: of_value(values[found[1]]), self.translation)


def read(path: Path) -> list[Message]:
    """Read a catalogue: a TOML file of ``[[message]]`` with ``en`` and ``ko``.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it is not such a catalogue.
    """
    tables = tomllib.loads(path.read_text(encoding="utf-8")).get("message", [])
    try:
        return [Message(table["en"], table["ko"]) for table in tables]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: a message has no {error}") from error


class Catalogue:
    """What to say for each text."""

    def __init__(self, files: Iterable[Path]) -> None:
        """Read the files.

        Raises:
            OSError: If one cannot be read.
            ValueError: If one is not a catalogue.
        """
        whole = [message for file in files for message in read(file)]
        messages = [*(line for message in whole for line in message.lines), *whole]
        self._whole = {message.english: message.translation for message in messages}
        with_values = [m for m in messages if m.placeholders[0]]
        self._with_values = sorted(with_values, key=lambda message: -message.weight)

    def translated(self, text: str) -> str:
        """Return the translation of a text, and of its values; itself if there is none.

        Of a text that no message has as a whole, each line is translated by itself, also as a
        line of a message, whatever blanks it begins with, and whatever place it ends with:
        ``(locks.py:12)``.
        """
        if text in self._whole:
            return self._whole[text]
        for message in self._with_values:
            if text.startswith(message.beginning):
                found = message.translated(text, self.translated)
                if found is not None:
                    return found
        line, end, others = text.partition("\n")
        if end:
            return self.translated(line) + end + self.translated(others)
        place = _PLACE.search(text)
        if place is not None:
            return self.translated(text[: place.start()]) + place[0]
        words = text.lstrip(" ")
        return " " * (len(text) - len(words)) + self.translated(words) if words != text else text
