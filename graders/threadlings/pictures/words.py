"""What the pages say, in English and Korean.

Names from the program stay as they are; the words of the engine around them are translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..engine import MAIN, UNSEEN, Ending, Outcome, Run, Search, Span, Step, Wait, text_of_value
from ..feedback import describe
from ..language import LANGUAGES, said
from ._phrases import ACTIONS, ENDS, METHODS, PAGE, SUMMARIES
from .source import names_made

_MADE_AT = re.compile(r"the (.+) made at (.+):(\d+)(?: #(\d+))?")
_END_OF = re.compile(r"the end of (\w+)")


def checked(language: str) -> str:
    """Return ``language``.

    Raises:
        ValueError: If it is none of ``LANGUAGES``.
    """
    if language not in LANGUAGES:
        raise ValueError(f"the language must be one of {', '.join(LANGUAGES)}, not {language!r}")
    return language


def page_words(language: str) -> Mapping[str, str]:
    """Return what the page itself says, by name."""
    return {name: both[LANGUAGES.index(language)] for name, both in PAGE.items()}


def say(what: str, language: str, **values: Any) -> str:
    """Return one of the summaries, with its values."""
    return SUMMARIES[what][LANGUAGES.index(language)].format(**values)


def summary_of(seen: Search, bad: int, endings: int, language: str) -> str:
    """Return what a search saw, in a line: how many of its endings are bad, in how many runs."""
    values = {"bad": bad, "all": endings, "runs": seen.runs}
    if seen.limits & UNSEEN:
        why = "; ".join(said(reason, language) for reason in seen.reasons)
        return say("unseen", language, **values, why=why)
    which = "part" if seen.limits else "lost" if bad else "won"
    return say(which, language, **values)


def name_of(letter: str, language: str) -> str:
    """Return what to call a thread: its letter, or ``main``."""
    return letter if letter != MAIN else ("main", "메인")[LANGUAGES.index(language)]


class Wording:
    """Puts steps into words.

    Args:
        sources: The files of the program, by name: a lock is called as they call it.
        language: ``en`` or ``ko``.
        whats: What the steps of all runs are about; locks get a number only where one line made
            several.
    """

    def __init__(self, sources: Mapping[str, str], language: str, whats: Iterable[str]) -> None:
        self._sources = sources
        self._language = checked(language)
        found = (_MADE_AT.fullmatch(what) for what in set(whats))
        self._numbered = {(m[2], int(m[3])) for m in found if m and m[4] not in (None, "1")}

    def text_of(self, step: Step) -> str:
        """Return a step in words, without its place: ``reads n = 0``."""
        value = _value_of(step)
        end = _END_OF.fullmatch(step.what)
        if end and step.action == "takes":
            return self._one(f"has joined {end[1]}", f"{end[1]} 끝난 것을 확인")
        if step.what in METHODS:
            return f"{step.what}(){value}"
        if step.action == "prints":
            return self._one(f'prints "{step.what}"', f'"{step.what}" 출력')
        if step.action == "sleeps":
            seconds = step.what.removeprefix("until ").removesuffix(" s")
            return self._one(f"sleeps {step.what}", f"{seconds}초까지 잠")
        thing = self.thing_of(step.what)
        if self._language == "ko":
            return ACTIONS.get(step.action, "{}").replace("{}", f"{thing}{value}")
        return f"{_in_english(step.action, thing)}{value}"

    def thing_of(self, what: str) -> str:
        """Return the name of what a step is about, or of what somebody waits for."""
        made, end = _MADE_AT.fullmatch(what), _END_OF.fullmatch(what)
        if made:
            number = int(made[4]) if made[4] else None
            return self._lock(made[1], made[2], int(made[3]), number)
        if end:
            return self._one(what, f"{name_of(end[1], 'ko')}의 끝")
        return what

    def wait_of(self, span: Span) -> str:
        """Return for what a thread waits in a span; empty if it does not wait.

        After its last line the main thread waits for the others: that is the program's end.
        """
        if span.state == "waiting" and span.thread == MAIN and span.place is None:
            return say("program's end", self._language)
        return self.thing_of(span.what) if span.what else ""

    def _lock(self, kind: str, file: str, line: int, number: int | None) -> str:
        names = names_made(self._sources.get(file, ""), line, kind)
        if len(names) > 1 and number is not None and number <= len(names):
            return names[number - 1]
        shown = f" #{number}" if number is not None and (file, line) in self._numbered else ""
        unnamed = self._one(f"the {kind} of line {line}", f"{line}번 줄의 {kind}")
        return f"{names[0] if len(names) == 1 else unnamed}{shown}"

    def _one(self, english: str, korean: str) -> str:
        return korean if self._language == "ko" else english


def _value_of(step: Step) -> str:
    """Return the value of a step with a sign before it; of an item, its container is the value."""
    if step.value is None:
        return ""
    is_whole = step.what in METHODS or step.what.startswith("[")
    return f" → {step.value}" if is_whole else f" = {step.value}"


def _in_english(action: str, thing: str) -> str:
    if action == "waits for" and thing.endswith("()"):
        return f"waits in {thing}"
    if action.startswith("finds ") and not action.endswith(" in"):
        return f"finds {thing} {action.removeprefix('finds ')}"
    return f"{action} {thing}"


def end_of(outcome: Outcome, language: str) -> str:
    """Return how a run ended, in one line or a few."""
    if outcome.kind == Ending.VALUE:
        return "" if outcome.value is None else f"→ {text_of_value(outcome.value)}"
    error = outcome.run.error
    if outcome.kind == Ending.ERROR and error is not None and error.type_name == "AssertionError":
        if not error.message:
            return said("an assert fails", language)
        return said(error.message, language)
    return _in_korean(outcome) if language == "ko" else describe(outcome.run)


def _in_korean(outcome: Outcome) -> str:
    run = outcome.run
    lines = [ENDS[outcome.kind]]
    lines += [f"  {_waits(wait)}" for wait in sorted(run.deadlock, key=lambda w: w.thread == MAIN)]
    lines += [f"  {name_of(spin.thread, 'ko')}: {spin.place}" for spin in run.livelock]
    lines += _failures(run)
    return "\n".join(lines)


def _waits(wait: Wait) -> str:
    who, what = name_of(wait.thread, "ko"), Wording({}, "ko", ()).thing_of(wait.what)
    where = f" ({wait.place})" if wait.place is not None else ""
    if wait.held_by is None or wait.what.startswith("the end of"):
        return f"{who} 기다림: {what}{where}"
    return f"{who} 기다림: {what}{where}, 가진 thread: {name_of(wait.held_by, 'ko')}"


def _failures(run: Run) -> list[str]:
    failed = [("", run.error), *run.uncaught.items()]
    return [
        f"  {name + ': ' if name else ''}{failure.type_name}: {failure.message}"
        + (f" ({failure.place})" if failure.place is not None else "")
        for name, failure in failed
        if failure is not None
    ]
