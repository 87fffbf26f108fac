"""Which language is spoken, and the catalogues that know it.

Nothing is translated until somebody calls :func:`choose`.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

Translate = Callable[[str], str]
"""Returns the text of a key in some language; the key itself, which is English, if it has none."""

LANGUAGES = ("en", "ko")
"""Those that there are; the first is the one that texts are written in."""

CATALOGUE = "ko.po"
"""What the file of a folder is called that has the Korean of what is said there."""

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


def translator(language: str | None = None) -> Translate:
    """Return what gives the text of a key in a language.

    Args:
        language: One of ``LANGUAGES``; the one that was chosen, if None.
    """
    return str if (language or _chosen) == LANGUAGES[0] else _translated


def add_messages(folder: Path) -> None:
    """Know the messages of a folder too: its ``ko.po``, if it has one."""
    path = folder / CATALOGUE
    if path not in _added and path.is_file():
        _added.append(path)
        _texts.cache_clear()


def _translated(key: str) -> str:
    return _texts().get(key, key)


@cache
def _texts() -> Mapping[str, str]:
    from .catalogue import read  # English needs none.

    known: dict[str, str] = {}
    for path in (Path(__file__).with_name(CATALOGUE), *_added):
        known |= read(path)
    return known
