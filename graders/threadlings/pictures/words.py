"""What the pages say of a program: names from it stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..engine import MAIN, UNSEEN, Ending, Outcome, Search, Span, Step, Thing, text_of_value
from ..feedback import describe, why_limited
from ..feedback.words import name_of_thing, told_action
from ..language import LANGUAGES, Text, joined, said, translator
from ._phrases import METHODS, PAGE, SUMMARIES
from .source import names_made


def checked(language: str) -> str:
    """Return ``language``.

    Raises:
        ValueError: If it is none of ``LANGUAGES``.
    """
    if language not in LANGUAGES:
        raise ValueError(f"the language must be one of {', '.join(LANGUAGES)}, not {language!r}")
    return language


def in_language(text: str | Text, language: str) -> str:
    """Return a text in a language."""
    return Text(text).in_words(translator(language))


def page_words(language: str) -> Mapping[str, str]:
    """Return what the page itself says, by name."""
    return {name: in_language(text, language) for name, text in PAGE.items()}


def say(what: str, language: str, **values: Any) -> str:
    """Return one of the summaries, with its values."""
    return in_language(said(SUMMARIES[what], **values), language)


def summary_of(seen: Search, bad: int, endings: int, language: str) -> str:
    """Return what a search saw, in a line: how many of its endings are bad, in how many runs."""
    values = {"bad": bad, "all": endings, "runs": seen.runs}
    if seen.limits & UNSEEN:
        return say("unseen", language, **values, why=joined("; ", why_limited(seen)))
    which = "part" if seen.limits else "lost" if bad else "won"
    return say(which, language, **values)


def name_of(letter: str, language: str) -> str:
    """Return what to call a thread: its letter, or ``main``."""
    return letter if letter != MAIN else in_language(said("main"), language)


class Wording:
    """Puts steps into words.

    Args:
        sources: The files of the program, by name: a lock is called as they call it.
        language: ``en`` or ``ko``.
        whats: What the steps of all runs are about; locks get a number only where one line made
            several.
    """

    def __init__(
        self, sources: Mapping[str, str], language: str, whats: Iterable[str | Thing]
    ) -> None:
        self._sources = sources
        self._language = checked(language)
        things = [what for what in whats if isinstance(what, Thing)]
        self._numbered = {thing.made_at for thing in things if thing.number not in (None, 1)}

    def text_of(self, step: Step) -> str:
        """Return a step in words, without its place: ``reads n = 0``."""
        return in_language(self._told(step), self._language)

    def _told(self, step: Step) -> Text:
        value, what = _value_of(step), step.what
        if isinstance(what, Thing):
            if what.is_end and step.action == "takes":
                return said("has joined {thread}", thread=what.thread)
            if what.is_call and step.action == "waits for":
                return said("waits in {what}", what=self.name_of(what))
            return told_action(step.action, self.name_of(what))
        if what in METHODS:
            return Text(f"{what}(){value}")
        if step.action == "prints":
            return said('prints "{text}"', text=what)
        if step.action == "sleeps":
            moment = what.removeprefix("until ").removesuffix(" s")
            return said("sleeps until {moment} s", moment=moment)
        return told_action(step.action, Text(what, value))

    def name_of(self, thing: Thing) -> str | Text:
        """Return the name of what somebody waits for, takes or looks at."""
        if thing.is_end or thing.made_at is None:
            return name_of_thing(thing)
        place, number = thing.made_at, thing.number
        names = names_made(self._sources.get(place.file, ""), place.line, thing.kind)
        if len(names) > 1 and number is not None and number <= len(names):
            return Text(names[number - 1])
        shown = f" #{number}" if number is not None and place in self._numbered else ""
        unnamed = said("the {kind} of line {line}", kind=thing.kind, line=place.line)
        return Text(names[0] if len(names) == 1 else unnamed, shown)

    def wait_of(self, span: Span) -> str:
        """Return for what a thread waits in a span; empty if it does not wait.

        After its last line the main thread waits for the others: that is the program's end.
        """
        if span.state == "waiting" and span.thread == MAIN and span.place is None:
            return say("program's end", self._language)
        return in_language(self.name_of(span.what), self._language) if span.what else ""


def _value_of(step: Step) -> str:
    """Return the value of a step with a sign before it; of an item, its container is the value."""
    if step.value is None:
        return ""
    is_whole = step.what in METHODS or str(step.what).startswith("[")
    return f" → {step.value}" if is_whole else f" = {step.value}"


def end_of(outcome: Outcome, language: str) -> str:
    """Return how a run ended, in one line or a few."""
    if outcome.kind == Ending.VALUE:
        return "" if outcome.value is None else f"→ {text_of_value(outcome.value)}"
    error = outcome.run.error
    if outcome.kind == Ending.ERROR and error is not None and error.type_name == "AssertionError":
        return error.message or in_language(said("an assert fails"), language)
    return in_language(describe(outcome.run), language)
