"""Which verb the words of a command ask for, and what is said if there is none of that name."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence

from .. import language
from ..language import said
from ..usage import UsageError


def named_verb(words: Sequence[str]) -> str | None:
    """Return the verb in the words of a command; None if there is none."""
    others = (word for word in words if not word.startswith("-") and word not in language.LANGUAGES)
    return next(others, None)


def require_verb(words: Sequence[str], known: Collection[str], offered: Collection[str]) -> None:
    """Refuse a verb that is not there, in one line.

    Args:
        words: The words of the command.
        known: All verbs.
        offered: Those that are suggested for a slip of the finger.
    Raises:
        UsageError: If there is no such verb.
    """
    named = named_verb(words)
    if named is None or named in known:
        return
    close = difflib.get_close_matches(named, offered, n=1)
    if close:
        told = "there is no verb {name!r}: did you mean {verb}?"
        raise UsageError(said(told, name=named, verb=close[0]))
    raise UsageError(said("there is no verb {name!r}; {help} names all", name=named, help="--help"))
