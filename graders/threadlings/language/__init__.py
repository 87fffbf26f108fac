"""The language that a student reads: English, or Korean from a catalogue.

Texts are written in English where they are made, as ``said(f"{name} waits for {what}")``. The
catalogue has each as ``{0} waits for {1}`` with its Korean, and finds the values again by the
words around them: nothing but :func:`said` is asked for at the place itself, and what has no
translation, such as the message of a student's own exception, stays as it is.

Nothing is translated until somebody calls :func:`choose`. Cells speak English; the grader
translates what they say.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .catalogue import Catalogue

LANGUAGES = ("en", "ko")
"""Those that there are; the first is the one that texts are written in."""

MESSAGES = "messages.ko.toml"
"""What the file of a folder is called that has the Korean of its messages."""

VARIABLE = "THREADLINGS_LANG"
"""The environment variable that says which, before those of the system."""

_chosen = LANGUAGES[0]
_added: list[Path] = []


def choose(language: str) -> None:
    """Say everything in this language from now on.

    Raises:
        ValueError: If it is none of ``LANGUAGES``.
    """
    global _chosen
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, not {language!r}")
    _chosen = language


def chosen() -> str:
    """Return the language that was chosen, ``en`` if none was."""
    return _chosen


def of_system(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that the environment asks for; English if it is none of ours.

    The first that is set of THREADLINGS_LANG, LC_ALL, LC_MESSAGES and LANG decides; if none is,
    as on Windows, the system's own setting does.
    """
    names = (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")
    asked = next((environment[name] for name in names if environment.get(name)), None)
    if asked is None:
        try:
            asked = locale.getlocale()[0] or ""
        except ValueError:  # A name that Python does not know.
            asked = ""
    return "ko" if asked.lower().startswith("ko") else "en"


def said(text: str, language: str | None = None) -> str:
    """Return a text in a language.

    Args:
        text: In English, its values already in it.
        language: One of ``LANGUAGES``; the one that was chosen, if None.
    """
    if (language or _chosen) == LANGUAGES[0]:
        return text
    return _catalogue().translated(text)


def add_messages(folder: Path) -> None:
    """Know the messages of a folder too: its ``messages.ko.toml``, if it has one."""
    path = folder / MESSAGES
    if path not in _added and path.is_file():
        _added.append(path)
        _catalogue.cache_clear()


@cache
def _catalogue() -> Catalogue:
    from .catalogue import Catalogue  # Graders and cells never need it.

    return Catalogue([Path(__file__).with_name("ko.toml"), *_added])
